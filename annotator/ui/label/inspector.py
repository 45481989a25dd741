"""The inspector: the selected thing, what can be done with it, its history, and who said what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook import Label
from annotator.ui.label.card_view import CardView, HistoryView, LabelChips
from annotator.ui.label.cards import Card, LedgerRow
from annotator.ui.label.ledger import Ledger
from annotator.ui.label.notes_view import NotesView
from annotator.ui.label.stance_view import StanceView
from annotator.ui.label.suggested_view import SuggestedStanceView
from annotator.ui.theme import Theme

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
        self.suggested = SuggestedStanceView()
        layout.addWidget(self.suggested)
        self.stances = StanceView()
        layout.addWidget(self.stances)
        layout.addSpacing(8)
        self.ledger = Ledger()
        self.ledger.picked.connect(self.thing_picked)
        layout.addWidget(self.ledger)
        self.notes = NotesView()
        layout.addWidget(self.notes)
        self._history = HistoryView()
        layout.addWidget(self._history)
        layout.addStretch(1)
        self.setWidget(inside)
        self.show_card(None, ())

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

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self.ledger.set_theme(theme)

    def show_ledger(self, rows: Sequence[LedgerRow], *, drafts: int) -> None:
        """Show who said what in this article, and how many stances are drafts."""
        self.ledger.show_rows(rows, drafts=drafts)

    def show_picked(self, thing_id: str) -> None:
        """Mark the selected thing's line in the ledger, and show the card of another thing from its beginning."""
        # Who picks in the ledger goes on there.
        if thing_id != self._picked and not self.ledger.table.hasFocus():
            self.verticalScrollBar().setValue(0)
        self._picked = thing_id
        self.ledger.show_picked(thing_id)
