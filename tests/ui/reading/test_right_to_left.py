"""An article that is read from the right: aligned there, with its marks under their words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.reading.marks import EntityMark, QuoteMark
from annotator.ui.reading.painting import is_right_to_left
from annotator.ui.reading.view import ReadingView

TITLE = "لافروف: المحادثات مستمرة"
TEXT = "قال سيرغي لافروف في موسكو.\n«لن نوقف المحادثات»، أضاف لافروف أمام NATO في جنيف.\n"


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture
def view(qtbot: QtBot) -> ReadingView:
    theme.load_fonts()
    made = ReadingView(theme=theme.load_theme("light"))
    qtbot.addWidget(made)
    made.resize(960, 400)
    made.show_article(TEXT, heading=TITLE, meta="lavrov.txt · ar", sections=())
    made.show()
    qtbot.waitExposed(made)
    return made


def x_of(view: ReadingView, index: int) -> int:
    view.set_caret(index)
    return view.cursorRect().center().x()


def columns_of(view: ReadingView, role: str, *, top: int = 0, bottom: int = 400) -> list[int]:
    """The columns of the picture that have a pixel of a role's colour, between two heights."""
    image: QImage = view.viewport().grab().toImage()
    wanted = QColor(theme.load_theme("light").roles[role]).rgb()
    rows = range(top, min(bottom, image.height()))
    return [x for x in range(image.width()) if any(image.pixel(x, y) == wanted for y in rows)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(TITLE, True), ("«— 24: لافروف NATO", True), ("NATO لافروف", False), ("", False), ("24", False)],
)
def test_first_letter_says_from_where_a_text_is_read(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


def test_lines_begin_on_the_right(view: ReadingView) -> None:
    starts = {x_of(view, 0), x_of(view, TEXT.index("«"))}
    assert max(starts) - min(starts) <= 2
    assert min(starts) > x_of(view, TEXT.index("\n")) + 100
    assert min(starts) > view.viewport().width() / 2


def test_heading_begins_where_the_text_does(view: ReadingView) -> None:
    columns = columns_of(view, "ink", top=28, bottom=58)
    assert abs(max(columns) - x_of(view, 0)) < 8
    assert min(columns) > view.viewport().width() / 3


@pytest.mark.parametrize("words", ["سيرغي لافروف", "موسكو", "NATO", "جنيف"])
def test_underline_and_label_lie_under_their_words(view: ReadingView, words: str) -> None:
    span = span_of(words)
    view.show_marks([EntityMark("e", span, "ORG", "org", False)])
    # Where the direction turns, the caret has two places; between the letters of a word it has one.
    inner = [x_of(view, index) for index in range(span.start + 1, span.end)]
    columns = columns_of(view, "org")
    assert min(columns) <= min(inner) and max(inner) <= max(columns)
    assert min(inner) - min(columns) < 20 and max(columns) - max(inner) < 20


@pytest.mark.parametrize("words", ["لافروف في", "موسكو", "المحادثات"])
def test_click_on_a_word_picks_its_mark(view: ReadingView, qtbot: QtBot, words: str) -> None:
    quoted = span_of("«لن نوقف المحادثات»")
    view.show_marks(
        [
            EntityMark("name", span_of("سيرغي لافروف"), "PERSON", "person", False),
            EntityMark("place", span_of("موسكو"), "GPE", "place", True),
            QuoteMark("quote", (quoted,), (), None, False, "سيرغي لافروف", "▲ supports"),
        ]
    )
    picked: list[str] = []
    view.mark_picked.connect(picked.append)
    view.set_caret(TEXT.index(words) + 1)
    # Reading on means going left here.
    at = view.cursorRect().center() - QPoint(4, 0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert picked == [{"لافروف في": "name", "موسكو": "place", "المحادثات": "quote"}[words]]


def test_right_arrow_of_the_reader_moves_towards_the_beginning(view: ReadingView, qtbot: QtBot) -> None:
    view.setFocus()
    view.set_caret(10)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.caret() == 11
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.caret() == 10
