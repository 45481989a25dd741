"""An author's confirmed work: what models can be measured on."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

_DONE = "SELECT article FROM article_status WHERE author = ? AND state = 'done' ORDER BY article LIMIT ?"
_DECIDED = (
    "SELECT article FROM (SELECT article FROM entity WHERE author = ? UNION SELECT article FROM quote WHERE author = ?)"
    " ORDER BY article LIMIT ?"
)
_KINDS = ("entity", "quote", "article_status")


@dataclass(frozen=True)
class Confirmed:
    """Articles with confirmed work; `are_done` says that their author marked them so.

    `stamp` is another one whenever the articles, or the author's entities and quotes in them, are others.
    """

    articles: tuple[str, ...] = ()
    are_done: bool = False
    stamp: str = ""


def articles_of(conn: sqlite3.Connection, author: str, *, most: int) -> tuple[tuple[str, ...], bool]:
    """The articles that the author marked done, and True; where none is, those with an entity or a quote, and False.

    At most so many, by their ids: these are hashes of the texts, hence a sample that does not depend on the order.
    """
    done = tuple(row[0] for row in conn.execute(_DONE, (author, most)))
    if done:
        return done, True
    return tuple(row[0] for row in conn.execute(_DECIDED, (author, author, most))), False


def count_quotes(conn: sqlite3.Connection, author: str) -> tuple[int, int]:
    """How many articles an author has marked done, and the author's quotes in them; where none is, of all articles."""
    done = "SELECT article FROM article_status WHERE author = ? AND state = 'done'"
    count = int(conn.execute(f"SELECT count(*) FROM ({done})", (author,)).fetchone()[0])
    if count:
        sql = f"SELECT count(*) FROM quote WHERE author = ? AND article IN ({done})"
        return count, int(conn.execute(sql, (author, author)).fetchone()[0])
    found = conn.execute("SELECT count(DISTINCT article), count(*) FROM quote WHERE author = ?", (author,)).fetchone()
    return int(found[0]), int(found[1])


def confirmed(conn: sqlite3.Connection, author: str, *, most: int) -> Confirmed:
    """The confirmed work of an author, in at most so many of the articles that `articles_of` gives."""
    found, are_done = articles_of(conn, author, most=most)
    if not found:
        return Confirmed()
    marks = ", ".join("?" * len(found))
    records = " UNION ALL ".join(f"SELECT id FROM {kind} WHERE article IN ({marks}) AND author = ?" for kind in _KINDS)
    count, last = conn.execute(
        f"SELECT count(DISTINCT t.record), max(t.n) FROM ({records}) r JOIN touched t ON t.record = r.id",
        [*found, author] * len(_KINDS),
    ).fetchone()
    ids = hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]
    return Confirmed(found, are_done, f"{ids}-{count}-{last}")


def count_entities(conn: sqlite3.Connection, author: str) -> tuple[int, dict[str, int], bool]:
    """How many articles an author has marked done, the author's entities in them by label, and True.

    Where none is done: the articles with an entity, all entities, and False.
    """
    done = "SELECT article FROM article_status WHERE author = ? AND state = 'done'"
    count = int(conn.execute(f"SELECT count(*) FROM ({done})", (author,)).fetchone()[0])
    where, values = (f"author = ? AND article IN ({done})", (author, author)) if count else ("author = ?", (author,))
    sql = f"SELECT label, count(*) FROM entity WHERE {where} GROUP BY label ORDER BY count(*) DESC, label"
    labels = {str(label): int(number) for label, number in conn.execute(sql, values)}
    if not count:
        sql = "SELECT count(DISTINCT article) FROM entity WHERE author = ?"
        return int(conn.execute(sql, (author,)).fetchone()[0]), labels, False
    return count, labels, True
