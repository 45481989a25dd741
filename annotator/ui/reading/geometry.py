"""Geometry: rectangles, the width of the page, and what lies under the pointer. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

GUTTER_PX = 146
SHORT_GUTTER_PX = 94
NARROW_GUTTER_PX = 26
_RIGHT_PX = 24
_NARROW_RIGHT_PX = 16
# With less than this for the text, margin notes are not worth their room.
_LEAST_COLUMN_WITH_NOTES_PX = 420
# Notes of a word each take less.
_LEAST_COLUMN_WITH_SHORT_NOTES_PX = 340
_LEAST_COLUMN_PX = 120

# Runs that end and start this close are one.
_TOUCH_PX = 0.75


class Rect(NamedTuple):
    """A rectangle by its edges; the right and the bottom edge are not part of it."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def grown(self, dx: float, dy: float) -> Rect:
        """The rectangle, larger by that much on each side."""
        return Rect(self.left - dx, self.top - dy, self.right + dx, self.bottom + dy)

    def moved(self, dx: float, dy: float) -> Rect:
        """The rectangle elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


@dataclass(frozen=True, slots=True)
class Page:
    """Where the text column stands in the viewport, how wide its gutter is, and whether that has room for notes."""

    left: float
    width: float
    gutter: float

    @property
    def has_notes(self) -> bool:
        """Whether the gutter has room for notes, be they short."""
        return self.gutter > NARROW_GUTTER_PX


def page_for(viewport_px: float, line_px: float) -> Page:
    """The page for a viewport of this width, its lines at most `line_px` long; gutter and column are centred as one."""
    if viewport_px - GUTTER_PX - _RIGHT_PX >= _LEAST_COLUMN_WITH_NOTES_PX:
        gutter, right = GUTTER_PX, _RIGHT_PX
    elif viewport_px - SHORT_GUTTER_PX - _NARROW_RIGHT_PX >= _LEAST_COLUMN_WITH_SHORT_NOTES_PX:
        gutter, right = SHORT_GUTTER_PX, _NARROW_RIGHT_PX
    else:
        gutter, right = NARROW_GUTTER_PX, _NARROW_RIGHT_PX
    width = max(_LEAST_COLUMN_PX, min(line_px, viewport_px - gutter - right))
    spare = max(0.0, viewport_px - gutter - width - right)
    return Page(left=float(round(gutter + spare / 2)), width=float(width), gutter=float(gutter))


def joined_runs(edges: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Left and right edges of what is seen as one piece, from left to right: touching runs become one."""
    joined: list[tuple[float, float]] = []
    for left, right in sorted((min(pair), max(pair)) for pair in edges):
        if joined and left <= joined[-1][1] + _TOUCH_PX:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        elif right > left:
            joined.append((left, right))
    return joined


class Shape(NamedTuple):
    """Where a mark can be clicked; `length` is that of the piece in code points."""

    rect: Rect
    length: int
    mark_id: str


def marks_at(shapes: Iterable[Shape], x: float, y: float) -> list[str]:
    """The ids of the marks under a point, each once: the smallest piece first, then by id."""
    under = sorted((shape.length, shape.mark_id) for shape in shapes if shape.rect.holds(x, y))
    return list(dict.fromkeys(mark_id for _, mark_id in under))


def next_pick(candidates: Sequence[str], current: str | None) -> str | None:
    """The mark after the current one among those under the pointer, going round; the first where it is not there."""
    if not candidates:
        return None
    if current not in candidates:
        return candidates[0]
    return candidates[(candidates.index(current) + 1) % len(candidates)]


def resized(start: int, end: int, *, edge: str, to: int, length: int) -> tuple[int, int]:
    """A range with its `start` or `end` edge moved to a position; it keeps at least one character."""
    to = min(max(to, 0), length)
    return (min(to, end - 1), end) if edge == "start" else (start, max(to, start + 1))


def scroll_for(top: float, bottom: float, *, view_top: float, view_height: float, margin: float) -> float | None:
    """Where to scroll to so that `[top, bottom)` is comfortably visible; None where it is already.

    It comes to lie a third down the view, or with its top at the margin where it is too tall for that.
    """
    fits = bottom - top <= view_height - 2 * margin
    if fits and top >= view_top + margin and bottom <= view_top + view_height - margin:
        return None
    if not fits and view_top + margin <= top <= view_top + view_height / 2:
        return None
    third = view_height / 3
    lead = third if bottom - top <= view_height - third - margin else margin
    return max(0.0, top - lead)
