"""Rectangles, pages, and what lies under the pointer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.reading.geometry import (
    Rect,
    Shape,
    joined_runs,
    marks_at,
    next_pick,
    page_for,
    resized,
    scroll_for,
)


@pytest.mark.parametrize("viewport_px", [800, 1000, 1920])
def test_wide_page_has_room_for_notes_and_a_column_of_620(viewport_px: int) -> None:
    page = page_for(viewport_px, 620)
    assert page.has_notes and page.width == 620 and page.left >= 146
    assert page.left + page.width <= viewport_px


def test_narrow_page_gives_its_width_to_the_text() -> None:
    page = page_for(430, 620)
    assert not page.has_notes and page.width > 380


@given(st.integers(0, 3000), st.integers(200, 1200))
def test_page_lies_in_the_viewport_wherever_text_can(viewport_px: int, line_px: int) -> None:
    page = page_for(viewport_px, line_px)
    assert page.left >= 0 and page.width <= max(line_px, 120)
    if viewport_px >= 170:
        assert page.left + page.width <= viewport_px


def test_runs_that_touch_become_one() -> None:
    assert joined_runs([(20, 10), (20.5, 30), (50, 60), (60, 60)]) == [(10, 30), (50, 60)]
    assert joined_runs([(5, 5)]) == []


def test_smallest_mark_under_the_pointer_comes_first_and_each_once() -> None:
    rect = Rect(0, 0, 10, 10)
    shapes = [Shape(rect, 90, "quote"), Shape(rect, 5, "entity"), Shape(rect, 40, "quote"), Shape(rect, 5, "also")]
    assert marks_at(shapes, 5, 5) == ["also", "entity", "quote"]
    assert marks_at(shapes, 10, 5) == []


def test_repeated_picks_go_round() -> None:
    picks: list[str | None] = [None]
    for _ in range(4):
        picks.append(next_pick(["a", "b", "c"], picks[-1]))
    assert picks[1:] == ["a", "b", "c", "a"]
    assert next_pick([], "a") is None


@given(st.integers(0, 40), st.integers(1, 20), st.sampled_from(["start", "end"]), st.integers(-5, 80))
def test_resized_range_keeps_a_character_and_its_other_edge(start: int, size: int, edge: str, to: int) -> None:
    end = start + size
    new_start, new_end = resized(start, end, edge=edge, to=to, length=70)
    assert 0 <= new_start < new_end <= 70
    assert (new_end == end) if edge == "start" else (new_start == start)


def test_range_in_comfortable_view_is_not_scrolled_to() -> None:
    assert scroll_for(100, 120, view_top=0, view_height=600, margin=50) is None


@pytest.mark.parametrize(("top", "bottom"), [(580, 610), (10, 40), (5_000, 5_030), (5_000, 5_540)])
def test_range_out_of_view_comes_to_lie_whole_within_it(top: float, bottom: float) -> None:
    target = scroll_for(top, bottom, view_top=30, view_height=600, margin=50)
    assert target is not None
    assert target <= top and (bottom <= target + 600)


def test_range_taller_than_the_view_starts_near_its_top() -> None:
    target = scroll_for(5_000, 8_000, view_top=0, view_height=600, margin=50)
    assert target == 4_950
    assert scroll_for(5_000, 8_000, view_top=4_950, view_height=600, margin=50) is None


def test_page_of_a_small_window_has_room_for_notes_of_a_word() -> None:
    page = page_for(534, 620)
    assert page.has_notes and page.width >= 340 and page.gutter < page_for(800, 620).gutter
