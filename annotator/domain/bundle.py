"""Bundles: the lines of the file with which one analyst's work reaches a colleague."""

from __future__ import annotations

import msgspec

from annotator.domain.articles import NewArticle
from annotator.domain.journal import Event
from annotator.domain.signing import Signature

FORMAT = "annotator-bundle/1"
SUFFIX = ".bundle"
MAX_LINE_BYTES = 64_000_000
# What a compressed bundle may inflate to.
MAX_BYTES = 2_000_000_000
MAX_NAME = 200

# An author's number and hash of an event: where a chain stands. Without an entry it has not begun.
Head = tuple[int, str]
Heads = dict[str, Head]


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a project from others, and its name; the same in every copy of it."""

    id: str
    name: str
    created: str


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An author by name; `named` is the number of the author's act from which the name holds."""

    id: str
    name: str
    named: int


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line", tag=str.lower):
    """One line of a bundle."""


class Header(Line, frozen=True, kw_only=True):
    """The first line. The bundle leads from the heads `begins` to the heads `ends`.

    `codebook` is the hash of the one in force.
    """

    format: str
    program: str
    project: Facts
    sender: str
    authors: tuple[Member, ...]
    begins: Heads = msgspec.field(name="from")
    ends: Heads = msgspec.field(name="to")
    articles: int
    events: int
    codebook: str

    def name_of(self, author: str) -> str:
        """What an author is called."""
        return next((one.name for one in self.authors if one.id == author), author)


class BundledArticle(NewArticle, frozen=True, kw_only=True):
    """An article as a bundle carries it, with the time of its import."""

    imported: str


class Article(Line, frozen=True, kw_only=True):
    """An article; all of them come before the first event, in the order of their import."""

    article: BundledArticle


class Act(Line, frozen=True, kw_only=True):
    """An event with its signatures; each author's in a row, in the order of the author's own numbers."""

    event: Event
    signatures: tuple[Signature, ...] = ()


class Footer(Line, frozen=True, kw_only=True):
    """The last line: the SHA-256 of all bytes before it, and the sender's signature of that."""

    sha256: str
    signature: Signature


AnyLine = Header | Article | Act | Footer
