"""Editing what a decision takes: one side's record with other bounds, label, speaker, form, target or position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from annotator.domain.alignment import evidence_of
from annotator.domain.codebook import Codebook
from annotator.domain.quotation import form_of
from annotator.domain.records import Annotation, Entity, Evidence, Quote, Stance, passages_of
from annotator.domain.spans import Passages, Span, passage
from annotator.ui.label.cards import FORMS, REPORTED, joined
from annotator.ui.widgets import label

_NOBODY = ("", "nobody")


class EditDialog(QDialog):
    """Asks for what differs from a base record. With words selected in the text they are its new bounds."""

    def __init__(
        self,
        parent: QWidget,
        base: Annotation,
        text: str,
        *,
        selected: Span | None,
        book: Codebook,
        actors: Mapping[str, str],
        targets: Mapping[str, str],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Edit and take")
        self.setMinimumWidth(440)
        self._base, self._text, self._selected = base, text, selected
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Take it like this", "title"))
        words = text[selected.start : selected.end] if selected else joined(_pieces(base))
        layout.addWidget(label(words, "passage", wraps=True))
        told = "These selected words are its bounds." if selected else "Select other words first to change its bounds."
        layout.addWidget(label(told, "mute", wraps=True))
        self.form = QFormLayout()
        self.form.setSpacing(9)
        self._fields: dict[str, QComboBox] = {}
        self._fill(base, book, [*actors.items()], [*targets.items()])
        layout.addLayout(self.form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Take this")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _fill(
        self,
        base: Annotation,
        book: Codebook,
        actors: Sequence[tuple[str, str]],
        targets: Sequence[tuple[str, str]],
    ) -> None:
        people = [_NOBODY, *sorted(actors, key=lambda one: one[1].casefold())]
        match base:
            case Entity():
                self._choose("label", "Label", [(one.name, one.title or one.name) for one in book.labels], base.label)
                self._choose("actor", "Actor", people, base.actor)
            case Quote():
                self._choose("speaker", "Speaker", people, base.speaker)
                self._choose("reported", "Reported", list(REPORTED.items()), base.reported)
                self._choose("form", "Form", list(FORMS.items()), base.form)
            case Stance():
                positions = [(one.name, one.name.replace("_", " ")) for one in book.positions]
                self._choose("position", "Position", positions, base.position)
                self._choose("holder", "Holder", people, base.holder)
                self._choose("target", "Target", sorted(targets, key=lambda one: one[1].casefold()), base.target)

    def _choose(self, field: str, title: str, values: Sequence[tuple[str, str]], now: str | None) -> None:
        box = QComboBox()
        box.setAccessibleName(title)
        for value, words in values:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(now or ""), 0))
        self.form.addRow(title, box)
        self._fields[field] = box

    def made(self) -> Annotation:
        """The base record as it was edited."""
        changed: dict[str, object] = {name: box.currentData() or None for name, box in self._fields.items()}
        if self._selected is not None:
            changed |= self._bounds(self._selected)
        return msgspec.structs.replace(self._base, **changed)

    def _bounds(self, span: Span) -> dict[str, object]:
        words = passage(self._text, span.start, span.end)
        match self._base:
            case Entity():
                return {"start": words.start, "end": words.end, "text": words.text}
            case Quote():
                return {"content": (words,), "form": form_of(self._text, (span,))}
            case Stance(evidence=evidence):
                first = evidence[0] if evidence else Evidence(spans=(), type="inference")
                return {"evidence": (msgspec.structs.replace(first, spans=(words,)),)}
        return {}


def _pieces(base: Annotation) -> Passages:
    match base:
        case Quote():
            return base.content
        case Stance():
            return evidence_of(base)
    return passages_of(base)
