"""The authors of a project: their names, how much of their work is signed, and the fingerprints of their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.services.authors import AuthorRow
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.table import Table, number_field, text_field
from annotator.ui.widgets import label, row

_SIZE = QSize(860, 480)
_COPY = "Ctrl+C"


class AuthorsDialog(RegistryWindow):
    """Lists authors; the fingerprint of the marked one can be copied, to compare it with its owner."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Authors and keys", _SIZE)
        self.page.addWidget(
            label(
                "A key says which installation of the program wrote something. Compare fingerprints with colleagues by"
                " another way than the file itself: by phone, or face to face.",
                "mute",
                wraps=True,
            )
        )
        self.table: Table[AuthorRow] = Table(
            [
                text_field("Author", lambda one: f"{one.name} (you)" if one.is_you else one.name, width_px=180),
                number_field("Acts", lambda one: one.acts, order="most acts"),
                text_field("Signed", signed_words, width_px=170),
                text_field(
                    "Fingerprints", lambda one: ", ".join(key.fingerprint for key in one.keys if key.public_key)
                ),
            ],
            key=lambda one: one.id,
            name="Authors",
        )
        self.page.addWidget(self.table, 1)
        self._empty = label("Nobody has done anything in this project yet.", "mute")
        self.page.addWidget(self._empty)
        self.page.addLayout(row([1, button("Copy the fingerprint", self.copy, keys=_COPY)]))
        self.add_keys(_COPY, self.copy)
        self._rows: dict[str, AuthorRow] = {}

    def show_authors(self, rows: Sequence[AuthorRow]) -> None:
        """Show these authors."""
        self._rows = {one.id: one for one in rows}
        self.table.show_rows(rows)
        self._empty.setVisible(not rows)

    def copy(self) -> None:
        """Put the latest fingerprint of the marked author on the clipboard."""
        chosen = self._rows.get(self.table.selected_id)
        keys = [one.fingerprint for one in chosen.keys if one.public_key] if chosen else []
        if keys:
            QGuiApplication.clipboard().setText(keys[-1])
            self.say("The fingerprint is on the clipboard.", "good")
        else:
            self.say("Mark an author who has a key first.", "info")


def signed_words(one: AuthorRow) -> str:
    """How much of an author's work is signed, in words."""
    if not one.signed:
        return "not signed"
    left = one.acts - one.signed
    return "all of it" if left <= 0 else f"but the last {left:,}"
