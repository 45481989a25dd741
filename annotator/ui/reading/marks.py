"""Marks: what the reading view shows on a text, and which of them touch a range."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Literal, NamedTuple

from annotator.domain.spans import Span

Layer = Literal["entities", "quotes", "stances", "suggestions"]
Part = Literal["entity", "content", "source", "cue"]

ALL_LAYERS: frozenset[Layer] = frozenset({"entities", "quotes", "stances", "suggestions"})


@dataclass(frozen=True, slots=True)
class EntityMark:
    """An entity to show. `hue` is the theme role of its colour; `label` is shown in capitals beneath it."""

    id: str
    span: Span
    label: str
    hue: str
    is_suggestion: bool


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A quote to show. `speaker` and `detail` are the two lines of its margin note; either may be empty.

    `short` is what the speaker may be called where there is little room: a person's last name.
    """

    id: str
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: Span | None
    is_suggestion: bool
    speaker: str
    detail: str
    short: str = ""


Mark = EntityMark | QuoteMark


class Piece(NamedTuple):
    """One range of a mark, and which part of the mark it is."""

    start: int
    end: int
    part: Part
    mark: Mark


def is_shown(mark: Mark, layers: frozenset[Layer]) -> bool:
    """Whether a mark is to be seen with these layers switched on."""
    layer: Layer = "entities" if isinstance(mark, EntityMark) else "quotes"
    return layer in layers and ("suggestions" in layers or not mark.is_suggestion)


def main_spans(mark: Mark) -> tuple[Span, ...]:
    """The ranges that can be dragged to another size: an entity's span, a quote's content."""
    return (mark.span,) if isinstance(mark, EntityMark) else mark.content


def pieces_of(mark: Mark) -> Iterator[Piece]:
    """All ranges of a mark, in no particular order."""
    if isinstance(mark, EntityMark):
        yield Piece(mark.span.start, mark.span.end, "entity", mark)
        return
    for span in mark.content:
        yield Piece(span.start, span.end, "content", mark)
    for span in mark.source:
        yield Piece(span.start, span.end, "source", mark)
    if mark.cue:
        yield Piece(mark.cue.start, mark.cue.end, "cue", mark)


_START = attrgetter("start")
_END = attrgetter("end")


def _place(piece: Piece) -> tuple[int, int]:
    return piece.start, -piece.end


class MarkIndex:
    """The pieces of many marks in the order of the text: earlier start first, then the longer."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._marks = {mark.id: mark for mark in marks}
        pieces = [piece for mark in self._marks.values() for piece in pieces_of(mark)]
        pieces.sort(key=_END, reverse=True)
        pieces.sort(key=_START)
        self._pieces = pieces
        self._note_ends()

    def __len__(self) -> int:
        return len(self._marks)

    def marks(self) -> tuple[Mark, ...]:
        """All marks, in the order in which they came."""
        return tuple(self._marks.values())

    def mark(self, mark_id: str) -> Mark | None:
        """The mark of that id."""
        return self._marks.get(mark_id)

    def add(self, mark: Mark) -> None:
        """Take one more mark, or another version of one that is there."""
        self._take_out(mark.id)
        self._marks[mark.id] = mark
        for piece in pieces_of(mark):
            self._pieces.insert(bisect_left(self._pieces, _place(piece), key=_place), piece)
        self._note_ends()

    def remove(self, mark_id: str) -> None:
        """Let a mark go, if it is there."""
        self._take_out(mark_id)
        self._note_ends()

    def _take_out(self, mark_id: str) -> None:
        gone = self._marks.pop(mark_id, None)
        for piece in pieces_of(gone) if gone is not None else ():
            self._pieces.pop(self._pieces.index(piece, bisect_left(self._pieces, _place(piece), key=_place)))

    def overlapping(self, start: int, end: int) -> list[Piece]:
        """The pieces that share a character with `[start, end)`, in order."""
        # No piece before `first` reaches beyond `start`, because the furthest end up to there does not.
        first = bisect_right(self._furthest, start)
        last = bisect_left(self._pieces, end, key=_START)
        return [piece for piece in self._pieces[first:last] if piece.end > start]

    def _note_ends(self) -> None:
        self._furthest = list(accumulate((piece.end for piece in self._pieces), max))
