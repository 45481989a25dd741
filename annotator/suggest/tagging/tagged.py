"""What a tagger finds: quotes by their ranges, with how sure it is."""

from __future__ import annotations

import msgspec

from annotator.domain.spans import Span


class TaggedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quote in code points of its article; `score` is how sure the tagger is of it, 0 to 1."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: Span | None = None
    score: float
