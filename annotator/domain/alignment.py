"""Alignment: which record of one layer is meant to be the same as which of another, in one article.

Entities and quotes are paired by what they mark, one to one, so that the sum of what the pairs share is greatest
(`scipy.optimize.linear_sum_assignment`); stances by evidence, holder and target. What has no partner stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Generic, TypeVar

import msgspec

from annotator.domain.records import Actor, Entity, Quote, Stance, Target
from annotator.domain.spans import Passages, Span, hull
from annotator.domain.words import fold

QUOTE_OVERLAP = 0.5
"""Two quotes are paired from this share on: what both contents cover, of what either covers."""

Marked = TypeVar("Marked", Entity, Quote, Stance)
Registered = TypeVar("Registered", Actor, Target)


class Pair(msgspec.Struct, Generic[Marked], frozen=True):
    """A record of one layer and its partner in the other; `None` where one layer has nothing of the kind there."""

    a: Marked | None
    b: Marked | None

    @property
    def either(self) -> Marked:
        """The record of the first layer, else that of the second."""
        one = self.a if self.a is not None else self.b
        assert one is not None
        return one


class Names:
    """Which actors and which targets are the same for comparison: by the record they lead to, and by their name.

    Two people who work apart make two records of one person; alike name and type then mean the same.
    """

    def __init__(self, actors: Iterable[Actor] = (), targets: Iterable[Target] = ()) -> None:
        self._actors = {one.id: one for one in actors}
        self._targets = {one.id: one for one in targets}

    def actor(self, actor_id: str | None) -> Hashable:
        """What stands for an actor; `None` for nobody."""
        one = _led(actor_id, self._actors)
        return actor_id if one is None else (fold(one.name), one.type)

    def target(self, target_id: str | None) -> Hashable:
        """What stands for a target; `None` for none."""
        one = _led(target_id, self._targets)
        return target_id if one is None else fold(one.label)


def _led(record_id: str | None, known: Mapping[str, Registered]) -> Registered | None:
    """The record that a merged one leads to."""
    one = known.get(record_id or "")
    seen: set[str] = set()
    while one is not None and one.merged_into and one.id not in seen:
        seen.add(one.id)
        one = known.get(one.merged_into)
    return one


def align_entities(a: Sequence[Entity], b: Sequence[Entity]) -> list[Pair[Entity]]:
    """Entities paired by overlap; those of the same span and label are partners before all others; by position."""

    def weight(one: Entity, other: Entity) -> float:
        shared = share(((one.start, one.end),), ((other.start, other.end),))
        exact = 2.0 * (shared == 1.0)
        return (shared + exact + 0.5 * (one.label == other.label)) if shared else 0.0

    exact, ours, theirs = _exact(a, b)
    return _in_order([*exact, *_aligned(ours, theirs, weight)])


def _exact(a: Sequence[Entity], b: Sequence[Entity]) -> tuple[list[Pair[Entity]], list[Entity], list[Entity]]:
    """The pairs of the same span and label, and what is left of both: no better sum of others may part them."""
    waiting: dict[tuple[int, int, str], list[Entity]] = {}
    for one in b:
        waiting.setdefault((one.start, one.end, one.label), []).append(one)
    pairs: list[Pair[Entity]] = []
    left: list[Entity] = []
    for one in a:
        partners = waiting.get((one.start, one.end, one.label))
        if partners:
            pairs.append(Pair(one, partners.pop(0)))
        else:
            left.append(one)
    return pairs, left, [one for partners in waiting.values() for one in partners]


def align_quotes(a: Sequence[Quote], b: Sequence[Quote]) -> list[Pair[Quote]]:
    """Quotes paired where their contents share at least `QUOTE_OVERLAP`; by position."""

    def weight(one: Quote, other: Quote) -> float:
        shared = share(_ranges(one.content), _ranges(other.content))
        return shared if shared >= QUOTE_OVERLAP else 0.0

    return _aligned(a, b, weight)


def align_stances(a: Sequence[Stance], b: Sequence[Stance], names: Names) -> list[Pair[Stance]]:
    """Stances paired where their evidence overlaps and holder or target is the same, both before one; by position."""

    def weight(one: Stance, other: Stance) -> float:
        shared = share(_ranges(evidence_of(one)), _ranges(evidence_of(other)))
        same = (names.actor(one.holder) == names.actor(other.holder)) + (
            names.target(one.target) == names.target(other.target)
        )
        return shared + same if shared and same else 0.0

    return _aligned(a, b, weight)


def grouped(
    layers: Sequence[Sequence[Marked]], align: Callable[[Sequence[Marked], Sequence[Marked]], Sequence[Pair[Marked]]]
) -> list[list[Marked | None]]:
    """What is meant to be the same in any number of layers, in groups; `None` in the place of a layer without it.

    Partners of two layers come into one group unless that would hold two records of one layer; the pairs of the first
    layers come first. By position of the first record.
    """
    places = range(len(layers))
    found: dict[tuple[int, str], list[Marked | None]] = {
        (layer, one.id): [one if at == layer else None for at in places] for layer in places for one in layers[layer]
    }
    for a, b in combinations(places, 2):
        for pair in align(layers[a], layers[b]):
            if pair.a is None or pair.b is None:
                continue
            ours, theirs = found[a, pair.a.id], found[b, pair.b.id]
            if any(one is not None and other is not None for one, other in zip(ours, theirs, strict=True)):
                continue
            for layer, one in enumerate(theirs):
                if one is not None:
                    ours[layer] = one
                    found[layer, one.id] = ours
    distinct = {id(group): group for group in found.values()}
    return sorted(distinct.values(), key=lambda group: place_of(next(one for one in group if one is not None)))


def evidence_of(stance: Stance) -> Passages:
    """All passages that a stance rests on."""
    return tuple(piece for evidence in stance.evidence for piece in evidence.spans)


def place_of(record: Entity | Quote | Stance) -> Span:
    """The stretch of text that a record is about; `(0, 0)` for a stance without evidence."""
    match record:
        case Entity():
            return Span(record.start, record.end)
        case Quote():
            return hull(record.content)
    pieces = evidence_of(record)
    return hull(pieces) if pieces else Span(0, 0)


def share(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> float:
    """What two sets of ranges both cover, of what either covers, 0 to 1. The ranges of a set share nothing."""
    both = sum(max(0, min(end, other) - max(start, begin)) for start, end in ours for begin, other in theirs)
    either = sum(end - start for start, end in (*ours, *theirs)) - both
    return both / either if either else 0.0


def _ranges(pieces: Passages) -> list[tuple[int, int]]:
    """The ranges of passages; those that overlap, as pieces of evidence may, are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((piece.start, piece.end) for piece in pieces):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _aligned(a: Sequence[Marked], b: Sequence[Marked], weight: Callable[[Marked, Marked], float]) -> list[Pair[Marked]]:
    pairs: list[Pair[Marked]] = []
    for ours, theirs in _neighbours(a, b):
        pairs += _best(ours, theirs, weight)
    return _in_order(pairs)


