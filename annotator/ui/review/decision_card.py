"""The decision: the question, what each side says, the rule, and the ways to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.codebook import Rule
from annotator.domain.differences import LETTERS
from annotator.ui.keycaps import KeyCap
from annotator.ui.keys import Button
from annotator.ui.label.notes_view import NotesView
from annotator.ui.widgets import ElidedLabel, card, label, restyle, row

# What a button says where one layer is reviewed alone, where two are compared, three, and four; empty where it means
# nothing then.
_TEXTS = {
    "case.a": ("Approve", "Take A", "Take A", "Take A"),
    "case.b": ("", "Take B", "Take B", "Take B"),
    "case.c": ("", "", "Take C", "Take C"),
    "case.d": ("", "", "", "Take D"),
    "case.both": ("", "Both", "", ""),
    "case.neither": ("Decline", "Neither", "None", "None"),
    "case.edit": ("Fix…", "Edit…", "Edit…", "Edit…"),
    "case.defer": ("Return…", "Defer…", "Defer…", "Defer…"),
}
TAKES = ("case.a", "case.b", "case.c", "case.d")
"""The commands that take a side, in the order of the sides."""
_CAP_ROOM_PX = 34


@dataclass(frozen=True)
class CardText:
    """What the card says of a case, and what each side says; `warns` colours the standing."""

    count: str = ""
    question: str = ""
    sides: tuple[str, ...] = ()
    also: str = ""
    standing: str = ""
    warns: bool = False


class DecisionPanel(QScrollArea):
    """The right side of the Review view. `asked` carries the id of a command."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.setWidget(inside)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        self._count = label("", "heading")
        layout.addWidget(self._count)
        self._card = self._build_card()
        layout.addWidget(self._card)
        self.notes = NotesView()
        layout.addWidget(self.notes)
        self._why_heading = label("WHY THEY DIFFER", "heading")
        layout.addWidget(self._why_heading)
        self._why = QGridLayout()
        self._why.setVerticalSpacing(9)
        self._why.setColumnStretch(0, 1)
        layout.addLayout(self._why)
        layout.addStretch(1)
        self.show_mode(2)
        self.show_case(CardText())

    def _build_card(self) -> QWidget:
        frame, layout = card(is_focused=True)
        self._question = label("", "strong", wraps=True)
        layout.addWidget(self._question)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        self._sides: list[QLabel] = []
        self._side_rows: list[list[QWidget]] = []
        for number, (letter, action) in enumerate(zip(LETTERS, TAKES, strict=True)):
            said = label("", wraps=True)
            widgets: list[QWidget] = [label(letter, "mute"), said, KeyCap(action)]
            for column, widget in enumerate(widgets):
                align = Qt.AlignmentFlag.AlignTop if column != 1 else Qt.AlignmentFlag(0)
                grid.addWidget(widget, number, column, align)
            self._sides.append(said)
            self._side_rows.append(widgets)
        self.rule = QComboBox()
        self.rule.setAccessibleName("Rule of the codebook that decides")
        self.rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rule.setMinimumContentsLength(10)
        grid.addWidget(label("Guideline", "mute"), len(LETTERS), 0)
        grid.addWidget(self.rule, len(LETTERS), 1, 1, 2)
        layout.addLayout(grid)
        self._also = label("", "small", wraps=True)
        layout.addWidget(self._also)
        self._standing = label("", "pill")
        layout.addLayout(row([self._standing, 1]))
        layout.addLayout(self._build_buttons())
        return frame

    def _build_buttons(self) -> QGridLayout:
        grid = self._grid = QGridLayout()
        grid.setSpacing(6)
        self.buttons: dict[str, Button] = {}
        for action, texts in _TEXTS.items():
            button = Button(max(texts, key=len))
            button.setProperty("keyed", "true")
            if action == "case.a":
                button.setProperty("role", "primary")
            inside = QHBoxLayout(button)
            inside.setContentsMargins(0, 0, 8, 0)
            inside.addStretch(1)
            inside.addWidget(KeyCap(action))
            button.setMinimumWidth(button.sizeHint().width() + _CAP_ROOM_PX)
            button.clicked.connect(lambda _=False, action=action: self.asked.emit(action))
            self.buttons[action] = button
        return grid

    def _place_buttons(self, texts: Mapping[str, str]) -> None:
        """Those with a text first, in two columns; the others behind them."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
        for number, action in enumerate(sorted(texts, key=lambda one: not texts[one])):
            self._grid.addWidget(self.buttons[action], number // 2, number % 2)

    def show_mode(self, layers: int) -> None:
        """Offer what can be decided about one person's work by itself, or about so many layers that differ."""
        texts = {action: texts[layers - 1] for action, texts in _TEXTS.items()}
        # All have their place before any is shown: one without a parent would be a window of its own.
        self._place_buttons(texts)
        for action, text in texts.items():
            self.buttons[action].set_plain_text(text)
            self.buttons[action].setVisible(bool(text))
        for number, widgets in enumerate(self._side_rows):
            for widget in widgets:
                widget.setVisible(number < layers)

    def show_case(self, text: CardText) -> None:
        """Show a case; an empty question hides the card."""
        self._count.setText(text.count.upper())
        self._card.setVisible(bool(text.question))
        self._question.setText(text.question)
        for number, said in enumerate(self._sides):
            said.setText(text.sides[number] if number < len(text.sides) else "")
        self._also.setText(text.also)
        self._also.setVisible(bool(text.also))
        self._standing.setText(text.standing)
        self._standing.setVisible(bool(text.standing))
        restyle(self._standing, tone="warn" if text.warns else "good")
        self.notes.setVisible(bool(text.question))

    def show_rules(self, rules: Sequence[Rule], chosen: str) -> None:
        """Offer the rules in force, and choose the one that was named before."""
        self.rule.clear()
        self.rule.addItem("No rule named", "")
        for one in rules:
            self.rule.addItem(f"{one.id} {one.text}", one.id)
        self.rule.setCurrentIndex(max(self.rule.findData(chosen), 0))
        self.rule.setToolTip(self.rule.currentText())

    def show_why(self, counted: Sequence[tuple[str, int]]) -> None:
        """Show how often they differ in what way."""
        while self._why.count():
            item = self._why.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._why_heading.setVisible(bool(counted))
        for number, (words, count) in enumerate(counted):
            self._why.addWidget(ElidedLabel(words, ""), number, 0)
            self._why.addWidget(label(str(count), "strong"), number, 1, Qt.AlignmentFlag.AlignRight)
