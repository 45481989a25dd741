"""The authors of a project: their names, how much of their work is signed, and the fingerprints of their keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.services.authors import AuthorRow
from annotator.services.waiting import Waiting
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.table import Table, number_field, text_field
from annotator.ui.widgets import label, row

_SIZE = QSize(860, 480)
_COPY, _LOOK = "Ctrl+C", "Ctrl+Return"
_WAITING_PX = 120


class AuthorsDialog(RegistryWindow):
    """Lists authors; the fingerprint of the marked one can be copied, to compare it with its owner.

    Below stand the bundles that wait for a key; `look_asked` and `forget_asked` carry the path of one.
    """

    look_asked = Signal(object)
    forget_asked = Signal(object)

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
        self.waiting = QWidget()
        self.page.addWidget(self.waiting)
        self._build_waiting()

    def _build_waiting(self) -> None:
        layout = QVBoxLayout(self.waiting)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("WAITING FOR A KEY TO BE ACCEPTED", "heading"))
        self.bundles: Table[Waiting] = Table(
            [
                text_field("Bundle", lambda one: one.name),
                text_field("Since", lambda one: one.since[:10], width_px=120),
                text_field("Size", lambda one: f"{max(one.size / 1000, 1):,.0f} kB", width_px=100),
            ],
            key=lambda one: str(one.path),
            name="Bundles that wait",
        )
        self.bundles.setFixedHeight(_WAITING_PX)
        self.bundles.row_entered.connect(lambda _: self.look())
        layout.addWidget(self.bundles)
        layout.addLayout(row([1, button("Forget it", self.forget), button("Look at it…", self.look, keys=_LOOK)]))
        self.add_keys(_LOOK, self.look)

    def show_waiting(self, found: Sequence[Waiting]) -> None:
        """Show the bundles that wait."""
        self.bundles.show_rows(found)
        self.waiting.setVisible(bool(found))

    def look(self) -> None:
        """Ask to receive the marked bundle, or the only one."""
        self._ask(self.look_asked)

    def forget(self) -> None:
        """Ask to forget the marked bundle, or the only one."""
        self._ask(self.forget_asked)

    def _ask(self, signal: SignalInstance) -> None:
        shown = self.bundles.shown_ids
        chosen = self.bundles.selected_id or (shown[0] if len(shown) == 1 else "")
        if chosen:
            signal.emit(Path(chosen))
        elif shown:
            self.say("Mark a bundle first.", "info")

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
