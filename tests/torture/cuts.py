"""What a disk may hold after a power cut, from a log of all writes.

After a cut a file has what was synced, and of everything since any part at all: whole writes, single sectors of them,
in any order; the same for its length. A name that was made, removed or changed is sure when its folder was synced.
"""

from __future__ import annotations

import random
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SECTOR = 512
_HEAD = struct.Struct("=cbiqq")
CREATED, EMPTIED, IS_FOLDER = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Op:
    """One logged call. `data` is what was written, or a path; `length` is that of a truncation."""

    what: str
    flags: int
    handle: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Day:
    """A day's work: a folder as it was in the morning, and every call that has written below it since."""

    start: Path
    log: tuple[Op, ...]

    def acknowledgement(self, op: Op) -> str:
        """The line of the file `acks` that a call wrote, or an empty text."""
        return op.data.decode() if op.what == "W" and op.handle in self._acks else ""

    @cached_property
    def _acks(self) -> set[int]:
        return {op.handle for op in self.log if op.what == "O" and op.data.endswith(b"/acks")}


def images(day: Day, *, cuts: int, seed: int) -> Iterator[tuple[str, dict[Path, bytes]]]:
    """For each of many cuts the last acknowledgement before it (a line of the file `acks`, empty before the first one),
    and what may be on the disk then."""
    chance = random.Random(seed)
    # Half of the cuts anywhere in the log, half of them evenly over the acts, however many writes each took.
    bounds = [0, *(number for number, op in enumerate(day.log) if day.acknowledgement(op)), len(day.log) - 1]
    moments = [chance.randrange(len(day.log)) for _ in range(cuts // 2)]
    for _ in range(cuts - len(moments)):
        act = chance.randrange(len(bounds) - 1)
        moments.append(chance.randint(bounds[act], bounds[act + 1]))
    times = Counter(moments)
    disk, promised = Disk(day.start), ""
    for number, op in enumerate(day.log):
        disk.do(op)
        promised = day.acknowledgement(op) or promised
        for _ in range(times[number]):
            yield promised, disk.cut(chance)


def read_log(path: Path) -> Iterator[Op]:
    """The calls of a log, in their order."""
    raw = path.read_bytes()
    at = 0
    while at < len(raw):
        what, flags, handle, offset, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size + length
        yield Op(what.decode(), flags, handle, offset, raw[at - length : at])


@dataclass(slots=True)
class File:
    """What is surely on the disk, and what was done since: `(offset, data)`, or `(length, None)` for a truncation."""

    synced: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.synced, change)
        self.pending = []


def _apply(content: bytearray, change: tuple[int, bytes | None]) -> None:
    at, data = change
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    if data is None:
        del content[at:]
    else:
        content[at : at + len(data)] = data


class Disk:
    """A folder with all below it, as the process sees it and as a cut may leave it."""

    def __init__(self, folder: Path) -> None:
        found = {path: File(bytearray(path.read_bytes())) for path in folder.rglob("*") if path.is_file()}
        self.names: dict[Path, File] = dict(found)
        self._synced_names: dict[Path, File] = dict(found)
        self._pending_names: list[tuple[Path, File | None]] = []
        self._handles: dict[int, File | Path] = {}

    def do(self, op: Op) -> None:
        """Take one logged call over."""
        match op.what:
            case "O":
                self._open(op)
            case "W" | "T":
                file = self._handles[op.handle]
                assert isinstance(file, File)
                file.pending.append((op.offset, op.data if op.what == "W" else None))
            case "S":
                self._sync(self._handles[op.handle])
            case "U":
                self._rename(Path(op.data.decode()), None)
            case "R":
                old, new = op.data.decode().split("\0")
                self._rename(Path(old), Path(new))

    def _open(self, op: Op) -> None:
        path = Path(op.data.decode())
        if op.flags & IS_FOLDER:
            self._handles[op.handle] = path
            return
        if op.flags & CREATED:
            self._name(path, File())
        file = self._handles[op.handle] = self.names[path]
        if op.flags & EMPTIED:
            file.pending.append((0, None))

    def _name(self, path: Path, file: File | None) -> None:
        if file is None:
            self.names.pop(path, None)
        else:
            self.names[path] = file
        self._pending_names.append((path, file))

    def _rename(self, old: Path, new: Path | None) -> None:
        file = self.names[old]
        self._name(old, None)
        if new is not None:
            self._name(new, file)

    def _sync(self, handle: File | Path) -> None:
        if isinstance(handle, File):
            handle.sync()
            return
        later = []
        for path, file in self._pending_names:
            if path.parent == handle:
                _rename_in(self._synced_names, path, file)
            else:
                later.append((path, file))
        self._pending_names = later

    def cut(self, chance: random.Random) -> dict[Path, bytes]:
        """What may be on the disk if the power fails now."""
        names = dict(self._synced_names)
        for path, file in _survivors(self._pending_names, chance):
            _rename_in(names, path, file)
        return {path: _after_cut(file, chance) for path, file in names.items()}


def _rename_in(names: dict[Path, File], path: Path, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _survivors(pending: Sequence[T], chance: random.Random) -> list[T]:
    odds = chance.choice((0.0, 0.05, 0.5, 0.95, 1.0))
    return [one for one in pending if chance.random() < odds]


def _after_cut(file: File, chance: random.Random) -> bytes:
    if not file.pending:
        return bytes(file.synced)
    content = bytearray(file.synced)
    changes = list(file.pending)
    if chance.random() < 0.5:
        changes = [part for change in changes for part in _sectors(change)]
    changes = _survivors(changes, chance)
    if chance.random() < 0.5:
        chance.shuffle(changes)
    for change in changes:
        _apply(content, change)
    return bytes(content)


def _sectors(change: tuple[int, bytes | None]) -> Iterator[tuple[int, bytes | None]]:
    at, data = change
    if data is None:
        yield change
        return
    while data:
        length = SECTOR - at % SECTOR
        yield at, data[:length]
        at, data = at + length, data[length:]
