"""The parts of the inspector that show the selected thing; they are made once, and only filled anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.domain.codebook import Label
from annotator.ui.keycaps import KeyCap, keyed, with_keys
from annotator.ui.keys import Button
from annotator.ui.label.cards import Card, Field, HistoryLine
from annotator.ui.widgets import ElidedLabel, card, label, restyle, row, tooltip

EMPTY = (
    "Nothing is selected. Press {mark.next} for the next suggestion, click a mark, "
    "or select words and press a label’s digit."
)
_NAME_WIDTH_PX = 64
_MAX_WORDS = 220
_CHIPS_A_ROW = 3
_CHIP_GAP_PX = 6
_STRONG = ("Speaker", "Label")


class _FieldLine(QWidget):
    """A name, a value and perhaps a key."""

    def __init__(self) -> None:
        super().__init__()
        self._name = label("", "mute")
        self._name.setFixedWidth(_NAME_WIDTH_PX)
        self._value = ElidedLabel()
        self._key = KeyCap()
        self.setLayout(row([self._name, self._value, self._key]))

    def show_field(self, field: Field) -> None:
        """Show a field."""
        self._name.setText(field.name)
        role = "strong" if field.name in _STRONG else ""
        if self._value.property("role") != role:
            restyle(self._value, role=role)
        self._value.show_text(field.value)
        self._key.show_action(field.action)


class CardView(QWidget):
    """The selected thing, and what can be done with it."""

    accepted = Signal()
    rejected = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._heading = label("", "heading")
        layout.addWidget(self._heading)
        # Two frames: to give one frame another style costs more than all the rest of a card.
        self._empty, nothing = card()
        self._nothing = label("", "mute", wraps=True)
        nothing.addWidget(self._nothing)
        layout.addWidget(self._empty)
        self._filled, inside = card(is_focused=True)
        layout.addWidget(self._filled)
        self._words = label("", "passage", wraps=True)
        inside.addWidget(self._words)
        self._lines: list[_FieldLine] = []
        self._fields = QVBoxLayout()
        self._fields.setSpacing(inside.spacing())
        inside.addLayout(self._fields)
        inside.addSpacing(4)
        self._accept = self._button("Accept", self.accepted.emit)
        self._accept.setProperty("role", "primary")
        self._reject = self._button("Reject", self.rejected.emit)
        inside.addLayout(row([self._accept, self._reject, 1]))

    def _button(self, text: str, run: Callable[[], None]) -> Button:
        button = Button(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: run())
        return button

    def show_card(self, shown: Card | None) -> None:
        """Show a thing, or that nothing is selected."""
        self._heading.setText((shown.heading if shown else "Selection").upper())
        self._nothing.setText(with_keys(self, EMPTY))
        self._empty.setVisible(shown is None)
        self._filled.setVisible(shown is not None)
        if shown is not None:
            self._fill(shown)

    def _fill(self, shown: Card) -> None:
        is_short = len(shown.passage) <= _MAX_WORDS
        self._words.setText(shown.passage if is_short else shown.passage[: _MAX_WORDS - 1] + "…")
        while len(self._lines) < len(shown.fields):
            self._lines.append(_FieldLine())
            self._fields.addWidget(self._lines[-1])
        for line, field in zip(self._lines, shown.fields, strict=False):
            line.show_field(field)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(shown.fields))
        self._accept.setVisible(shown.is_suggestion)
        name = "Reject" if shown.is_suggestion else "Withdraw"
        self._accept.setText(keyed(self, "Accept", "mark.accept"))
        self._reject.setText(keyed(self, name, "mark.reject"))
        self._reject.setAccessibleName(name)


class LabelChips(QWidget):
    """The labels that an entity may have; `label_chosen` carries a name."""

    label_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._labels: tuple[Label, ...] = ()
        self._chips: dict[str, Button] = {}
        self._chosen = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(label("CHANGE THE LABEL", "heading"))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_CHIP_GAP_PX)
        self._columns = 0
        layout.addLayout(self._grid)

    def show_labels(self, labels: Sequence[Label], chosen: str) -> None:
        """Show the labels in use that have a key, one of them as the one it has."""
        usable = tuple(one for one in labels if not one.is_retired and one.hotkey)
        if usable != self._labels:
            self._labels = usable
            self._build()
        self._chosen = chosen
        self._check()

    def _build(self) -> None:
        for chip in self._chips.values():
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for one in self._labels:
            chip = Button(f"{one.hotkey}  {one.name}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setToolTip(tooltip(one.title))
            chip.setAccessibleName(f"Label {one.title or one.name}")
            chip.clicked.connect(lambda _=False, name=one.name: self._on_clicked(name))
            # Or three of them side by side would make the whole inspector too wide.
            chip.setMinimumWidth(1)
            self._chips[one.name] = chip
        self._columns = 0
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        widest = max((one.sizeHint().width() for one in self._chips.values()), default=1)
        columns = min(max((self.width() + _CHIP_GAP_PX) // (widest + _CHIP_GAP_PX), 1), _CHIPS_A_ROW)
        if columns != self._columns:
            self._columns = columns
            for number, chip in enumerate(self._chips.values()):
                self._grid.addWidget(chip, number // columns, number % columns)

    def _check(self) -> None:
        for name, chip in self._chips.items():
            chip.setChecked(name == self._chosen)

    def _on_clicked(self, name: str) -> None:
        # The click has checked the chip, but whether the label changes is not for the chip to say.
        self._check()
        self.label_chosen.emit(name)


_DETAIL_INDENT_PX = 10


class HistoryView(QWidget):
    """What happened to the selected thing, line by line, with what each act changed; to be copied as text."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QLabel] = []
        self._text = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(5)
        copy = QToolButton()
        copy.setText("Copy")
        copy.setProperty("role", "link")
        copy.setAccessibleName("Copy the history")
        copy.clicked.connect(self.copy)
        self._layout.addLayout(row([label("HISTORY", "heading"), 1, copy]))

    def show_lines(self, lines: Sequence[HistoryLine]) -> None:
        """Show these lines."""
        while len(self._lines) < 2 * len(lines):
            self._lines += [label("", "mute", wraps=True), label("", "small", wraps=True)]
            for made in self._lines[-2:]:
                self._layout.addWidget(made)
            self._lines[-1].setIndent(_DETAIL_INDENT_PX)
        texts = [text for one in lines for text in (one.text, one.detail)]
        for number, made in enumerate(self._lines):
            text = texts[number] if number < len(texts) else ""
            made.setText(text)
            made.setVisible(bool(text))
        self._text = "\n".join("\n    ".join([one.text, *one.detail.splitlines()]) for one in lines)

    def copy(self) -> None:
        """Put all lines on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
