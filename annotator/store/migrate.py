"""Bringing an older project file up to date: a copy is migrated and checked, then takes the file's place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from annotator.domain.errors import ProjectUnavailable
from annotator.store import schema
from annotator.store.connection import translated
from annotator.store.project import sync_folder


def version_of(path: Path) -> int:
    """The version of a project file that exists and is not in use."""
    conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])
    finally:
        conn.close()


def migrate(path: Path, backup: Path, *, scripts: tuple[str, ...] = schema.MIGRATIONS) -> None:
    """Migrate a file that no program holds; `backup` gets the file as it was.

    Raises:
        ProjectUnavailable: the migrated copy does not pass the check, or cannot be written; the file is as it was.
    """
    copy = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with translated(path):
            backup.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, backup)
            shutil.copyfile(path, copy)
            _migrate_copy(copy, scripts)
        copy.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ProjectUnavailable(
            f"{path.name} could not be brought up to date ({error.strerror}).", hint="The file is as it was."
        ) from None
    finally:
        copy.unlink(missing_ok=True)
        copy.with_name(copy.name + "-journal").unlink(missing_ok=True)


def _migrate_copy(copy: Path, scripts: tuple[str, ...]) -> None:
    conn = sqlite3.connect(copy, isolation_level=None)
    try:
        conn.execute("PRAGMA synchronous = EXTRA")
        schema.apply_migrations(conn, scripts=scripts)
        (verdict,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok" or conn.execute("PRAGMA foreign_key_check").fetchone():
            raise ProjectUnavailable("The migrated copy is damaged.", hint="The file is as it was; open a backup.")
    finally:
        conn.close()
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