def _in_order(pairs: list[Pair[Marked]]) -> list[Pair[Marked]]:
    return sorted(pairs, key=lambda pair: (place_of(pair.either), pair.either.id))


def _neighbours(a: Sequence[Marked], b: Sequence[Marked]) -> Iterator[tuple[list[Marked], list[Marked]]]:
    """The records of both in groups that lie apart from one another: only within a group can two overlap."""
    ours: list[Marked] = []
    theirs: list[Marked] = []
    end = -1
    placed = [(place_of(one), side, one) for side, records in ((0, a), (1, b)) for one in records]
    for place, side, one in sorted(placed, key=lambda item: (item[0], item[1], item[2].id)):
        if place.start >= end and (ours or theirs):
            yield ours, theirs
            ours, theirs, end = [], [], -1
        (theirs if side else ours).append(one)
        end = max(end, place.end)
    if ours or theirs:
        yield ours, theirs


def _best(
    ours: list[Marked], theirs: list[Marked], weight: Callable[[Marked, Marked], float]
) -> Iterator[Pair[Marked]]:
    if not ours or not theirs:
        yield from (Pair(one, None) for one in ours)
        yield from (Pair(None, one) for one in theirs)
        return
    weights = [[weight(one, other) for other in theirs] for one in ours]
    chosen = [(row, column) for row, column in _assigned(weights) if weights[row][column] > 0]
    yield from (Pair(ours[row], theirs[column]) for row, column in chosen)
    rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
    yield from (Pair(one, None) for at, one in enumerate(ours) if at not in rows)
    yield from (Pair(None, one) for at, one in enumerate(theirs) if at not in columns)


def _assigned(weights: list[list[float]]) -> list[tuple[int, int]]:
    if len(weights) == len(weights[0]) == 1:
        return [(0, 0)]
    # Costs a tenth of a second to import, and most projects compare nothing.
    from scipy.optimize import linear_sum_assignment

    found = linear_sum_assignment(weights, maximize=True)
    return [(int(row), int(column)) for row, column in zip(*found, strict=True)]
