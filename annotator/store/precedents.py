"""Counting what an author decided before about the same words."""

from __future__ import annotations

import sqlite3

from annotator.domain.canonical import canonical_json

# JSON cannot be indexed (trusted_schema is off), so of quotes and rejections only the latest are looked through.
_LATEST = 5000


def _written(words: str) -> str:
    """Some words as the tables' JSON spells them: looking for that is quicker than parsing every row's JSON."""
    return canonical_json(words).decode("utf-8")


def labels_of_words(conn: sqlite3.Connection, author: str, words: str) -> list[tuple[str, int]]:
    """How often an author marked just these words with each label, the most frequent first."""
    found = conn.execute(
        "SELECT label, count(*) FROM entity WHERE text = ? AND author = ? GROUP BY label ORDER BY 2 DESC, 1",
        (words, author),
    )
    return [(row[0], row[1]) for row in found]


def rejected_labels_of_words(conn: sqlite3.Connection, author: str, words: str) -> list[tuple[str, int]]:
    """How often an author turned these words down with each label, the most frequent first."""
    found = conn.execute(
        "SELECT json_extract(suggested, '$.label') AS label, count(*) FROM"
        " (SELECT suggested FROM rejection WHERE author = ? ORDER BY rowid DESC LIMIT ?)"
        " WHERE instr(suggested, ?) AND json_extract(suggested, '$.text') = ? GROUP BY 1 ORDER BY 2 DESC, 1",
        (author, _LATEST, _written(words), words),
    )
    return [(row[0], row[1]) for row in found if row[0]]


def quotes_of_cue(conn: sqlite3.Connection, author: str, cue: str) -> tuple[int, int]:
    """How many quotes with these words as their cue an author has, and how many suggested ones were turned down."""
    (kept,) = conn.execute(
        "SELECT count(*) FROM (SELECT cue FROM quote WHERE author = ? ORDER BY rowid DESC LIMIT ?)"
        " WHERE instr(cue, ?) AND json_extract(cue, '$[2]') = ?",
        (author, _LATEST, _written(cue), cue),
    ).fetchone()
    (refused,) = conn.execute(
        "SELECT count(*) FROM (SELECT suggested FROM rejection WHERE author = ? ORDER BY rowid DESC LIMIT ?)"
        " WHERE instr(suggested, ?) AND json_extract(suggested, '$.cue[2]') = ?",
        (author, _LATEST, _written(cue), cue),
    ).fetchone()
    return int(kept), int(refused)
