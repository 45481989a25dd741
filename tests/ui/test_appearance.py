"""What a user may choose for reading: width of the column, typeface; and screens with finer dots."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from annotator import settings
from annotator.ui.theme import SANS, SERIF
from tests.ui.desk import Desk


def line_px(desk: Desk) -> float:
    """How wide the widest line of the article's first paragraphs is."""
    block = desk.reading.document().firstBlock()
    widths: list[float] = []
    for _ in range(4):
        widths += [block.layout().lineAt(nth).naturalTextWidth() for nth in range(block.layout().lineCount())]
        block = block.next()
    return max(widths)


def test_column_gets_wider_and_narrower_by_keys_and_stays_so(
    desk: Desk, new_desk: Callable[[], Desk], suggested_copy: Path
) -> None:
    desk.window.resize(1440, 900)
    before = line_px(desk)
    desk.press("Ctrl+[", times=3)
    narrow = line_px(desk)
    assert narrow < before - 100
    desk.press("Ctrl+]")
    assert narrow < line_px(desk) < before
    chosen = settings.load().line_width_px
    desk.leave()
    again = new_desk()
    again.window.resize(1440, 900)
    again.open(suggested_copy)
    assert settings.load().line_width_px == chosen and narrow < line_px(again) < before


def test_column_stays_between_its_bounds(desk: Desk) -> None:
    desk.press("Ctrl+[", times=30)
    assert settings.load().line_width_px >= 300
    desk.press("Ctrl+]", times=30)
    assert settings.load().line_width_px <= 1200


def test_typeface_changes_and_stays_and_marks_follow(
    desk: Desk, new_desk: Callable[[], Desk], suggested_copy: Path
) -> None:
    desk.press("N")
    selected, caret = desk.selected, desk.reading.caret()
    assert desk.reading.document().defaultFont().family() == SERIF
    desk.run("view.typeface")
    assert desk.reading.document().defaultFont().family() == SANS
    assert desk.selected == selected and desk.reading.caret() == caret
    assert desk.reading.marks_over(caret) != []
    desk.leave()
    again = new_desk()
    again.open(suggested_copy)
    assert again.reading.document().defaultFont().family() == SANS
    again.run("view.typeface")
    assert again.reading.document().defaultFont().family() == SERIF and settings.load().typeface == "serif"


_DRAW = """
import sys
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.reading.marks import EntityMark
from annotator.ui.reading.view import ReadingView
app = QApplication([])
theme.load_fonts()
view = ReadingView(theme=theme.load_theme("light"))
view.resize(800, 300)
view.show_article("Pete Hegseth spoke.", heading="A heading", meta="", sections=())
view.show_marks([EntityMark("e", Span(0, 12), "PERSON", "person", False)])
view.show()
app.processEvents()
image = view.viewport().grab().toImage()
wanted = QColor(theme.load_theme("light").roles["person"]).rgb()
rows = [sum(image.pixel(x, y) == wanted for x in range(image.width())) for y in range(image.height())]
view.set_caret(0)
left = view.cursorRect().center().x()
view.set_caret(12)
print(image.width(), max(rows), sum(one == max(rows) for one in rows), view.cursorRect().center().x() - left)
"""


def drawn(scale: int) -> tuple[int, int, int, int]:
    """Width of the picture, length and thickness of the underline in dots, and its length in the window's pixels."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", _DRAW], capture_output=True, text=True, env=environ, cwd=root, check=True
    )
    width, length, thickness, text_px = map(int, run.stdout.split())
    return width, length, thickness, text_px


def test_marks_are_drawn_with_the_dots_that_a_fine_screen_has() -> None:
    coarse, fine = drawn(1), drawn(2)
    assert fine[0] == 2 * coarse[0]
    assert (coarse[2], fine[2]) == (2, 4), "the line under an entity is 2 pixels thick"
    for scale, (_, length, _, text_px) in ((1, coarse), (2, fine)):
        assert abs(length - scale * text_px) <= 3 * scale


def test_page_takes_the_background_of_the_theme_that_a_key_chooses(desk: Desk) -> None:
    def page_color() -> str:
        desk.settle()
        return desk.reading.grab().toImage().pixelColor(4, 300).name()

    seen = [page_color()]
    for _ in range(2):
        desk.press("Ctrl+Shift+T")
        seen.append(page_color())
        assert seen[-1] == desk.window.theme.color("bg").name()
    assert seen[0] == seen[2] != seen[1]
