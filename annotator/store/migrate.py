"""Bringing an older project file up to date: a copy is migrated and checked, then takes the file's place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.domain.errors import ProjectUnavailable
from annotator.store import schema
from annotator.store.backup import copy_checked
from annotator.store.connection import forget_holder, open_file, remove, translated
from annotator.store.project import sync_folder


def migrate(path: Path, backup: Path, *, scripts: tuple[str, ...] = schema.MIGRATIONS) -> None:
    """Migrate a file that no program holds; `backup` gets what was in it.

    Raises:
        ProjectUnavailable: the migrated copy does not pass the check, or cannot be written; the file is as it was.
            Also the errors of `connection.open_file`.
    """
    copy = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with translated(path):
            _copy_twice(path, backup, copy)
            _migrate_copy(copy, scripts)
        copy.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ProjectUnavailable(
            f"{path.name} could not be brought up to date ({error.strerror}).", hint="The file is as it was."
        ) from None
    finally:
        remove(copy, copy.with_name(copy.name + "-journal"))


def _copy_twice(path: Path, backup: Path, copy: Path) -> None:
    # By SQLite, for the file alone is not all: what a killed program left half done lies in the journal beside it.
    partial = backup.with_suffix(".partial")
    backup.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(open_file(path)) as conn:
            forget_holder(path)
            copy_checked(conn, partial)
            copy_checked(conn, copy)
        partial.replace(backup)
        sync_folder(backup.parent)
    finally:
        remove(partial, partial.with_name(partial.name + "-journal"))


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
