"""The start page: what to do when no project is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.keycaps import KeyCap
from annotator.ui.keys import Button
from annotator.ui.widgets import ElidedLabel, clear, label, row, tooltip

_WIDTH_PX = 520


class StartPage(QWidget):
    """New, open, a colleague's bundle, the demo, and the recent projects."""

    new_chosen = Signal()
    open_chosen = Signal()
    bundle_chosen = Signal()
    demo_chosen = Signal()
    recent_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(label("Who said what, and where they stand", "big"))
        column.addWidget(
            label(
                "Annotator shows each article with entities and quotes already highlighted. You confirm, correct and "
                "add; everything stays in one project file on this computer.",
                "lede",
                wraps=True,
            )
        )
        column.addSpacing(12)
        new = self._button("New project…", self.new_chosen.emit, is_primary=True)
        opening = self._button("Open a project…", self.open_chosen.emit)
        demo = self._button("Try the demo", self.demo_chosen.emit)
        column.addLayout(row([new, KeyCap("file.new"), opening, KeyCap("file.open"), demo, 1]))
        bundle = self._button("Open a colleague's bundle…", self.bundle_chosen.emit)
        column.addLayout(row([bundle, label("makes a project of your own from the work they sent you", "mute"), 1]))
        column.addSpacing(18)
        self._heading = label("RECENT PROJECTS", "heading")
        column.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addLayout(self._recent)
        column.addStretch(3)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(_WIDTH_PX)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(holder, 10)
        layout.addStretch(1)

    def _button(self, text: str, run: Callable[[], None], *, is_primary: bool = False) -> Button:
        button = Button(text)
        if is_primary:
            button.setProperty("role", "primary")
        button.clicked.connect(lambda: run())
        return button

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the recent projects, the latest first."""
        clear(self._recent)
        self._heading.setVisible(bool(paths))
        for path in paths:
            button = Button(Path(path).stem)
            button.setProperty("role", "row")
            button.setToolTip(tooltip(path))
            button.clicked.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
            self._recent.addLayout(row([button, ElidedLabel(path, "small")]))
