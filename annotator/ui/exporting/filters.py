"""The controls that say what is exported: whose work, which articles and records, and how a format is to write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from annotator.domain.choice import Choice
from annotator.domain.sections import SECTION_NAMES
from annotator.domain.sureness import TITLES
from annotator.services.export_choices import Offered
from annotator.services.exporting import ExportOptions
from annotator.ui.exporting.many import ManyButton
from annotator.ui.registry.frame import caption, combo
from annotator.ui.widgets import label

STATES = {"todo": "To do", "in_progress": "In progress", "done": "Done"}
FORMS = {"direct": "Direct", "mixed": "Mixed", "indirect": "Indirect"}
ALIGNS = {"expand": "Made longer to whole words", "contract": "Made shorter to whole words", "skip": "Left out"}
_CAPTION_PX = 62
_MAX_SEED = 2**31 - 1


class Filters(QWidget):
    """What is chosen. `changed` comes when it is another choice; `problem` says what is wrong with it, if anything."""

    changed = Signal()

    def __init__(self, offered: Offered) -> None:
        super().__init__()
        self._sureness = offered.sureness
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        self._build_whose(layout, offered)
        self._build_articles(layout, offered)
        self._build_records(layout, offered)
        self._build_written(layout)
        layout.addStretch(1)
        for one in self._many().values():
            one.changed.connect(self.changed)
        for box in (self.is_flagged, self.is_annotated):
            box.toggled.connect(self.changed)
        for line in (self.since, self.until, self.split):
            line.textChanged.connect(self.changed)

    def _build_whose(self, layout: QVBoxLayout, offered: Offered) -> None:
        form = _form(layout, "WHOSE WORK")
        self.layer = combo(offered.layers, "Whose work")
        self.layer.currentIndexChanged.connect(self._on_layer)
        form.addRow(self.layer)
        self._sure = label("", "small", wraps=True)
        form.addRow(self._sure)
        self._on_layer()

    def _build_articles(self, layout: QVBoxLayout, offered: Offered) -> None:
        form = _form(layout, "ARTICLES")
        self.states = ManyButton("States", STATES, everything="All states")
        form.addRow(_caption("State"), self.states)
        self.is_flagged = QCheckBox("Flagged ones only")
        self.is_annotated = QCheckBox("With annotations only")
        form.addRow(_caption(""), self.is_flagged)
        form.addRow(_caption(""), self.is_annotated)
        first, last = offered.period
        self.since = _day_line("Appeared from", first)
        self.until = _day_line("Appeared until", last)
        form.addRow(_caption("From"), self.since)
        form.addRow(_caption("To"), self.until)
        if not last:
            for one in (self.since, self.until):
                one.setEnabled(False)
                one.setPlaceholderText("No article has a date")
        self.outlets = ManyButton("Outlets", _same(offered.outlets), everything="All outlets")
        form.addRow(_caption("Outlet"), self.outlets)
        if not offered.outlets:
            self.outlets.show_unusable("No article names one")

    def _build_records(self, layout: QVBoxLayout, offered: Offered) -> None:
        form = _form(layout, "RECORDS")
        self.sections = ManyButton(
            "Sections", {str(kind): name for kind, name in SECTION_NAMES.items()}, everything="All sections"
        )
        form.addRow(_caption("Sections"), self.sections)
        self.labels = ManyButton("Entity labels", _same(offered.labels), everything="All labels")
        form.addRow(_caption("Entities"), self.labels)
        self.forms = ManyButton("Forms of quotes", FORMS, everything="All forms")
        form.addRow(_caption("Quotes"), self.forms)
        positions = {one: one.replace("_", " ").capitalize() for one in offered.positions}
        self.positions = ManyButton("Positions", positions, everything="All positions")
        form.addRow(_caption("Stances"), self.positions)

    def _build_written(self, layout: QVBoxLayout) -> None:
        self._written = QWidget()
        inside = QVBoxLayout(self._written)
        inside.setContentsMargins(0, 0, 0, 0)
        self._how = _form(inside, "HOW IT IS WRITTEN")
        self.align = combo(ALIGNS, "Ranges that end inside a word")
        self.align.currentIndexChanged.connect(self.changed)
        self._align_name = caption("Ranges that end inside a word", self.align)
        self._how.addRow(self._align_name)
        self._how.addRow(self.align)
        self.split = QLineEdit("80, 10, 10")
        self.split.setAccessibleName("Percent for training, development and test")
        self.split.setToolTip("Percent of the articles for training, development and test")
        self._how.addRow(_caption("Split, %"), self.split)
        self.seed = QSpinBox()
        self.seed.setRange(0, _MAX_SEED)
        self.seed.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.seed.setAccessibleName("Seed of the split")
        self.seed.valueChanged.connect(self.changed)
        self._how.addRow(_caption("Seed"), self.seed)
        layout.addWidget(self._written)

    def _many(self) -> Mapping[str, ManyButton]:
        return {
            "states": self.states,
            "outlets": self.outlets,
            "labels": self.labels,
            "forms": self.forms,
            "positions": self.positions,
            "sections": self.sections,
        }

    def _on_layer(self) -> None:
        is_model = self.layer.currentData() == "suggestions"
        self._sure.setText(f"As the window shows them: {TITLES[self._sureness].lower()}." if is_model else "")
        self._sure.setVisible(is_model)
        self.changed.emit()

    def show_format(self, options: Collection[str]) -> None:
        """Show the controls that a format with these options has."""
        rows = ((self._align_name, "align"), (self.align, "align"))
        for field, name in (*rows, (self.split, "split"), (self.seed, "seed")):
            self._how.setRowVisible(field, name in options)
        self._written.setVisible(bool({"align", "split", "seed"} & set(options)))

    def show_options(self, options: ExportOptions) -> None:
        """Show what was chosen before, as far as it is still offered."""
        at = self.layer.findData(options.layer)
        self.layer.setCurrentIndex(max(at, 0))
        for name, button in self._many().items():
            button.choose(options.sections if name == "sections" else getattr(options.only, name))
        self.is_flagged.setChecked(options.only.is_flagged)
        self.is_annotated.setChecked(options.only.is_annotated)
        for line, day in ((self.since, options.only.since), (self.until, options.only.until)):
            line.setText(day or "" if line.isEnabled() else "")
        self.align.setCurrentIndex(max(self.align.findData(options.align), 0))
        self.split.setText(", ".join(f"{100 * part:g}" for part in options.split))
        self.seed.setValue(options.seed)

    def problem(self) -> str:
        """What is wrong with what was typed, in one sentence; empty when nothing is."""
        for name, line in (("From", self.since), ("To", self.until)):
            if line.text().strip() and not _day(line):
                return f"“{name}” is a day like 2025-02-12."
        since, until = _day(self.since), _day(self.until)
        if since and until and since > until:
            return "“From” is later than “To”."
        if not self.split.isHidden() and self._split() is None:
            return "A split is three percentages that add up to 100, like 80, 10, 10."
        return ""

    def options(self) -> ExportOptions:
        """What is chosen; only to be asked for while there is no problem."""
        chosen = {name: button.chosen() for name, button in self._many().items() if name != "sections"}
        only = {
            **chosen,
            "is_flagged": self.is_flagged.isChecked(),
            "is_annotated": self.is_annotated.isChecked(),
            "since": _day(self.since) or None,
            "until": _day(self.until) or None,
        }
        made = {
            "layer": self.layer.currentData(),
            "sureness": self._sureness,
            "sections": self.sections.chosen(),
            "align": self.align.currentData(),
            "seed": self.seed.value(),
            "only": msgspec.convert(only, Choice),
        }
        split = self._split()
        return msgspec.convert(made | ({"split": split} if split else {}), ExportOptions)

    def _split(self) -> tuple[float, float, float] | None:
        try:
            parts = tuple(float(part) / 100 for part in self.split.text().split(","))
        except ValueError:
            return None
        is_whole = len(parts) == 3 and min(parts) >= 0 and abs(sum(parts) - 1) <= 1e-6
        return cast("tuple[float, float, float]", parts) if is_whole else None


def _same(values: Collection[str]) -> dict[str, str]:
    return {one: one for one in values}


def _form(layout: QVBoxLayout, heading: str) -> QFormLayout:
    layout.addWidget(label(heading, "heading"))
    form = QFormLayout()
    form.setSpacing(6)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    layout.addLayout(form)
    return form


def _caption(text: str) -> QLabel:
    made = label(text)
    made.setFixedWidth(_CAPTION_PX)
    return made


def _day_line(name: str, example: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(example[:10])
    line.setClearButtonEnabled(True)
    return line


def _day(line: QLineEdit) -> str:
    try:
        return date.fromisoformat(line.text().strip()).isoformat()
    except ValueError:
        return ""
