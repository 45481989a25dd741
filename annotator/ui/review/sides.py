"""Layers of one article side by side: reading views that scroll together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.differences import LETTERS
from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.ui.reading.marks import Mark
from annotator.ui.reading.view import ReadingView
from annotator.ui.theme import Theme
from annotator.ui.widgets import ElidedLabel, label, row

# Where nothing is compared, the head of a side says so, and the text has the rest of the room.
_HEAD_PX, _MOST_PX = 240, 16_777_215
_NAME_CHARS = 9
# Narrower than this nothing can be read; more sides than fit scroll sideways.
_LEAST_PX = 172


class Side(QWidget):
    """One layer: whose, how many annotations, and the text with its marks."""

    layer_chosen = Signal(str)

    def __init__(self, letter: str, theme: Theme) -> None:
        super().__init__()
        self.letter = letter
        self.reading = ReadingView(theme=theme)
        self.reading.setAccessibleName(f"Article as {letter} has marked it")
        self.layer = QComboBox()
        self.layer.setProperty("role", "quiet")
        self.layer.setAccessibleName(f"Layer {letter}")
        self.layer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.layer.setMinimumContentsLength(_NAME_CHARS)
        self.layer.activated.connect(lambda number: self.layer_chosen.emit(self.layer.itemData(number)))
        self._hidden = label("name hidden", "mute")
        self._count = ElidedLabel("", "small")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QFrame()
        head.setProperty("role", "top")
        head.setFixedHeight(44)
        inside = QHBoxLayout(head)
        inside.setContentsMargins(18, 0, 18, 0)
        inside.addLayout(row([label(letter, "title"), self.layer, self._hidden]))
        inside.addWidget(self._count, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.reading, 1)
        self._rest = QWidget()
        self._rest.hide()
        layout.addWidget(self._rest, 1)

    def show_text(self, is_shown: bool) -> None:
        """Show the text, or only whose layer could stand here."""
        self.reading.setVisible(is_shown)
        self._rest.setVisible(not is_shown)
        self._count.setVisible(is_shown)
        self.setMaximumWidth(_MOST_PX if is_shown else _HEAD_PX)

    def show_layers(self, layers: Sequence[tuple[str, str]], chosen: str, *, is_hidden: bool) -> None:
        """Offer these layers `(id, name)`; with names hidden, none can be read or chosen."""
        self.layer.clear()
        for layer_id, name in layers:
            self.layer.addItem(name, layer_id)
        self.layer.setCurrentIndex(max(self.layer.findData(chosen), 0))
        self.layer.setVisible(not is_hidden)
        self._hidden.setVisible(is_hidden)

    def show_count(self, count: int) -> None:
        """Say how many annotations the layer has in this article."""
        self._count.show_text(f"{count} annotation{'' if count == 1 else 's'}")


class Sides(QScrollArea):
    """Layer A on the left, B on its right, perhaps C and D; what one scrolls, the others follow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.setWidget(inside)
        self.all = tuple(Side(letter, theme) for letter in LETTERS)
        self._layout = QHBoxLayout(inside)
        self._layout.setSpacing(1)
        for side in self.all:
            side.setMinimumWidth(_LEAST_PX)
            self._layout.addWidget(side, 1)
            bar = side.reading.verticalScrollBar()
            bar.valueChanged.connect(lambda value, side=side: self._follow(side, value))
        self._is_following = False
        self.show_number(2)

    @property
    def shown(self) -> tuple[Side, ...]:
        """The sides that layers stand on."""
        return self.all[: self._number]

    @property
    def a(self) -> Side:
        return self.all[0]

    @property
    def b(self) -> Side:
        return self.all[1]

    def show_number(self, number: int) -> None:
        """Show so many sides."""
        self._number = number
        for at, side in enumerate(self.all):
            side.setVisible(at < number)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Give all sides the same width to the pixel: else their lines would break in other places."""
        left_over = (self.viewport().width() - (self._number - 1) * self._layout.spacing()) % self._number
        self._layout.setContentsMargins(0, 0, max(left_over, 0), 0)

    def _follow(self, moved: Side, value: int) -> None:
        if self._is_following:
            return
        self._is_following = True
        for side in self.shown:
            if side is not moved:
                side.reading.verticalScrollBar().setValue(value)
        self._is_following = False

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        for side in self.all:
            side.reading.set_theme(theme)

    def show_article(self, text: str, *, heading: str, meta: str, sections: tuple[Section, ...]) -> None:
        """Show another article on all sides."""
        for side in self.shown:
            side.reading.show_article(text, heading=heading, meta=meta, sections=sections)

    def show_marks(self, marks: Sequence[Sequence[Mark]]) -> None:
        """Show each side's marks."""
        for side, own in zip(self.shown, marks, strict=True):
            side.reading.show_marks(own)
            side.show_count(len(own))

    def show_case(self, framed: Sequence[Sequence[Span]]) -> None:
        """Frame what differs, and bring it into sight; a side that has nothing gets the others' ranges, faintly."""
        whole = [one for own in framed for one in own]
        for side, own in zip(self.shown, framed, strict=False):
            side.reading.set_framed(own or sorted(set(whole)), is_faint=not own)
        if whole:
            span = Span(min(one.start for one in whole), max(one.end for one in whole))
            for side in self.shown:
                side.reading.reveal(span)

    def selection(self) -> Span | None:
        """The words that are selected on one of the sides."""
        return next((found for side in self.shown if (found := side.reading.selection())), None)
