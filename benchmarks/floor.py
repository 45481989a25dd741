"""SQLite without the program: the pragmas of a project file, one plain table, and its full-text index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

# Private on purpose: nobody else opens project files. The floor must pay for the same durability.
from annotator.store.connection import _PRAGMAS

_TABLE = "CREATE TABLE article (n INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL) STRICT"
_INDEX = (
    "CREATE VIRTUAL TABLE article_fts USING fts5("
    "text, content='article', content_rowid='n', tokenize='unicode61 remove_diacritics 2')"
)


def connect(path: Path) -> sqlite3.Connection:
    """A new database with the pragmas of a project file, a table of articles and a full-text index."""
    conn = sqlite3.connect(path, isolation_level=None)
    for pragma in _PRAGMAS:
        conn.execute(pragma)
    conn.execute(_TABLE)
    conn.execute(_INDEX)
    return conn


def add_articles(conn: sqlite3.Connection, articles: Iterable[tuple[int, str, str]]) -> None:
    """Add rows of number, name and text in one transaction, and index them."""
    rows = list(articles)
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany("INSERT INTO article (n, name, text) VALUES (?, ?, ?)", rows)
    conn.executemany("INSERT INTO article_fts (rowid, text) VALUES (?, ?)", [(n, text) for n, _, text in rows])
    conn.execute("COMMIT")
