"""Sources of quotes that no actor is linked to yet: counted, listed, and a way to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.registry.table import Table, text_field
from annotator.ui.registry.words import times
from annotator.ui.widgets import label

_ROWS = 4


@dataclass(frozen=True)
class Unlinked:
    """A quote without a speaker: the words of its source, its own words, and where it is (code points)."""

    id: str
    article: str
    title: str
    place: int
    source: str
    words: str


class UnlinkedView(QWidget):
    """The unlinked sources; `jump_asked` carries an article's id and a place in it."""

    jump_asked = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.heading = label("", "heading")
        layout.addWidget(self.heading)
        self.table: Table[Unlinked] = Table(
            [
                text_field("Source", lambda one: one.source, width_px=190),
                text_field("Words", lambda one: one.words),
                text_field("Article", lambda one: one.title, width_px=170),
            ],
            lambda one: one.id,
            name="Unlinked sources",
        )
        self.table.set_height_in_rows(_ROWS)
        self.table.row_entered.connect(self._on_entered)
        layout.addWidget(self.table)
        self.show_rows(())

    def show_rows(self, rows: Sequence[Unlinked]) -> None:
        """Show these sources, in their order."""
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.heading.setText(
            f"{times(len(rows), 'source')} without an actor · Enter goes there".upper()
            if rows
            else "EVERY SOURCE HAS ITS ACTOR"
        )

    def _on_entered(self, row_id: str) -> None:
        one = self.table.row(row_id)
        if one is not None:
            self.jump_asked.emit(one.article, one.place)
