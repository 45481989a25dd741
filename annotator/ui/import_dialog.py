"""What is to be decided before an import: which column is what, and what the names of files say."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.importing import FIELDS, ReadOptions
from annotator.domain.name_pattern import EXAMPLE
from annotator.services.import_choices import Choices, NameRow, preview_names
from annotator.ui.registry.table import Table, text_field
from annotator.ui.widgets import ElidedLabel, label

_WIDTH_PX = 760
_NONE = "(none)"
_PREVIEWED = 200
_TABLE_PX = 140


class ImportDialog(QDialog):
    """Asks for columns where there are tables, and for a pattern where there are files with names of their own."""

    def __init__(self, parent: QWidget, choices: Choices) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import articles")
        self.setMinimumWidth(_WIDTH_PX)
        self._choices = choices
        self.columns: dict[str, QComboBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        self.pattern = QLineEdit()
        self.problem = label("", "mute", wraps=True)
        if choices.table:
            self._add_columns(layout)
        if choices.named:
            self._add_names(layout)
        layout.addWidget(self.problem)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._follow()

    def _add_columns(self, layout: QVBoxLayout) -> None:
        preview = self._choices.preview
        more = self._choices.tables - 1
        told = f" and {more} more table{'' if more == 1 else 's'}" if more else ""
        layout.addWidget(label(f"Which column of {self._choices.table}{told} is what?", "title", wraps=True))
        if not preview.headers:
            layout.addWidget(label(preview.problem or "Its lines are Annotator's own: nothing to choose.", wraps=True))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for number, (field, title) in enumerate(FIELDS.items()):
            box = QComboBox()
            box.addItems([_NONE, *dict.fromkeys(header for header in preview.headers if header)])
            box.setCurrentText(preview.columns.get(field, _NONE))
            box.setAccessibleName(f"Column of the {title.lower()}")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            shown = ElidedLabel("", "mute")
            box.currentTextChanged.connect(lambda _, box=box, shown=shown: self._show_example(box, shown))
            box.currentTextChanged.connect(self._follow)
            grid.addWidget(label(title), number, 0)
            grid.addWidget(box, number, 1)
            grid.addWidget(shown, number, 2)
            self.columns[field] = box
            self._show_example(box, shown)
        layout.addLayout(grid)

    def _show_example(self, box: QComboBox, shown: ElidedLabel) -> None:
        preview = self._choices.preview
        column = box.currentText()
        at = preview.headers.index(column) if column in preview.headers else -1
        cells = [row[at] for row in preview.rows if 0 <= at < len(row) and row[at]]
        shown.show_text("  ·  ".join(cells[:3]))

    def _add_names(self, layout: QVBoxLayout) -> None:
        layout.addWidget(label("What do the names of the files say?", "title"))
        self.pattern.setPlaceholderText(f"Nothing; or a pattern such as {EXAMPLE}")
        self.pattern.setAccessibleName("Pattern of the names of files")
        self.pattern.setClearButtonEnabled(True)
        self.pattern.textChanged.connect(self._follow)
        layout.addWidget(self.pattern)
        self.names: Table[NameRow] = Table(
            [
                text_field("File", lambda one: one.name),
                text_field("Date", lambda one: one.published, width_px=120),
                text_field("Outlet", lambda one: one.outlet, width_px=120),
                text_field("Headline", lambda one: one.title, width_px=200),
            ],
            key=lambda one: one.name,
            name="What the names say",
        )
        self.names.setMinimumHeight(_TABLE_PX)
        layout.addWidget(self.names, 1)

    def _follow(self) -> None:
        problem = ""
        if self._choices.named:
            rows, problem = preview_names(self._choices.named[:_PREVIEWED], self.pattern.text().strip())
            self.names.show_rows(rows)
            odd = sum(not one.fits for one in rows)
            if rows and odd and self.pattern.text().strip():
                problem = f"{odd} of {len(rows)} names do not fit; those files are imported without."
        has_text = not self.columns or self.columns["text"].currentText() != _NONE
        can_go = has_text and bool(not self._choices.named or rows)
        self.problem.setText(problem or ("" if has_text else "Choose the column of the text."))
        self.problem.setVisible(bool(self.problem.text()))
        self.go.setEnabled(can_go)

    def options(self) -> ReadOptions:
        """What was chosen, where it is not what was guessed."""
        guessed = self._choices.preview.columns
        chosen = {field: box.currentText().replace(_NONE, "") for field, box in self.columns.items()}
        return ReadOptions(
            columns={field: column for field, column in chosen.items() if column != guessed.get(field, "")},
            name_pattern=self.pattern.text().strip(),
        )
