"""What the registry windows share: the frame with its message bar, buttons with keys, and small makers of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.ui.bars import MessageBar
from annotator.ui.theme import SANS, font
from annotator.ui.widgets import cap, key_text, label, restyle, row

Value = TypeVar("Value", bound=str)
_EDGE_PX = 40
_CHIP_TEXT_PX = 12
_CHIP_SIDES_PX = 24
_INSET_PX = 20
FORM_PX = 348


class _Message(MessageBar):
    """Stands over the foot of the list, so that what it speaks of can be corrected beside it."""

    def place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        super().place()
        self.setFixedWidth(min(self.width(), parent.width() - FORM_PX - 3 * _INSET_PX))
        self.setFixedHeight(max(self.heightForWidth(self.width()), self.minimumSizeHint().height()))
        self.move(_INSET_PX, parent.height() - self.height() - _INSET_PX)


class RegistryWindow(QDialog):
    """A window over the main one that stays open while one works; Esc closes it."""

    def __init__(self, parent: QWidget, title: str, size: QSize) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._is_dropped = False
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(20, 16, 20, 16)
        self.page.setSpacing(12)
        self.title = label(title, "title")
        self.title_row = row([self.title, 1])
        self.page.addLayout(self.title_row)
        self.message = _Message(self)
        room = parent.window().size()
        self.resize(
            min(size.width(), max(room.width() - _EDGE_PX, 640)),
            min(size.height(), max(room.height() - _EDGE_PX, 420)),
        )

    def say(self, text: str, tone: str = "bad") -> None:
        """Put a message over the foot of this window; `bad` ones stay until they are closed."""
        self.message.say(text, tone)

    def release(self) -> None:
        """Ask for what was changed and not saved yet; called before the window closes."""

    def drop(self) -> None:
        """Close without asking for anything: the project is gone, and nobody is left to carry it out."""
        self._is_dropped = True
        self.close()

    def done(self, result: int) -> None:
        # Esc and the window's cross both come through here.
        if not self._is_dropped:
            self.release()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.message.place()

    def add_keys(self, keys: str, run: Callable[[], object]) -> None:
        """Let keys run something while this window is in front."""
        QShortcut(QKeySequence(keys), self).activated.connect(run)


class _Button(QPushButton):
    """A button whose key cap has the colours of its state; Qt looks them up only once."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            for one in self.findChildren(QLabel):
                restyle(one)


def button(text: str, run: Callable[[], object], *, keys: str = "", role: str = "", name: str = "") -> QPushButton:
    """A push button; its keys stand on a cap inside it. The keys themselves belong to the window."""
    made = _Button(text)
    # Enter belongs to the list and to the form, not to some button that happens to be first.
    made.setAutoDefault(False)
    made.setAccessibleName(name or text.rstrip("…"))
    if role:
        made.setProperty("role", role)
    if keys:
        made.setToolTip(key_text(keys))
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        made_cap = cap(keys)
        inside.addWidget(made_cap)
        made.setMinimumWidth(made.sizeHint().width() + made_cap.sizeHint().width() + 8)
        made.setProperty("keyed", "true")
    made.clicked.connect(lambda: run())
    return made


def chip_button(text: str, run: Callable[[], object], *, name: str = "") -> QPushButton:
    """A chip that is on or off."""
    made = button("", run, role="chip", name=name)
    made.setCheckable(True)
    show_on_chip(made, text, name=name)
    return made


def show_on_chip(chip: QPushButton, text: str, *, name: str = "") -> None:
    """Put a text on a chip, with room for it when it is on and bold."""
    chip.setText(text)
    chip.setAccessibleName(name or text)
    bold = QFontMetrics(font(SANS, _CHIP_TEXT_PX, QFont.Weight.DemiBold))
    chip.setMinimumWidth(bold.horizontalAdvance(text) + _CHIP_SIDES_PX)


def combo(names: Mapping[Value, str], name: str) -> QComboBox:
    """A chooser of values (the keys) by their names."""
    made = QComboBox()
    made.setAccessibleName(name)
    for value, text in names.items():
        made.addItem(text, value)
    return made


def lines_field(name: str, lines: int) -> QPlainTextEdit:
    """A field for several lines; Tab leaves it."""
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setTabChangesFocus(True)
    made.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * lines + 24)
    return made


def lines_of(field: QPlainTextEdit) -> tuple[str, ...]:
    """The lines of such a field that are not blank, without spaces at their ends."""
    return tuple(line.strip() for line in field.toPlainText().splitlines() if line.strip())


def caption(text: str, field: QWidget) -> QLabel:
    """The name over a field."""
    made = label(text, "small")
    made.setBuddy(field)
    return made
