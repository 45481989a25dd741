"""The forms of a codebook: of a label, and of a rule with its examples."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, Qt
from PySide6.QtWidgets import QLineEdit

from annotator.domain.codebook import Label, PositionMeaning, Rule
from annotator.ui.registry.form import Form
from annotator.ui.registry.frame import button, combo, lines_field, lines_of
from annotator.ui.registry.words import HUES
from annotator.ui.theme import Theme
from annotator.ui.widgets import restyle

Part = TypeVar("Part", Label, Rule, PositionMeaning)
_SWATCH_PX = 14
_LABEL_HINT = "Choose a label to see and change it.\n\nLabels are retired, never deleted: what carries one keeps it."
_POSITION_HINT = "Choose a position to say what it means in this project.\n\nA retired one is not offered any more."
_RULE_HINT = "Choose a rule to see and change it.\n\nExamples are best taken from the articles themselves."


def swatch(color: QColor) -> QIcon:
    """A filled square in a colour; always with its name beside it, for those who cannot tell it."""
    pixmap = QPixmap(_SWATCH_PX * 2, _SWATCH_PX * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(pixmap.rect().adjusted(1, 1, -1, -1), 8, 8)
    painter.end()
    made = QIcon(pixmap)
    # The same colour in a marked row; the style would wash it out.
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made


class PartForm(Form[Part]):
    """The form of a part that can be retired; `retire_asked` carries its name and whether it is to be retired."""

    retire_asked = Signal(str, bool)
    noun = "part"

    def __init__(self, *, hint: str) -> None:
        self._others: tuple[Part, ...] = ()
        super().__init__(hint=hint)
        self.retire = button("Retire", self._on_retire)
        self.foot.addWidget(self.retire)

    @staticmethod
    @abstractmethod
    def key_of(part: Part) -> str:
        """What a part is called by."""

    @abstractmethod
    def key_field(self) -> QLineEdit:
        """The field of what it is called by: fixed once it exists, as records and decisions refer to it."""

    def show_all(self, parts: Sequence[Part]) -> None:
        """Tell which parts there are, so that none is made twice."""
        self._others = tuple(parts)

    def first_field(self) -> QLineEdit:
        return self.key_field()

    def on_changed(self) -> None:
        super().on_changed()
        if self._shown is None:
            return
        if self.key_field().isReadOnly() == self.is_new:
            self.key_field().setReadOnly(not self.is_new)
            restyle(self.key_field())
        self.key_field().setToolTip("" if self.is_new else f"The records carry it: add another {self.noun} instead.")
        self.retire.setVisible(not self.is_new)
        self.retire.setText("Use again" if self._shown.is_retired else "Retire")
        self.retire.setAccessibleName(self.retire.text())

    def _key_problem(self, key: str) -> str:
        if not key:
            return f"A {self.noun} needs a name."
        if self.is_new and any(self.key_of(one).casefold() == key.casefold() for one in self._others):
            return f"There is a {self.noun} {key} already."
        return ""

    def _on_retire(self) -> None:
        if self._shown is not None:
            self.retire_asked.emit(self.key_of(self._shown), not self._shown.is_retired)


class LabelForm(PartForm[Label]):
    """Edits one label."""

    noun = "label"

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        super().__init__(hint=_LABEL_HINT)

    def _build_fields(self) -> None:
        self.name = QLineEdit()
        self.name.setPlaceholderText("WEAPON")
        self._field("Name, as records and exports carry it", self.name)
        self.title = QLineEdit()
        self._field("Title, in words", self.title)
        self.hue = combo(HUES, "Colour")
        self._field("Colour", self.hue)
        self.hotkey = combo({"": "No key"} | {digit: digit for digit in "123456789"}, "Key")
        self._field("Key", self.hotkey)
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the colours as this theme has them."""
        self._theme = theme
        for number in range(self.hue.count()):
            self.hue.setItemIcon(number, swatch(theme.color(self.hue.itemData(number))))

    @staticmethod
    def key_of(part: Label) -> str:
        return part.name

    def key_field(self) -> QLineEdit:
        return self.name

    def first_field(self) -> QLineEdit:
        return self.name if self.is_new else self.title

    def show_all(self, parts: Sequence[Label]) -> None:
        super().show_all(parts)
        for number in range(1, self.hotkey.count()):
            digit = self.hotkey.itemData(number)
            owner = next((one.name for one in parts if one.hotkey == digit), "")
            self.hotkey.setItemText(number, f"{digit} · {owner}" if owner else digit)

    def _fill(self, edit: Label) -> None:
        self.name.setText(edit.name)
        self.title.setText(edit.title)
        self.hue.setCurrentIndex(self.hue.findData(edit.hue))
        self.hotkey.setCurrentIndex(self.hotkey.findData(edit.hotkey))

    def edit(self) -> Label:
        return Label(
            name="_".join(self.name.text().split()),
            title=" ".join(self.title.text().split()),
            hue=self.hue.currentData(),
            hotkey=self.hotkey.currentData(),
            is_retired=self._shown is not None and self._shown.is_retired,
        )

    def problem(self, edit: Label) -> str:
        if edit.is_retired and edit.hotkey:
            return "A retired label has no key. Use it again first."
        taken = next((one for one in self._others if one.hotkey == edit.hotkey and one.name != edit.name), None)
        if edit.hotkey and taken is not None:
            return f"The key {edit.hotkey} is {taken.name}’s. Take it from there first, or choose another."
        return self._key_problem(edit.name)


