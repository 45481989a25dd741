"""The actions of a window: made from the registry of commands, named, enabled, and bound to the keys in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from annotator.domain.codebook import Codebook
from annotator.ui.action import Action, When
from annotator.ui.actions import ACTIONS
from annotator.ui.bindings import Keys, keys_in_force, sequences
from annotator.ui.icons import icon
from annotator.ui.keys import plain
from annotator.ui.palette import Entry
from annotator.ui.theme import Theme

_REPEATED = ("undo", "redo", "resizing")
_REPEATED_IDS = ("mark.next", "mark.previous")


class BoundActions:
    """One Qt action for each command, by its id; `chosen` is what the user chose, `keys` what is in force."""

    def __init__(self, window: QMainWindow, run: Callable[[Action], None]) -> None:
        self.registry = ACTIONS
        self.by_id: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self.chosen: dict[str, Keys] = {}
        self.keys: dict[str, Keys] = {}
        for one in ACTIONS:
            made = QAction(one.text, window)
            made.setObjectName(one.id)
            made.setAutoRepeat(one.when in _REPEATED or one.id in _REPEATED_IDS)
            made.triggered.connect(lambda _=False, one=one: run(one))
            self.by_id[one.id] = made
            window.addAction(made)
            if one.is_listed:
                menu = self.menus.get(one.menu) or self.menus.setdefault(one.menu, window.menuBar().addMenu(one.menu))
                menu.addAction(made)

    def bind(self, chosen: Mapping[str, Keys]) -> None:
        """Give the commands the keys that the user has chosen, and else the registry's."""
        self.chosen = dict(chosen)
        self.keys = keys_in_force(ACTIONS, chosen)
        for action_id, keys in self.keys.items():
            self.by_id[action_id].setShortcuts(sequences(keys))

    def first_key(self, action_id: str) -> str:
        """The first key in force of a command; empty where it has none."""
        return next(iter(self.keys[action_id]), "")

    def enable(self, can: Mapping[When, bool]) -> None:
        """Let only those commands be used that mean something now."""
        for one in ACTIONS:
            self.by_id[one.id].setEnabled(can[one.when])

    def name_history(self, undo: str, redo: str) -> None:
        """Say what undo and redo would do; empty texts where there is nothing."""
        self.by_id["edit.undo"].setText(f"Undo: {undo}" if undo else "Undo")
        self.by_id["edit.redo"].setText(f"Redo: {redo}" if redo else "Redo")

    def name_labels(self, book: Codebook) -> None:
        """Call the digits after the codebook's labels; those without a label are hidden."""
        for digit in range(1, 10):
            found = book.label_of_hotkey(str(digit))
            action = self.by_id[f"mark.label_{digit}"]
            action.setText(plain(f"Label {found.title or found.name}") if found else f"Label {digit} (none)")
            action.setVisible(found is not None)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons for a theme."""
        for one in ACTIONS:
            if one.icon:
                self.by_id[one.id].setIcon(icon(one.icon, theme.color("mute")))

    # What the palette and the sheet list

    def listed(self) -> list[Action]:
        """The actions that mean something now, with the keys in force: labels without a digit are left out."""
        return [replace(one, shortcuts=self.keys[one.id]) for one in ACTIONS if self.by_id[one.id].isVisible()]

    def texts(self) -> dict[str, str]:
        """What the actions are called now, by id."""
        stable = ("edit.undo", "edit.redo")
        return {one.id: one.text if one.id in stable else self._text_of(one) for one in ACTIONS}

    def entries(self) -> list[Entry]:
        """The commands that can be used now, for the palette."""
        return [
            Entry(
                one.id,
                one.menu,
                self._text_of(one).rstrip("…"),
                self.first_key(one.id),
                self.by_id[one.id].trigger,
            )
            for one in ACTIONS
            if one.is_listed
            and one.id != "edit.palette"
            and self.by_id[one.id].isEnabled()
            and self.by_id[one.id].isVisible()
        ]

    def _text_of(self, action: Action) -> str:
        return self.by_id[action.id].text().replace("&&", "&")
