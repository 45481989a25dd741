"""The Label view's parts in their places: queue and outline, reading view, inspector."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from annotator.ui.label.inspector import Inspector
from annotator.ui.label.outline import Outline
from annotator.ui.label.queue import QueuePanel
from annotator.ui.reading.view import ReadingView
from annotator.ui.theme import Theme
from annotator.ui.widgets import label

_WIDE_PX = 1280
_TALL_PX = 760
_SIDES_PX = ((264, 372), (214, 304))


class LabelView(QWidget):
    """Three columns; the sides give way first when the window is narrow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._fitted = (0, 0)
        self.queue = QueuePanel(theme)
        self.outline = Outline()
        self.reading = ReadingView()
        self.reading.set_theme(theme)
        self.inspector = Inspector()
        self.inspector.set_theme(theme)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for column in (self._side(), self._page(), self._inspector()):
            self.splitter.addWidget(column)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setStretchFactor(2, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setProperty("role", "side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(196)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.queue, 1)
        layout.addWidget(self.outline)
        return side

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.reading)
        self._empty = self._nothing_to_read()
        layout.addWidget(self._empty)
        return page

    def _nothing_to_read(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setSpacing(10)
        layout.addStretch(2)
        for text, role in (("No articles yet", "big"), ("Drop text files or folders anywhere here.", "lede")):
            line = label(text, role, wraps=True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(line)
        layout.addStretch(3)
        holder.hide()
        return holder

    def show_text(self, is_there: bool) -> None:
        """Show the text, or that there is none."""
        self.reading.setVisible(is_there)
        self._empty.setVisible(not is_there)

    def _inspector(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("role", "inspector")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # As wide as the three buttons of a suggested stance.
        holder.setMinimumWidth(304)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self.inspector)
        return holder

    def fit(self, width: int, height: int) -> None:
        """Give the columns the widths that suit a window of this size."""
        self.outline.set_compact(height < _TALL_PX)
        left, right = _SIDES_PX[0 if width >= _WIDE_PX else 1]
        if self._fitted == (left, right):
            # Widths that the user has chosen stay until the window becomes wide or narrow.
            return
        self._fitted = (left, right)
        self.splitter.setSizes([left, max(width - left - right, 300), right])

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self.theme = theme
        self.queue.set_theme(theme)
        self.reading.set_theme(theme)
        self.inspector.set_theme(theme)
