"""Lines: what Qt laid out for one block, as plain numbers in code points and pixels."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextLine

from annotator.ui.offsets import Utf16Map
from annotator.ui.reading.geometry import joined_runs

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, with the controls that turn the direction.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

Runs = Callable[[int, int], list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class LineBox:
    """One laid-out line: its range without trailing blanks, its text from `top` to `bottom`, measured from its block.

    Beneath it, `room` pixels are free before the next line begins. `runs(start, end)` gives the left and right edges of
    a range of the line, one pair for each visual run. It asks Qt's layout, so a LineBox must not outlive the event that
    it was made in.
    """

    start: int
    end: int
    top: float
    bottom: float
    room: float
    is_rtl: bool
    runs: Runs


def line_boxes(block: QTextBlock, text: str, utf16: Utf16Map) -> list[LineBox]:
    """The lines of a block that Qt has laid out; none where it has not."""
    layout = block.layout()
    origin = block.position()
    piece = text[utf16.to_python(origin) : utf16.to_python(origin + block.length() - 1)]
    is_bidi = not piece.isascii() and _RIGHT_TO_LEFT.search(piece) is not None
    is_rtl = is_bidi and block.textDirection() == Qt.LayoutDirection.RightToLeft
    runs_of = _bidi_runs if is_bidi else _plain_runs
    room = block.blockFormat().lineHeight()
    boxes: list[LineBox] = []
    for nth in range(layout.lineCount()):
        line = layout.lineAt(nth)
        start = utf16.to_python(origin + line.textStart())
        end = utf16.to_python(origin + line.textStart() + line.textLength())
        end = start + len(text[start:end].rstrip())
        top = line.y()
        bottom = top + line.ascent() + line.descent()
        boxes.append(LineBox(start, end, top, bottom, room, is_rtl, runs_of(line, origin, utf16)))
    return boxes


def _plain_runs(line: QTextLine, origin: int, utf16: Utf16Map) -> Runs:
    def x_of(index: int) -> float:
        # Both the place and the position that it was found for; the stubs do not know.
        x, _ = cast("tuple[float, int]", line.cursorToX(utf16.to_qt(index) - origin))
        return x

    return lambda start, end: joined_runs([(x_of(start), x_of(end))])


def _bidi_runs(line: QTextLine, origin: int, utf16: Utf16Map) -> Runs:
    # Where the direction turns, one cursor position has two places, and `cursorToX` gives only one of them.
    def runs(start: int, end: int) -> list[tuple[float, float]]:
        first = utf16.to_qt(start)
        boxes = [run.boundingRect() for run in line.glyphRuns(first - origin, utf16.to_qt(end) - first)]
        return joined_runs((box.left(), box.right()) for box in boxes)

    return runs
