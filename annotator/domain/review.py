"""Which suggestions an annotator still has to decide about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.records import Entity, Quote, Record, Rejection
from annotator.domain.spans import Passages, Span

# Two contents that share this much of what they cover together are the same quote with other bounds.
_SAME_QUOTE = 0.8


class OpenSuggestions:
    """The suggestions of one article beside one author's records; records may come and go one by one.

    A suggestion is decided when a record or a rejection came from the same draft, whatever model run it is of; an
    entity also when the same span is marked already, a quote also when most of its content is in a quote already.
    """

    def __init__(self, suggestions: Iterable[Suggestion], records: Iterable[Record] = ()) -> None:
        self.suggestions = tuple(suggestions)
        self.decided = 0
        self._facts = [(one, one.draft.key, one.draft.span) for one in self.suggestions]
        self._keys: Counter[str] = Counter()
        self._spans: Counter[Span] = Counter()
        self._contents: dict[str, Passages] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Count a record of the author."""
        self._count(record, 1)
        if isinstance(record, Quote):
            self._contents[record.id] = record.content

    def remove(self, record: Record) -> None:
        """Count a record no longer that was counted."""
        self._count(record, -1)
        if isinstance(record, Quote):
            self._contents.pop(record.id, None)

    def _count(self, record: Record, by: int) -> None:
        if isinstance(record, Rejection):
            self._keys[record.suggested.key] += by
        elif isinstance(record, Entity | Quote):
            if record.origin.suggested:
                self._keys[record.origin.suggested.key] += by
            if isinstance(record, Entity):
                self._spans[Span(record.start, record.end)] += by
        else:
            return
        self.decided += by

    def open(self) -> list[Suggestion]:
        """The suggestions that are neither taken over, corrected nor rejected, in their order."""
        keys = {key for key, count in self._keys.items() if count}
        spans = {span for span, count in self._spans.items() if count}
        return [one for one, key, span in self._facts if key not in keys and not self._is_covered(one, span, spans)]

    def _is_covered(self, suggestion: Suggestion, span: Span, spans: set[Span]) -> bool:
        draft = suggestion.draft
        if isinstance(draft, EntityDraft):
            return span in spans
        return any(_overlap(draft.content, other) >= _SAME_QUOTE for other in self._contents.values())


def open_suggestions(
    suggestions: Iterable[Suggestion],
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    rejections: Sequence[Rejection],
) -> list[Suggestion]:
    """The suggestions that are open beside these records; see `OpenSuggestions`."""
    return OpenSuggestions(suggestions, [*entities, *quotes, *rejections]).open()


def _overlap(ours: Passages, theirs: Passages) -> float:
    """Shared characters over all characters of two contents: 0 to 1."""
    if not ours or not theirs or ours[0].start >= theirs[-1].end or theirs[0].start >= ours[-1].end:
        return 0.0
    shared = sum(_shared(one.span, other.span) for one in ours for other in theirs)
    total = sum(len(piece.span) for piece in (*ours, *theirs)) - shared
    return shared / total if total else 0.0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
