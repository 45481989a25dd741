"""A table of records: one row marked at a time, sorted by its header, filtered by words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from annotator.ui.tables import ROW_ROLE, SORT_ROLE, Column, TableModel

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
    """A column of a listing: `width_px` 0 takes what room is left; numbers stand to the right, greatest first.

    `order` is what sorting by it is called; a spare one goes where the table is narrow.
    """

    width_px: int = 0
    is_number: bool = False
    order: str = ""
    icon: Callable[[Row], QIcon] | None = None
    is_spare: bool = False


def text_field(
    title: str,
    text: Callable[[Row], str],
    *,
    width_px: int = 0,
    icon: Callable[[Row], QIcon] | None = None,
    is_spare: bool = False,
) -> Field[Row]:
    """A column of words, sorted without regard to case."""
    return Field(title, text, lambda one: text(one).casefold(), width_px=width_px, icon=icon, is_spare=is_spare)


def number_field(title: str, number: Callable[[Row], int], *, order: str) -> Field[Row]:
    """A column of counts; none is shown as nothing."""
    return Field(
        title,
        lambda one: f"{number(one):,}" if number(one) else "",
        number,
        _AROUND_PX + _LETTER_PX * len(title),
        True,
        order,
    )


class _Model(TableModel[Row]):
    def __init__(self, fields: Sequence[Field[Row]], key: Callable[[Row], str]) -> None:
        super().__init__(fields, key)
        self._fields = tuple(fields)
        self._sorted = OWN_ORDER
        self._arrow = ""

    def show_sorting(self, column: int, order: Qt.SortOrder) -> None:
        self._sorted, self._arrow = column, " ↓" if order is Qt.SortOrder.DescendingOrder else " ↑"
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._fields) - 1)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and self._fields[index.column()].is_number:
            return _NUMBER
        make_icon = self._fields[index.column()].icon
        if role == Qt.ItemDataRole.DecorationRole and make_icon is not None:
            return make_icon(self.rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return super().data(index)
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_header = role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal
        if is_header and self._fields[section].is_number:
            return _NUMBER
        text = super().headerData(section, orientation, role)
        return f"{text}{self._arrow}" if text is not None and section == self._sorted else text


class _Proxy(QSortFilterProxyModel):
    """Keeps the rows in which every word stands somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setSortRole(SORT_ROLE)
        self._words: list[str] = []

    def show_words(self, text: str) -> None:
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, number: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        if not self._words:
            return True
        model = self.sourceModel()
        held = "\n".join(str(model.index(number, at).data()) for at in range(model.columnCount())).casefold()
        return all(word in held for word in self._words)


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
        self._proxy = _Proxy()
        self._proxy.setSourceModel(self._model)
        self.setModel(self._proxy)
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
        # The arrow stands in the title: the style would draw it over the words.
        header.sortIndicatorChanged.connect(self._model.show_sorting)
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
        return [self._id(self._proxy.index(number, 0)) for number in range(self._proxy.rowCount())]

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in their own order."""
        return self._model.rows

    def row(self, row_id: str) -> Row | None:
        """The row with that id, shown or filtered away."""
        found: Row | None = self._model.index_of(row_id).data(ROW_ROLE)
        return found

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the marked one stays marked while it is there."""
        before = self.selected_id
        self._model.show_rows(rows)
        if before and self.selected_id != before:
            self.select(before)

    def select(self, row_id: str) -> bool:
        """Mark a row; `False` when it is not there or filtered away."""
        index = self._proxy.mapFromSource(self._model.index_of(row_id))
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
        if not self.selected_id and self._proxy.rowCount():
            self.selectRow(0)

    def filter_words(self, text: str) -> None:
        """Show only rows in which every one of these words stands somewhere."""
        self._proxy.show_words(text)

    def sort_by(self, column: int) -> None:
        """Sort by a column, counts from the greatest, words from A; -1 is the rows' own order."""
        is_number = column >= 0 and self.fields[column].is_number
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

    def _id(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._key(index.data(ROW_ROLE)) if index.isValid() else ""