class RuleForm(PartForm[Rule]):
    """Edits one rule."""

    noun = "rule"

    def __init__(self) -> None:
        super().__init__(hint=_RULE_HINT)

    def _build_fields(self) -> None:
        self.id = QLineEdit()
        self.id.setPlaceholderText("2.3")
        self._field("Number", self.id)
        self.text = lines_field("Rule", 5)
        self._field("Rule", self.text)
        self.good = lines_field("Good examples, one a line", 4)
        self._field("✓ Good examples, one a line", self.good)
        self.bad = lines_field("Bad examples, one a line", 4)
        self._field("✕ Bad examples, one a line", self.bad)

    @staticmethod
    def key_of(part: Rule) -> str:
        return part.id

    def key_field(self) -> QLineEdit:
        return self.id

    def start(self) -> None:
        if self.is_new:
            super().start()
        else:
            self.text.setFocus()

    def _fill(self, edit: Rule) -> None:
        self.id.setText(edit.id)
        self.text.setPlainText(edit.text)
        self.good.setPlainText("\n".join(edit.good))
        self.bad.setPlainText("\n".join(edit.bad))

    def edit(self) -> Rule:
        return Rule(
            id=self.id.text().strip(),
            text=self.text.toPlainText().strip(),
            good=lines_of(self.good),
            bad=lines_of(self.bad),
            is_retired=self._shown is not None and self._shown.is_retired,
        )

    def problem(self, edit: Rule) -> str:
        return self._key_problem(edit.id) or ("" if edit.text else "A rule needs its text.")


class PositionForm(PartForm[PositionMeaning]):
    """Edits what a position means; the positions themselves are fixed."""

    noun = "position"

    def __init__(self) -> None:
        super().__init__(hint=_POSITION_HINT)

    def _build_fields(self) -> None:
        self.name = QLineEdit()
        self._field("Position, as records and exports carry it", self.name)
        self.text = lines_field("Meaning", 4)
        self._field("What it means in this project", self.text)

    @staticmethod
    def key_of(part: PositionMeaning) -> str:
        return part.name

    def key_field(self) -> QLineEdit:
        return self.name

    def start(self) -> None:
        self.text.setFocus()

    def _fill(self, edit: PositionMeaning) -> None:
        self.name.setText(edit.name)
        self.text.setPlainText(edit.text)

    def edit(self) -> PositionMeaning:
        shown = self._shown
        assert shown is not None
        text = " ".join(self.text.toPlainText().split())
        return PositionMeaning(name=shown.name, text=text, is_retired=shown.is_retired)

    def problem(self, edit: PositionMeaning) -> str:
        return "" if edit.text else "A position needs a meaning."


def tidy_label(label: Label) -> Label:
    """A label as its form would give it back unchanged."""
    return msgspec.structs.replace(label, name="_".join(label.name.split()), title=" ".join(label.title.split()))


def tidy_rule(rule: Rule) -> Rule:
    """A rule as its form would give it back unchanged."""
    good, bad = (
        tuple(one for line in part for one in [" ".join(line.split())] if one) for part in (rule.good, rule.bad)
    )
    return msgspec.structs.replace(rule, text=rule.text.strip(), good=good, bad=bad)
