"""What an import of another program's annotations would bring: formats, articles, labels, problems, first records."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.services.foreign_reading import Incoming, LabelUse, PreviewRow
from annotator.ui.registry.table import Table, text_field
from annotator.ui.widgets import label

SUGGESTIONS, ANNOTATIONS = "suggestions", "annotations"
_KINDS = {"Suggestions, to be decided about": SUGGESTIONS, "My annotations": ANNOTATIONS}
_PARTS = {"QUOTE": "a quote", "SOURCE": "its source", "CUE": "its cue", "STANCE": "evidence of a stance"}
_CHOOSE, _LEAVE_OUT = "Choose…", "Leave it out"
_UNCHOSEN = "?"
_LINES = 3


class ForeignDialog(QDialog):
    """Shows what was read and asks what it becomes; `kind`, `mapping` and `who` are what the user chose."""

    def __init__(self, parent: QWidget, incoming: Incoming) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import annotations")
        self.setMinimumSize(940, 600)
        self._incoming = incoming
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Import annotations", "title"))
        layout.addWidget(label(_files_text(incoming), wraps=True))
        self.summary = label("", wraps=True)
        self._kind = QComboBox()
        self._kind.addItems(list(_KINDS))
        self._who = QComboBox()
        self._who.addItems(["Everybody", *incoming.people])
        layout.addLayout(self._form())
        self._combos: dict[str, QComboBox] = {}
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(self._labels(incoming.labels({})), 2)
        self.records = _records_table()
        body.addWidget(self.records, 5)
        layout.addLayout(body, 1)
        layout.addWidget(self.summary)
        self._add_problems(layout)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self._buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("role", "primary")
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)
        self._kind.currentIndexChanged.connect(self._follow)
        self._who.currentIndexChanged.connect(self._follow)
        self._follow()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(9)
        self._kind.setAccessibleName("Import as")
        form.addRow("Import as", self._kind)
        if self._incoming.people:
            self._who.setAccessibleName("Whose annotations")
            form.addRow("Whose annotations", self._who)
        return form

    def _labels(self, uses: list[LabelUse]) -> QWidget:
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 14, 0)
        form.setSpacing(7)
        labels = [one.name for one in self._incoming.codebook.labels if not one.is_retired]
        for use in uses:
            combo = QComboBox()
            # As wide as there is room for, not as its longest choice.
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(7)
            if not use.meaning:
                combo.addItem(_CHOOSE, _UNCHOSEN)
            combo.addItem(_LEAVE_OUT, "")
            for name in labels:
                combo.addItem(name, name)
            for name, words in _PARTS.items():
                combo.addItem(words, name)
            combo.setCurrentIndex(combo.findData(use.meaning or use.likely or _UNCHOSEN))
            combo.setAccessibleName(f"What {use.name} means")
            combo.currentIndexChanged.connect(self._follow)
            self._combos[use.name] = combo
            form.addRow(label(f"{use.name} ({use.count:,})"), combo)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(320)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName("What the labels mean")
        return area

    def _add_problems(self, layout: QVBoxLayout) -> None:
        problems = self._incoming.problems
        self.problems: Table[str] = Table([text_field("Refused", lambda one: one)], key=lambda one: one, name="Refused")
        self.problems.show_rows(list(dict.fromkeys(problems)))
        self.problems.setVisible(bool(problems))
        self.problems.set_height_in_rows(min(_LINES, max(1, len(problems))))
        layout.addWidget(self.problems)

    def _follow(self) -> None:
        open_ones = [name for name, combo in self._combos.items() if combo.currentData() == _UNCHOSEN]
        mapping = self.mapping | dict.fromkeys(open_ones, "")
        self.records.show_rows(self._incoming.preview(mapping, who=self.who))
        self.summary.setText(self._told(open_ones, mapping))
        self.take.setEnabled(not open_ones and bool(self._incoming.texts) and not self._needs_person())

    def _needs_person(self) -> bool:
        return self.kind == ANNOTATIONS and not self.who and self._incoming.has_several()

    def _told(self, open_ones: list[str], mapping: Mapping[str, str]) -> str:
        if open_ones:
            return f"Say first what these labels mean: {', '.join(open_ones[:8])}."
        if self._needs_person():
            return "Several people annotated the same article: choose whose work becomes yours."
        counts = self._incoming.kinds(mapping, who=self.who)
        made = [f"{counts[kind]:,} {words[counts[kind] != 1]}" for kind, words in _WORDS.items() if counts[kind]]
        rest = [f"{reason} ({count:,})" for reason, count in counts.items() if reason not in _WORDS]
        return f"{', '.join(made) or 'Nothing'} would come. {'; '.join(rest).capitalize()}".strip()

    @property
    def kind(self) -> str:
        """`suggestions` or `annotations`."""
        return _KINDS[self._kind.currentText()]

    @property
    def who(self) -> str:
        """Whose annotations are taken; empty for everybody's."""
        return self._who.currentText() if self._who.currentIndex() > 0 else ""

    @property
    def mapping(self) -> dict[str, str]:
        """What each label means; empty for one that is left out."""
        return {
            name: str(combo.currentData()) for name, combo in self._combos.items() if combo.currentData() != _UNCHOSEN
        }


_WORDS = {"entity": ("entity", "entities"), "quote": ("quote", "quotes"), "stance": ("stance", "stances")}


def _records_table() -> Table[PreviewRow]:
    return Table(
        [
            text_field("Kind", lambda one: one.kind, width_px=76),
            text_field("Label or people", lambda one: one.label, width_px=150),
            text_field("In context", lambda one: f"…{one.before} [{one.words}] {one.after}…"),
        ],
        key=lambda one: one.key,
        name="The first records",
    )


def _files_text(incoming: Incoming) -> str:
    shown = [
        f"{one.name}: {one.title}, {one.marks:,} marks, offsets in {one.counting.title}."
        for one in incoming.files[:_LINES]
    ]
    if len(incoming.files) > _LINES:
        shown.append(f"… and {len(incoming.files) - _LINES:,} more files.")
    known, new = incoming.article_counts()
    return "\n".join([*shown, f"Articles: {known:,} in the project already, {new:,} new."])
