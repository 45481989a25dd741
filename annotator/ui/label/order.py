"""Things in the order of the text, kept in it while single ones come and go."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from annotator.ui.label.cards import Thing, span_of
from annotator.ui.label.suggested_stances import is_stance

T = TypeVar("T", bound=Thing)


class Place(NamedTuple):
    """Where a thing is, for its order: a stance comes after the quote that it rests on."""

    start: int
    end: int
    is_stance: bool
    id: str


def place_of(thing: Thing) -> Place:
    """What a thing is ordered by."""
    span = span_of(thing)
    return Place(span.start, span.end, is_stance(thing), thing.id)


class InOrder(Generic[T]):
    """Things by their places. In an article with thousands of them sorting anew would cost more than an act."""

    def __init__(self, things: Iterable[T]) -> None:
        placed = {place_of(one): one for one in things}
        self.places: list[Place] = sorted(placed)
        self.things: list[T] = [placed[one] for one in self.places]

    def add(self, thing: T) -> None:
        """Take a thing in that is not there."""
        place = place_of(thing)
        at = bisect_left(self.places, place)
        self.places.insert(at, place)
        self.things.insert(at, thing)

    def remove(self, thing: T) -> None:
        """Take a thing out that is there."""
        at = bisect_left(self.places, place_of(thing))
        assert self.places[at].id == thing.id
        del self.places[at], self.things[at]
