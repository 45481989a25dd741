"""Finding articles and records by their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from annotator.domain.records import Record
from annotator.domain.spans import Span
from annotator.store import rows
from annotator.store.search_index import all_words, in_a_row

_IN_QUEUE = "EXISTS (SELECT 1 FROM article_status q WHERE q.article = a.id)"

_RANKED = 3000


class FoundArticle(msgspec.Struct, frozen=True):
    """An article that a search found."""

    id: str
    title: str
    text: str


def found_articles(conn: sqlite3.Connection, words: str, *, limit: int) -> list[FoundArticle]:
    """The articles in the queue that hold all the words (the last may be a beginning), the best first."""
    query = all_words(words)
    if not query:
        return []
    best = (
        f"SELECT f.rowid AS n, f.rank AS rank FROM article_fts f JOIN article a ON a.n = f.rowid"
        f" WHERE article_fts MATCH ? AND {_IN_QUEUE} ORDER BY f.rank, f.rowid LIMIT ?"
    )
    found = conn.execute(
        f"SELECT a.id, a.title, a.text FROM ({best}) b JOIN article a ON a.n = b.n ORDER BY b.rank, b.n", (query, limit)
    )
    return [FoundArticle(*row) for row in found]


def found_records(conn: sqlite3.Connection, kind: str, words: str, *, author: str = "", limit: int) -> list[Record]:
    """The quotes, stances or notes that hold all the words, of one author or of everybody, the best first.

    Where there are very many, the best of the first thousands: ranking them all would take too long.
    """
    query = all_words(words)
    if not query:
        return []
    mine, values = ("AND r.author = ?", [author]) if author else ("", [])
    # CROSS JOIN keeps SQLite to this order; asking the index about each record would take minutes.
    some = (
        "SELECT r.id AS id, f.rowid AS n, f.rank AS rank FROM record_fts f CROSS JOIN found i ON i.n = f.rowid"
        f" CROSS JOIN {kind} r ON r.id = i.record AND i.kind = ? WHERE record_fts MATCH ? {mine} LIMIT {_RANKED}"
    )
    found = conn.execute(f"SELECT id FROM ({some}) ORDER BY rank, n LIMIT ?", (kind, query, *values, limit))
    records = (rows.get(conn, kind, record_id) for (record_id,) in found.fetchall())
    return [one for one in records if one is not None]


def entity_spans(conn: sqlite3.Connection, article: str, author: str) -> list[Span]:
    """Where an author's entities are in an article, in no particular order."""
    sql = 'SELECT start, "end" FROM entity WHERE article = ? AND author = ?'
    return [Span(start, end) for start, end in conn.execute(sql, (article, author))]


def stances_on(conn: sqlite3.Connection, targets: Sequence[str], *, author: str, limit: int) -> list[Record]:
    """An author's stances on any of some targets, by id."""
    marks = ", ".join("?" for _ in targets)
    where = f"id IN (SELECT id FROM stance WHERE target IN ({marks}) AND author = ? ORDER BY id LIMIT ?)"
    return rows.select(conn, "stance", where, (*targets, author, limit))


def titles(conn: sqlite3.Connection, articles: Sequence[str]) -> dict[str, str]:
    """The titles of articles, by id."""
    marks = ", ".join("?" for _ in articles)
    return dict(conn.execute(f"SELECT id, title FROM article WHERE id IN ({marks})", tuple(articles)).fetchall())


def articles_with(conn: sqlite3.Connection, words: str, *, is_whole: bool) -> list[str]:
    """The ids of the articles in the queue whose text may hold some words in a row, in the order of import.

    Of those that hold them as whole words (`is_whole`, by the search index) or as mere characters, none is missing.
    """
    if is_whole:
        found, value = "JOIN article_fts f ON f.rowid = a.n WHERE article_fts MATCH ?", f"text : {in_a_row(words)}"
    else:
        found, value = "WHERE instr(a.text, ?)", words
    sql = f"SELECT a.id FROM article a {found} AND {_IN_QUEUE} ORDER BY a.n"
    return [row[0] for row in conn.execute(sql, (value,))]
