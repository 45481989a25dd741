"""Sections: the ranges of an article's text that are its body and its headline variants."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

import msgspec

SectionKind = Literal[
    "body", "headline", "alt_headline", "lede", "alt_lede", "seo_headline", "meta_description", "caption"
]

SECTION_NAMES: dict[SectionKind, str] = {
    "body": "Body",
    "headline": "Headline",
    "alt_headline": "Alternative headlines",
    "lede": "Lede",
    "alt_lede": "Alternative ledes",
    "seo_headline": "SEO headlines",
    "meta_description": "Meta descriptions",
    "caption": "Captions",
}

_HEADINGS: dict[str, SectionKind] = {
    "alternative headlines:": "alt_headline",
    "alternative ledes:": "alt_lede",
    "seo headlines:": "seo_headline",
    "meta descriptions:": "meta_description",
}
_ITEM = re.compile(r"[-–—*•]\s+")


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One section: `[start, end)` of the article's text."""

    kind: SectionKind
    start: int
    end: int


def _trimmed(kind: SectionKind, text: str, start: int, end: int) -> Section:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Section(kind=kind, start=start, end=start + len(piece.strip()))


def find_sections(text: str) -> tuple[Section, ...]:
    """The sections of a canonical text, in its order: the body, then one for each listed headline variant.

    A heading counts only when the line after it is a `- ` item; a line that is neither heading nor item ends the
    list it follows, and goes with no section. Text without any heading is all body.
    """
    folded = text.casefold()
    if not any(heading in folded for heading in _HEADINGS):
        # Nearly all articles: no need to look at each line.
        return (_trimmed("body", text, 0, len(text)),) if text.strip() else ()
    lines: list[tuple[int, int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line), line.strip()))
        at += len(line) + 1
    found: list[Section] = []
    body_end = len(text)
    kind: SectionKind | None = None
    for (start, end, line), (_, _, following) in pairwise([*lines, (0, 0, "")]):
        heading = _HEADINGS.get(line.casefold())
        if heading and _ITEM.match(following):
            kind = heading
            body_end = min(body_end, start)
        elif kind and (item := _ITEM.match(line)):
            indent = text[start:end].index(line)
            found.append(_trimmed(kind, text, start + indent + item.end(), end))
        else:
            kind = None
    body = [_trimmed("body", text, 0, body_end)] if text[:body_end].strip() else []
    return tuple(body + found)


def title_of(text: str, sections: tuple[Section, ...], *, max_chars: int = 90) -> str:
    """The headline of an article; where it has none, the first words of its text."""
    headline = next((section for section in sections if section.kind == "headline"), None)
    if headline:
        return text[headline.start : headline.end]
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if len(first) <= max_chars:
        return first
    return first[:max_chars].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"
