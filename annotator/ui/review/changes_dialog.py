"""What reviews change most often, in whose work: what a codebook, or somebody, has to be told."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.services.feedback import ChangeRow
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.registry.table import Table, number_field, text_field
from annotator.ui.widgets import label

_SIZE = QSize(860, 520)


class ChangesDialog(RegistryWindow):
    """Lists kinds of changes, the commonest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "What reviews change most", _SIZE)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by author, kind or value")
        self.filter.setAccessibleName("Filter the changes")
        self.filter.setClearButtonEnabled(True)
        self.page.addWidget(self.filter)
        self.table: Table[ChangeRow] = Table(
            [
                number_field("Times", lambda one: one.count, order="most often"),
                text_field("Whose", lambda one: one.author, width_px=120),
                text_field("What", lambda one: one.what, width_px=90),
                text_field("Changed", lambda one: one.kind),
                text_field("From", lambda one: one.before, width_px=120),
                text_field("To", lambda one: one.after, width_px=120),
                text_field("Rules named", lambda one: one.rules, width_px=110),
            ],
            key=lambda one: one.key,
            name="Changes",
        )
        self.filter.textChanged.connect(self.table.filter_words)
        self.page.addWidget(self.table, 1)
        self._empty = label("No review has changed anything yet.", "mute")
        self.page.addWidget(self._empty)

    def show_changes(self, rows: Sequence[ChangeRow]) -> None:
        """Show these kinds of changes."""
        self.table.show_rows(rows)
        self._empty.setVisible(not rows)
