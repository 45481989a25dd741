"""Labelled corpora: articles with who said what and with their entities, as models learn them."""

from __future__ import annotations

import msgspec

from annotator.domain.drafts import Reported
from annotator.domain.sections import Section
from annotator.domain.spans import Span


class LabelledQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quote by its ranges; `reported` is None where the corpus does not tell speech from acts."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: Span | None = None
    reported: Reported | None = None


class LabelledEntity(msgspec.Struct, frozen=True):
    """An entity: a half-open range of the text and its label."""

    start: int
    end: int
    label: str


class LabelledArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article all of whose quotes or entities are marked; without sections all of the text is its body."""

    id: str
    text: str
    sections: tuple[Section, ...] = ()
    quotes: tuple[LabelledQuote, ...] = ()
    entities: tuple[LabelledEntity, ...] = ()
