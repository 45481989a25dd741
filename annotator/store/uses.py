"""How often the actors and targets of the registries are named, and what names nobody yet."""

from __future__ import annotations

import sqlite3
from collections import Counter

_NAMED = {
    "actor": (("entity", "actor"), ("quote", "speaker"), ("stance", "holder"), ("stance", "via")),
    "target": (("stance", "target"),),
}


_NAME = {"actor": "name", "target": "label"}


def names(conn: sqlite3.Connection, kind: str) -> dict[str, str]:
    """The name of each record of a registry (`actor` or `target`) by id, merged ones with the name they had."""
    return dict(conn.execute(f"SELECT id, {_NAME[kind]} FROM {kind} ORDER BY id").fetchall())


def people(conn: sqlite3.Connection) -> frozenset[str]:
    """The names of all actors that are persons."""
    return frozenset(name for (name,) in conn.execute("SELECT name FROM actor WHERE type = 'person'"))


def counts(conn: sqlite3.Connection, kind: str, author: str, *, article: str = "") -> Counter[str]:
    """How often an author's records, of one article or of all, name each id of a registry (`actor` or `target`)."""
    # With the plus SQLite goes by the article's index, else by the one that has the field.
    where, values = ("article = ? AND +author = ?", (article, author)) if article else ("author = ?", (author,))
    found: Counter[str] = Counter()
    for table, field in _NAMED[kind]:
        sql = f"SELECT {field}, count(*) FROM {table} WHERE {where} AND {field} IS NOT NULL GROUP BY {field}"
        for record_id, count in conn.execute(sql, values):
            found[record_id] += count
    return found


_UNLINKED = "author = ? AND speaker IS NULL AND source_kind NOT IN ('none', 'anonymous')"


def unlinked_count(conn: sqlite3.Connection, author: str) -> int:
    """How many of an author's quotes have a source in the text and no speaker."""
    return int(conn.execute(f"SELECT count(*) FROM quote WHERE {_UNLINKED}", (author,)).fetchone()[0])


def labelled(conn: sqlite3.Connection, author: str) -> dict[str, tuple[int, int, int]]:
    """How many entities, quotes and submitted stances an author has in each article that has any."""
    found: dict[str, tuple[int, int, int]] = {}
    for place, (table, more) in enumerate((("entity", ""), ("quote", ""), ("stance", " AND is_submitted"))):
        sql = f"SELECT article, count(*) FROM {table} WHERE author = ?{more} GROUP BY article"
        for article, count in conn.execute(sql, (author,)):
            counts = list(found.get(article, (0, 0, 0)))
            counts[place] = count
            found[article] = (counts[0], counts[1], counts[2])
    return found
