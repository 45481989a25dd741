"""The registry of targets: what one can be for or against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.domain.records import TargetKind
from annotator.domain.statements import lacks_statement
from annotator.services.targets import TargetRow
from annotator.ui.registry.form import Form
from annotator.ui.registry.frame import combo, lines_field
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.merging import MergeSide
from annotator.ui.registry.picker import Match, best_rows
from annotator.ui.registry.record_page import RecordPage
from annotator.ui.registry.record_window import RecordWindow
from annotator.ui.registry.table import number_field, text_field
from annotator.ui.registry.words import NO_SENTENCE, TARGET_KINDS, times
from annotator.ui.theme import Theme

_SIZE = QSize(1000, 620)
_EMPTY = (
    "No targets yet.\n\nA target is what one can be for or against, as one full positive sentence: "
    "“Ukraine should join NATO.” Make one here with Ctrl+N, or while you record a stance with {quote.stance}."
)
_HINT = "Choose a target to see and change it.\n\nEnter in the list goes to its label."


@dataclass(frozen=True)
class TargetEdit:
    """What the form says of a target."""

    label: str = ""
    statement: str = ""
    kind: TargetKind = "policy"


class TargetForm(Form[TargetEdit]):
    """Edits one target."""

    def __init__(self) -> None:
        super().__init__(hint=_HINT)

    def _build_fields(self) -> None:
        self.label = QLineEdit()
        self.label.setPlaceholderText("Ukraine in NATO")
        self._field("Label, a few words", self.label)
        self.statement = lines_field("Statement, one full positive sentence", 4)
        self.statement.setPlaceholderText("Ukraine should join NATO.")
        self._field("Statement, one full positive sentence", self.statement)
        self.kind = combo(TARGET_KINDS, "Kind")
        self._field("Kind", self.kind)

    def first_field(self) -> QLineEdit:
        return self.label

    def _fill(self, edit: TargetEdit) -> None:
        self.label.setText(edit.label)
        self.statement.setPlainText(edit.statement)
        self.kind.setCurrentIndex(self.kind.findData(edit.kind))

    def edit(self) -> TargetEdit:
        return TargetEdit(
            label=" ".join(self.label.text().split()),
            statement=" ".join(self.statement.toPlainText().split()),
            kind=self.kind.currentData(),
        )

    def problem(self, edit: TargetEdit) -> str:
        if not edit.label:
            return "A target needs a label."
        return "" if edit.statement else "A target needs a statement: one full positive sentence."


def _edit_of(row_: TargetRow) -> TargetEdit:
    return TargetEdit(label=row_.label, statement=" ".join(row_.statement.split()), kind=row_.kind)


def _statement(row_: TargetRow) -> str:
    return NO_SENTENCE if lacks_statement(row_.label, row_.statement) else row_.statement


class TargetsDialog(RecordWindow[TargetRow, TargetEdit]):
    """All targets, and one of them in a form.

    `create_asked` carries a `TargetEdit`, `change_asked` an id and a `TargetEdit`, `merge_asked` the ids of the one
    that goes and of the one that stays.
    """

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        listing: Listing[TargetRow] = Listing(
            [
                text_field("Label", lambda one: one.label, width_px=190),
                text_field("Statement", _statement),
                text_field("Kind", lambda one: TARGET_KINDS[one.kind], width_px=80),
                number_field("Stances", lambda one: one.uses, order="Most stances"),
            ],
            lambda one: one.id,
            name="Targets",
            own_order="As they came",
            empty=_EMPTY,
        )
        page = RecordPage(
            listing, TargetForm(), noun="target", edit_of=_edit_of, blank=TargetEdit, name_of=lambda one: one.label
        )
        super().__init__(parent, theme, page, title="Targets", noun="target", size=_SIZE)

    def show_rows(self, rows: Sequence[TargetRow]) -> None:
        """Show these targets, in their order."""
        self.records.show_rows(rows)

    def side_of(self, row_: TargetRow) -> MergeSide:
        return MergeSide(row_.id, row_.label, f"{_statement(row_)} · {times(row_.uses, 'stance')}")

    def consequences(self, gone: MergeSide, kept: MergeSide) -> list[str]:
        return [
            f"Every stance on “{gone.name}” is one on “{kept.name}” from now on, for everybody in this project.",
            "Positions stay as they are: look whether the two sentences point the same way.",
            "This is one act: one undo takes it back.",
        ]

    def likely(self, row_: TargetRow, rows: Sequence[TargetRow]) -> Sequence[TargetRow]:
        words = set(row_.statement.casefold().split())
        return sorted(rows, key=lambda one: -len(words & set(one.statement.casefold().split())))

    def merge_match(self) -> Match:
        return best_rows
