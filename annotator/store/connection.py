"""Connections to project files: pragmas, the lock, and what stands in the way of opening one."""

from __future__ import annotations

import getpass
import hashlib
import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakValueDictionary

import msgspec

from annotator import paths
from annotator.domain.errors import NotAProject, ProjectUnavailable
from annotator.store import schema

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100

# Measured in a power-cut simulation: with these nothing acknowledged was ever lost (docs/storage.md).
_PRAGMAS = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA busy_timeout = 0",
)


class _Connection(sqlite3.Connection):
    """A connection that this process knows of until it is closed."""

    def close(self) -> None:
        super().close()
        for key in [key for key, held in _HELD.items() if held is self]:
            del _HELD[key]


# The files that this process holds. On POSIX systems a process that opens such a file once more and closes it loses
# SQLite's locks on it, and another program could write at the same time: it must not even be looked at.
_HELD: WeakValueDictionary[tuple[int, int], _Connection] = WeakValueDictionary()


class Holder(msgspec.Struct, frozen=True):
    """Who holds a project file open."""

    pid: int
    user: str
    host: str
    since: str


def open_file(path: Path, *, read_only: bool = False, since: str = "") -> sqlite3.Connection:
    """The one connection to a project file, locked against every other program unless it is read-only.

    Raises:
        NotAProject: it is no project file, or a damaged one.
        ProjectUnavailable: it does not exist, cannot be written, another program holds it, or a newer version wrote it.
    """
    key = file_key(path)
    if key in _HELD:
        raise ProjectUnavailable(f"{path.name} is open in this program already.", hint="Close it first.")
    _refuse_foreign_file(path, read_only=read_only)
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    with translated(path):
        # Without the timeout Python would wait five seconds for a lock before any pragma is in force.
        conn = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0, factory=_Connection)
        try:
            if read_only:
                conn.execute("PRAGMA query_only = ON")
                conn.execute("PRAGMA trusted_schema = OFF")
            else:
                _lock(conn)
            # Reading shows damage, and a lock that another program has.
            if conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'event'").fetchone() is None:
                raise NotAProject(f"{path.name} is damaged.", hint="Open the latest backup instead.")
        except BaseException:
            conn.close()
            raise
    if not read_only:
        if key is not None:
            _HELD[key] = conn
        _note_holder(path, since)
    return conn


def file_key(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one that has its name; `None` when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _lock(conn: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        conn.execute(pragma)
    conn.execute("BEGIN EXCLUSIVE")
    conn.execute("COMMIT")


def _refuse_foreign_file(path: Path, *, read_only: bool) -> None:
    # By its first bytes and without SQLite, which may write into a file even to read it.
    try:
        if path.is_dir():
            raise NotAProject(f"{path.name} is a folder, not a project.", hint="Choose a file that ends in .annot.")
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        raise ProjectUnavailable(
            f"There is no file {path}.", hint=f'Check the name, or make it with "annotator new {path.name}".'
        ) from None
    except OSError as error:
        raise ProjectUnavailable(f"{path.name} cannot be read ({error.strerror}).", hint="Check its rights.") from None
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise NotAProject(f"{path.name} is not an Annotator project.", hint="Choose a file that ends in .annot.")
    # Where SQLite's file format has the application id and the user version.
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise NotAProject(f"{path.name} is a database of another program.", hint="Choose a file that ends in .annot.")
    version = int.from_bytes(header[60:64], "big")
    if version > schema.VERSION and not read_only:
        raise ProjectUnavailable(
            f"{path.name} was written by a newer Annotator"
            f" (file version {version}, this program knows {schema.VERSION}).",
            hint="Update Annotator, or open the project read-only.",
        )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says into one clear sentence about the project file."""
    try:
        yield
    except sqlite3.Error as error:
        problem = _sentence(error, path)
        if problem is None:
            raise
        raise problem from error


def _sentence(error: sqlite3.Error, path: Path) -> ProjectUnavailable | None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ProjectUnavailable(
            f"{path.name} is open in another program{_held_by(path)}.",
            hint="Close it there first, or open the latest backup read-only.",
        )
    if name == "SQLITE_READONLY_ROLLBACK":
        return ProjectUnavailable(
            f"{path.name} was not closed properly.", hint="Open it for writing once, and it mends itself."
        )
    if name.startswith("SQLITE_FULL"):
        return ProjectUnavailable(
            f"The disk is full: {path.name} was not changed.", hint="Free some room and try again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return ProjectUnavailable(
            f"{path.name} or its folder cannot be written.", hint="Check its rights, or work on a copy elsewhere."
        )
    if name.startswith("SQLITE_IOERR"):
        return ProjectUnavailable(
            f"The disk refused to read or write {path.name}: nothing was changed.",
            hint="Check the drive and its free room, then try again.",
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return NotAProject(f"{path.name} is damaged.", hint="Open the latest backup instead.")
    return None


def remove(*leftovers: Path) -> None:
    """Remove files of ours, as far as they are there and can be removed."""
    for path in leftovers:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _holder_file(path: Path) -> Path:
    key = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return paths.data_dir() / "holders" / f"{key}.json"


def _note_holder(path: Path, since: str) -> None:
    holder = Holder(pid=os.getpid(), user=_user(), host=platform.node(), since=since)
    try:
        file = _holder_file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(holder))
    except OSError:
        pass  # Only the courtesy of naming the holder is lost.


def forget_holder(path: Path) -> None:
    """Say that this program no longer holds the file."""
    remove(_holder_file(path))


def left_open(path: Path) -> Holder | None:
    """The program that had the file open and never closed it; `None` where it was closed, or is still running here."""
    try:
        holder = msgspec.json.decode(_holder_file(path).read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return None
    return None if holder.host == platform.node() and _is_alive(holder.pid) else holder


def _is_alive(pid: int) -> bool:
    if os.name == "nt":
        # Signals would end the process there; the lock on the file tells all the same.
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _held_by(path: Path) -> str:
    try:
        holder = msgspec.json.decode(_holder_file(path).read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return ""
    return f" ({holder.user} on {holder.host}, process {holder.pid}, since {holder.since[:16].replace('T', ' ')})"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
