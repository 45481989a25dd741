"""The list of cases: what is to be decided, or everything that differs; filtered by words, sorted, one current."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.words import fold
from annotator.ui.keys import Button, enter, keep_keys
from annotator.ui.review.words import CaseRow
from annotator.ui.tables import ROW_ROLE, SORT_ROLE, Column, TableModel
from annotator.ui.theme import SANS, Theme, font
from annotator.ui.widgets import label, row

_PAD_PX, _SMALL_PX = 10, 12
ORDERS = {"In the order of the texts": 0, "By kind": 1, "By article": 2}


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, 2 * QFontMetrics(option.font).lineSpacing() + 22)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        case: CaseRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(1, 1, -1, -2)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "accent_soft" if is_selected else "hover" if is_under else ""
        painter.setBrush(self.theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(self.theme.color("focus") if has_focus else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, 8, 8)
        inner = area.adjusted(_PAD_PX, 7, -_PAD_PX, -7)
        height = QFontMetrics(option.font).lineSpacing()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(self.theme.color("ink" if case.is_to_decide else "mute"))
        title = QFontMetrics(bold).elidedText(case.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), 0, title)
        self._paint_foot(painter, case, QRect(inner.left(), inner.top() + height + 2, inner.width(), height))
        painter.restore()

    def _paint_foot(self, painter: QPainter, case: CaseRow, foot: QRect) -> None:
        small = font(SANS, _SMALL_PX)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(self.theme.color("warn" if case.standing in ("deferred", "changed since") else "mute"))
        right = metrics.elidedText(case.standing or case.sides, Qt.TextElideMode.ElideRight, foot.width() * 3 // 5)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, right)
        room = foot.width() - metrics.horizontalAdvance(right) - 12
        painter.setPen(self.theme.color("mute"))
        left = metrics.elidedText(case.where, Qt.TextElideMode.ElideRight, room)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, left)


class _Proxy(QSortFilterProxyModel):
    def __init__(self, source: TableModel[CaseRow]) -> None:
        super().__init__()
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)
        self.only_open = True
        self.words: list[str] = []
        # Only these, whatever else is filtered; None for all.
        self.keys: frozenset[str] | None = None
        # What has just been decided stays in sight until one goes on.
        self.kept = ""

    def filterAcceptsRow(self, number: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        case = self._source.rows[number]
        if self.keys is not None:
            return case.key in self.keys
        if self.only_open and not case.is_to_decide and case.key != self.kept:
            return False
        text = fold(case.text)
        return all(word in text for word in self.words)

    def renew(self, *, only_open: bool | None = None, words: str | None = None) -> None:
        if only_open is not None:
            self.only_open = only_open
        if words is not None:
            self.words = fold(words).split()
        self.invalidate()


class CaseList(QWidget):
    """The cases; `case_picked` carries a key, `alike_asked` comes when what is alike is to be accepted."""

    case_picked = Signal(str)
    alike_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model: TableModel[CaseRow] = TableModel(
            [
                Column("Case", lambda one: one.title, lambda one: 0),
                Column("Kind", lambda one: one.kind, lambda one: one.kind),
                Column("Article", lambda one: one.article_name, lambda one: one.article_name),
            ],
            key=lambda one: one.key,
        )
        self.proxy = _Proxy(self.model)
        self._current = ""
        self._build(theme)

    def _build(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 0)
        layout.setSpacing(8)
        layout.addLayout(self._build_chips())
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filter the cases")
        self.search.setAccessibleName("Filter the cases")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_searched)
        keep_keys(self.search, enter(lambda: self.list.setFocus()))
        layout.addWidget(self.search)
        self._behind = Button("")
        self._behind.setProperty("role", "quiet")
        self._behind.clicked.connect(lambda: self.show_keys(None))
        self._behind.hide()
        layout.addWidget(self._behind)
        self.order = QComboBox()
        self.order.addItems(list(ORDERS))
        self.order.setProperty("role", "quiet")
        self.order.setAccessibleName("Order of the cases")
        self.order.currentTextChanged.connect(self._on_order)
        layout.addLayout(row([self.order, 1]))
        self.list = self._build_list(theme)
        layout.addWidget(self.list, 1)
        self.empty = label("", "mute", wraps=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.hide()
        layout.addWidget(self.empty, 1)
        self.alike = Button("")
        self.alike.clicked.connect(self.alike_asked)
        layout.addWidget(self.alike)

    def _build_list(self, theme: Theme) -> QListView:
        made = QListView()
        made.setModel(self.proxy)
        self._delegate = _Delegate(theme)
        made.setItemDelegate(self._delegate)
        made.setAccessibleName("Cases")
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setMouseTracking(True)
        made.selectionModel().currentChanged.connect(self._on_current)
        return made

    def _build_chips(self) -> QVBoxLayout:
        group = QButtonGroup(self)
        self._chips: dict[bool, Button] = {}
        for only_open in (True, False):
            chip = Button("")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(only_open)
            chip.clicked.connect(lambda _=False, only_open=only_open: self.show_only_open(only_open))
            group.addButton(chip)
            self._chips[only_open] = chip
        holder = QVBoxLayout()
        holder.addLayout(row([*self._chips.values(), 1], spacing=6))
        return holder

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def show_rows(self, rows: Sequence[CaseRow], *, current: str, empty: str, name: str = "Disagreements") -> None:
        """Show the cases, which are called so as long as they are open; `empty` is said where there is none."""
        self._current = current
        self.proxy.kept = current
        self.list.selectionModel().blockSignals(True)
        self.model.show_rows(rows)
        self.proxy.invalidate()
        self.list.selectionModel().blockSignals(False)
        left = sum(one.is_to_decide for one in rows)
        self._chips[True].set_plain_text(f"{name} {left}")
        self._chips[False].set_plain_text(f"All {len(rows)}")
        self._empty_text = empty
        self._show_state()

    def show_keys(self, keys: frozenset[str] | None, title: str = "") -> None:
        """Show only these cases, which are behind a figure called so; `None` for all."""
        self.proxy.keys = keys
        self._behind.setVisible(keys is not None)
        self._behind.set_plain_text(f"✕ Behind: {title}")
        self._behind.setToolTip(title)
        self._renew()

    def show_alike(self, count: int) -> None:
        """Offer to accept so many annotations that both have marked exactly the same."""
        self.alike.setVisible(count > 0)
        self.alike.set_plain_text(f"Accept {count:,} alike…")

    def show_only_open(self, only_open: bool) -> None:
        """Show what is to decide, or all that differs."""
        self._chips[only_open].setChecked(True)
        self._renew(only_open=only_open)

    def show_current(self, key: str) -> None:
        """Show which case is open."""
        self._current = key
        index = self.proxy.mapFromSource(self.model.index_of(key))
        if index.isValid():
            self.list.selectionModel().blockSignals(True)
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.selectionModel().blockSignals(False)
            self.list.scrollTo(index)
        self.list.viewport().update()

    def shown_keys(self) -> list[str]:
        """The cases as they are listed now."""
        return [self.proxy.index(number, 0).data(ROW_ROLE).key for number in range(self.proxy.rowCount())]

    def _renew(self, *, only_open: bool | None = None, words: str | None = None) -> None:
        self.list.selectionModel().blockSignals(True)
        self.proxy.renew(only_open=only_open, words=words)
        self.list.selectionModel().blockSignals(False)
        self._show_state()

    def _show_state(self) -> None:
        self.show_current(self._current)
        is_empty = self.proxy.rowCount() == 0
        self.list.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        has_some = any(one.is_to_decide for one in self.model.rows) if self.proxy.only_open else bool(self.model.rows)
        self.empty.setText("No case fits the filter." if has_some and self.proxy.words else self._empty_text)

    _empty_text = ""

    def _on_searched(self, words: str) -> None:
        self._renew(words=words)

    def _on_order(self, name: str) -> None:
        column = ORDERS[name]
        self.proxy.sort(column if column else -1, Qt.SortOrder.AscendingOrder)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and (key := current.data(ROW_ROLE).key) != self._current:
            self._current = key
            self.case_picked.emit(key)
