"""A button that opens a list of values to tick: none ticked is all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from annotator.ui.widgets import tooltip

_SHOWN = 2
_INDENT = "  "


class _StayingMenu(QMenu):
    """A menu that stays open while its values are ticked, with the mouse or with Space."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._ticked(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._ticked(self.activeAction()):
            super().keyPressEvent(event)

    @staticmethod
    def _ticked(action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True


class ManyButton(QPushButton):
    """Chooses some of several values; `values` are titles by value. `chosen()` is `None` where all are meant."""

    changed = Signal()

    def __init__(self, name: str, values: Mapping[str, str], *, everything: str) -> None:
        super().__init__()
        self.setProperty("role", "many")
        self._name = name
        self._everything = everything
        self._titles = dict(values)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = _StayingMenu(self)
        self._actions: dict[str, QAction] = {}
        for value, title in values.items():
            # An ampersand in a menu would underline the letter after it.
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.triggered.connect(self._on_ticked)
            self._actions[value] = action
        self._build_all(menu)
        self.setMenu(menu)
        self._show_chosen()

    def _build_all(self, menu: QMenu) -> None:
        menu.addSeparator()
        self._all = menu.addAction(self._everything)
        self._all.triggered.connect(lambda: self.choose(None))

    def chosen(self) -> tuple[str, ...] | None:
        """The ticked values in their own order; `None` where none is ticked."""
        return tuple(value for value, action in self._actions.items() if action.isChecked()) or None

    def show_unusable(self, why: str) -> None:
        """Say why there is nothing to choose."""
        self.setEnabled(False)
        self.setAccessibleName(f"{self._name}: {why}")
        self.setText(f"{_INDENT}{why}")

    def choose(self, values: Sequence[str] | None) -> None:
        """Tick these values; those that are not offered are left out."""
        for value, action in self._actions.items():
            action.setChecked(value in (values or ()))
        self._on_ticked()

    def _on_ticked(self) -> None:
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        if not self._actions:
            return
        chosen = self.chosen()
        titles = [self._titles[one] for one in chosen or ()]
        whole = ", ".join(titles) or self._everything
        shown = whole if len(titles) <= _SHOWN else f"{len(titles)} of {len(self._actions)}"
        # A style sheet's padding is not kept to where a button has a menu.
        self.setText(f"{_INDENT}{shown.replace('&', '&&')}")
        self.setToolTip(tooltip(whole) if titles else "")
        self.setAccessibleName(f"{self._name}: {whole}")
