"""Takes over what is staged and verified: events, articles and signatures, and the records that follow from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from annotator.domain.articles import NewArticle
from annotator.domain.bundle import BundledArticle, Member
from annotator.domain.journal import Change, record_of
from annotator.domain.records import SHARED_KINDS
from annotator.store import articles, journal, rows, signatures
from annotator.store.staging import Staging

_FIELDS = ("name", "title", "language", "outlet", "author", "published", "url", "raw_sha256", "recipe", "imported")

_CHANGES = msgspec.json.Decoder(tuple[Change, ...])


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
    latest = _Latest(conn)
    for one in staging.touched():
        if one.kind not in SHARED_KINDS:
            _put(conn, one.kind, one.record, None if one.image is None else msgspec.json.decode(one.image))
        yield
    shared = {(one.kind, one.record) for one in staging.touched() if one.kind in SHARED_KINDS}
    # What was gone may be there again, for the new acts may name it.
    for kind, record in sorted(shared | _withdrawn(conn)):
        _put(conn, kind, record, latest.image(kind, record))
        yield


def _put(conn: sqlite3.Connection, kind: str, record: str, image: dict[str, object] | None) -> None:
    if image is not None:
        rows.write(conn, [record_of(kind, image)])
    elif rows.get(conn, kind, record) is not None:
        rows.delete(conn, kind, record)


def _withdrawn(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """The shared records that somebody took back at some time."""
    found: set[tuple[str, str]] = set()
    # Only an undo takes a shared record back.
    for (changes,) in conn.execute(
        "SELECT changes FROM event WHERE undoes IS NOT NULL AND instr(changes, ',null]') ORDER BY n"
    ):
        found |= {(one.kind, one.id) for one in _CHANGES.decode(changes) if one.after is None}
    return {key for key in found if key[0] in SHARED_KINDS}


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


class _Latest:
    """Finds what counts of a shared record: its latest version, unless that is none and nobody else names it."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._images = lru_cache(4)(self._read_images)

    def image(self, kind: str, record: str) -> dict[str, object] | None:
        found = self._conn.execute(
            "SELECT e.n, e.author FROM touched t JOIN event e ON e.n = t.n WHERE t.record = ?"
            " ORDER BY e.clock DESC, e.author DESC",
            (record,),
        ).fetchall()
        versions = ((author, self._images(n)) for n, author in found)
        images = [(author, images[kind, record]) for author, images in versions if (kind, record) in images]
        author, image = images[0]
        if image is None and journal.is_named(self._conn, record, author):
            return next((one for _, one in images if one is not None), None)
        return image

    def _read_images(self, n: int) -> dict[tuple[str, str], dict[str, object] | None]:
        return {(change.kind, change.id): change.after for change in journal.changes_of(self._conn, n)}
