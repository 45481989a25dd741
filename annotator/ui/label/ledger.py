"""The ledger: who said what in the open article, to be filtered, sorted and gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.sections import SECTION_NAMES
from annotator.ui.keys import enter, keep_keys
from annotator.ui.label.cards import LedgerRow
from annotator.ui.label.stance_cards import POSITION_KEYS, SIGN_ROLES, SIGNS, VERBS
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.theme import Theme
from annotator.ui.widgets import label, row

# Room for “any position”, in characters as wide as an x can be.
_COMBO_CHARS = 7
_ORDER_CHARS = 5
_ROW_HEIGHT_PX = 32
# Below this width a line of words says too little: rows take two.
_NARROW_PX = 280
_TWO_LINES_PX = 48
_SIGN_PX = 26
_WHO_PX = 118
# So many quotes are seen at a glance.
_FEW = 5
_SIGN_ORDER = list(SIGNS.values())
_ORDERS: dict[str, tuple[str, Callable[[LedgerRow], str | int]]] = {
    "place": ("by place", lambda one: 0),
    "speaker": ("by speaker", lambda one: one.who.casefold()),
    "position": ("by position", lambda one: _SIGN_ORDER.index(one.sign) if one.sign else len(_SIGN_ORDER)),
}


class _SignDelegate(QStyledItemDelegate):
    """Draws the sign of a stance in the colour of its position; its shape says the same."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        sign, ground.text = ground.text, ""
        style = ground.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        painter.save()
        if self.theme is not None:
            painter.setPen(self.theme.color(SIGN_ROLES.get(sign, "mute")))
        painter.setFont(option.font)
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, sign)
        painter.restore()


class Ledger(QWidget):
    """`picked` carries the id of the quote that the user goes to."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[LedgerRow, ...] = ()
        self._signs = _SignDelegate()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._heading = label("", "heading", wraps=True)
        layout.addWidget(self._heading)
        layout.addWidget(self._build_filter())
        self.table = self._build_table()
        layout.addWidget(self.table)

    def _build_filter(self) -> QWidget:
        self._words = QLineEdit()
        self._words.setPlaceholderText("Filter: speaker or words")
        self._words.setAccessibleName("Filter who said what by speaker or words")
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._show_rows)
        keep_keys(self._words, enter(self._to_front))
        positions = {SIGNS[one]: VERBS[one] for one in POSITION_KEYS.values()}
        self._sign = _combo("Position", {"": "any position", **positions})
        sections = {str(one): name for one, name in SECTION_NAMES.items()}
        self._section = _combo("Section", {"": "all sections", **sections})
        self._order = _combo("Order", {name: text for name, (text, _) in _ORDERS.items()})
        self._order.setMinimumContentsLength(_ORDER_CHARS)
        for combo in (self._sign, self._section, self._order):
            combo.currentIndexChanged.connect(self._show_rows)
        self._filter = QWidget()
        column = QVBoxLayout(self._filter)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row([self._words, self._order], spacing=4))
        column.addLayout(row([self._sign, self._section, 1], spacing=4))
        return self._filter

    def _build_table(self) -> QTableView:
        self._model: TableModel[LedgerRow] = TableModel(
            [
                Column("Position", lambda one: one.sign or ("┄" if one.is_suggestion else "✓")),
                Column("Speaker", lambda one: one.who),
                Column("Words", lambda one: one.content),
            ],
            key=lambda one: one.id,
        )
        table = QTableView()
        table.setModel(self._model)
        table.setItemDelegateForColumn(0, self._signs)
        table.setAccessibleName("Who said what")
        table.setShowGrid(False)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, _SIGN_PX)
        table.setColumnWidth(1, _WHO_PX)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.clicked.connect(self._on_clicked)
        keep_keys(table, enter(self._on_entered))
        return table

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in this theme."""
        self._signs.theme = theme
        self.table.viewport().update()

    def show_rows(self, rows: Sequence[LedgerRow], *, drafts: int) -> None:
        """Show who said what in this article, and how many stances are drafts."""
        self._rows = tuple(rows)
        confirmed = sum(not one.is_suggestion for one in rows)
        told = f" · {drafts} STANCE DRAFT{'' if drafts == 1 else 'S'}" if drafts else ""
        self._heading.setText(
            f"WHO SAID WHAT · {len(rows)} QUOTE{'' if len(rows) == 1 else 'S'}, {confirmed} CONFIRMED{told}"
        )
        self._filter.setVisible(len(rows) > _FEW)
        self._show_rows()

    def _show_rows(self) -> None:
        words = self._words.text().casefold().split()
        sign, section = self._sign.currentData(), self._section.currentData()
        rows = [
            one
            for one in self._rows
            if all(word in f"{one.who} {one.speaker} {one.content}".casefold() for word in words)
            and (not sign or one.sign == sign)
            and (not section or one.section == section)
        ]
        _, order = _ORDERS[self._order.currentData()]
        # Equal ones stay in the order of the text.
        self._model.show_rows(sorted(rows, key=order))
        self.table.setVisible(bool(rows))
        self._fit_rows()

    def _fit_rows(self) -> None:
        is_narrow = 0 < self.width() < _NARROW_PX
        row_px = _TWO_LINES_PX if is_narrow else _ROW_HEIGHT_PX
        self.table.setWordWrap(is_narrow)
        self.table.setColumnWidth(1, min(_WHO_PX, self.width() * 2 // 5) if is_narrow else _WHO_PX)
        self.table.verticalHeader().setDefaultSectionSize(row_px)
        self.table.setFixedHeight(row_px * self._model.rowCount() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give rows a second line where there is little room for one."""
        super().resizeEvent(event)
        self._fit_rows()

    def show_picked(self, thing_id: str) -> None:
        """Mark the line of the selected thing."""
        index = self._model.index_of(thing_id)
        if index.isValid():
            self.table.selectRow(index.row())
        else:
            self.table.clearSelection()

    def _to_front(self) -> None:
        self.table.setFocus()

    def _on_entered(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._on_clicked(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(ROW_ROLE).id)


def _combo(name: str, choices: Mapping[str, str]) -> QComboBox:
    combo = QComboBox()
    combo.setProperty("role", "quiet")
    combo.setAccessibleName(name)
    for value, text in choices.items():
        combo.addItem(text, value)
    combo.setMinimumContentsLength(_COMBO_CHARS)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
