"""How a file counts is found by its words; places come out as code points of the canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError, BadExchange
from annotator.domain.foreign import ForeignMark, ForeignText
from annotator.domain.foreign_offsets import UNITS, Counting, Ruler, counting_of, mark_problem
from annotator.domain.spans import Span
from tests.services.foreign import TEXT, span


def marked(*marks: tuple[int, int, str | None], text: str = TEXT) -> ForeignText:
    made = [
        ForeignMark(key=str(number), label="ORG", spans=((start, end),), words=words)
        for number, (start, end, words) in enumerate(marks)
    ]
    return ForeignText(place="x.jsonl, line 1", text=text, marks=tuple(made))


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_is_the_one_in_which_the_words_fit(unit):
    text = marked((*span("NATO", unit=unit), "NATO"), (*span("Monday", unit=unit), "Monday"))

    counting = counting_of([text], file="x.jsonl")

    start, end = span("NATO")
    assert counting == Counting(unit)
    assert Ruler(TEXT, counting).spans(text.marks[0]) == (Span(start, end),)


@pytest.mark.parametrize("unit", UNITS)
def test_without_words_the_unit_is_the_one_in_which_no_word_is_cut(unit):
    text = marked((*span("NATO", unit=unit), None), (*span("Monday", unit=unit), None))

    assert counting_of([text], file="x.jsonl") == Counting(unit)


def test_a_file_that_mixes_units_is_refused():
    text = marked((*span("NATO"), "NATO"), (*span("Monday", unit="utf16"), "Monday"), (*span("Live"), "Live"))

    with pytest.raises(BadExchange, match=r"x\.jsonl mixes ways to count: x\.jsonl, line 1 has a mark at 5"):
        counting_of([text], file="x.jsonl")


def test_where_nothing_tells_the_unit_the_user_is_asked():
    text = marked((3, 4, None), text="😅 a b c d")

    with pytest.raises(BadExchange, match="nothing tells in which unit"):
        counting_of([marked((3, 5, None), text="😅 !!!!!!!!!!!!")], file="x")
    assert counting_of([text], file="x", wanted="utf16") == Counting("utf16")


def test_a_mark_that_fits_in_no_unit_is_named_with_what_stands_there():
    text = marked((*span("NATO"), "NATO"), (*span("Monday"), "Tuesday"), (0, 500, None))

    counting = counting_of([text], file="x.jsonl")

    assert counting == Counting()
    assert mark_problem(text, Ruler(TEXT, counting)) == (
        f"x.jsonl, line 1: at {span('Monday')[0]} to {span('Monday')[1]} stands “Monday”, not “Tuesday”."
    )
    outside = marked((0, 500, None))
    assert "does not lie in the text" in mark_problem(outside, Ruler(TEXT, counting))


@pytest.mark.parametrize("is_lf", [False, True])
def test_line_ends_and_a_byte_order_mark_move_no_mark(is_lf):
    raw = "\ufeffOne\r\ntwo\r\nthree NATO four"
    counted = raw.replace("\r\n", "\n") if is_lf else raw
    text = marked((*span("NATO", text=counted), "NATO"), text=raw)

    counting = counting_of([text], file="x")

    assert counting.is_lf is is_lf
    (found,) = Ruler(raw, counting).spans(text.marks[0]) or ()
    assert "One\ntwo\nthree NATO four"[found.start : found.end] == "NATO"


@given(st.text(min_size=1, max_size=40), st.integers(0, 200), st.integers(0, 200), st.sampled_from(UNITS))
def test_any_offset_is_a_place_in_the_text_or_none(raw, start, end, unit):
    try:
        ruler = Ruler(raw, Counting(unit))
    except AnnotatorError:
        return
    for one in ruler.spans(ForeignMark(key="1", label="x", spans=((start, end),))) or ():
        assert 0 <= one.start <= one.end <= len(ruler.text)
