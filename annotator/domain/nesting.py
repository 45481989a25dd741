"""Quotes within quotes: “he said she knew it was late”."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from annotator.domain.drafts import QuoteDraft
from annotator.domain.records import Quote

AnyQuote = TypeVar("AnyQuote", Quote, QuoteDraft)


def is_within(one: Quote | QuoteDraft, other: Quote | QuoteDraft) -> bool:
    """Whether a quote stands, with its cue and its source, within what another one says."""
    if not (other.content[0].start <= one.content[0].start and one.content[-1].end <= other.content[-1].end):
        return False
    own = [piece.span for piece in (*one.content, *one.source, one.cue) if piece is not None]
    return _length(one) < _length(other) and all(
        any(piece.span.contains(span) for piece in other.content) for span in own
    )


def around(one: AnyQuote, quotes: Iterable[AnyQuote]) -> AnyQuote | None:
    """The shortest of the quotes within which one stands; `None` where it stands in none."""
    return min((other for other in quotes if is_within(one, other)), key=_length, default=None)


def _length(one: Quote | QuoteDraft) -> int:
    return one.content[-1].end - one.content[0].start
