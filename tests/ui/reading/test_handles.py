"""The grips at both ends of the selected mark."""

from __future__ import annotations

from annotator.domain.spans import Span
from annotator.ui.reading.geometry import Rect
from annotator.ui.reading.handles import Drag, grip_at, grips_of
from annotator.ui.reading.scene import Fragment

FIRST = Fragment(Rect(50, 0, 100, 20), opens=True, closes=False, is_rtl=False)
LAST = Fragment(Rect(0, 36, 30, 56), opens=False, closes=True, is_rtl=False)


def test_span_over_two_lines_has_a_grip_at_its_start_and_one_at_its_end() -> None:
    grips = grips_of(Span(5, 25), [FIRST, LAST])
    assert [(grip.edge, grip.x) for grip in grips] == [("start", 50), ("end", 30)]


def test_span_read_from_right_to_left_has_its_first_grip_on_the_right() -> None:
    grips = grips_of(Span(5, 9), [Fragment(Rect(50, 0, 100, 20), opens=True, closes=True, is_rtl=True)])
    assert [(grip.edge, grip.x) for grip in grips] == [("start", 100), ("end", 50)]


def test_nearest_grip_in_reach_is_taken() -> None:
    grips = grips_of(Span(5, 6), [Fragment(Rect(50, 0, 56, 20), opens=True, closes=True, is_rtl=False)])
    edges = {x: grip.edge if (grip := grip_at(grips, x, 10)) else None for x in (40, 51, 55, 70)}
    assert edges == {40: None, 51: "start", 55: "end", 70: None}


def test_drag_moves_one_edge_and_keeps_a_character() -> None:
    drag = Drag("e", Span(5, 9), "end", Span(5, 9))
    assert drag.moved_to(12, length=100).now == Span(5, 12)
    assert drag.moved_to(2, length=100).now == Span(5, 6)
    assert drag.moved_to(999, length=100).now == Span(5, 100)
