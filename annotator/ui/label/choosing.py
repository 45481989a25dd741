"""Choosing with one key: a position, what a stance is about, how and how surely it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.codebook import PositionMeaning
from annotator.ui.keys import plain
from annotator.ui.label.stance_cards import POSITION_KEYS, SIGNS
from annotator.ui.widgets import cap, label, row

_WIDTH_PX = 420


class Choice(NamedTuple):
    """One thing to choose by its key: the value, and what is read and said of it."""

    key: str
    value: object
    text: str
    name: str


class KeyChooser(QDialog):
    """Choices with their keys; nothing is chosen beforehand. Esc leaves it open."""

    chosen = Signal(object)
    left_open = Signal()

    def __init__(self, parent: QWidget, title: str, choices: Sequence[Choice]) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        # Its frame has round corners.
        self.setProperty("role", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
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
        self._values = {one.key: one.value for one in choices}
        for one in choices:
            layout.addLayout(row([self._button(one), cap(one.key)]))
        self._is_chosen = False

    def _button(self, one: Choice) -> QPushButton:
        button = QPushButton(plain(one.text))
        button.setProperty("role", "row")
        button.setAccessibleName(one.name)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _=False: self._choose(one.key))
        return button

    def pop_up(self) -> None:
        """Show it near the top of its window."""
        window = self.parentWidget()
        assert window is not None
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - _WIDTH_PX) // 2, corner.y() + 90)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        if key in self._values:
            self._choose(key)
        else:
            super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        self._is_chosen = True
        self.close()
        self.chosen.emit(self._values[key])

    def reject(self) -> None:
        super().reject()
        if not self._is_chosen:
            self.left_open.emit()


class PositionChooser(KeyChooser):
    """The codebook's positions."""

    def __init__(self, parent: QWidget, title: str, meanings: Sequence[PositionMeaning]) -> None:
        texts = {one.name: one.text for one in meanings if not one.is_retired}
        super().__init__(
            parent,
            title,
            [
                Choice(
                    key,
                    position,
                    f"{SIGNS[position]}   {_spaced(position)}  –  {texts[position]}",
                    f"{_spaced(position)}: {texts[position]}",
                )
                for key, position in POSITION_KEYS.items()
                if position in texts
            ],
        )


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def choices_of(table: Mapping[str, tuple[object, str]]) -> list[Choice]:
    """The choices of a table of keys with their values and texts."""
    return [Choice(key, value, text, text) for key, (value, text) in table.items()]
