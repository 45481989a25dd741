"""You and your key: the name that colleagues see, the key's fingerprint, and taking both to another computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QInputDialog, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.services import identity
from annotator.services.identity import Identity
from annotator.ui.keys import Button, enter, keep_keys
from annotator.ui.widgets import label, restyle, row

_KEY_FILES = "Annotator keys (*.annot-key)"


class IdentityDialog(QDialog):
    """Changes who one is; `named` comes with the new name."""

    named = Signal(str)

    def __init__(self, parent: QWidget, *, is_first: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("You and your key")
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label("What do your colleagues call you?" if is_first else "You and your key", "title"))
        if is_first:
            told = "Your name stands beside your work when you send it to others. You can change it at any time."
            layout.addWidget(label(told, "mute", wraps=True))
        form = QFormLayout()
        form.setSpacing(9)
        self.name = QLineEdit()
        self.name.setAccessibleName("Your name")
        keep_keys(self.name, enter(self._save))
        form.addRow("Name", self.name)
        self._fingerprint = label("", "strong")
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = self._button("Copy", self._copy)
        form.addRow("Fingerprint", row([self._fingerprint, copy, 1]))
        layout.addLayout(form)
        layout.addWidget(label(identity.PROVES, "small", wraps=True))
        layout.addWidget(label(identity.PROVES_NOT, "small", wraps=True))
        self._told = label("", "problem", wraps=True)
        self._told.hide()
        layout.addWidget(self._told)
        save = self._button("Keep this name", self._save)
        save.setProperty("role", "primary")
        leave = self._button("Not now" if is_first else "Close", self.reject)
        tools = [self._button("Export the key…", self._export), self._button("Import a key…", self._import)]
        layout.addLayout(row([*([] if is_first else tools), 1, leave, save]))
        self._show(identity.current())
        self.name.selectAll()
        self.name.setFocus()

    def _button(self, text: str, run: object) -> Button:
        made = Button(text)
        made.setAutoDefault(False)
        made.clicked.connect(run)
        return made

    def _show(self, me: Identity) -> None:
        self.name.setText(me.name)
        self._fingerprint.setText(me.fingerprint or "no key")
        if me.problem:
            self._say(me.problem, "warn")

    def _say(self, text: str, tone: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
        restyle(self._told, tone=tone)

    def _save(self) -> None:
        self.named.emit(self.name.text())

    def show_problem(self, text: str) -> None:
        """Say why the name cannot be kept."""
        self._say(text, "warn")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fingerprint.text())

    def _passphrase(self, title: str) -> str:
        words, is_said = QInputDialog.getText(self, title, "Passphrase", QLineEdit.EchoMode.Password)
        return words if is_said else ""

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export the key", "my.annot-key", _KEY_FILES)
        passphrase = self._passphrase("Export the key") if name else ""
        if not passphrase:
            return
        try:
            identity.export_key(Path(name), passphrase)
        except AnnotatorError as error:
            self._say(str(error), "warn")
        else:
            self._say(f"{Path(name).name} holds your name and key. Only the passphrase opens it.", "good")

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import a key", "", _KEY_FILES)
        passphrase = self._passphrase("Import a key") if name else ""
        if not passphrase:
            return
        try:
            self._show(identity.import_key(Path(name), passphrase))
        except AnnotatorError as error:
            self._say(str(error), "warn")
        else:
            self._say("That is who you are from the next opening of a project on.", "good")
