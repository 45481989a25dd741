"""Takes over what is staged and verified: events, articles and signatures, and the records that follow from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from annotator.domain.articles import NewArticle
from annotator.domain.bundle import BundledArticle, Member
from annotator.domain.journal import record_of
from annotator.domain.records import SHARED_KINDS, Record
from annotator.store import articles, journal, rows, signatures
from annotator.store.staging import Staging, Touched

_FIELDS = ("name", "title", "language", "outlet", "author", "published", "url", "raw_sha256", "recipe", "imported")


def unite(conn: sqlite3.Connection, staging: Staging) -> Iterator[None]:
    """Inside a transaction: take everything over, a piece each turn; only run to its end it is whole."""
    for article in staging.articles():
        _put_article(conn, article)
        yield
    for author in staging.authors():
        for act in staging.acts(author):
            journal.append(conn, act.event)
            yield
    for event, _, _, signature in staging.signatures():
        signatures.add(conn, event, [signature])
        yield
    for member in staging.members.values():
        _put_member(conn, member)
    winner = _Winner(conn)
    for one in staging.touched():
        record = winner.of(one)
        if record is not None:
            rows.write(conn, [record])
        elif rows.get(conn, one.kind, one.record) is not None:
            rows.delete(conn, one.kind, one.record)
        yield


def _put_article(conn: sqlite3.Connection, article: BundledArticle) -> None:
    plain = {name: getattr(article, name) for name in NewArticle.__struct_fields__}
    if articles.add(conn, NewArticle(**plain), imported=article.imported):
        return
    n, title, text = conn.execute("SELECT n, title, text FROM article WHERE id = ?", (article.id,)).fetchone()
    conn.execute(
        "INSERT INTO article_fts (article_fts, rowid, title, text) VALUES ('delete', ?, ?, ?)", (n, title, text)
    )
    sections = msgspec.json.encode(article.sections).decode("ascii")
    conn.execute(
        f"UPDATE article SET {', '.join(f'{name} = ?' for name in _FIELDS)}, sections = ? WHERE n = ?",
        (*(getattr(article, name) for name in _FIELDS), sections, n),
    )
    conn.execute("INSERT INTO article_fts (rowid, title, text) VALUES (?, ?, ?)", (n, article.title, text))


def _put_member(conn: sqlite3.Connection, member: Member) -> None:
    """Let an author of the journal be called so, unless a later name is known."""
    seq, _ = journal.head(conn, member.id)
    if seq:
        conn.execute(
            "INSERT INTO author (id, name, named) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET name = excluded.name, named = excluded.named WHERE (excluded.named, excluded.name) > (named, name)",
            (member.id, member.name, min(member.named, seq)),
        )


class _Winner:
    """Finds what counts of a record: its author's last version, or the latest of anybody where it is shared."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._images = lru_cache(4)(self._read_images)

    def of(self, one: Touched) -> Record | None:
        if one.kind not in SHARED_KINDS:
            return None if one.image is None else record_of(one.kind, msgspec.json.decode(one.image))
        key = (one.kind, one.record)
        found = self._conn.execute(
            "SELECT e.n FROM touched t JOIN event e ON e.n = t.n WHERE t.record = ?"
            " ORDER BY e.clock DESC, e.author DESC",
            (one.record,),
        ).fetchall()
        image = next(images[key] for (n,) in found if key in (images := self._images(n)))
        return None if image is None else record_of(one.kind, image)

    def _read_images(self, n: int) -> dict[tuple[str, str], dict[str, object] | None]:
        return {(change.kind, change.id): change.after for change in journal.changes_of(self._conn, n)}
