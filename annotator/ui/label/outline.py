"""Below the queue: the sections of the open article, and the layers that can be hidden."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.sections import SECTION_NAMES, Section
from annotator.ui.keycaps import KeyCap
from annotator.ui.keys import Button
from annotator.ui.widgets import clear, label, restyle, row

LAYERS: dict[str, str] = {
    "entities": "━  Entities",
    "quotes": "▆  Quotes",
    "stances": "▼  Stances",
    "suggestions": "┄  Suggestions",
}


def section_lines(text: str, sections: Sequence[Section]) -> list[tuple[str, int, int]]:
    """Name, how many (paragraphs of the body, else variants), and where it starts, for each kind of section."""
    lines: list[tuple[str, int, int]] = []
    for kind, found in groupby(sections, key=lambda one: one.kind):
        group = list(found)
        if kind == "body":
            body = text[group[0].start : group[0].end]
            count = sum(bool(line.strip()) for line in body.split("\n"))
        else:
            count = len(group)
        lines.append((SECTION_NAMES[kind], count, group[0].start))
    return lines


class Outline(QWidget):
    """`section_picked` carries a place in the text, `layers_changed` the layers that are shown."""

    section_picked = Signal(int)
    layers_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 10)
        layout.setSpacing(2)
        layout.addWidget(label("SECTIONS OF THIS ARTICLE", "heading"))
        self._sections = QVBoxLayout()
        self._sections.setSpacing(0)
        layout.addLayout(self._sections)
        self._layers = QWidget()
        layout.addWidget(self._layers)
        layout = QVBoxLayout(self._layers)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label("LAYERS", "heading"))
        self._shown = set(LAYERS)
        self._buttons: dict[str, Button] = {}
        for name, text in LAYERS.items():
            button = Button(text)
            button.setProperty("role", "row")
            button.setCheckable(True)
            button.setChecked(True)
            button.clicked.connect(lambda _=False, name=name: self.toggle(name))
            self._buttons[name] = button
            layout.addLayout(row([button, 1, KeyCap(f"view.{name}")]))

    def show_sections(self, text: str, sections: Sequence[Section]) -> None:
        """List the sections of an article."""
        clear(self._sections)
        for name, count, start in section_lines(text, sections):
            button = Button(name)
            button.setProperty("role", "row")
            button.clicked.connect(lambda _=False, start=start: self.section_picked.emit(start))
            self._sections.addLayout(row([button, 1, label(str(count), "mute")]))

    def set_compact(self, is_compact: bool) -> None:
        """Leave the layers to the View menu, where the window is too low for them."""
        self._layers.setVisible(not is_compact)

    def toggle(self, name: str) -> None:
        """Hide or show a layer."""
        self._shown ^= {name}
        button = self._buttons[name]
        is_shown = name in self._shown
        button.setChecked(is_shown)
        button.setText(LAYERS[name] if is_shown else f"{LAYERS[name]} (hidden)")
        restyle(button)
        self.layers_changed.emit(frozenset(self._shown))
