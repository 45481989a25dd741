"""Two layers of one article side by side: two reading views that scroll together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.ui.reading.marks import Mark
from annotator.ui.reading.view import ReadingView
from annotator.ui.theme import Theme
from annotator.ui.widgets import ElidedLabel, label, row

# Where nothing is compared, the head of a side says so, and the text has the rest of the room.
_HEAD_PX, _MOST_PX = 240, 16_777_215


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


class Sides(QWidget):
    """Layer A on the left, layer B on the right; what one scrolls, the other follows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.a, self.b = Side("A", theme), Side("B", theme)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        for side in self.both:
            layout.addWidget(side, 1)
        self._is_following = False
        for side, other in ((self.a, self.b), (self.b, self.a)):
            bar = side.reading.verticalScrollBar()
            bar.valueChanged.connect(lambda value, other=other: self._follow(other, value))

    @property
    def both(self) -> tuple[Side, Side]:
        return self.a, self.b

    def _follow(self, other: Side, value: int) -> None:
        if not self._is_following:
            self._is_following = True
            other.reading.verticalScrollBar().setValue(value)
            self._is_following = False

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        for side in self.both:
            side.reading.set_theme(theme)

    def show_article(self, text: str, *, heading: str, meta: str, sections: tuple[Section, ...]) -> None:
        """Show another article on both sides."""
        for side in self.both:
            side.reading.show_article(text, heading=heading, meta=meta, sections=sections)

    def show_marks(self, a: Sequence[Mark], b: Sequence[Mark]) -> None:
        """Show these marks."""
        for side, marks in zip(self.both, (a, b), strict=True):
            side.reading.show_marks(marks)
            side.show_count(len(marks))

    def show_case(self, a: Sequence[Span], b: Sequence[Span]) -> None:
        """Frame what differs, and bring it into sight; a side that has nothing gets the other's ranges, faintly."""
        for side, own, others in ((self.a, a, b), (self.b, b, a)):
            side.reading.set_framed(own or others, is_faint=not own)
        whole = [*a, *b]
        if whole:
            span = Span(min(one.start for one in whole), max(one.end for one in whole))
            self.a.reading.reveal(span)
            self.b.reading.reveal(span)
