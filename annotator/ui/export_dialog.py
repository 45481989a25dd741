"""The export dialog: what, which layer, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.sureness import Sureness
from annotator.services import exporting
from annotator.ui.widgets import label, row

_LAYERS = {"My annotations": "mine", "What the models propose": "suggestions", "Gold: what reviews decided": "gold"}
_SECTIONS = {"All sections": None, "The body only": ("body",)}


class ExportDialog(QDialog):
    """Asks for an export's format, layer, sections and place; suggestions are exported as the window shows them."""

    def __init__(self, parent: QWidget, project_name: str, sureness: Sureness) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._sureness = sureness
        self._stem = project_name or "export"
        self._formats = exporting.formats()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Export the corpus", "title"))
        form = QFormLayout()
        form.setSpacing(9)
        self.format = QComboBox()
        for name, title in self._formats.items():
            self.format.addItem(title, name)
        self.format.currentIndexChanged.connect(self._suggest_place)
        self.layer = QComboBox()
        self.layer.addItems(list(_LAYERS))
        self.sections = QComboBox()
        self.sections.addItems(list(_SECTIONS))
        self.place = QLineEdit()
        self.place.setMinimumWidth(380)
        self.place.setAccessibleName("Where to")
        browse = QPushButton("Browse…")
        browse.clicked.connect(self._browse)
        form.addRow("Format", self.format)
        form.addRow("Layer", self.layer)
        form.addRow("Sections", self.sections)
        form.addRow("Where to", row([self.place, browse]))
        layout.addLayout(form)
        layout.addWidget(
            label("A manifest beside it lists counts, hashes, and what the format could not hold.", "mute")
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.place.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        layout.addWidget(buttons)
        self._suggest_place()

    def _suggest_place(self) -> None:
        safe = (
            "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in self._stem).strip() or "export"
        )
        # Two formats of one ending, and two folders, must not be proposed the same place.
        name, suffix = self.format_name(), exporting.suffix(self.format_name())
        name = f"{safe}{suffix}" if suffix == f".{name}" else f"{safe}-{name}{suffix}"
        self.place.setText(str(exporting.default_folder() / name))

    def _browse(self) -> None:
        here = self.place.text()
        if exporting.is_folder(self.format_name()):
            chosen = QFileDialog.getExistingDirectory(self, "Export into the folder", here)
        else:
            chosen, _ = QFileDialog.getSaveFileName(self, "Export to", here)
        if chosen:
            self.place.setText(chosen)

    def format_name(self) -> str:
        """The chosen format."""
        return str(self.format.currentData())

    def out(self) -> Path:
        """The chosen place."""
        return Path(self.place.text().strip()).expanduser()

    def options(self) -> exporting.ExportOptions:
        """The chosen options."""
        return exporting.ExportOptions(
            layer=_LAYERS[self.layer.currentText()],
            sureness=self._sureness,
            sections=_SECTIONS[self.sections.currentText()],
        )
