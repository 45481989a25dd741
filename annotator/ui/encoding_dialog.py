"""Importing text files in an encoding that is not UTF-8: choose it, and see what the first file then says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.services import importing
from annotator.ui.widgets import label

ENCODINGS = (
    "utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859-1", "iso8859-2",
    "iso8859-5", "iso8859-15", "koi8-r", "koi8-u", "mac-roman", "utf-16", "gb18030", "big5", "shift_jis", "euc-jp",
    "euc-kr",
)  # fmt: skip


class EncodingDialog(QDialog):
    """Asks for the encoding of files; it begins with the likeliest one."""

    def __init__(self, parent: QWidget, files: Sequence[Path]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import in another encoding")
        self._first = files[0]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label("In which encoding are these files?", "title"))
        form = QFormLayout()
        self.encoding = QComboBox()
        self.encoding.setAccessibleName("Encoding")
        self.encoding.addItems(ENCODINGS)
        self.encoding.currentTextChanged.connect(self._show_preview)
        form.addRow("Encoding", self.encoding)
        layout.addLayout(form)
        layout.addWidget(label(f"{self._first.name} then reads:", "mute"))
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setMinimumSize(520, 200)
        self.preview.setAccessibleName("What the first file says in this encoding")
        layout.addWidget(self.preview)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        guess = importing.likely_encoding(self._first)
        if guess and self.encoding.findText(guess) < 0:
            self.encoding.insertItem(0, guess)
        self.encoding.setCurrentText(guess or "cp1252")
        self._show_preview()

    def chosen(self) -> str:
        """The chosen encoding."""
        return self.encoding.currentText()

    def _show_preview(self) -> None:
        text, problem = importing.preview(self._first, self.chosen())
        self.preview.setPlainText(text or problem)
        self._go.setEnabled(bool(text))
