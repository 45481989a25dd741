"""The palette (Ctrl+K): find an article or a command by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.theme import Theme
from annotator.ui.widgets import key_text, label

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_WIDTH_PX = 620
_ROW_PX = 34
_MAX_ROWS = 12
_MAX_FOUND = 200


@dataclass(frozen=True)
class Entry:
    """Something to go to or to run."""

    id: str
    kind: str
    text: str
    shortcut: str
    run: Callable[[], None]


def match_score(words: str, text: str) -> int:
    """How well the letters fit a text: 0 not at all; best is a beginning, then words' beginnings, then in order."""
    wanted, held = words.casefold().strip(), text.casefold()
    if not wanted:
        return 1
    if held.startswith(wanted):
        return 1000
    if f" {wanted}" in held:
        return 800
    if wanted in held:
        return 600
    parts = wanted.split()
    if all(part in held for part in parts):
        return 400
    at = -1
    for letter in wanted.replace(" ", ""):
        at = held.find(letter, at + 1)
        if at < 0:
            return 0
    return 100


def best_entries(words: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that fit, the best first; equally good ones in their own order."""
    scored = [(match_score(words, one.text), number, one) for number, one in enumerate(entries)]
    found = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1]))
    return [one for _, _, one in found[:_MAX_FOUND]]


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)
        inner = option.rect.adjusted(18, 0, -18, 0)
        kind = QRect(inner.left(), inner.top(), 84, inner.height())
        painter.setPen(self._theme.color("mute"))
        painter.drawText(kind, Qt.AlignmentFlag.AlignVCenter, entry.kind)
        keys = key_text(entry.shortcut) if entry.shortcut else ""
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)
        metrics = QFontMetrics(option.font)
        room = inner.width() - 96 - metrics.horizontalAdvance(keys)
        painter.setPen(self._theme.color("ink"))
        painter.setFont(QFont(option.font))
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner.adjusted(84, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class Palette(QDialog):
    """A line to type in and what fits it."""

    def __init__(self, window: MainWindow, entries: Sequence[Entry]) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        # Its frame has round corners.
        self.setProperty("role", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._window = window
        self._entries = list(entries)
        self.setAccessibleName("Find an article or a command")
        frame = QFrame()
        frame.setProperty("role", "popup")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(4)
        self.line = QLineEdit()
        self.line.setProperty("role", "palette")
        self.line.setPlaceholderText("Find an article or a command")
        self.line.setAccessibleName("Find an article or a command")
        self.line.textChanged.connect(self._on_text_changed)
        self.line.installEventFilter(self)
        layout.addWidget(self.line)
        self._model: TableModel[Entry] = TableModel([Column("Entry", lambda one: one.text)], key=lambda one: one.id)
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self.list.setModel(self._model)
        self._delegate = _Delegate(window.theme)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(self._on_clicked)
        layout.addWidget(self.list)
        self._none = label("Nothing fits.", "mute")
        self._none.setContentsMargins(18, 6, 0, 8)
        layout.addWidget(self._none)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        frame.setFixedWidth(_WIDTH_PX)
        self._on_text_changed("")

    @staticmethod
    def of(window: MainWindow) -> Palette:
        """The palette over a window's articles and commands."""
        return Palette(window, [*window.bound.entries(), *window.article_entries()])

    def pop_up(self) -> None:
        """Show it at the top of its window."""
        window = self._window
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - _WIDTH_PX) // 2, corner.y() + 44)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._move(event.key())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_clicked(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _move(self, key: int) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _MAX_ROWS, Qt.Key.Key_PageUp: -_MAX_ROWS}
        last = self._model.rowCount() - 1
        number = min(max(self.list.currentIndex().row() + steps[Qt.Key(key)], 0), last)
        self.list.setCurrentIndex(self._model.index(number, 0))

    def _on_text_changed(self, words: str) -> None:
        found = best_entries(words, self._entries)
        self._model.show_rows(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.list.setFixedHeight(_ROW_PX * min(len(found), _MAX_ROWS) + 4)
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        entry = index.data(ROW_ROLE) if index.isValid() else None
        self.close()
        if entry is not None:
            entry.run()
