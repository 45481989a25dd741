"""Shows the first articles as a format writes them: text, or a table, a page for each file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QStackedWidget, QTableView, QVBoxLayout, QWidget

from annotator.export.peek import Peeked
from annotator.ui.tables import Column, TableModel
from annotator.ui.theme import MONO, font
from annotator.ui.widgets import label, row

_TEXT_PX = 12
_FILES_PX = 280
_CELL_PX = 240
Row = tuple[int, tuple[str, ...]]


class Preview(QWidget):
    """Shows what `peek` found, or a sentence in its place."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.files = QComboBox()
        self.files.setProperty("role", "quiet")
        self.files.setAccessibleName("File of the preview")
        self.files.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.files.setMaximumWidth(_FILES_PX)
        self.files.currentIndexChanged.connect(self._show_file)
        layout.addLayout(row([label("PREVIEW", "heading"), 1, self.files]))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(font(MONO, _TEXT_PX))
        self.text.setProperty("role", "code")
        self.text.setTabChangesFocus(True)
        self.table = QTableView()
        self.table.setProperty("role", "framed")
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setMaximumSectionSize(_CELL_PX)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.words = label("", "mute", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        for one in (self.text, self.table):
            one.setAccessibleName("Preview")
        self._pages = QStackedWidget()
        for page in (self.words, self.text, self.table):
            self._pages.addWidget(page)
        layout.addWidget(self._pages, 1)
        self._told = label("", "small", wraps=True)
        layout.addWidget(self._told)
        self._found: tuple[Peeked, ...] = ()
        self.say("")

    def say(self, text: str) -> None:
        """Show a sentence in place of a preview."""
        self._found = ()
        self._put("", ())
        self._show_words(text)

    def show_found(self, found: Sequence[Peeked]) -> None:
        """Show the files of a preview; the one that was looked at stays, where it is among them."""
        self._found = tuple(found)
        self._put(self.files.currentText(), [one.name for one in found])
        self._show_file(self.files.currentIndex())

    def _put(self, kept: str, names: Sequence[str]) -> None:
        self.files.blockSignals(True)
        self.files.clear()
        self.files.addItems(list(names))
        self.files.setCurrentIndex(max(self.files.findText(kept), 0) if names else -1)
        self.files.blockSignals(False)
        self.files.setVisible(len(names) > 1)

    def _show_file(self, at: int) -> None:
        if not 0 <= at < len(self._found):
            return
        found = self._found[at]
        if found.columns:
            self._show_table(found)
        elif found.text:
            self.text.setPlainText(found.text)
            self._pages.setCurrentWidget(self.text)
        else:
            self._show_words(found.told)
        self._tell("" if self._pages.currentWidget() is self.words else found.told)

    def _show_words(self, text: str) -> None:
        self.words.setText(text)
        self._pages.setCurrentWidget(self.words)
        self._tell("")

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _show_table(self, found: Peeked) -> None:
        columns = [
            Column[Row](title, lambda one, at=at: one[1][at] if at < len(one[1]) else "")  # type: ignore[misc]
            for at, title in enumerate(found.columns)
        ]
        model: TableModel[Row] = TableModel(columns, key=lambda one: str(one[0]))
        model.show_rows(list(enumerate(found.rows)))
        model.setParent(self.table)
        old = self.table.model()
        self.table.setModel(model)
        self.table.resizeColumnsToContents()
        if old is not None:
            old.deleteLater()
        self._pages.setCurrentWidget(self.table)

    @property
    def shown(self) -> QLabel | QPlainTextEdit | QTableView:
        """What is shown now: words, a text or a table."""
        page = self._pages.currentWidget()
        assert isinstance(page, QLabel | QPlainTextEdit | QTableView)
        return page
