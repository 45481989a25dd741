"""The stances of the selected quote: who stands where on what, and all that can be said about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.keys import Button, enter, keep_keys
from annotator.ui.label.stance_cards import DIMENSIONS, EXPLICITNESS, StanceCard
from annotator.ui.widgets import card, clear, label, restyle, row, tooltip

_CHOICE_CHARS = 9
_WORDS_CHARS = 160
_UNSAID = (None, "not said")
_CONFIDENCE = {1: "1 unsure", 2: "2 fairly sure", 3: "3 sure"}


class StanceView(QWidget):
    """Shows stance cards. `changed` carries a stance's id, a field and its new value."""

    changed = Signal(str, str, object)
    position_asked = Signal(str)
    target_asked = Signal(str)
    holder_asked = Signal(str, str)
    submitted = Signal(str)
    withdrawn = Signal(str)
    evidence_dropped = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._shown: tuple[StanceCard, ...] | None = None

    def show_stances(self, cards: Sequence[StanceCard], *, hint: str) -> None:
        """Show these stances; `hint` says what to do where there is none (empty: show nothing)."""
        if self._shown == tuple(cards) and cards:
            return
        self._shown = tuple(cards)
        clear(self._layout)
        self.setVisible(bool(cards or hint))
        if not cards and not hint:
            return
        self._layout.addWidget(label("STANCE" if len(cards) < 2 else f"{len(cards)} STANCES", "heading"))
        for one in cards:
            self._layout.addWidget(self._card(one))
        if not cards:
            self._layout.addWidget(label(hint, "mute", wraps=True))

    def _card(self, one: StanceCard) -> QFrame:
        frame, inside = card()
        inside.addLayout(self._headline(one))
        if one.via:
            inside.addWidget(label(f"put into words by {one.via}", "mute"))
        inside.addWidget(self._details(one))
        inside.addWidget(label(f"{len(one.evidence)} piece{'' if len(one.evidence) == 1 else 's'} of evidence", "mute"))
        for number, words in enumerate(one.evidence):
            inside.addLayout(self._evidence(one, number, words))
        if one.problem:
            problem = label(one.problem, "problem", wraps=True)
            inside.addWidget(problem)
        inside.addLayout(self._buttons(one))
        return frame

    def _evidence(self, one: StanceCard, number: int, words: str) -> QHBoxLayout:
        text = label(words if len(words) < _WORDS_CHARS else words[: _WORDS_CHARS - 1] + "…", "small", wraps=True)
        drop = QToolButton()
        drop.setText("✕")
        drop.setToolTip("Take this piece of evidence away")
        drop.setAccessibleName(f"Take evidence {number + 1} away")
        drop.clicked.connect(lambda: self.evidence_dropped.emit(one.id, number))
        line = QHBoxLayout()
        line.addWidget(text, 1)
        line.addWidget(drop)
        return line

    def _headline(self, one: StanceCard) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        holder = self._choice(one.holder, "Holder", lambda: self.holder_asked.emit(one.id, "holder"))
        position = self._choice(f"{one.sign}\n{one.verb}", "Position", lambda: self.position_asked.emit(one.id))
        position.setProperty("tone", one.tone)
        restyle(position, role="position")
        target = self._choice(one.target, "Target", lambda: self.target_asked.emit(one.id))
        for column, widget in enumerate((holder, position, target)):
            grid.addWidget(widget, 0, column)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 6)
        return grid

    def _choice(self, text: str, what: str, on_click: Callable[[], None]) -> QPushButton:
        button = Button(_broken(text))
        button.setProperty("role", "choice")
        button.setToolTip(tooltip(f"{what}: {text}. Click to change.".replace("\n", " ")))
        button.setAccessibleName(f"{what}: {text}".replace("\n", " "))
        button.clicked.connect(on_click)
        return button

    def _details(self, one: StanceCard) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        lines: tuple[tuple[str, str, list[tuple[object, str]], object], ...] = (
            ("About", "dimension", [_UNSAID, *DIMENSIONS.items()], one.dimension),
            ("How", "explicitness", [_UNSAID, *EXPLICITNESS.items()], one.explicitness),
            ("Sure", "confidence", [_UNSAID, *_CONFIDENCE.items()], one.confidence),
        )
        for number, (title, field, choices, value) in enumerate(lines):
            grid.addWidget(label(title, "mute"), number, 0)
            grid.addWidget(self._combo(one.id, title, field, choices, value), number, 1)
        rationale = QLineEdit(one.rationale)
        rationale.setPlaceholderText("Why (needed when inferred)")
        rationale.setAccessibleName("Rationale")
        keep_keys(rationale, enter(lambda: self._on_rationale_edited(one, rationale.text())))
        rationale.editingFinished.connect(lambda: self._on_rationale_edited(one, rationale.text()))
        grid.addWidget(label("Why", "mute"), len(lines), 0)
        grid.addWidget(rationale, len(lines), 1)
        grid.setColumnStretch(1, 1)
        return holder

    def _on_rationale_edited(self, one: StanceCard, text: str) -> None:
        if text != one.rationale:
            self.changed.emit(one.id, "rationale", text)

    def _combo(
        self, stance: str, title: str, field: str, choices: list[tuple[object, str]], value: object
    ) -> QComboBox:
        combo = QComboBox()
        combo.setProperty("role", "quiet")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        combo.setAccessibleName(title)
        for choice, text in choices:
            combo.addItem(text, choice)
        combo.setCurrentIndex([choice for choice, _ in choices].index(value))
        keep_keys(combo, enter(combo.showPopup))
        combo.activated.connect(lambda _: self.changed.emit(stance, field, combo.currentData()))
        return combo

    def _buttons(self, one: StanceCard) -> QHBoxLayout:
        buttons: list[QWidget | int] = []
        if not one.is_submitted:
            submit = Button("Submit")
            submit.setProperty("role", "primary")
            submit.setEnabled(not one.problem)
            submit.clicked.connect(lambda: self.submitted.emit(one.id))
            buttons.append(submit)
        via = Button("Via…")
        via.setToolTip("Somebody else puts the holder's stance into words")
        via.clicked.connect(lambda: self.holder_asked.emit(one.id, "via"))
        withdraw = Button("Withdraw")
        withdraw.clicked.connect(lambda: self.withdrawn.emit(one.id))
        return row([*buttons, via, withdraw, 1])


def _broken(text: str) -> str:
    """The text in lines that fit a third of the inspector."""
    return "\n".join(part for line in text.split("\n") for part in wrap(line, _CHOICE_CHARS) or [""])
