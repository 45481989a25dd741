"""The inspector: the selected thing, what can be done with it, its history, and who said what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from annotator.domain.codebook import Label
from annotator.ui.label.card_view import CardView, HistoryView, LabelChips
from annotator.ui.label.cards import Card, LedgerRow
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.widgets import label

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
        self._card = CardView()
        self._card.accepted.connect(self.accepted)
        self._card.rejected.connect(self.rejected)
        layout.addWidget(self._card)
        self._chips = LabelChips()
        self._chips.label_chosen.connect(self.label_chosen)
        layout.addWidget(self._chips)
        layout.addSpacing(8)
        self._ledger_heading = label("", "heading")
        layout.addWidget(self._ledger_heading)
        self._ledger = self._build_ledger()
        layout.addWidget(self._ledger)
        self._history = HistoryView()
        layout.addWidget(self._history)
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
        self._card.show_card(shown)
        is_entity = shown is not None and shown.is_entity
        self._chips.setVisible(is_entity)
        self._history.setVisible(shown is not None)
        if shown is not None:
            self._history.show_lines(shown.history)
            if is_entity:
                self._chips.show_labels(labels, shown.label)

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
