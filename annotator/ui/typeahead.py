"""Type-ahead: a line to type in over the rows that fit it, as the palette and the pickers have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
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

from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.theme import Theme
from annotator.ui.widgets import label


class HasId(Protocol):
    """What can be a row: it has an id."""

    @property
    def id(self) -> str:
        """Its id; no two rows have one."""


Row = TypeVar("Row", bound=HasId)

EDGE_PX = 17
GAP_PX = 12
_ROW_PX = 34
_TOP_PX = 44
_MAX_FOUND = 200


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


class RowDelegate(QStyledItemDelegate, Generic[Row]):
    """Draws rows of one height, the marked one on a ground of its own; what a row says is up to `draw`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent_soft"))
            painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)
        inner = option.rect.adjusted(EDGE_PX, 0, -EDGE_PX, 0)
        self.draw(painter, QFontMetrics(option.font), inner, index.data(ROW_ROLE))
        painter.restore()

    def draw(self, painter: QPainter, metrics: QFontMetrics, area: QRect, row: Row) -> None:
        """Draw what a row says into the area."""
        raise NotImplementedError

    def draw_hint(self, painter: QPainter, metrics: QFontMetrics, area: QRect, text: str) -> QRect:
        """Draw a hint at the right edge, and give the area that is left of it."""
        painter.setPen(self.theme.color("mute"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return area.adjusted(0, 0, -(metrics.horizontalAdvance(text) + GAP_PX) if text else 0, 0)

    def draw_words(self, painter: QPainter, metrics: QFontMetrics, area: QRect, text: str, role: str) -> int:
        """Draw words in the colour of a role, as far as there is room, and give how wide they are."""
        painter.setPen(self.theme.color(role))
        shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, max(area.width(), 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown)


class Typeahead(QDialog, Generic[Row]):
    """A popup with a line to type in and the rows that fit it; `found` and `taken` are up to its kinds.

    Keys: Enter takes the marked row (the first, to begin with), Up and Down go round, Esc leaves.
    """

    def __init__(
        self,
        parent: QWidget,
        delegate: RowDelegate[Row],
        column: Column[Row],
        *,
        title: str,
        placeholder: str,
        width_px: int,
        max_rows: int,
        is_titled: bool = False,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        # Its frame has round corners.
        self.setProperty("role", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self._over, self._width_px, self._max_rows = parent, width_px, max_rows
        frame = QFrame()
        frame.setProperty("role", "popup")
        frame.setFixedWidth(width_px)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(frame)
        layout = self._inside = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(4)
        if is_titled:
            heading = label(title.upper(), "heading")
            heading.setContentsMargins(EDGE_PX - 1, 12, 0, 0)
            layout.addWidget(heading)
        layout.addWidget(self._build_line(title, placeholder))
        layout.addWidget(self._build_list(delegate, column))
        self._none = label("Nothing fits.", "mute")
        self._none.setContentsMargins(EDGE_PX - 1, 6, 0, 8)
        layout.addWidget(self._none)

    def _build_line(self, title: str, placeholder: str) -> QLineEdit:
        self.line = QLineEdit()
        self.line.setProperty("role", "palette")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(title)
        self.line.textChanged.connect(self.show_found)
        self.line.installEventFilter(self)
        return self.line

    def _build_list(self, delegate: RowDelegate[Row], column: Column[Row]) -> QListView:
        self._model: TableModel[Row] = TableModel([column], key=lambda one: one.id)
        self._delegate = delegate
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._take(index))
        # A screen reader is where the typing is: it is told what Enter would take.
        self.list.selectionModel().currentChanged.connect(
            lambda index, _: self.line.setAccessibleDescription(index.data() or "")
        )
        return self.list

    def found(self, words: str) -> Sequence[Row]:
        """The rows that fit some words, the best first."""
        raise NotImplementedError

    def added(self, words: str) -> Sequence[Row]:
        """Rows after those, such as one that makes something new of the words."""
        return ()

    def taken(self, row: Row, words: str) -> None:
        """What happens once a row was chosen and the popup has closed."""
        raise NotImplementedError

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return tuple(self._model.rows)

    def pop_up(self) -> None:
        """Show it over its parent, near the top; it deletes itself when it closes."""
        parent, width = self._over, self._width_px
        corner = parent.mapToGlobal(QPoint(max((parent.width() - width) // 2, 0), _TOP_PX))
        room = parent.screen().availableGeometry()
        self.move(max(min(corner.x(), room.right() - width), room.left()), max(corner.y(), room.top()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._move(Qt.Key(event.key()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.index_for(event.modifiers()))
                return True
        return super().eventFilter(watched, event)

    def index_for(self, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """What Enter takes with these keys held."""
        return self.list.currentIndex()

    def _move(self, key: Qt.Key) -> None:
        count, here = self._model.rowCount(), self.list.currentIndex().row()
        if not count:
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            number = (here + (1 if key == Qt.Key.Key_Down else -1)) % count
        else:
            number = min(max(here + (self._max_rows if key == Qt.Key.Key_PageDown else -self._max_rows), 0), count - 1)
        self.list.setCurrentIndex(self._model.index(number, 0))

    def show_found(self, words: str) -> None:
        """Show what fits some words."""
        found = [*list(self.found(words))[:_MAX_FOUND], *self.added(words)]
        self._model.show_rows(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.list.setFixedHeight(_ROW_PX * min(len(found), self._max_rows) + 4)
        # At once, or the popup is shown for a moment in the size it had for the letter before.
        self._inside.activate()
        self._outer.activate()
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ROW_ROLE) if index.isValid() else None
        if row is not None:
            words = self.line.text().strip()
            self.close()
            self.taken(row, words)
