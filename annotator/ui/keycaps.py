"""Keys of commands wherever they are shown: always those that are in force, which the window's actions know."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.ui.widgets import key_text

_PLACEHOLDER = re.compile(r"\{([a-z_.0-9]+)\}")


def action_of(widget: QWidget, action_id: str) -> QAction | None:
    """The command of the window that a widget, or its dialog, belongs to; `None` outside any window."""
    top = widget
    while (parent := top.parentWidget()) is not None:
        top = parent
    return top.findChild(QAction, action_id, Qt.FindChildOption.FindDirectChildrenOnly)


def key_of(widget: QWidget, action_id: str) -> str:
    """The first key of a command, as in `Ctrl+K`; empty where it has none."""
    action = action_of(widget, action_id)
    return action.shortcut().toString(QKeySequence.SequenceFormat.PortableText) if action else ""


def with_keys(widget: QWidget, text: str) -> str:
    """A text with the keys of commands in place of their ids: `Press {mark.next}.`; a command without keys by name."""

    def written(match: re.Match[str]) -> str:
        action = action_of(widget, match[1])
        if action is None:
            return match[1]
        return key_of(widget, match[1]) or f"“{action.text().rstrip('…')}”"

    return _PLACEHOLDER.sub(written, text)


def keyed(widget: QWidget, text: str, action_id: str) -> str:
    """The text of a button with the key of its command beside it."""
    key = key_of(widget, action_id)
    return f"{text}  {key_text(key)}" if key else text


class KeyCap(QLabel):
    """The key cap of a command; it follows when the command gets another key, and is hidden where there is none."""

    def __init__(self, action_id: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "kbd")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._id = action_id
        self._action: QAction | None = None

    def show_action(self, action_id: str) -> None:
        """Show the key of a command; of none where the id is empty."""
        if action_id != self._id or self._action is None:
            self._id = action_id
            self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._action is None:
            self._follow()

    def _follow(self) -> None:
        action = action_of(self, self._id) if self._id else None
        if self._action is not None:
            self._action.changed.disconnect(self._refresh)
        if action is not None:
            action.changed.connect(self._refresh)
        self._action = action
        self._refresh()

    def _refresh(self) -> None:
        if self._id and self._action is None:
            # Not in any window yet: shown, and asked again, once it is.
            return
        key = key_of(self, self._id) if self._id else ""
        if key_text(key) != self.text():
            self.setText(key_text(key))
            self.setAccessibleName(key)
        self.setVisible(bool(key))
