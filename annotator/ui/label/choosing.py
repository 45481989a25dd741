"""Choosing a position with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.codebook import PositionMeaning
from annotator.ui.keys import plain
from annotator.ui.label.stance_cards import POSITION_KEYS, SIGNS
from annotator.ui.widgets import cap, label

_WIDTH_PX = 420


class PositionChooser(QDialog):
    """The codebook's positions with their keys; nothing is chosen beforehand. Esc leaves the position open."""

    chosen = Signal(str)
    left_open = Signal()

    def __init__(self, parent: QWidget, title: str, meanings: Sequence[PositionMeaning]) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        frame = QFrame()
        frame.setProperty("role", "popup")
        frame.setFixedWidth(_WIDTH_PX)
        outer.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(3)
        layout.addWidget(label(title, "strong", wraps=True))
        layout.addSpacing(4)
        texts = {one.name: one.text for one in meanings if not one.is_retired}
        self._keys = {key: position for key, position in POSITION_KEYS.items() if position in texts}
        for key, position in self._keys.items():
            button = QPushButton(plain(f"{SIGNS[position]}   {position.replace('_', ' ')}  –  {texts[position]}"))
            button.setProperty("role", "row")
            button.setAccessibleName(f"{position.replace('_', ' ')}: {texts[position]}")
            button.clicked.connect(lambda _=False, position=position: self._choose(position))
            line = QHBoxLayout()
            line.addWidget(button, 1)
            line.addWidget(cap(key))
            layout.addLayout(line)
        self._is_chosen = False

    def pop_up(self) -> None:
        """Show it near the top of its window."""
        window = self.parentWidget()
        assert window is not None
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - _WIDTH_PX) // 2, corner.y() + 90)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        position = self._keys.get(event.text().upper())
        if position is not None:
            self._choose(position)
        else:
            super().keyPressEvent(event)

    def _choose(self, position: str) -> None:
        self._is_chosen = True
        self.close()
        self.chosen.emit(position)

    def reject(self) -> None:
        super().reject()
        if not self._is_chosen:
            self.left_open.emit()
