"""Lines as Qt lays them out, in code points."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from annotator.ui import theme
from annotator.ui.offsets import Utf16Map
from annotator.ui.reading.document import build_document
from annotator.ui.reading.lines import LineBox, line_boxes


def boxes(text: str, *, width_px: int = 300) -> list[LineBox]:
    theme.load_fonts()
    utf16 = Utf16Map(text)
    document = build_document(
        text, utf16, sections=(), body=theme.font(theme.SERIF, 16.5), text_px=16.5, muted=QColor("grey")
    )
    # Kept with the boxes: they ask its layout.
    KEPT.append(document)
    document.setPageSize(QSizeF(width_px, -1))
    document.size()
    return line_boxes(document.firstBlock(), text, utf16)


KEPT: list[object] = []


def test_lines_cover_the_text_but_for_the_blanks_at_their_ends(qapp: QApplication) -> None:
    text = "The United States has privately urged European allies 😅 to assume responsibility"
    lines = boxes(text)
    assert len(lines) > 1
    assert " ".join(text[line.start : line.end] for line in lines) == text
    assert all(one.bottom < other.top for one, other in itertools.pairwise(lines))


def test_range_of_a_line_has_one_run_as_wide_as_its_words(qapp: QApplication) -> None:
    (line,) = boxes("a 😅 word", width_px=900)
    (whole,) = line.runs(0, 8)
    (word,) = line.runs(4, 8)
    assert whole[0] == 0 and whole[0] < word[0] < word[1] == whole[1]


def test_text_read_from_right_to_left_starts_on_the_right(qapp: QApplication) -> None:
    (line,) = boxes("שלום עולם יקר", width_px=600)
    assert line.is_rtl
    (first,), (last,) = line.runs(0, 4), line.runs(10, 13)
    assert first[0] > last[1]


def test_hebrew_words_in_an_english_line_have_their_own_place(qapp: QApplication) -> None:
    text = "say שלום עולם to you"
    (line,) = boxes(text, width_px=600)
    (whole,) = line.runs(4, 13)
    (first,), (second,) = line.runs(4, 8), line.runs(9, 13)
    assert not line.is_rtl
    assert second[1] < first[0]
    assert (second[0], first[1]) == pytest.approx(whole)


def test_range_across_a_change_of_direction_has_a_run_for_each_side(qapp: QApplication) -> None:
    text = "say שלום עולם to you"
    (line,) = boxes(text, width_px=600)
    # “say ” stands left of both words, and the first of them on the right.
    left, right = line.runs(0, 8)
    assert left[1] < right[0]


def test_every_character_of_a_mixed_line_lies_within_the_line(qapp: QApplication) -> None:
    text = "قال ABC 12 عن 😅 السلام (xyz) اليوم"
    (line,) = boxes(text, width_px=900)
    ((left, right),) = line.runs(0, len(text))
    cells = [run for at in range(len(text)) for run in line.runs(at, at + 1)]
    assert min(cell[0] for cell in cells) == pytest.approx(left, abs=1)
    assert max(cell[1] for cell in cells) == pytest.approx(right, abs=1)
    assert sum(cell[1] - cell[0] for cell in cells) == pytest.approx(right - left, rel=0.05)


def test_block_that_is_not_laid_out_has_no_lines(qapp: QApplication) -> None:
    text = "Some words"
    utf16 = Utf16Map(text)
    document = build_document(text, utf16, sections=(), body=theme.font(theme.SERIF, 16), text_px=16, muted=QColor())
    assert line_boxes(document.firstBlock(), text, utf16) == []
