"""A list of records to sort, filter and choose from, with words for when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QStackedWidget, QTableView, QVBoxLayout, QWidget

from annotator.ui.tables import ROW_ROLE, SORT_ROLE, Column, TableModel
from annotator.ui.widgets import label, row

Row = TypeVar("Row")
_ROW_PX = 32
_NUMBER_PX = 64
_OWN_ORDER = -1
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Field(Column[Row]):
    """A column of a listing: `width_px` 0 takes what room is left; numbers stand to the right, greatest first."""

    width_px: int = 0
    is_number: bool = False


def text_field(title: str, text: Callable[[Row], str], *, width_px: int = 0) -> Field[Row]:
    """A column of words, sorted without regard to case."""
    return Field(title, text, lambda one: text(one).casefold(), width_px=width_px)


def number_field(title: str, number: Callable[[Row], int]) -> Field[Row]:
    """A column of counts; none is shown as nothing."""
    return Field(title, lambda one: f"{number(one):,}" if number(one) else "", number, _NUMBER_PX, True)


class _Model(TableModel[Row]):
    def __init__(self, fields: Sequence[Field[Row]], key: Callable[[Row], str]) -> None:
        super().__init__(fields, key)
        self._fields = tuple(fields)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and self._fields[index.column()].is_number:
            return _NUMBER
        if role == Qt.ItemDataRole.ToolTipRole:
            return super().data(index)
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_header = role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal
        if is_header and self._fields[section].is_number:
            return _NUMBER
        return super().headerData(section, orientation, role)


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


class Listing(QWidget, Generic[Row]):
    """A filter line, a way to sort, and a table of rows.

    `picked` carries the id of the row that is marked now, or nothing; `entered` comes with Enter or a double click.
    """

    picked = Signal(str)
    entered = Signal(str)

    def __init__(
        self, fields: Sequence[Field[Row]], key: Callable[[Row], str], *, name: str, own_order: str, empty: str
    ) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._key = key
        self._name = name
        self._own_order = own_order
        self._empty_text = empty
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName(f"Filter the {name.lower()}")
        self.filter.setClearButtonEnabled(False)
        self.filter.textChanged.connect(self._on_filtered)
        self.filter.installEventFilter(self)
        self._sort = self._build_sort()
        layout.addLayout(row([self.filter, self._sort]))
        self.table = self._build_table()
        self._nothing = label("", "mute", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(8, 12, 8, 8)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._nothing)
        layout.addWidget(self._pages, 1)
        self.count = label("", "small")
        layout.addWidget(self.count)
        self.setFocusProxy(self.filter)
        self.show_rows(())

    def _build_sort(self) -> QComboBox:
        chooser = QComboBox()
        chooser.setProperty("role", "quiet")
        chooser.setAccessibleName("Order")
        chooser.addItem(self._own_order, _OWN_ORDER)
        for number, field in enumerate(self._fields):
            chooser.addItem(f"By {field.title.lower()}", number)
        chooser.activated.connect(self._on_sort_chosen)
        return chooser

    def _build_table(self) -> QTableView:
        self._model: _Model[Row] = _Model(self._fields, self._key)
        self._proxy = _Proxy()
        self._proxy.setSourceModel(self._model)
        table = QTableView()
        table.setProperty("role", "framed")
        table.setAccessibleName(self._name)
        table.setModel(self._proxy)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(_OWN_ORDER, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        table.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._on_sorted)
        for number, field in enumerate(self._fields):
            if field.width_px:
                table.setColumnWidth(number, field.width_px)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda index, _: self.picked.emit(self._id(index)))
        table.doubleClicked.connect(lambda index: self.entered.emit(self._id(index)))
        table.installEventFilter(self)
        return table

    @property
    def selected_id(self) -> str:
        """The id of the row that is marked; empty when there is none."""
        return self._id(self.table.currentIndex())

    @property
    def shown_ids(self) -> list[str]:
        """The ids of the rows that are shown, in their order."""
        return [self._id(self._proxy.index(number, 0)) for number in range(self._proxy.rowCount())]

    def row(self, row_id: str) -> Row | None:
        """The row with that id, shown or filtered away."""
        found: Row | None = self._model.index_of(row_id).data(ROW_ROLE)
        return found

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the marked one stays marked while it is there."""
        before = self.selected_id
        self._model.show_rows(rows)
        self._show_count()
        if before and self.selected_id != before:
            self.select(before)

    def select(self, row_id: str) -> None:
        """Mark a row; a filter that hides it is taken away."""
        source = self._model.index_of(row_id)
        if not source.isValid():
            return
        if not self._proxy.mapFromSource(source).isValid():
            self.filter.clear()
        index = self._proxy.mapFromSource(source)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self.table.scrollTo(index)

    def deselect(self) -> None:
        """Mark no row."""
        self.table.selectionModel().clear()
        self.table.setCurrentIndex(QModelIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.filter and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._enter_table()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                if watched is self.filter and not self.selected_id:
                    self._enter_table()
                if self.selected_id:
                    self.entered.emit(self.selected_id)
                return True
        return super().eventFilter(watched, event)

    def _enter_table(self) -> None:
        self.table.setFocus()
        if not self.selected_id and self._proxy.rowCount():
            self.table.selectRow(0)

    def _id(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._key(index.data(ROW_ROLE)) if index.isValid() else ""

    def _on_filtered(self, text: str) -> None:
        self._proxy.show_words(text)
        self._show_count()

    def _show_count(self) -> None:
        shown, whole = self._proxy.rowCount(), self._model.rowCount()
        self._pages.setCurrentWidget(self.table if shown else self._nothing)
        self._nothing.setText("Nothing fits the filter." if whole else self._empty_text)
        self.count.setText(f"{shown:,} of {whole:,}" if shown != whole else f"{whole:,} {self._name.lower()}")
        self.count.setVisible(bool(whole))

    def _on_sort_chosen(self, at: int) -> None:
        column = self._sort.itemData(at)
        is_number = column >= 0 and self._fields[column].is_number
        order = Qt.SortOrder.DescendingOrder if is_number else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, order)

    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._sort.setCurrentIndex(self._sort.findData(column))
