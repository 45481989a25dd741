"""Backups of a project: checked copies in the user's data folder, thinned with age."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator import paths
from annotator.domain.errors import ProjectUnavailable
from annotator.store.connection import remove
from annotator.store.project import SUFFIX, Project, sync_folder

_STAMP = "%Y%m%dT%H%M%S%fZ"
INTERVAL = timedelta(minutes=30)


def folder_of(project_id: str) -> Path:
    """Where a project's backups lie."""
    return paths.data_dir() / "backups" / project_id


def backups(project_id: str) -> list[Path]:
    """A project's backups, the newest first."""
    return sorted(folder_of(project_id).glob(f"*{SUFFIX}"), reverse=True)


def is_due(project: Project) -> bool:
    """Whether there is no backup of the last half hour."""
    now = _now(project)
    # A backup of the future shows that the clock was put back; it must not keep the next ones away.
    ages = (now - taken for path in backups(project.id) if (taken := _taken(path)))
    return not any(timedelta(0) <= age <= INTERVAL for age in ages)


def back_up(project: Project) -> Path:
    """Write a backup, check it, and thin out the old ones; what an interrupted one left behind is removed.

    Raises:
        ProjectUnavailable: it cannot be written, or what was written does not pass SQLite's own check.
    """
    folder = folder_of(project.id)
    now = _now(project)
    path = folder / f"{now.strftime(_STAMP)}{SUFFIX}"
    partial = path.with_suffix(".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove(*folder.glob("*.partial*"))
        copy_checked(project.conn, partial)
        partial.replace(path)
        sync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        raise ProjectUnavailable(
            f"No backup of {project.path.name} could be written ({error}).",
            hint=f"Check the free room of {folder}. The project itself is safe.",
        ) from None
    finally:
        remove(partial)
    remove(*thinned(backups(project.id), now))
    return path


def copy_checked(source: sqlite3.Connection, path: Path) -> None:
    """Write a copy of an open project file that is whole and durable; a file of that name is replaced.

    Raises:
        OSError, sqlite3.Error: it cannot be written, or does not pass SQLite's own check.
    """
    path.unlink(missing_ok=True)
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    finally:
        copy.close()
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the copy is damaged: {verdict}")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _now(project: Project) -> datetime:
    return datetime.fromisoformat(project.now()).astimezone(UTC)


def _taken(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def thinned(paths_: Iterable[Path], now: datetime) -> list[Path]:
    """The backups to remove: all of the last 2 days stay, then one a day for 12 days, one a week for 10 weeks, one a
    month for 9 months. The newest always stays; files whose name is no time are left alone."""
    taken = sorted(((time, path) for path in paths_ if (time := _taken(path))), reverse=True)
    seen: set[str] = set()
    gone: list[Path] = []
    for number, (time, path) in enumerate(taken):
        slot = _slot(now - time, time)
        if number and (slot == "" or slot in seen):
            gone.append(path)
        seen.add(slot)
    return gone


def _slot(age: timedelta, time: datetime) -> str:
    if age <= timedelta(days=2):
        return time.isoformat()
    if age <= timedelta(days=14):
        return time.strftime("day %Y-%m-%d")
    if age <= timedelta(days=84):
        return time.strftime("week %G-%V")
    return time.strftime("month %Y-%m") if age <= timedelta(days=360) else ""
