"""Articles as they come in: canonical text, sections and what is known besides."""

from __future__ import annotations

import msgspec

from annotator.domain.sections import Section


class NewArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article that is ready to be added; `id` is the hash of its canonical text."""

    id: str
    name: str
    title: str
    language: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    text: str
    sections: tuple[Section, ...]
    raw_sha256: str
    recipe: int
