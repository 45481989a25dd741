"""The inspector: the selected thing, what can be done with it, its history, and who said what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook import Label
from annotator.ui.label.cards import Card, LedgerRow
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.widgets import ElidedLabel, cap, card, clear, label, row

EMPTY = "Nothing is selected. Press N for the next suggestion, click a mark, or select words and press a label’s digit."
_NAME_WIDTH_PX = 64
_ROW_HEIGHT_PX = 32


class Inspector(QScrollArea):
    """Shows a card; its signals say what the user asks for."""

    accepted = Signal()
    rejected = Signal()
    label_chosen = Signal(str)
    thing_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Inspector")
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        self._top = QVBoxLayout()
        self._top.setSpacing(8)
        layout.addLayout(self._top)
        self._labels = QVBoxLayout()
        layout.addLayout(self._labels)
        layout.addSpacing(8)
        self._ledger_heading = label("", "heading")
        layout.addWidget(self._ledger_heading)
        self._ledger = self._build_ledger()
        layout.addWidget(self._ledger)
        self._history = QVBoxLayout()
        self._history.setSpacing(5)
        layout.addLayout(self._history)
        layout.addStretch(1)
        self.setWidget(inside)
        self.show_card(None, ())

    def _build_ledger(self) -> QTableView:
        self._ledger_model: TableModel[LedgerRow] = TableModel(
            [
                Column("", lambda one: "┄" if one.is_suggestion else "✓"),
                Column("Speaker", lambda one: one.speaker),
                Column("Words", lambda one: one.content),
            ],
            key=lambda one: one.id,
        )
        table = QTableView()
        table.setModel(self._ledger_model)
        table.setAccessibleName("Who said what")
        table.setShowGrid(False)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT_PX)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 24)
        table.setColumnWidth(1, 112)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.clicked.connect(self._on_ledger_clicked)
        return table

    def show_card(self, shown: Card | None, labels: Sequence[Label]) -> None:
        """Show a thing, or that nothing is selected; `labels` are those an entity may have."""
        clear(self._top)
        clear(self._labels)
        clear(self._history)
        self._top.addWidget(label((shown.heading if shown else "Selection").upper(), "heading"))
        frame, inside = card(is_focused=shown is not None)
        self._top.addWidget(frame)
        if shown is None:
            inside.addWidget(label(EMPTY, "mute", wraps=True))
            return
        self._fill_card(inside, shown)
        if shown.is_entity:
            self._fill_labels(shown, labels)
        self._history.addSpacing(8)
        self._history.addWidget(label("HISTORY", "heading"))
        for line in shown.history:
            self._history.addWidget(label(line, "mute", wraps=True))

    def _fill_card(self, layout: QVBoxLayout, shown: Card) -> None:
        words = shown.passage if len(shown.passage) <= 220 else shown.passage[:219] + "…"
        layout.addWidget(label(words, "passage", wraps=True))
        for field in shown.fields:
            name = label(field.name, "mute")
            name.setFixedWidth(_NAME_WIDTH_PX)
            value = ElidedLabel(field.value, "strong" if field.name in ("Speaker", "Label") else "")
            layout.addLayout(row([name, value, *([cap(field.shortcut)] if field.shortcut else [])]))
        layout.addSpacing(4)
        reject = "Reject  ⌫" if shown.is_suggestion else "Withdraw  ⌫"
        buttons: list[QWidget | int] = []
        if shown.is_suggestion:
            buttons.append(self._button("Accept  ↵", self.accepted, is_primary=True))
        buttons += [self._button(reject, self.rejected), 1]
        layout.addLayout(row(buttons))

    def _button(self, text: str, signal: object, *, is_primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.split("  ")[0])
        if is_primary:
            button.setProperty("role", "primary")
        button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined]
        return button

    def _fill_labels(self, shown: Card, labels: Sequence[Label]) -> None:
        grid = QGridLayout()
        grid.setSpacing(6)
        others = [one for one in labels if not one.is_retired and one.hotkey]
        for number, one in enumerate(others):
            button = QPushButton(f"{one.hotkey}  {one.name}")
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setChecked(one.name == shown.label)
            button.setToolTip(one.title)
            button.setAccessibleName(f"Label {one.title or one.name}")
            button.clicked.connect(lambda _=False, name=one.name: self.label_chosen.emit(name))
            grid.addWidget(button, number // 3, number % 3)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self._labels.addSpacing(6)
        self._labels.addWidget(label("CHANGE THE LABEL", "heading"))
        self._labels.addWidget(holder)

    def show_ledger(self, rows: Sequence[LedgerRow]) -> None:
        """Show who said what in this article."""
        self._ledger_model.show_rows(rows)
        confirmed = sum(not one.is_suggestion for one in rows)
        self._ledger_heading.setText(
            f"WHO SAID WHAT · {len(rows)} QUOTE{'' if len(rows) == 1 else 'S'}, {confirmed} CONFIRMED"
        )
        self._ledger.setVisible(bool(rows))
        self._ledger.setFixedHeight(_ROW_HEIGHT_PX * len(rows) + 2)

    def show_picked(self, thing_id: str) -> None:
        """Mark the selected thing's line in the ledger."""
        index = self._ledger_model.index_of(thing_id)
        if index.isValid():
            self._ledger.selectRow(index.row())
        else:
            self._ledger.clearSelection()

    def _on_ledger_clicked(self, index: QModelIndex) -> None:
        self.thing_picked.emit(index.data(ROW_ROLE).id)
