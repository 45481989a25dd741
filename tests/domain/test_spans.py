"""Spans, passages and their edges."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotAllowed
from annotator.domain.spans import Passage, Span, hull, passage, passages, trimmed

TEXT = "Rutte said: “Yes 😅 we can.”"


def test_a_passage_holds_what_stands_there_in_code_points():
    start = TEXT.index("😅")
    assert passage(TEXT, start, start + 4) == Passage(start, start + 4, "😅 we")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)])
def test_a_passage_that_does_not_lie_in_the_text_is_refused(start, end):
    with pytest.raises(NotAllowed, match="does not lie in the article"):
        passage(TEXT, start, end)


def test_passages_are_in_order_and_touching_ones_are_one():
    found = passages(TEXT, [Span(11, 15), Span(0, 3), Span(3, 5), Span(12, 13)])
    assert found == (Passage(0, 5, TEXT[:5]), Passage(11, 15, TEXT[11:15]))
    assert passages(TEXT, []) == ()


def test_the_hull_covers_all_pieces():
    assert hull([Passage(7, 9, "ai"), Passage(2, 4, "tt")]) == Span(2, 9)


def test_trimming_takes_white_space_off_both_edges_only():
    assert trimmed("a \u00a0bc\n d", Span(1, 6)) == Span(3, 5)
    assert trimmed("a   b", Span(1, 4)) == Span(1, 4)


def test_touching_spans_do_not_overlap():
    assert not Span(0, 3).overlaps(Span(3, 5)) and Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 5).contains(Span(3, 5)) and not Span(3, 5).contains(Span(2, 5))
