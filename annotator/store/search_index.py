"""The search index over quotes, stances and notes: what is in it, and how a written record gets into it.

The index holds no text of its own; to take a record out, SQLite must be given the very words that went in. They are
made anew from the record, so what `searchable` gives for a record may only change together with a migration.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from annotator.domain.records import Note, Quote, Record, Stance, kind_of

KINDS = ("quote", "stance", "note")

# SQLite's query ends at NUL, and cannot hold lone surrogates.
_NO_WORD = re.compile("[\x00\ud800-\udfff]")


def searchable(record: Record) -> str:
    """The words by which a record is found; empty for the kinds that are not in the index."""
    match record:
        case Quote():
            pieces = record.content + record.source + ((record.cue,) if record.cue else ())
            return "\n".join(piece.text for piece in pieces)
        case Stance():
            texts = [piece.text for one in record.evidence for piece in one.spans]
            return "\n".join([*texts, record.rationale])
        case Note():
            return record.text
    return ""


def add(conn: sqlite3.Connection, kind: str, records: Iterable[Record]) -> None:
    """Put records of a kind into the index that are not in it."""
    for record in records:
        cursor = conn.execute("INSERT INTO found (kind, record) VALUES (?, ?)", (kind, record.id))
        conn.execute("INSERT INTO record_fts (rowid, words) VALUES (?, ?)", (cursor.lastrowid, _clean(record)))


def change(conn: sqlite3.Connection, old: Record, new: Record) -> None:
    """Put a record's words in place of those it had."""
    before, after = _clean(old), _clean(new)
    if before != after:
        n = _number(conn, new)
        conn.execute("INSERT INTO record_fts (record_fts, rowid, words) VALUES ('delete', ?, ?)", (n, before))
        conn.execute("INSERT INTO record_fts (rowid, words) VALUES (?, ?)", (n, after))


def remove(conn: sqlite3.Connection, old: Record) -> None:
    """Take a record out of the index."""
    n = _number(conn, old)
    conn.execute("INSERT INTO record_fts (record_fts, rowid, words) VALUES ('delete', ?, ?)", (n, _clean(old)))
    conn.execute("DELETE FROM found WHERE n = ?", (n,))


def _number(conn: sqlite3.Connection, record: Record) -> int:
    values = (kind_of(record), record.id)
    return int(conn.execute("SELECT n FROM found WHERE kind = ? AND record = ?", values).fetchone()[0])


def listed(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """The ids and kinds of all records in the index."""
    return set(conn.execute("SELECT record, kind FROM found").fetchall())


def _clean(record: Record) -> str:
    return _NO_WORD.sub(" ", searchable(record))


def all_words(words: str) -> str:
    """The query for texts that hold all the words, the last of which may be a beginning; empty when there are none."""
    terms = [word.replace('"', '""') for word in _NO_WORD.sub(" ", words).split()]
    return " ".join(f'"{term}"' for term in terms) + "*" if terms else ""


def in_a_row(words: str) -> str:
    """The query for texts that hold the words one after the other."""
    return '"' + _NO_WORD.sub(" ", words).replace('"', '""') + '"'
