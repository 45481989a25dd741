"""The picker: choose one record by a few letters, or make a new one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from annotator.ui.tables import ROW_ROLE, Column
from annotator.ui.theme import Theme
from annotator.ui.typeahead import GAP_PX, RowDelegate, Typeahead, match_score
from annotator.ui.widgets import key_text

_WIDTH_PX = 560
_MAX_ROWS = 10
_CREATE_KEYS = "Ctrl+Return"


@dataclass(frozen=True)
class PickRow:
    """A record to choose: its words, more words beside them (aliases, a statement), and a hint such as its type."""

    id: str
    text: str
    detail: str = ""
    hint: str = ""


class _Create(PickRow):
    """The row that makes a new record."""


Match = Callable[[str, Sequence[PickRow]], Sequence[PickRow]]


def best_rows(words: str, rows: Sequence[PickRow]) -> list[PickRow]:
    """The rows that the letters fit, the best first: by their words, then by what is beside; no words fit all."""
    scored = [
        (max(2 * match_score(words, one.text), match_score(words, one.detail)), number, one)
        for number, one in enumerate(rows)
    ]
    return [one for score, _, one in sorted(scored, key=lambda one: (-one[0], one[1])) if score]


class _Delegate(RowDelegate[PickRow]):
    def draw(self, painter: QPainter, metrics: QFontMetrics, area: QRect, row: PickRow) -> None:
        rest = self.draw_hint(painter, metrics, area, row.hint)
        used = self.draw_words(painter, metrics, rest, row.text, "accent" if isinstance(row, _Create) else "ink")
        self.draw_words(painter, metrics, rest.adjusted(used + GAP_PX, 0, 0, 0), row.detail, "mute")


class Picker(Typeahead[PickRow]):
    """A line to type in and the records that fit it.

    `chosen` carries the id of a row, `create_asked` the words typed (without spaces at their ends); either comes once,
    after the picker has closed. `create_text` gives what the row that makes a new record says; without it there is no
    such row. Ctrl+Enter takes that row at once.
    """

    chosen = Signal(str)
    create_asked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        *,
        title: str,
        placeholder: str,
        rows: Sequence[PickRow],
        match: Match = best_rows,
        create_text: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(
            parent,
            _Delegate(theme),
            Column("Record", lambda one: one.text),
            title=title,
            placeholder=placeholder,
            width_px=_WIDTH_PX,
            max_rows=_MAX_ROWS,
            is_titled=True,
        )
        self._all = tuple(rows)
        self._match = match
        self._create_text = create_text
        self.show_found("")

    def found(self, words: str) -> Sequence[PickRow]:
        return self._match(words, self._all)

    def added(self, words: str) -> Sequence[PickRow]:
        if not self._create_text or not words.strip():
            return ()
        return (_Create(id="", text=self._create_text(words.strip()), hint=key_text(_CREATE_KEYS)),)

    def index_for(self, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if not modifiers & Qt.KeyboardModifier.ControlModifier:
            return super().index_for(modifiers)
        last = self.list.model().index(self.list.model().rowCount() - 1, 0)
        return last if isinstance(last.data(ROW_ROLE), _Create) else QModelIndex()

    def taken(self, row: PickRow, words: str) -> None:
        if isinstance(row, _Create):
            self.create_asked.emit(words)
        else:
            self.chosen.emit(row.id)
