"""A staging database: what bundles bring, apart from the project, until all of it is verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from annotator.domain.bundle import Act, Article, BundledArticle, Member
from annotator.domain.canonical import canonical_json
from annotator.domain.errors import BadBundle
from annotator.domain.signing import Signature

_TABLES = """
CREATE TABLE article (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL) STRICT;
CREATE TABLE event (
  author TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, line TEXT NOT NULL,
  PRIMARY KEY (author, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE signature (
  event TEXT NOT NULL, author TEXT NOT NULL, digest TEXT NOT NULL, public_key TEXT NOT NULL, signature TEXT NOT NULL,
  PRIMARY KEY (event, public_key)) STRICT, WITHOUT ROWID;
CREATE TABLE touched (
  kind TEXT NOT NULL, record TEXT NOT NULL, author TEXT NOT NULL, was_there INTEGER NOT NULL, article TEXT, image TEXT,
  PRIMARY KEY (kind, record, author)) STRICT, WITHOUT ROWID;
"""
_ARTICLE = msgspec.json.Decoder(BundledArticle)
_ACT = msgspec.json.Decoder(Act)


class Touched(msgspec.Struct, frozen=True):
    """A record as an author's new acts leave it; `was_there` before them, `image` is `None` where it was withdrawn."""

    kind: str
    record: str
    author: str
    was_there: bool
    article: str | None
    image: str | None


class Staging:
    """What several bundles bring. It spills to the disk by itself, and is gone with its connection."""

    def __init__(self) -> None:
        self.conn = sqlite3.connect("", isolation_level=None)
        self.conn.executescript(_TABLES)
        self.conn.execute("BEGIN")
        self.members: dict[str, Member] = {}

    def close(self) -> None:
        """Forget everything."""
        self.conn.close()

    def add_member(self, member: Member) -> None:
        """Let an author be called so, unless a later name is known."""
        known = self.members.get(member.id)
        if known is None or (known.named, known.name) < (member.named, member.name):
            self.members[member.id] = member

    def name_of(self, author: str) -> str:
        """What an author is called."""
        return self.members[author].name if author in self.members else author

    def add_article(self, line: Article) -> None:
        """Stage an article; of two with the same text the earlier import counts."""
        new = line.article
        known = self.article(new.id)
        if known is None or precedence(new) < precedence(known):
            self.conn.execute(
                "INSERT INTO article (id, line) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET line = excluded.line",
                (new.id, msgspec.json.encode(new).decode("utf-8")),
            )

    def add_act(self, line: Act) -> bool:
        """Stage an event; `False` where another one with its author's number is there.

        Raises:
            BadBundle: another event has its id, or its number is none.
        """
        try:
            return self._add_act(line)
        except (sqlite3.Error, OverflowError):
            raise BadBundle(
                "An act of the bundle has the id of another one.", hint="Ask for the bundle again."
            ) from None

    def _add_act(self, line: Act) -> bool:
        event = line.event
        row = self.conn.execute(
            "SELECT id, hash FROM event WHERE author = ? AND seq = ?", (event.author, event.seq)
        ).fetchone()
        if row is None:
            self.conn.execute(
                "INSERT INTO event (author, seq, id, hash, line) VALUES (?, ?, ?, ?, ?)",
                (event.author, event.seq, event.id, event.hash, msgspec.json.encode(line).decode("utf-8")),
            )
        elif row != (event.id, event.hash):
            return False
        self.conn.executemany(
            "INSERT INTO signature VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(event.id, event.author, event.hash, one.public_key, one.signature) for one in line.signatures],
        )
        return True

    def article(self, article_id: str) -> BundledArticle | None:
        """The staged article of that id, or `None`."""
        row = self.conn.execute("SELECT line FROM article WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else _ARTICLE.decode(row[0])

    def articles(self) -> Iterator[BundledArticle]:
        """All staged articles, in the order in which they came."""
        for (line,) in self.conn.execute("SELECT line FROM article ORDER BY n"):
            yield _ARTICLE.decode(line)

    def article_ids(self) -> list[str]:
        """The ids of all staged articles, in the order in which they came."""
        return [row[0] for row in self.conn.execute("SELECT id FROM article ORDER BY n")]

    def drop_articles(self, ids: Iterable[str]) -> None:
        """Forget articles that the project has already, with all that is known of them."""
        self.conn.executemany("DELETE FROM article WHERE id = ?", [(one,) for one in ids])

    def authors(self) -> list[str]:
        """The authors of all staged events, by id."""
        return [row[0] for row in self.conn.execute("SELECT DISTINCT author FROM event ORDER BY author")]

    def acts(self, author: str) -> Iterator[Act]:
        """An author's staged events, in the order of the author's own numbers."""
        found = self.conn.execute("SELECT line FROM event WHERE author = ? ORDER BY seq", (author,))
        for (line,) in found:
            yield _ACT.decode(line)

    def act_ids(self, author: str) -> list[str]:
        """The ids of an author's staged events, in the order of the author's own numbers."""
        return [row[0] for row in self.conn.execute("SELECT id FROM event WHERE author = ? ORDER BY seq", (author,))]

    def hash_of(self, author: str, seq: int) -> str:
        """The hash of an author's staged event, empty where there is none of that number."""
        row = self.conn.execute("SELECT hash FROM event WHERE author = ? AND seq = ?", (author, seq)).fetchone()
        return row[0] if row else ""

    def drop_until(self, author: str, seq: int) -> None:
        """Forget an author's first events, which the project has already; their signatures stay."""
        self.conn.execute("DELETE FROM event WHERE author = ? AND seq <= ?", (author, seq))

    def count(self) -> tuple[int, int]:
        """How many articles and events are staged."""
        row = self.conn.execute("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM event)").fetchone()
        return int(row[0]), int(row[1])

    def signatures(self) -> Iterator[tuple[str, str, str, Signature]]:
        """Every staged signature with event, author and what was signed."""
        found = self.conn.execute("SELECT * FROM signature ORDER BY event, public_key").fetchall()
        for event, author, digest, key, signature in found:
            yield event, author, digest, Signature(key, signature)

    def drop_signature(self, event: str, public_key: str) -> None:
        """Forget a signature that the project has already."""
        self.conn.execute("DELETE FROM signature WHERE event = ? AND public_key = ?", (event, public_key))

    def touched_by(self, kind: str, record: str) -> list[Touched]:
        """What the new acts leave of a record, by author."""
        found = self.conn.execute("SELECT * FROM touched WHERE kind = ? AND record = ? ORDER BY author", (kind, record))
        return [_touched(row) for row in found]

    def touch(self, kind: str, record: str, author: str, *, was_there: bool, image: dict[str, object] | None) -> None:
        """Note what an event leaves of a record."""
        written = None if image is None else canonical_json(image).decode("utf-8")
        article = image.get("article") if image else None
        self.conn.execute(
            "INSERT INTO touched VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET image = excluded.image,"
            " article = coalesce(excluded.article, article)",
            (kind, record, author, was_there, article if isinstance(article, str) else None, written),
        )

    def touched(self) -> Iterator[Touched]:
        """All records that the new acts touch, by kind, id and author."""
        return map(_touched, self.conn.execute("SELECT * FROM touched ORDER BY kind, record, author"))


def _touched(row: tuple[str, str, str, int, str | None, str | None]) -> Touched:
    kind, record, author, was_there, article, image = row
    return Touched(kind, record, author, bool(was_there), article, image)


def precedence(article: BundledArticle) -> tuple[str, bytes]:
    """Of two imports of a text the one with the lower value counts: the earlier one, by its content where both are of
    the same moment."""
    return article.imported, canonical_json(article)
