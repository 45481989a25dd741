"""Small widgets and helpers that every view uses: labels by role, key caps, cards."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

_CAPS = {
    "Return": "↵",
    "Enter": "↵",
    "Backspace": "⌫",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Esc": "Esc",
}


def key_text(shortcut: str) -> str:
    """How a shortcut is written on a key cap: `Ctrl+Return` gives `Ctrl ↵`; a range like `1–9` stays as it is."""
    if "–" in shortcut:
        return shortcut
    native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    return " ".join(_CAPS.get(part, part) for part in native.replace("++", "+Plus").split("+"))


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """A plain-text label; article text and names from files can never become markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def tooltip(text: str) -> str:
    """A tooltip that shows a text as it is: Qt would take one that looks like markup for markup."""
    return f"<span>{html.escape(text)}</span>" if text else ""


def cap(shortcut: str) -> QLabel:
    """A key cap."""
    made = label(key_text(shortcut), "kbd")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class ElidedLabel(QLabel):
    """A label of one line that ends in an ellipsis where there is no room; the whole text is its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self._text = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show this text."""
        self._text = text
        self.setAccessibleName(text)
        self._elide()

    def whole_width(self) -> int:
        """How many pixels wide it would have to be to show all of its text."""
        return QFontMetrics(self.font()).horizontalAdvance(self._text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        flat = " ".join(self._text.split())
        shown = QFontMetrics(self.font()).elidedText(flat, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        self.setText(shown)
        self.setToolTip(tooltip(flat) if shown != flat else "")


def restyle(widget: QWidget, **properties: object) -> None:
    """Change the properties that the style sheet looks at."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def card(*, is_focused: bool = False) -> tuple[QFrame, QVBoxLayout]:
    """A card with its layout."""
    frame = QFrame()
    frame.setProperty("role", "card")
    frame.setProperty("focused", "true" if is_focused else "false")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(14, 12, 14, 12)
    layout.setSpacing(7)
    return frame, layout


def row(widgets: Sequence[QWidget | int], *, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch of that weight."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, int):
            layout.addStretch(widget)
        else:
            layout.addWidget(widget)
    return layout


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        assert item is not None
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            clear(inner)
