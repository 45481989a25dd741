"""One read-only table model for all lists: frozen rows, and columns that read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Row = TypeVar("Row")
ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_NONE = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its title, the text of a row in it, and what it is sorted by (the text, unless told otherwise)."""

    title: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], object] | None = None


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows of one type; the whole row is at `ROW_ROLE`."""

    def __init__(self, columns: Sequence[Column[Row]], key: Callable[[Row], str]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._key = key
        self._rows: list[Row] = []
        self._index_of: dict[str, int] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; views keep their selection when only the contents of rows have changed."""
        rows = list(rows)
        if [self._key(row) for row in rows] == list(self._index_of):
            changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
            self._rows = rows
            for number in changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._index_of = {self._key(row): number for number, row in enumerate(rows)}
        self.endResetModel()

    def show_row(self, row: Row) -> None:
        """Show one row anew that is there already."""
        number = self._index_of.get(self._key(row))
        if number is not None:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))

    def index_of(self, key: str) -> QModelIndex:
        """The index of the row with that key; an invalid one when it is not there."""
        number = self._index_of.get(key)
        return QModelIndex() if number is None else self.index(number, 0)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, in their own order."""
        return self._rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return (column.sort_key or column.text)(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None
