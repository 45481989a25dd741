"""Code points and Qt positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.offsets import Utf16Map

# Surrogates alone cannot be in an article; characters beyond the basic plane are made likely.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("😅🇺🇦𐍈𝄞"), max_size=60)


def qt_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "index", "qt_pos"),
    [
        ("abc", 2, 2),
        ("a😅b", 1, 1),
        ("a😅b", 2, 3),
        ("a😅b", 3, 4),
        ("😅😅", 1, 2),
        ("", 0, 0),
        ("e\u0301a", 2, 2),
        ("👩\u200d👧 x", 3, 5),
        ("“Київ”\u00a0مرحبا", 6, 6),
    ],
)
def test_utf16_map_goes_there_and_back(text: str, index: int, qt_pos: int) -> None:
    utf16 = Utf16Map(text)
    assert (utf16.to_qt(index), utf16.to_python(qt_pos)) == (qt_pos, index)


def test_utf16_map_takes_the_middle_of_a_pair_for_its_start() -> None:
    assert Utf16Map("a😅b").to_python(2) == 1


def test_utf16_map_keeps_positions_within_the_text() -> None:
    utf16 = Utf16Map("a😅b")
    assert [utf16.to_qt(-5), utf16.to_qt(99), utf16.to_python(-5), utf16.to_python(99)] == [0, 4, 0, 3]


@given(TEXTS)
def test_utf16_map_agrees_with_the_utf_16_encoding_at_every_code_point(text: str) -> None:
    utf16 = Utf16Map(text)
    assert utf16.qt_length == qt_length(text)
    for index in range(len(text) + 1):
        qt_pos = qt_length(text[:index])
        assert utf16.to_qt(index) == qt_pos
        assert utf16.to_python(qt_pos) == index
