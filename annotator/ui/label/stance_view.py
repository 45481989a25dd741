"""The stances of the selected quote: who stands where on what, and all that can be said about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.keycaps import key_of, keyed
from annotator.ui.keys import Button, enter, keep_keys
from annotator.ui.label.stance_cards import CONFIDENCE, DIMENSIONS, EXPLICITNESS, StanceCard
from annotator.ui.widgets import cap, card, clear, key_text, label, restyle, row, tooltip

_CHOICE_CHARS = 9
_WORDS_CHARS = 160
_UNSAID = (None, "not said")
_FIELDS: tuple[tuple[str, str, tuple[tuple[object, str], ...]], ...] = (
    ("About", "dimension", tuple(DIMENSIONS.items())),
    ("How", "explicitness", tuple(EXPLICITNESS.items())),
    ("Sure", "confidence", tuple(CONFIDENCE.items())),
)

# The commands whose keys are on a card; with other keys it is made anew.
_KEYED = tuple(
    f"stance.{one}"
    for one in (
        "next", "holder", "position", "target", "statement", "via", "dimension", "explicitness", "confidence",
        "rationale", "submit", "withdraw",
    )
)  # fmt: skip


class StanceView(QWidget):
    """Shows stance cards; the keys of stances are on the card of the one that they change.

    `changed` carries a stance's id, a field and its new value; `picked` the one that the keys are to change; `left`
    says that the rationale is done.
    """

    changed = Signal(str, str, object)
    position_asked = Signal(str)
    target_asked = Signal(str)
    statement_asked = Signal(str)
    holder_asked = Signal(str, str)
    submitted = Signal(str)
    withdrawn = Signal(str)
    evidence_dropped = Signal(str, int)
    picked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._shown: tuple[tuple[StanceCard, ...], str, tuple[str, ...]] | None = None
        self.focused_card: QFrame | None = None
        self._rationale: QLineEdit | None = None

    def show_stances(self, cards: Sequence[StanceCard], *, hint: str, focused: str = "") -> None:
        """Show these stances; `hint` says what to do where there is none (empty: show nothing).

        The one of the id `focused` is the one that the keys change.
        """
        keys = tuple(key_of(self, action) for action in _KEYED)
        if self._shown == (tuple(cards), focused, keys) and cards:
            return
        self._shown = (tuple(cards), focused, keys)
        self.focused_card = self._rationale = None
        clear(self._layout)
        self.setVisible(bool(cards or hint))
        if not cards and not hint:
            return
        self._layout.addLayout(self._title(cards))
        for one in cards:
            frame = self._card(one, has_keys=one.id == focused, is_one_of_many=len(cards) > 1)
            self._layout.addWidget(frame)
        if not cards:
            self._layout.addWidget(label(hint, "mute", wraps=True))

    def _cap(self, action: str) -> QLabel:
        made = cap(key_of(self, action))
        if not made.text():
            made.hide()
        return made

    def _title(self, cards: Sequence[StanceCard]) -> QHBoxLayout:
        if len(cards) < 2:
            return row([label("STANCE", "heading"), 1])
        return row([label(f"{len(cards)} STANCES", "heading"), 1, label("next one", "small"), self._cap("stance.next")])

    def write_rationale(self) -> None:
        """Put the cursor where the rationale of the stance that the keys change is written."""
        if self._rationale is not None:
            self._rationale.setFocus()
            self._rationale.selectAll()

    def _card(self, one: StanceCard, *, has_keys: bool, is_one_of_many: bool) -> QFrame:
        frame, inside = card(is_focused=has_keys and is_one_of_many)
        if has_keys:
            self.focused_card = frame
        inside.addLayout(self._headline(one, has_keys=has_keys))
        if one.lacks_statement:
            inside.addLayout(self._no_statement(one, has_keys=has_keys))
        if not has_keys:
            inside.addWidget(self._summary(one))
            return frame
        inside.addWidget(self._details(one))
        inside.addWidget(label(f"{len(one.evidence)} piece{'' if len(one.evidence) == 1 else 's'} of evidence", "mute"))
        for number, words in enumerate(one.evidence):
            inside.addLayout(self._evidence(one, number, words))
        if one.problem:
            inside.addWidget(label(one.problem, "problem", wraps=True))
        inside.addLayout(self._buttons(one))
        return frame

    def _summary(self, one: StanceCard) -> Button:
        """The rest of a stance that the keys do not change, in a line; a click lets them change it."""
        facts = [f"via {one.via}" if one.via else "", one.dimension or "", one.explicitness or ""]
        facts += [CONFIDENCE[one.confidence] if one.confidence else "", "" if one.is_submitted else "draft"]
        button = Button(" · ".join(fact for fact in facts if fact))
        button.setProperty("role", "quiet")
        button.setToolTip("Show all of this stance")
        button.setMinimumWidth(1)
        button.clicked.connect(lambda: self.picked.emit(one.id))
        return button

    def _no_statement(self, one: StanceCard, *, has_keys: bool) -> QHBoxLayout:
        told = label("This target has no sentence yet.", "problem", wraps=True)
        write = QToolButton()
        write.setText("Write it")
        write.setProperty("role", "link")
        write.setAccessibleName("Write the sentence of the target")
        keep_keys(write, enter(write.click))
        write.clicked.connect(lambda: self.statement_asked.emit(one.id))
        line = row([told, write, *([self._cap("stance.statement")] if has_keys else [])], spacing=4)
        line.setStretch(0, 1)
        return line

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

    def _headline(self, one: StanceCard, *, has_keys: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        holder = self._choice(one.holder, "Holder", lambda: self.holder_asked.emit(one.id, "holder"))
        position = self._choice(f"{one.sign}\n{one.verb}", "Position", lambda: self.position_asked.emit(one.id))
        position.setProperty("tone", one.tone)
        restyle(position, role="position")
        target = self._choice(one.target, "Target", lambda: self.target_asked.emit(one.id))
        for column, widget in enumerate((holder, position, target)):
            grid.addWidget(widget, 0, column)
        if has_keys:
            for column, action in enumerate(("stance.holder", "stance.position", "stance.target")):
                grid.addWidget(self._cap(action), 1, column, Qt.AlignmentFlag.AlignHCenter)
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
        lines: list[tuple[str, QWidget, str]] = [("Via", self._via(one), "stance.via")]
        for title, field, names in _FIELDS:
            choices = [_UNSAID, *names]
            lines.append((title, self._combo(one.id, title, field, choices, getattr(one, field)), f"stance.{field}"))
        lines.append(("Why", self._rationale_line(one), "stance.rationale"))
        for number, (title, widget, action) in enumerate(lines):
            grid.addWidget(label(title, "mute"), number, 0)
            grid.addWidget(widget, number, 1)
            grid.addWidget(self._cap(action), number, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        return holder

    def _via(self, one: StanceCard) -> Button:
        button = Button(one.via or "nobody")
        button.setProperty("role", "quiet")
        button.setToolTip("Who puts the holder's stance into words; nobody where the holder speaks")
        button.setAccessibleName(f"Via: {one.via or 'nobody'}")
        # A long name is cut rather than make the whole inspector too wide.
        button.setMinimumWidth(1)
        button.clicked.connect(lambda: self.holder_asked.emit(one.id, "via"))
        return button

    def _rationale_line(self, one: StanceCard) -> QLineEdit:
        rationale = QLineEdit(one.rationale)
        rationale.setPlaceholderText("Why (needed when inferred)")
        rationale.setAccessibleName("Rationale")
        rationale.editingFinished.connect(lambda: self._on_rationale_edited(one, rationale))
        keep_keys(
            rationale,
            {**enter(self.left.emit), Qt.Key.Key_Escape: lambda: self._drop_edit(one, rationale)},
            with_ctrl=True,
        )
        self._rationale = rationale
        return rationale

    def _drop_edit(self, one: StanceCard, rationale: QLineEdit) -> None:
        rationale.setText(one.rationale)
        self.left.emit()

    def _on_rationale_edited(self, one: StanceCard, rationale: QLineEdit) -> None:
        if rationale.text() != one.rationale and rationale.isVisibleTo(self):
            self.changed.emit(one.id, "rationale", rationale.text())

    def _combo(
        self, stance: str, title: str, field: str, choices: Sequence[tuple[object, str]], value: object
    ) -> QComboBox:
        combo = QComboBox()
        combo.setProperty("role", "quiet")
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        combo.setAccessibleName(title)
        for choice, text in choices:
            # The meaning after the colon would be cut off; it is beneath the pointer, and where the key asks.
            combo.addItem(text.split(":")[0], choice)
            combo.setItemData(combo.count() - 1, tooltip(text), Qt.ItemDataRole.ToolTipRole)
        combo.setCurrentIndex([choice for choice, _ in choices].index(value))
        keep_keys(combo, enter(combo.showPopup))
        combo.activated.connect(lambda _: self.changed.emit(stance, field, combo.currentData()))
        return combo

    def _buttons(self, one: StanceCard) -> QHBoxLayout:
        buttons: list[QWidget | int] = []
        if not one.is_submitted:
            submit = Button(keyed(self, "Submit", "stance.submit"))
            submit.setAccessibleName("Submit")
            submit.setProperty("role", "primary")
            submit.setEnabled(not one.problem)
            submit.clicked.connect(lambda: self.submitted.emit(one.id))
            buttons.append(submit)
        withdraw = Button("Withdraw")
        key = key_of(self, "stance.withdraw")
        if key:
            withdraw.setToolTip(f"{key_text(key)} takes this stance back")
        withdraw.clicked.connect(lambda: self.withdrawn.emit(one.id))
        return row([*buttons, withdraw, 1])


def _broken(text: str) -> str:
    """The text in lines that fit a third of the inspector."""
    return "\n".join(part for line in text.split("\n") for part in wrap(line, _CHOICE_CHARS) or [""])
