"""Handles: the grips at both ends of the selected mark, and a drag on one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from annotator.domain.spans import Span
from annotator.ui.reading.geometry import Rect, resized
from annotator.ui.reading.scene import Fragment

Edge = Literal["start", "end"]

_REACH_X_PX = 5.0
_REACH_Y_PX = 6.0


class Grip(NamedTuple):
    """A grip on one edge of a span: a vertical line at `x`, as tall as `rect`."""

    span: Span
    edge: Edge
    x: float
    rect: Rect


@dataclass(frozen=True, slots=True)
class Drag:
    """An edge of a mark on its way: `span` as it was, `now` as it would become."""

    mark_id: str
    span: Span
    edge: Edge
    now: Span

    def moved_to(self, index: int, *, length: int) -> Drag:
        """The drag with its edge at another code point of a text of that length."""
        start, end = resized(self.span.start, self.span.end, edge=self.edge, to=index, length=length)
        return replace(self, now=Span(start, end))


def grips_of(span: Span, fragments: Iterable[Fragment]) -> list[Grip]:
    """The grips of a span, for those of its ends that are among these fragments."""
    grips: list[Grip] = []
    for fragment in fragments:
        left, right = fragment.rect.left, fragment.rect.right
        start_x, end_x = (right, left) if fragment.is_rtl else (left, right)
        if fragment.opens:
            grips.append(Grip(span, "start", start_x, fragment.rect))
        if fragment.closes:
            grips.append(Grip(span, "end", end_x, fragment.rect))
    return grips


def grip_at(grips: Iterable[Grip], x: float, y: float) -> Grip | None:
    """The grip under a point; where two are in reach, the nearer one."""
    in_reach = [
        grip
        for grip in grips
        if abs(grip.x - x) <= _REACH_X_PX and grip.rect.top - _REACH_Y_PX <= y < grip.rect.bottom + _REACH_Y_PX
    ]
    return min(in_reach, key=lambda grip: abs(grip.x - x), default=None)
