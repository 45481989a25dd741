"""Which suggestions an annotator still has to decide about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.records import Entity, Quote, Rejection
from annotator.domain.spans import Passages, Span


def open_suggestions(
    suggestions: Iterable[Suggestion],
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    rejections: Sequence[Rejection],
) -> list[Suggestion]:
    """The suggestions that are neither taken over, corrected nor rejected, in their order.

    A suggestion is decided when a record or a rejection came from the same draft, whatever model run it is of; an
    entity also when the same span is marked already, a quote also when most of its content is in a quote already.
    """
    origins = [one.origin for one in entities] + [one.origin for one in quotes]
    keys = {origin.suggested.key for origin in origins if origin.suggested}
    keys |= {one.suggested.key for one in rejections}
    spans = {(one.start, one.end) for one in entities}
    contents = [one.content for one in quotes]
    return [one for one in suggestions if one.draft.key not in keys and not _is_covered(one, spans, contents)]


def _is_covered(suggestion: Suggestion, spans: set[tuple[int, int]], contents: list[Passages]) -> bool:
    match suggestion.draft:
        case EntityDraft(start=start, end=end):
            return (start, end) in spans
        case QuoteDraft(content=content):
            return any(_overlap(content, other) >= 0.8 for other in contents)
    raise AssertionError(suggestion.draft)


def _overlap(ours: Passages, theirs: Passages) -> float:
    """Shared characters over all characters of two contents: 0 to 1."""
    shared = sum(_shared(one.span, other.span) for one in ours for other in theirs)
    total = sum(len(piece.span) for piece in (*ours, *theirs)) - shared
    return shared / total if total else 0.0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
