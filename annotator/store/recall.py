"""The memory of an open project: counted from its tables when it is first asked for, then kept in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from annotator.domain.drafts import Draft, EntityDraft
from annotator.domain.journal import Change, record_of
from annotator.domain.memory import Memory, Name
from annotator.domain.records import Origin

_KINDS = ("entity", "quote", "rejection")
_DRAFT: msgspec.json.Decoder[Draft] = msgspec.json.Decoder(Draft)
_ORIGIN = msgspec.json.Decoder(Origin)


class Recall:
    """Holds the memory of one author; it is one object, so that who has it need not ask again."""

    def __init__(self, author: str) -> None:
        self._author = author
        self._memory = Memory()
        self._is_counted = False

    def get(self, conn: sqlite3.Connection) -> Memory:
        """The memory; the first time it is counted."""
        if not self._is_counted:
            self._memory.become(_counted(conn, self._author))
            self._is_counted = True
        return self._memory

    def follow(self, changes: Iterable[Change]) -> None:
        """Follow an act that was counted before it."""
        for change in changes:
            if change.kind not in _KINDS:
                continue
            for plain, act in ((change.before, self._memory.remove), (change.after, self._memory.add)):
                if plain is not None and plain["author"] == self._author:
                    act(record_of(change.kind, plain))

    def forget(self) -> None:
        """Count anew when it is next asked for: an act failed."""
        self._is_counted = False


def _counted(conn: sqlite3.Connection, author: str) -> Memory:
    """By sums over the tables: reading each record would take seconds in a large project."""
    memory = Memory.being_counted()
    names = conn.execute(
        "SELECT text, label, instr(origin, '\"suggested\":null') > 0, count(*) FROM entity WHERE author = ?"
        " GROUP BY 1, 2, 3",
        (author,),
    )
    for words, label, is_missed, count in names:
        memory.count_name(Name(words, label), count, is_missed=bool(is_missed))
    corrected = conn.execute(
        'SELECT start, "end", text, label, origin FROM entity WHERE author = ? AND instr(origin, ?)',
        (author, '"act":"corrected"'),
    )
    for start, end, words, label, origin in corrected:
        draft = _ORIGIN.decode(origin).suggested
        if isinstance(draft, EntityDraft):
            memory.count_correction(draft, start, end, words, label, 1)
    for (suggested,) in conn.execute("SELECT suggested FROM rejection WHERE author = ?", (author,)):
        memory.count_rejection(_DRAFT.decode(suggested), 1)
    cues = conn.execute(
        "SELECT json_extract(cue, '$[2]'), count(*) FROM quote WHERE author = ? AND cue IS NOT NULL GROUP BY 1",
        (author,),
    )
    for cue, count in cues:
        memory.count_cue(cue, count)
    memory.settle()
    return memory
