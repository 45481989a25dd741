"""A table of records with a line to filter it, a way to sort it by keys, its count, and words for when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.ui.keycaps import with_keys
from annotator.ui.registry.table import OWN_ORDER, Field, Table
from annotator.ui.registry.words import times
from annotator.ui.widgets import label, row

Row = TypeVar("Row")
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Listing(QWidget, Generic[Row]):
    """A filter line over a `Table`; its signals are those of the table. Enter in the filter goes to the table.

    `empty` is shown where there are no records; it may name commands, as in `{quote.speaker}`.
    """

    row_picked = Signal(str)
    row_entered = Signal(str)

    def __init__(
        self, fields: Sequence[Field[Row]], key: Callable[[Row], str], *, name: str, own_order: str, empty: str
    ) -> None:
        super().__init__()
        self._name = name
        self.key = key
        self._empty_text = empty
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName(f"Filter the {name.lower()}")
        self.filter.textChanged.connect(self._on_filtered)
        self.filter.installEventFilter(self)
        self.table: Table[Row] = Table(fields, key, name=name)
        self.table.row_picked.connect(self.row_picked)
        self.table.row_entered.connect(self.row_entered)
        self.sort = self._build_sort(own_order)
        layout.addLayout(row([self.filter, self.sort]))
        self._nothing = label("", "mute", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(8, 12, 8, 8)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._nothing)
        layout.addWidget(self._pages, 1)
        self.count = label("", "small")
        layout.addWidget(self.count)
        self._show_count()

    def _build_sort(self, own_order: str) -> QComboBox:
        chooser = QComboBox()
        chooser.setProperty("role", "quiet")
        chooser.setAccessibleName("Order")
        chooser.addItem(own_order, OWN_ORDER)
        for number, field in enumerate(self.table.fields):
            chooser.addItem(field.order or f"By {field.title.lower()}", number)
        chooser.activated.connect(lambda at: self.table.sort_by(chooser.itemData(at)))
        self.table.sorted_by.connect(lambda column: chooser.setCurrentIndex(chooser.findData(column)))
        return chooser

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in their own order."""
        return self.table.rows

    @property
    def selected_id(self) -> str:
        """The id of the row that is marked; empty when there is none."""
        return self.table.selected_id

    def row(self, row_id: str) -> Row | None:
        """The row with that id, shown or filtered away."""
        return self.table.row(row_id)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the marked one stays marked while it is there."""
        self.table.show_rows(rows)
        self._show_count()

    def select(self, row_id: str) -> None:
        """Mark a row; a filter that hides it is taken away."""
        if not self.table.select(row_id) and self.row(row_id) is not None:
            self.filter.clear()
            self.table.select(row_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _DOWN:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self.table.begin()
            return True
        return super().eventFilter(watched, event)

    def _on_filtered(self, text: str) -> None:
        self.table.filter_words(text)
        self._show_count()

    def _show_count(self) -> None:
        shown, whole = len(self.table.shown_ids), len(self.rows)
        self._pages.setCurrentWidget(self.table if shown else self._nothing)
        self._nothing.setText("Nothing fits the filter." if whole else with_keys(self, self._empty_text))
        self.count.setText(
            f"{shown:,} of {whole:,}" if shown != whole else times(whole, self._name.lower().removesuffix("s"))
        )
        self.count.setVisible(bool(whole))
