"""Keys that a widget keeps for itself although the window has a shortcut on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def enter(act: Callable[[], None]) -> dict[Qt.Key, Callable[[], None]]:
    """Both Enter keys, doing the same."""
    return dict.fromkeys(ENTER, act)


def keep_keys(widget: QWidget, acts: Mapping[Qt.Key, Callable[[], None]], *, with_ctrl: bool = False) -> None:
    """While the widget has the focus, these keys run these acts and nothing else.

    They do so without Ctrl, Shift and Alt, and with Ctrl alone where that is asked for.
    """
    modifiers = (_NONE, _KEYPAD, _CTRL, _CTRL | _KEYPAD) if with_ctrl else (_NONE, _KEYPAD)
    widget.installEventFilter(_Keeper(widget, acts, modifiers))


class _Keeper(QObject):
    def __init__(
        self,
        widget: QWidget,
        acts: Mapping[Qt.Key, Callable[[], None]],
        modifiers: Collection[Qt.KeyboardModifier],
    ) -> None:
        super().__init__(widget)
        self._modifiers = modifiers
        self._acts = {key.value: act for key, act in acts.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.modifiers() not in self._modifiers:
            return False
        act = self._acts.get(event.key())
        if act is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            act()
            return True
        return False


def plain(text: str) -> str:
    """A text as buttons and menus show it as it is: they take a lone `&` for the mark of a letter to press with Alt."""
    return text.replace("&", "&&")


class Button(QPushButton):
    """A button that Enter presses, as Space does; its text is shown as it is, without a letter to press with Alt."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.set_plain_text(text)
        keep_keys(self, enter(self.click))

    def set_plain_text(self, text: str) -> None:
        """Show this text."""
        self.setText(plain(text))
        self.setAccessibleName(text)
