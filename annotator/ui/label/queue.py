"""The queue: the project's articles with their progress; search, and filters by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annotator.services.queries import ArticleRow
from annotator.ui.keycaps import with_keys
from annotator.ui.keys import Button, enter, keep_keys
from annotator.ui.label.queue_rows import ArticleDelegate, foot_text
from annotator.ui.tables import ROW_ROLE, SORT_ROLE, Column, TableModel
from annotator.ui.theme import Theme
from annotator.ui.widgets import label, row

_SEARCH_DELAY_MS = 150

FILTERS = {"all": "All", "todo": "To do", "done": "Done", "flagged": "Flagged"}
_FITS: dict[str, Callable[[ArticleRow], bool]] = {
    "all": lambda one: True,
    "todo": lambda one: one.state != "done",
    "done": lambda one: one.state == "done",
    "flagged": lambda one: one.is_flagged,
}
LEAST_SURE = "Least sure first"
_ORDERS: dict[str, tuple[int, Qt.SortOrder]] = {
    "Imported first": (0, Qt.SortOrder.AscendingOrder),
    "By title": (1, Qt.SortOrder.AscendingOrder),
    "Most left to do": (2, Qt.SortOrder.DescendingOrder),
    "Least left to do": (2, Qt.SortOrder.AscendingOrder),
    "Longest": (3, Qt.SortOrder.DescendingOrder),
    LEAST_SURE: (4, Qt.SortOrder.DescendingOrder),
}


def is_shown(article: ArticleRow, chosen: str) -> bool:
    """Whether a filter shows an article."""
    return _FITS[chosen](article)


def _fitting(article: ArticleRow) -> list[str]:
    """The filters that show an article."""
    return [name for name in FILTERS if is_shown(article, name)]


class _Proxy(QSortFilterProxyModel):
    def __init__(self, source: TableModel[ArticleRow]) -> None:
        super().__init__()
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)
        self.chosen = "all"
        self.matches: frozenset[str] | None = None

    def renew(self) -> None:
        self.invalidate()

    def filterAcceptsRow(self, number: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        # Not by an index and its data: of ten thousand rows that is felt.
        article = self._source.rows[number]
        return is_shown(article, self.chosen) and (self.matches is None or article.id in self.matches)


class _List(QListView):
    """The list of articles, which lays its rows out anew only when rows come, go or move."""

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        # Qt would ask all rows for their sizes after each act; a title, and with it the size of its row, never changes.
        self.viewport().update(self.visualRect(first).united(self.visualRect(last)))


class QueuePanel(QWidget):
    """The articles; `article_picked` carries an id, `searched` the words to look for (empty: all).

    `text_asked` comes when the user is through here and wants to read, `unsureness_asked` when `show_unsureness` is to
    say how unsure the models are: they are ordered by that then, and stay so while one works.
    """

    article_picked = Signal(str)
    searched = Signal(str)
    text_asked = Signal()
    unsureness_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model: TableModel[ArticleRow] = TableModel(
            [
                Column("Article", lambda one: f"{one.title}, {foot_text(one)}", lambda one: one.imported),
                Column("Title", lambda one: one.title, lambda one: one.title.casefold()),
                Column("Left", lambda one: str(one.open_count), lambda one: one.open_count),
                Column("Length", lambda one: str(one.length), lambda one: one.length),
                Column("Unsure", lambda one: "", lambda one: self._unsureness.get(one.id, 0.0)),
            ],
            key=lambda one: one.id,
        )
        self.proxy = _Proxy(self.model)
        self._unsureness: Mapping[str, float] = {}
        self._current = ""
        self._counts: Counter[str] = Counter()
        self._build(theme)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SEARCH_DELAY_MS)
        self._delay.timeout.connect(self._on_search_delay)

    def _build(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 0)
        layout.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the articles")
        self.search.setAccessibleName("Search the articles")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._delay.start())
        down = {Qt.Key.Key_Down: self._focus_list}
        keep_keys(self.search, enter(self._on_search_entered) | {Qt.Key.Key_Escape: self._on_search_left} | down)
        layout.addWidget(self.search)
        layout.addLayout(self._build_filters())
        self.order = QComboBox()
        self.order.addItems(list(_ORDERS))
        self.order.setProperty("role", "quiet")
        self.order.setAccessibleName("Order of the articles")
        self.order.currentTextChanged.connect(self._on_order_chosen)
        keep_keys(self.order, enter(self.order.showPopup))
        layout.addLayout(row([label("ARTICLES", "heading"), 1, self.order]))
        self.list = _List()
        self.list.setModel(self.proxy)
        self._delegate = ArticleDelegate(theme)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName("Articles")
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.doubleClicked.connect(self.text_asked)
        keep_keys(self.list, enter(self.text_asked.emit))
        layout.addWidget(self.list, 1)
        self.empty = label("", "mute", wraps=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.hide()
        layout.addWidget(self.empty, 1)

    def _focus_list(self) -> None:
        self.list.setFocus()

    def _build_filters(self) -> QVBoxLayout:
        self._chips: dict[str, Button] = {}
        group = QButtonGroup(self)
        for name, text in FILTERS.items():
            chip = Button(text)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(name == "all")
            chip.clicked.connect(lambda _=False, name=name: self.set_filter(name))
            group.addButton(chip)
            self._chips[name] = chip
        chips = QVBoxLayout()
        chips.setSpacing(6)
        chips.addLayout(row([*list(self._chips.values())[:3], 1], spacing=6))
        chips.addLayout(row([*list(self._chips.values())[3:], 1], spacing=6))
        return chips

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def show_rows(self, rows: Sequence[ArticleRow]) -> None:
        """Show the queue."""
        if rows and self.order.currentText() == LEAST_SURE:
            self.unsureness_asked.emit()
        self.model.show_rows(rows)
        self._counts = Counter(name for one in rows for name in _fitting(one))
        self._show_counts()
        self._renew()

    def show_unsureness(self, found: Mapping[str, float]) -> None:
        """Order by this, 0 to 1 by article, where that order is chosen."""
        self._unsureness = found

    def show_row(self, article: ArticleRow) -> None:
        """Show one article's row anew, and the counts of the filters."""
        before: ArticleRow | None = self.model.index_of(article.id).data(ROW_ROLE)
        if before is not None:
            # Of ten thousand rows, only what has changed is counted.
            self._counts.subtract(_fitting(before))
            self._counts.update(_fitting(article))
        # Its list row may vanish, which must not open another article.
        self.list.selectionModel().blockSignals(True)
        self.model.show_row(article)
        self.list.selectionModel().blockSignals(False)
        self._show_counts()
        self._show_state()

    def _show_counts(self) -> None:
        for name, chip in self._chips.items():
            count = self._counts[name]
            chip.set_plain_text(f"{FILTERS[name]} {count}" if count or name == "all" else FILTERS[name])

    def show_current(self, article_id: str) -> None:
        """Show which article is open."""
        self._current = article_id
        index = self.proxy.mapFromSource(self.model.index_of(article_id))
        if index.isValid() and index != self.list.currentIndex():
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def show_matches(self, ids: frozenset[str] | None) -> None:
        """Show only these articles; `None` for all."""
        self.proxy.matches = ids
        self._renew()

    def set_filter(self, name: str) -> None:
        """Choose a filter by its name (`all`, `todo`, `done`, `flagged`)."""
        self._chips[name].setChecked(True)
        self.proxy.chosen = name
        self._renew()

    def shown_ids(self) -> list[str]:
        """The articles as they are listed now."""
        return [self.proxy.index(number, 0).data(ROW_ROLE).id for number in range(self.proxy.rowCount())]

    def _renew(self) -> None:
        self.list.selectionModel().blockSignals(True)
        self.proxy.renew()
        self.list.selectionModel().blockSignals(False)
        self._show_state()

    def _show_state(self) -> None:
        self.show_current(self._current)
        is_empty = self.proxy.rowCount() == 0
        self.list.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        if self.model.rowCount() == 0:
            self.empty.setText(
                with_keys(
                    self,
                    "No articles yet. Drop articles or folders of them here, or press {file.import}.",
                )
            )
        else:
            self.empty.setText("No article fits the search and the filter.")

    def _on_search_delay(self) -> None:
        self.searched.emit(self.search.text().strip())

    def _on_search_entered(self) -> None:
        self._delay.stop()
        self._on_search_delay()
        found = self.shown_ids()
        if found and self._current not in found:
            self.article_picked.emit(found[0])
        self.text_asked.emit()

    def _on_search_left(self) -> None:
        self.search.clear()
        self.text_asked.emit()

    def _on_order_chosen(self, name: str) -> None:
        if name == LEAST_SURE:
            self.unsureness_asked.emit()
        column, order = _ORDERS[name]
        self.proxy.sort(column, order)

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and (picked := current.data(ROW_ROLE).id) != self._current:
            self._current = picked
            self.article_picked.emit(picked)
