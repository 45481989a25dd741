"""What becomes an article: the record that readers of files hand to the project."""

from __future__ import annotations

import msgspec

from annotator.domain.canonical import text_id
from annotator.domain.sections import Section, find_sections, title_of
from annotator.domain.text import RECIPE


class NewArticle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article as the project takes it over. `text` is canonical, `id` its hash, `published` an ISO date.

    `raw_sha256` is the hash of the bytes that the text was read from, empty where they are not known (the article
    came with a file of annotations); `recipe` is the version of the canonical form.
    """

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
    raw_sha256: str = ""
    recipe: int = RECIPE


def new_article(text: str, *, name: str, raw_sha256: str = "", language: str | None = None) -> NewArticle:
    """The article of a canonical text: its id, title and sections are found in the text itself."""
    sections = find_sections(text)
    return NewArticle(
        id=text_id(text),
        name=name,
        title=title_of(text, sections),
        language=language,
        text=text,
        sections=sections,
        raw_sha256=raw_sha256,
    )
