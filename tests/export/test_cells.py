"""What a spreadsheet gets is no formula, and can be turned back into what was annotated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.export.cells import LONGEST, as_text, for_csv, for_sheet, guarded, unguarded
from annotator.export.columns import Column

TEXT = Column("text")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(start):
    assert guarded(f"{start}cmd") == f"'{start}cmd"
    assert for_csv(TEXT, f"{start}cmd")[0] == for_sheet(TEXT, f"{start}cmd")[0] == f"'{start}cmd"


@given(st.text(alphabet="=+-@\t\r'a1 ", max_size=6))
def test_a_guarded_text_can_be_turned_back(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_a_text_as_long_as_a_cell_stays_and_a_longer_one_is_cut_and_told():
    assert for_sheet(TEXT, "a" * LONGEST) == ("a" * LONGEST, "")
    # An emoji counts as two, and is not cut in halves.
    cell, reason = for_sheet(TEXT, "a" + "😅" * (LONGEST // 2) + "b")
    assert cell == "a" + "😅" * (LONGEST // 2) and "cut" in reason
    assert for_sheet(TEXT, "b😅" + "a" * (LONGEST - 4) + "😅")[0] == "b😅" + "a" * (LONGEST - 4)
    cell, reason = for_csv(TEXT, "a" * (LONGEST + 1))
    assert cell == "a" * (LONGEST + 1) and "longer than a cell" in reason


def test_the_mark_in_front_takes_room_too():
    cell, reason = for_sheet(TEXT, "=" + "a" * (LONGEST - 1))
    assert len(str(cell)) == LONGEST and str(cell).startswith("'=") and "cut" in reason


def test_control_characters_become_their_pictures_and_are_told():
    assert for_sheet(TEXT, "a\x01b\x1b")[0] == "a\u2401b\u241b"
    assert "control characters" in for_sheet(TEXT, "a\x01b")[1]
    assert for_csv(TEXT, "a\x01b") == ("a\x01b", "")
    assert for_sheet(TEXT, "a\nb\tc") == ("a\nb\tc", "")


def test_lists_are_written_so_that_no_date_comes_of_them():
    assert as_text((Span(3, 12), Span(14, 15))) == "[[3,12],[14,15]]"
    assert as_text(("a", "b")) == "a | b" and as_text(()) == "" and as_text(False) == "false"
    assert "also stands between texts" in for_csv(TEXT, ("a | b", "c"))[1]
