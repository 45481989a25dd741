"""Saying something through the user's screen reader."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def is_heard() -> bool:
    """Whether a screen reader, or the like, is there; without one nothing needs to be worked out."""
    return bool(QAccessible.isActive())


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a text in the name of a widget; nothing happens without one."""
    if not text or not is_heard():
        return
    if hasattr(QtGui, "QAccessibleAnnouncementEvent"):
        QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, text))
        return
    # Qt before 6.8 cannot announce: readers say a description that changes.
    widget.setAccessibleDescription(text)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged))
