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


def confirmed(conn: sqlite3.Connection, author: str, *, most: int) -> Confirmed:
    """The articles that the author marked done; where none is, those in which something is confirmed.

    At most so many, by their ids: these are hashes of the texts, hence a sample that does not depend on the order.
    """
    done = [row[0] for row in conn.execute(_DONE, (author, most))]
    found = tuple(done or [row[0] for row in conn.execute(_DECIDED, (author, author, most))])
    if not found:
        return Confirmed()
    marks = ", ".join("?" * len(found))
    records = " UNION ALL ".join(f"SELECT id FROM {kind} WHERE article IN ({marks}) AND author = ?" for kind in _KINDS)
    count, last = conn.execute(
        f"SELECT count(DISTINCT t.record), max(t.n) FROM ({records}) r JOIN touched t ON t.record = r.id",
        [*found, author] * len(_KINDS),
    ).fetchone()
    ids = hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]
    return Confirmed(found, bool(done), f"{ids}-{count}-{last}")
