"""The export dialog: which format, what is written, what it will look like, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.export import descriptions
from annotator.services import exporting
from annotator.services.export_choices import LastExport, Offered
from annotator.ui.exporting.filters import Filters
from annotator.ui.exporting.formats import FormatList
from annotator.ui.exporting.preview import Preview
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.widgets import label, row

_SIZE = QSize(1220, 800)
_LIST_PX, _FILTERS_PX, _GAP_PX = 214, 298, 16


class ExportDialog(RegistryWindow):
    """Asks for an export. `changed` comes when it is to hold something else; others say what it holds then."""

    changed = Signal()

    def __init__(self, parent: QWidget, offered: Offered, last: LastExport | None = None) -> None:
        super().__init__(parent, "Export", _SIZE)
        self._stem = _file_name(offered.project_name)
        self.formats = FormatList(exporting.formats())
        self.formats.setFixedWidth(_LIST_PX)
        self.filters = Filters(offered)
        self.preview = Preview()
        self._count = label("", "strong")
        self._problem = label("", "problem", wraps=True)
        body = QHBoxLayout()
        body.setSpacing(_GAP_PX)
        body.addWidget(self.formats)
        self._chooser = self._scrolled()
        body.addWidget(self._chooser)
        body.addLayout(self._build_told(), 1)
        self.page.addLayout(body, 1)
        self.page.addLayout(self._build_place())
        self.page.addLayout(self._build_foot())
        self._named_for = self.format_name()
        self.place.setText(str(exporting.default_folder() / self._name(self._named_for)))
        if last is not None:
            self._show_last(last)
        self._show_format()
        self.formats.chosen.connect(self._on_format)
        self.filters.changed.connect(self._on_changed)
        self.place.textChanged.connect(lambda _: self._show_problem())
        self._show_problem()
        self.formats.setFocus()

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self.filters)
        area.setWidgetResizable(True)
        area.setFixedWidth(_FILTERS_PX)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _build_told(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(6)
        self._title = label("", "strong", wraps=True)
        self._use = label("", "", wraps=True)
        self._lacks = label("", "mute", wraps=True)
        for one in (self._title, self._use, self._lacks):
            layout.addWidget(one)
        layout.addSpacing(6)
        layout.addWidget(self.preview, 1)
        return layout

    def _build_place(self) -> QHBoxLayout:
        self.place = QLineEdit()
        self.place.setAccessibleName("Where to")
        where = label("&Where to")
        where.setBuddy(self.place)
        browse = QPushButton("Browse…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        return row([where, self.place, browse])

    def _build_foot(self) -> QHBoxLayout:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._count)
        told.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.addLayout(told, 1)
        foot.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _show_last(self, last: LastExport) -> None:
        if last.format not in exporting.formats():
            return
        self.formats.choose(last.format)
        self._named_for = last.format
        self.filters.show_options(last.options)
        self.place.setText(last.out)

    def format_name(self) -> str:
        """The chosen format."""
        return self.formats.name()

    def out(self) -> Path:
        """The chosen place."""
        return Path(self.place.text().strip()).expanduser()

    @property
    def stem(self) -> str:
        """What the export is called, without a suffix."""
        return self.out().name.removesuffix(exporting.suffix(self.format_name())) or self._stem

    def options(self) -> exporting.ExportOptions:
        """The chosen options; only to be asked for while `problem` is empty."""
        return exporting.ExportOptions() if self.format_name() == exporting.AUDIT else self.filters.options()

    @property
    def problem(self) -> str:
        """Why nothing can be written yet; empty when it can."""
        return self.filters.problem() or ("" if self.place.text().strip() else "Say where to export to.")

    @property
    def told(self) -> str:
        """How much will be written, as far as it is known."""
        return self._count.text()

    def show_count(self, text: str) -> None:
        """Say how much will be written."""
        self._count.setText(text)

    def _on_format(self, _: str) -> None:
        self._show_format()
        self._on_changed()

    def _show_format(self) -> None:
        name = self.format_name()
        title = exporting.formats()[name]
        found = descriptions.description(name, title)
        self._title.setText(title)
        self._use.setText(found.use)
        self._lacks.setText(f"Cannot hold: {found.lacks}." if found.lacks else "Holds all there is in a layer.")
        self.filters.show_format(exporting.option_names(name))
        self._chooser.setVisible(name != exporting.AUDIT)
        self._show_place(name)

    def _on_changed(self) -> None:
        self._show_problem()
        self.changed.emit()

    def _show_problem(self) -> None:
        self._problem.setText(self.problem)
        self._problem.setVisible(bool(self.problem))
        self.go.setEnabled(not self.problem)

    # Where to

    def _name(self, name: str) -> str:
        """The name that is proposed for a format: two of one ending, and two folders, are not called the same."""
        suffix = exporting.suffix(name)
        return f"{self._stem}{suffix}" if suffix == f".{name}" else f"{self._stem}-{name}{suffix}"

    def _show_place(self, name: str) -> None:
        """Propose another name where the proposed one was kept; else let the name end as the format's files do."""
        before, self._named_for = self._named_for, name
        text = self.place.text().strip()
        if not text or name == before:
            return
        if self.out().name == self._name(before):
            self.place.setText(str(self.out().with_name(self._name(name))))
            return
        known = {exporting.suffix(one) for one in exporting.formats()} - {""}
        stem = next((text.removesuffix(one) for one in sorted(known) if text.endswith(one)), text)
        self.place.setText(f"{stem}{exporting.suffix(name)}")

    def _browse(self) -> None:
        here, suffix = self.place.text(), exporting.suffix(self.format_name())
        if suffix:
            # Asked when the export begins, also of a name that was typed.
            asks_itself = QFileDialog.Option.DontConfirmOverwrite
            chosen, _ = QFileDialog.getSaveFileName(self, "Export to", here, f"*{suffix}", options=asks_itself)
        else:
            chosen = QFileDialog.getExistingDirectory(self, "Export into the folder", here)
        if chosen:
            self.place.setText(chosen)

    def accept(self) -> None:
        """Close, unless what is at the place is not to be replaced."""
        if not self.problem and self._may_replace():
            super().accept()

    def _may_replace(self) -> bool:
        question = replacing(self.out(), is_folder=exporting.is_folder(self.format_name()))
        if not question or self.format_name() == exporting.AUDIT:
            # An audit replaces nothing: it refuses a folder that is there.
            return True
        asked = QMessageBox(self)
        asked.setWindowTitle("Export")
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setText(question)
        replace = asked.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        cancel = asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.setDefaultButton(cancel)
        asked.exec()
        return asked.clickedButton() is replace


def replacing(out: Path, *, is_folder: bool) -> str:
    """What to ask before an export goes where something is already; empty where nothing is in the way."""
    if is_folder and out.is_dir():
        found = sum(1 for _ in out.iterdir())
        if not found:
            return ""
        files = "1 file" if found == 1 else f"{found:,} files"
        return f"The folder “{out.name}” holds {files}. Replace those of the same names? Others stay."
    return f"There is a file “{out.name}”. Replace it?" if out.is_file() else ""


def _file_name(text: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in text)
    return kept.strip() or "export"
