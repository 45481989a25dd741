"""Which suggestions an annotator still has to decide about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.drafts import EntityDraft, QuoteDraft, StanceDraft, Suggestion
from annotator.domain.records import Entity, Quote, Record, Rejection, Stance
from annotator.domain.spans import Passages, Span, hull

# Two contents that share this much of what they cover together are the same quote with other bounds.
_SAME_QUOTE = 0.8


class OpenSuggestions:
    """The suggestions of one article beside one author's records; records may come and go one by one.

    A suggestion is decided when a record or a rejection came from the same draft, whatever model run it is of; an
    entity also when the same span is marked already, a quote also when most of its content is in a quote already, a
    stance also when its quote was rejected. A stance whose position is open is not there to be decided about.
    `raw` are the suggestions as the models made them, where memory has changed some: what decides about one of these
    decides about what became of it.
    """

    def __init__(
        self, suggestions: Iterable[Suggestion], records: Iterable[Record] = (), *, raw: Iterable[Suggestion] = ()
    ) -> None:
        self.suggestions = tuple(suggestions)
        self.decided = 0
        # How many records decide about each suggestion: none while it is open.
        self._hits = [0] * len(self.suggestions)
        self._by_key: dict[str, list[int]] = {}
        self._by_span: dict[Span, list[int]] = {}
        self._by_quote: dict[str, list[int]] = {}
        self._quotes = _Quotes(self.suggestions)
        for number, one in enumerate(self.suggestions):
            self._index(one, number)
        numbers = {one.id: number for number, one in enumerate(self.suggestions)}
        for one in raw:
            number = numbers.get(one.id, -1)
            if number >= 0 and self.suggestions[number].draft.key != one.draft.key:
                self._index(one, number)
        for record in records:
            self.add(record)

    def _index(self, one: Suggestion, number: int) -> None:
        self._by_key.setdefault(one.draft.key, []).append(number)
        if isinstance(one.draft, EntityDraft):
            self._by_span.setdefault(one.draft.span, []).append(number)
        elif isinstance(one.draft, StanceDraft) and one.draft.quote:
            self._by_quote.setdefault(one.draft.quote, []).append(number)

    def add(self, record: Record) -> None:
        """Count a record of the author."""
        self._count(record, 1)

    def remove(self, record: Record) -> None:
        """Count a record no longer that was counted."""
        self._count(record, -1)

    def _count(self, record: Record, by: int) -> None:
        if not isinstance(record, Rejection | Entity | Quote | Stance) or _is_begun_alone(record):
            return
        self.decided += by
        for number in self._decided_by(record):
            self._hits[number] += by

    def _decided_by(self, record: Rejection | Entity | Quote | Stance) -> Iterator[int]:
        """The numbers of the suggestions that a record decides about; one may come twice."""
        draft = record.suggested if isinstance(record, Rejection) else record.origin.suggested
        if draft is not None:
            yield from self._by_key.get(draft.key, ())
        if isinstance(record, Rejection) and draft is not None:
            yield from self._by_quote.get(draft.key, ())
        if isinstance(record, Entity):
            yield from self._by_span.get(Span(record.start, record.end), ())
        elif isinstance(record, Quote):
            yield from self._quotes.like(record.content)

    def open(self) -> list[Suggestion]:
        """The suggestions that are neither taken over, corrected nor rejected, in their order."""
        beside = zip(self.suggestions, self._hits, strict=True)
        return [one for one, hits in beside if not hits and not is_prepared(one)]


def _is_begun_alone(record: Rejection | Entity | Quote | Stance) -> bool:
    """Whether a record is of a stance that was no suggestion to decide about: begun by hand, or only prepared."""
    draft = record.suggested if isinstance(record, Rejection) else record.origin.suggested
    return (isinstance(record, Stance) and draft is None) or (isinstance(draft, StanceDraft) and not draft.is_sure)


def is_prepared(one: Suggestion) -> bool:
    """Whether a suggestion only prepares a stance that an annotator may begin."""
    return isinstance(one.draft, StanceDraft) and not one.draft.is_sure


class _Quotes:
    """The suggested quotes by where they begin."""

    def __init__(self, suggestions: Sequence[Suggestion]) -> None:
        contents = [
            (one.draft.span, number, one.draft.content)
            for number, one in enumerate(suggestions)
            if isinstance(one.draft, QuoteDraft)
        ]
        contents.sort(key=lambda content: content[:2])
        self._contents = contents
        self._starts = [span.start for span, _, _ in contents]
        self._longest = max((len(span) for span, _, _ in contents), default=0)

    def like(self, content: Passages) -> Iterator[int]:
        """The numbers of those with nearly the same content."""
        if not content:
            return
        around = hull(content)
        first = bisect_left(self._starts, around.start - self._longest)
        last = bisect_left(self._starts, around.end)
        for _, number, other in self._contents[first:last]:
            if _overlap(other, content) >= _SAME_QUOTE:
                yield number


def open_suggestions(
    suggestions: Iterable[Suggestion],
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    rejections: Sequence[Rejection],
    stances: Sequence[Stance] = (),
) -> list[Suggestion]:
    """The suggestions that are open beside these records; see `OpenSuggestions`."""
    return OpenSuggestions(suggestions, [*entities, *quotes, *rejections, *stances]).open()


def _overlap(ours: Passages, theirs: Passages) -> float:
    """Shared characters over all characters of two contents: 0 to 1."""
    if not ours or not theirs or ours[0].start >= theirs[-1].end or theirs[0].start >= ours[-1].end:
        return 0.0
    shared = sum(_shared(one.span, other.span) for one in ours for other in theirs)
    total = sum(len(piece.span) for piece in (*ours, *theirs)) - shared
    return shared / total if total else 0.0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
