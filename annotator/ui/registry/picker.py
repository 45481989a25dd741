"""The picker: choose one record by a few letters, or make a new one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.palette import match_score
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.theme import Theme
from annotator.ui.widgets import key_text, label

_WIDTH_PX = 560
_ROW_PX = 34
_MAX_ROWS = 10
_MAX_FOUND = 200
_EDGE_PX = 17
_GAP_PX = 12
_TOP_PX = 44
_CREATE_KEYS = "Ctrl+Return"


@dataclass(frozen=True)
class PickRow:
    """A record to choose: its words, more words beside them (aliases, a statement), and a hint such as its type."""

    id: str
    text: str
    detail: str = ""
    hint: str = ""


class _Create(PickRow):
    """The row that makes a new record."""


Match = Callable[[str, Sequence[PickRow]], Sequence[PickRow]]


def best_rows(words: str, rows: Sequence[PickRow]) -> list[PickRow]:
    """The rows that the letters fit, the best first: by their words, then by what is beside; no words fit all."""
    scored = [
        (max(2 * match_score(words, one.text), match_score(words, one.detail)), number, one)
        for number, one in enumerate(rows)
    ]
    return [one for score, _, one in sorted(scored, key=lambda one: (-one[0], one[1])) if score]


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: PickRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)
        metrics = QFontMetrics(option.font)
        inner = option.rect.adjusted(_EDGE_PX, 0, -_EDGE_PX, 0)
        painter.setPen(self._theme.color("mute"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.hint)
        inner.setRight(inner.right() - metrics.horizontalAdvance(row.hint) - (_GAP_PX if row.hint else 0))
        painter.setPen(self._theme.color("accent" if isinstance(row, _Create) else "ink"))
        used = self._draw(painter, metrics, inner, row.text)
        painter.setPen(self._theme.color("mute"))
        self._draw(painter, metrics, inner.adjusted(used + _GAP_PX, 0, 0, 0), row.detail)
        painter.restore()

    @staticmethod
    def _draw(painter: QPainter, metrics: QFontMetrics, area: QRect, text: str) -> int:
        shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown)


class Picker(QDialog):
    """A line to type in and the records that fit it.

    `chosen` carries the id of a row, `create_asked` the words typed (without spaces at their ends); either comes once,
    after the picker has closed. `create_text` gives what the row that makes a new record says; without it there is no
    such row. Keys: Enter takes the marked row (the first, to begin with), Up and Down go round, Ctrl+Enter makes a new
    record, Esc leaves.
    """

    chosen = Signal(str)
    create_asked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        *,
        title: str,
        placeholder: str,
        rows: Sequence[PickRow],
        match: Match = best_rows,
        create_text: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._over = parent
        self._all = tuple(rows)
        self._match = match
        self._create_text = create_text
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        frame = QFrame()
        frame.setProperty("role", "popup")
        frame.setFixedWidth(_WIDTH_PX)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(frame)
        layout = self._inside = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(4)
        heading = label(title.upper(), "heading")
        heading.setContentsMargins(_EDGE_PX - 1, 12, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(self._build_line(title, placeholder))
        layout.addWidget(self._build_list(theme))
        self._none = label("Nothing fits.", "mute")
        self._none.setContentsMargins(_EDGE_PX - 1, 6, 0, 8)
        layout.addWidget(self._none)
        self._show_found("")

    def _build_line(self, title: str, placeholder: str) -> QLineEdit:
        self.line = QLineEdit()
        self.line.setProperty("role", "palette")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(title)
        self.line.textChanged.connect(self._show_found)
        self.line.installEventFilter(self)
        return self.line

    def _build_list(self, theme: Theme) -> QListView:
        self._model: TableModel[PickRow] = TableModel([Column("Record", lambda one: one.text)], key=lambda one: one.id)
        self._delegate = _Delegate(theme)
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._take)
        # A screen reader is where the typing is: it is told what Enter would take.
        self.list.selectionModel().currentChanged.connect(
            lambda index, _: self.line.setAccessibleDescription(index.data() or "")
        )
        return self.list

    @property
    def rows(self) -> Sequence[PickRow]:
        """The rows that are shown, the one that makes a new record included."""
        return tuple(self._model.rows)

    def pop_up(self) -> None:
        """Show it over its parent, near the top; it deletes itself when it closes."""
        parent = self._over
        corner = parent.mapToGlobal(QPoint(max((parent.width() - _WIDTH_PX) // 2, 0), _TOP_PX))
        room = parent.screen().availableGeometry()
        self.move(max(min(corner.x(), room.right() - _WIDTH_PX), room.left()), max(corner.y(), room.top()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._move(Qt.Key(event.key()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                is_new = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self._take(self._create_index() if is_new else self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _create_index(self) -> QModelIndex:
        last = self._model.index(self._model.rowCount() - 1, 0)
        return last if isinstance(last.data(ROW_ROLE), _Create) else QModelIndex()

    def _move(self, key: Qt.Key) -> None:
        count, here = self._model.rowCount(), self.list.currentIndex().row()
        if not count:
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            number = (here + (1 if key == Qt.Key.Key_Down else -1)) % count
        else:
            number = min(max(here + (_MAX_ROWS if key == Qt.Key.Key_PageDown else -_MAX_ROWS), 0), count - 1)
        self.list.setCurrentIndex(self._model.index(number, 0))

    def _show_found(self, words: str) -> None:
        found = list(self._match(words, self._all))[:_MAX_FOUND]
        if self._create_text and words.strip():
            found.append(_Create(id="", text=self._create_text(words.strip()), hint=key_text(_CREATE_KEYS)))
        self._model.show_rows(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.list.setFixedHeight(_ROW_PX * min(len(found), _MAX_ROWS) + 4)
        # At once, or the popup is shown for a moment in the size it had for the letter before.
        self._inside.activate()
        self._outer.activate()
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        row: PickRow | None = index.data(ROW_ROLE) if index.isValid() else None
        if row is None:
            return
        words = self.line.text().strip()
        self.close()
        if isinstance(row, _Create):
            self.create_asked.emit(words)
        else:
            self.chosen.emit(row.id)
