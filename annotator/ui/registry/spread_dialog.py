"""Marking the same words elsewhere: every place with its words in context, to tick or untick before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.services.spreading import Match
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.widgets import label, row

_SIZE = QSize(920, 600)
_NONE = QModelIndex()
_COLUMNS = ("Article", "Before", "Words", "After")


class _Model(QAbstractTableModel):
    """The matches, each ticked to begin with."""

    def __init__(self, matches: Sequence[Match]) -> None:
        super().__init__()
        self.matches = tuple(matches)
        self.ticked = [True] * len(self.matches)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(self.matches)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else Qt.ItemFlag(0))

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        match = self.matches[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (match.name, match.before, match.text, match.after)[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if self.ticked[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.tick([index.row()], is_ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def tick(self, numbers: Sequence[int], *, is_ticked: bool) -> None:
        """Tick or untick rows."""
        for number in numbers:
            self.ticked[number] = is_ticked
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.matches) - 1, 0))


class _BeforeDelegate(QStyledItemDelegate):
    """Cuts the words before a place at their start: those next to it say most."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class _Table(QTableView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            model = self.model()
            numbers = sorted({one.row() for one in self.selectionModel().selectedRows()})
            if isinstance(model, _Model) and numbers:
                model.tick(numbers, is_ticked=not model.ticked[numbers[0]])
            return
        super().keyPressEvent(event)


class SpreadDialog(RegistryWindow):
    """Shows the places; `asked` carries the ticked ones."""

    asked = Signal(object)

    def __init__(self, parent: QWidget, words: str, what: str, matches: Sequence[Match]) -> None:
        super().__init__(parent, f"Mark “{words}” elsewhere", _SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model = _Model(matches)
        self._model.dataChanged.connect(self._show_count)
        self.page.addWidget(
            label(f"They become {what}, in one act. Space ticks or unticks a place.", "mute", wraps=True)
        )
        table = _Table()
        table.setModel(self._model)
        table.setItemDelegateForColumn(1, _BeforeDelegate(table))
        table.setAccessibleName("Places where the same words stand")
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        for column, width in enumerate((220, 250, 120)):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.selectRow(0)
        self.page.addWidget(table, 1)
        self.go = button(f"Mark {len(matches)} places", self._on_go, keys="Ctrl+Return", role="primary")
        self.add_keys("Ctrl+Return", self._on_go)
        everything = range(len(matches))
        tick = button("Tick all", lambda: self._model.tick(everything, is_ticked=True))
        untick = button("Untick all", lambda: self._model.tick(everything, is_ticked=False))
        self.page.addLayout(row([tick, untick, 1, self.go]))
        self._show_count()
        table.setFocus()

    def _show_count(self) -> None:
        count = sum(self._model.ticked)
        self.go.setText(f"Mark {count} place{'' if count == 1 else 's'}")
        self.go.setEnabled(count > 0)

    def _on_go(self) -> None:
        pairs = zip(self._model.matches, self._model.ticked, strict=True)
        chosen = [match for match, is_ticked in pairs if is_ticked]
        self.close()
        self.asked.emit(chosen)
