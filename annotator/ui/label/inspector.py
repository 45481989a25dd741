"""The inspector: the selected thing, what can be done with it, its history, and who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook import Label
from annotator.domain.sections import SECTION_NAMES
from annotator.ui.keys import enter, keep_keys
from annotator.ui.label.card_view import CardView, HistoryView, LabelChips
from annotator.ui.label.cards import Card, LedgerRow
from annotator.ui.label.notes_view import NotesView
from annotator.ui.label.stance_cards import POSITION_KEYS, SIGNS, VERBS
from annotator.ui.label.stance_view import StanceView
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.widgets import label, row

_ROW_HEIGHT_PX = 32
# So many quotes are seen at a glance.
_FEW = 5


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
        # What is in it can have the focus; the area itself would have it unseen.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picked = ""
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
        self.stances = StanceView()
        layout.addWidget(self.stances)
        layout.addSpacing(8)
        self._ledger_heading = label("", "heading", wraps=True)
        layout.addWidget(self._ledger_heading)
        layout.addWidget(self._build_filter())
        self._ledger = self._build_ledger()
        layout.addWidget(self._ledger)
        self.notes = NotesView()
        layout.addWidget(self.notes)
        self._history = HistoryView()
        layout.addWidget(self._history)
        layout.addStretch(1)
        self._rows: tuple[LedgerRow, ...] = ()
        self.setWidget(inside)
        self.show_card(None, ())

    def _build_filter(self) -> QWidget:
        self._words = QLineEdit()
        self._words.setPlaceholderText("Filter: speaker or words")
        self._words.setAccessibleName("Filter who said what by speaker or words")
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._on_filter_changed)
        keep_keys(self._words, enter(self._ledger_to_front))
        self._sign = _combo(
            "Position", {"": "any position", **{SIGNS[one]: VERBS[one] for one in POSITION_KEYS.values()}}
        )
        self._section = _combo(
            "Section", {"": "all sections"} | {str(one): name for one, name in SECTION_NAMES.items()}
        )
        for combo in (self._sign, self._section):
            combo.currentIndexChanged.connect(self._on_filter_changed)
        self._filter = QWidget()
        column = QVBoxLayout(self._filter)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addLayout(row([self._sign, self._section, 1], spacing=4))
        return self._filter

    def _ledger_to_front(self) -> None:
        self._ledger.setFocus()

    def _on_filter_changed(self) -> None:
        self._show_rows()

    def _show_rows(self) -> None:
        words = self._words.text().casefold().split()
        sign, section = self._sign.currentData(), self._section.currentData()
        rows = [
            one
            for one in self._rows
            if all(word in f"{one.speaker} {one.content}".casefold() for word in words)
            and (not sign or one.sign == sign)
            and (not section or one.section == section)
        ]
        self._ledger_model.show_rows(rows)
        self._ledger.setVisible(bool(rows))
        self._ledger.setFixedHeight(_ROW_HEIGHT_PX * len(rows) + 2)

    def _build_ledger(self) -> QTableView:
        self._ledger_model: TableModel[LedgerRow] = TableModel(
            [
                Column("", lambda one: one.sign or ("┄" if one.is_suggestion else "✓")),
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
        keep_keys(table, enter(self._on_ledger_entered))
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

    def show_stance(self) -> None:
        """Scroll to the stance that the keys change."""
        # Its place is known only when the inspector has been laid out anew.
        QTimer.singleShot(0, self._reveal_stance)

    def _reveal_stance(self) -> None:
        if self.stances.focused_card is not None:
            self.ensureWidgetVisible(self.stances.focused_card, 0, 8)

    def show_ledger(self, rows: Sequence[LedgerRow], *, drafts: int) -> None:
        """Show who said what in this article, and how many stances are drafts."""
        self._rows = tuple(rows)
        confirmed = sum(not one.is_suggestion for one in rows)
        told = f" · {drafts} STANCE DRAFT{'' if drafts == 1 else 'S'}" if drafts else ""
        self._ledger_heading.setText(
            f"WHO SAID WHAT · {len(rows)} QUOTE{'' if len(rows) == 1 else 'S'}, {confirmed} CONFIRMED{told}"
        )
        self._filter.setVisible(len(rows) > _FEW)
        self._show_rows()

    def show_picked(self, thing_id: str) -> None:
        """Mark the selected thing's line in the ledger, and show the card of another thing from its beginning."""
        # Who picks in the ledger goes on there.
        if thing_id != self._picked and not self._ledger.hasFocus():
            self.verticalScrollBar().setValue(0)
        self._picked = thing_id
        index = self._ledger_model.index_of(thing_id)
        if index.isValid():
            self._ledger.selectRow(index.row())
        else:
            self._ledger.clearSelection()

    def _on_ledger_entered(self) -> None:
        index = self._ledger.currentIndex()
        if index.isValid():
            self._on_ledger_clicked(index)

    def _on_ledger_clicked(self, index: QModelIndex) -> None:
        self.thing_picked.emit(index.data(ROW_ROLE).id)


def _combo(name: str, choices: Mapping[str, str]) -> QComboBox:
    combo = QComboBox()
    combo.setProperty("role", "quiet")
    combo.setAccessibleName(name)
    for value, text in choices.items():
        combo.addItem(text, value)
    combo.setMinimumContentsLength(6)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
