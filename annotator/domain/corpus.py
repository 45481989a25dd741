"""Labelled corpora: articles with who said what, as a tagger learns it."""

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


class LabelledArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article all of whose quotes are marked; without sections all of the text is its body."""

    id: str
    text: str
    sections: tuple[Section, ...] = ()
    quotes: tuple[LabelledQuote, ...] = ()
