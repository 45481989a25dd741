"""How often the actors and targets of the registries are named, and what names nobody yet."""

from __future__ import annotations

import sqlite3

_NAMED = {
    "actor": (("entity", "actor"), ("quote", "speaker"), ("stance", "holder"), ("stance", "via")),
    "target": (("stance", "target"),),
}


def counts(conn: sqlite3.Connection, kind: str, author: str, *, article: str = "") -> dict[str, int]:
    """How often an author's records, of one article or of all, name each id of a registry (`actor` or `target`)."""
    where, values = ("author = ? AND article = ?", (author, article)) if article else ("author = ?", (author,))
    parts = [
        f"SELECT {field} AS id FROM {table} WHERE {where} AND {field} IS NOT NULL" for table, field in _NAMED[kind]
    ]
    found = conn.execute(f"SELECT id, count(*) FROM ({' UNION ALL '.join(parts)}) GROUP BY id", values * len(parts))
    return dict(found.fetchall())


_UNLINKED = "author = ? AND speaker IS NULL AND source_kind <> 'none'"


def unlinked_count(conn: sqlite3.Connection, author: str) -> int:
    """How many of an author's quotes have a source in the text and no speaker."""
    return int(conn.execute(f"SELECT count(*) FROM quote WHERE {_UNLINKED}", (author,)).fetchone()[0])
