"""The palette (Ctrl+K): find an article or a command by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from annotator.ui.tables import Column
from annotator.ui.typeahead import RowDelegate, Typeahead, match_score
from annotator.ui.widgets import key_text

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_KIND_PX = 84
_WIDTH_PX = 620
_MAX_ROWS = 12
_TITLE = "Find an article or a command"


@dataclass(frozen=True)
class Entry:
    """Something to go to or to run."""

    id: str
    kind: str
    text: str
    shortcut: str
    run: Callable[[], None]


def best_entries(words: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that fit, the best first; equally good ones in their own order."""
    scored = [(match_score(words, one.text), number, one) for number, one in enumerate(entries)]
    return [one for score, _, one in sorted(scored, key=lambda one: (-one[0], one[1])) if score]


class _Delegate(RowDelegate[Entry]):
    def draw(self, painter: QPainter, metrics: QFontMetrics, area: QRect, row: Entry) -> None:
        rest = self.draw_hint(painter, metrics, area, key_text(row.shortcut) if row.shortcut else "")
        self.draw_words(painter, metrics, QRect(area.left(), area.top(), _KIND_PX, area.height()), row.kind, "mute")
        self.draw_words(painter, metrics, rest.adjusted(_KIND_PX, 0, 0, 0), row.text, "ink")


class Palette(Typeahead[Entry]):
    """A line to type in and the articles and commands that fit it."""

    def __init__(self, window: MainWindow, entries: Sequence[Entry]) -> None:
        super().__init__(
            window,
            _Delegate(window.theme),
            Column("Entry", lambda one: one.text),
            title=_TITLE,
            placeholder=_TITLE,
            width_px=_WIDTH_PX,
            max_rows=_MAX_ROWS,
        )
        self._entries = list(entries)
        self.show_found("")

    @staticmethod
    def of(window: MainWindow) -> Palette:
        """The palette over a window's articles and commands."""
        return Palette(window, [*window.bound.entries(), *window.article_entries()])

    def found(self, words: str) -> Sequence[Entry]:
        return best_entries(words, self._entries)

    def taken(self, row: Entry, words: str) -> None:
        row.run()
