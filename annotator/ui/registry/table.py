"""A table of records: one row marked at a time, sorted by its header, filtered by words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from annotator.ui.tables import ROW_ROLE, Column, TableModel

Row = TypeVar("Row")
_ROW_PX = 32
_NARROW_PX = 640
_LETTER_PX = 8
_AROUND_PX = 42
OWN_ORDER = -1
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Field(Column[Row]):
    """A column of a table: `width_px` 0 takes what room is left; counts stand to the right, greatest first.

    `order` is what sorting by it is called; a spare one goes where the table is narrow.
    """

    width_px: int = 0
    number: Callable[[Row], int] | None = None
    order: str = ""
    icon: Callable[[Row], QIcon] | None = None
    is_spare: bool = False

    def order_key(self, row: Row) -> tuple[int, str]:
        """What a row is sorted by: its count, or its text without regard to case."""
        return (self.number(row), "") if self.number else (0, self.text(row).casefold())


def text_field(
    title: str,
    text: Callable[[Row], str],
    *,
    width_px: int = 0,
    icon: Callable[[Row], QIcon] | None = None,
    is_spare: bool = False,
) -> Field[Row]:
    """A column of words."""
    return Field(title, text, width_px=width_px, icon=icon, is_spare=is_spare)


def number_field(title: str, number: Callable[[Row], int], *, order: str) -> Field[Row]:
    """A column of counts; none is shown as nothing."""
    width_px = _AROUND_PX + _LETTER_PX * len(title)
    return Field(
        title, lambda one: f"{number(one):,}" if number(one) else "", width_px=width_px, number=number, order=order
    )


class _Model(TableModel[Row]):
    """All rows, filtered and sorted here: with thousands of rows a proxy model takes a second for one letter."""

    def __init__(self, fields: Sequence[Field[Row]], key: Callable[[Row], str]) -> None:
        super().__init__(fields, key)
        self.all: dict[str, Row] = {}
        self._fields = tuple(fields)
        self._key_of = key
        self._held: list[str] = []
        self._words: list[str] = []
        self._sorted, self._is_falling = OWN_ORDER, False

    def show_all(self, rows: Sequence[Row]) -> None:
        self.all = {self._key_of(one): one for one in rows}
        self._held = []
        self._arrange()

    def show_words(self, text: str) -> None:
        self._words = text.casefold().split()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted, self._is_falling = column, order is Qt.SortOrder.DescendingOrder
        self._arrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._fields) - 1)

    def _arrange(self) -> None:
        rows = list(self.all.values())
        if self._words:
            self._held = self._held or ["\n".join(one.text(row) for one in self._fields).casefold() for row in rows]
            both = zip(rows, self._held, strict=True)
            rows = [row for row, held in both if all(word in held for word in self._words)]
        if self._sorted != OWN_ORDER:
            rows.sort(key=self._fields[self._sorted].order_key, reverse=self._is_falling)
        self.show_rows(rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        field = self._fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and field.number:
            return _NUMBER
        if role == Qt.ItemDataRole.DecorationRole and field.icon:
            return field.icon(self.rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return super().data(index)
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_header = role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal
        if is_header and self._fields[section].number:
            return _NUMBER
        text = super().headerData(section, orientation, role)
        if text is None or section != self._sorted:
            return text
        # The style would draw its arrow over the words.
        return f"{text} {'↓' if self._is_falling else '↑'}"


class Table(QTableView, Generic[Row]):
    """Rows of one type, each with an id; at first in their own order.

    `row_picked` carries the id of the row that is marked now, or nothing; `row_entered` comes with Enter or a double
    click; `sorted_by` carries the column the rows are sorted by, -1 for their own order.
    """

    row_picked = Signal(str)
    row_entered = Signal(str)
    sorted_by = Signal(int)

    def __init__(self, fields: Sequence[Field[Row]], key: Callable[[Row], str], *, name: str) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self._key = key
        self._model: _Model[Row] = _Model(fields, key)
        self._kept = ""
        self.setModel(self._model)
        self._model.modelAboutToBeReset.connect(self._keep_mark)
        self._model.modelReset.connect(self._put_mark_back)
        self.setProperty("role", "framed")
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(lambda index, _: self.row_picked.emit(self._id(index)))
        self.doubleClicked.connect(lambda index: self.row_entered.emit(self._id(index)))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(OWN_ORDER, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(lambda column, _: self.sorted_by.emit(column))
        for number, field in enumerate(self.fields):
            if field.width_px:
                self.setColumnWidth(number, field.width_px)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    @property
    def selected_id(self) -> str:
        """The id of the row that is marked; empty when there is none."""
        return self._id(self.currentIndex())

    @property
    def shown_ids(self) -> list[str]:
        """The ids of the rows that are shown, in their order."""
        return [self._key(one) for one in self._model.rows]

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in their own order."""
        return tuple(self._model.all.values())

    def row(self, row_id: str) -> Row | None:
        """The row with that id, shown or filtered away."""
        return self._model.all.get(row_id)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the marked one stays marked while it is there."""
        self._model.show_all(rows)

    def select(self, row_id: str) -> bool:
        """Mark a row; `False` when it is not there or filtered away."""
        index = self._model.index_of(row_id)
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def deselect(self) -> None:
        """Mark no row."""
        self.selectionModel().clear()

    def begin(self) -> None:
        """Take the focus, and mark the first row unless one is marked."""
        self.setFocus()
        if not self.selected_id and self._model.rowCount():
            self.selectRow(0)

    def filter_words(self, text: str) -> None:
        """Show only rows in which every one of these words stands somewhere."""
        self._model.show_words(text)

    def sort_by(self, column: int) -> None:
        """Sort by a column, counts from the greatest, words from A; -1 is the rows' own order."""
        is_number = column != OWN_ORDER and self.fields[column].number is not None
        order = Qt.SortOrder.DescendingOrder if is_number else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def set_height_in_rows(self, rows: int) -> None:
        """Make it as high as its header and so many rows."""
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * _ROW_PX + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW_PX
        for number, field in enumerate(self.fields):
            if field.is_spare and self.isColumnHidden(number) != is_narrow:
                self.setColumnHidden(number, is_narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _CONTROL:
            if self.selected_id:
                self.row_entered.emit(self.selected_id)
            return
        super().keyPressEvent(event)

    def _keep_mark(self) -> None:
        self._kept = self.selected_id

    def _put_mark_back(self) -> None:
        if self._kept and not self.select(self._kept):
            self.row_picked.emit("")

    def _id(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._key(index.data(ROW_ROLE)) if index.isValid() else ""
