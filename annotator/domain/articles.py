"""What becomes an article: the record that readers of files hand to the project."""

from __future__ import annotations

import re

import msgspec

from annotator.domain.canonical import text_id
from annotator.domain.sections import Section, find_sections, title_of
from annotator.domain.text import RECIPE

MAX_FACT_CHARS = 1000
# Control characters, and what no text of a project may hold (see `canonicalise`).
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


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


class Metadata(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of an article besides its text; empty is not known. `published` is an ISO date."""

    title: str = ""
    language: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    url: str = ""


def new_article(text: str, *, name: str, raw_sha256: str = "", headline: str = "") -> NewArticle:
    """The article of a canonical text: its id, title and sections are found in the text itself.

    A headline becomes the first line of the text, unless that says the same already, and a section of its own.
    """
    headline = plain_fact(headline)
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start) if "\n" in text[start:] else len(text)
    if headline and " ".join(text[start:end].split()).casefold() != headline.casefold():
        text, start, end = f"{headline}\n{text}", 0, len(headline)
    sections = _headed(text, start, end) if headline else find_sections(text)
    return NewArticle(
        id=text_id(text),
        name=name,
        title=title_of(text, sections),
        text=text,
        sections=sections,
        raw_sha256=raw_sha256,
    )


def _headed(text: str, start: int, end: int) -> tuple[Section, ...]:
    end = start + len(text[start:end].rstrip())
    rest = tuple(Section(kind=one.kind, start=one.start + end, end=one.end + end) for one in find_sections(text[end:]))
    return (Section(kind="headline", start=start, end=end), *rest)


def with_metadata(article: NewArticle, known: Metadata) -> NewArticle:
    """An article with what is known of it; what is empty stays as it was."""
    facts = {name: value for name, value in msgspec.structs.asdict(known).items() if value}
    return msgspec.structs.replace(article, **facts)


def plain_fact(value: object, *, max_chars: int = MAX_FACT_CHARS) -> str:
    """A piece of metadata as one line of text that can be stored; empty for None."""
    text = "" if value is None else str(value)
    return " ".join(_UNFIT.sub(" ", text[: 4 * max_chars]).split())[:max_chars]
