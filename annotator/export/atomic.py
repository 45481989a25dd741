"""Puts files in place whole or not at all: written beside their place, synced, reopened and checked, then renamed."""

from __future__ import annotations

import contextlib
import errno
import glob
import hashlib
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from annotator.domain.errors import AnnotatorError

_CHUNK = 1 << 20
_STALE_S = 3_600

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose another disk."),
    errno.EFBIG: ("the disk takes no file of that size", "Export fewer articles at a time, or choose another disk."),
    errno.EACCES: ("the folder may not be written to", "Choose another folder."),
    errno.EPERM: ("the folder may not be written to", "Choose another folder."),
    errno.EROFS: ("the disk is read-only", "Choose another folder."),
    errno.ENOENT: ("its folder is not there", "Make the folder first, or choose another."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file holds, as read back from it: its size in bytes, its SHA-256 and its line feeds."""

    size: int
    sha256: str
    lines: int


def file_facts(path: Path) -> FileFacts:
    """The facts of a file, read from it in pieces."""
    size = lines = 0
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            lines += piece.count(b"\n")
            digest.update(piece)
    return FileFacts(size, digest.hexdigest(), lines)


class _Pending:
    """A file that is written beside its place."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.temporary = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(out))
        _remove_stale(out)
        # Not mkstemp: the file is to have the rights that the user's other files have.
        self.stream: BinaryIO = self.temporary.open("xb", buffering=_CHUNK)

    def finish(self) -> None:
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()

    def drop(self) -> None:
        # What is still in the buffer may find no room either, and is not wanted; the file is closed all the same.
        with contextlib.suppress(OSError):
            self.stream.close()
        self.temporary.unlink(missing_ok=True)


class FileSet:
    """Several files that come into place together when the `with` block ends, in the order they were opened.

    If the block fails, or one of the files cannot be finished, nothing is left behind and earlier files of the same
    names stand as they were. The renames themselves are not one act of the file system: what is opened last (the
    manifest) arrives last, and tells whether the others belong to it.

    Raises:
        AnnotatorError: the disk is full, the folder may not be written to or has vanished, and the like.
    """

    def __init__(self) -> None:
        self._pending: list[_Pending] = []
        self._new_folders: list[Path] = []

    def __enter__(self) -> FileSet:
        return self

    def folder(self, path: Path) -> None:
        """Make a folder that the files go to, unless it is there."""
        try:
            if not path.is_dir():
                path.mkdir()
                self._new_folders.append(path)
        except FileExistsError:
            raise AnnotatorError(f"{path.name} is a file, not a folder.", hint="Choose another name.") from None
        except OSError as error:
            raise not_written(path, error) from None

    def open(self, out: Path) -> BinaryIO:
        """The stream to write a file to; `closed` closes it."""
        try:
            self._pending.append(_Pending(out))
        except OSError as error:
            raise not_written(out, error) from None
        return self._pending[-1].stream

    def closed(self, out: Path) -> FileFacts:
        """The facts of a file that is wholly written, as read back from the disk; it is not in its place yet."""
        pending = next(pending for pending in self._pending if pending.out == out)
        try:
            pending.finish()
            return file_facts(pending.temporary)
        except OSError as error:
            raise not_written(out, error) from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error is None:
                self._put_in_place()
            elif isinstance(error, OSError):
                # A write failed; what the block reads is not read through the file system.
                raise not_written(self._pending[-1].out if self._pending else Path("The export"), error) from None
        finally:
            for pending in self._pending:
                pending.drop()
            for folder in reversed(self._new_folders):
                # A folder that holds something by now is somebody's.
                with contextlib.suppress(OSError):
                    folder.rmdir()

    def _put_in_place(self) -> None:
        for pending in self._pending:
            if not pending.stream.closed:
                self.closed(pending.out)
        folders = {pending.out.parent for pending in self._pending} | {path.parent for path in self._new_folders}
        while self._pending:
            pending = self._pending[0]
            try:
                pending.temporary.replace(pending.out)
            except OSError as error:
                raise not_written(pending.out, error) from None
            self._pending.pop(0)
        for folder in folders:
            _sync_folder(folder)


def write_file(out: Path, write: Callable[[BinaryIO], None], *, verify: Callable[[FileFacts], None]) -> FileFacts:
    """Write one file whole or not at all, and give its facts; `verify` sees them first and may raise.

    Raises:
        AnnotatorError: see `FileSet`.
    """
    with FileSet() as files:
        write(files.open(out))
        facts = files.closed(out)
        verify(facts)
    return facts


def not_written(out: Path, error: OSError) -> AnnotatorError:
    """What a failed write means to the user."""
    unknown = (error.strerror or type(error).__name__, "Choose another folder.")
    reason, hint = _REASONS.get(error.errno or 0, unknown)
    return AnnotatorError(f"{out.name} was not written: {reason}.", hint=hint)


def _remove_stale(out: Path) -> None:
    """Remove what a killed program left of an earlier try at the same file."""
    for path in out.parent.glob(f".{glob.escape(out.name)}.????????.part"):
        # A younger one may be another program's, at work this moment.
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_S:
                path.unlink()


def _sync_folder(folder: Path) -> None:
    # Windows has no way to sync a folder, and needs none for a rename to hold.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network and foreign file systems refuse it; the files themselves are synced.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
