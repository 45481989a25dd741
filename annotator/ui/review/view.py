"""The Review view's parts in their places: cases, two layers of the article, the decision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.ui.review.case_list import CaseList
from annotator.ui.review.decision_card import DecisionPanel
from annotator.ui.review.sides import Sides
from annotator.ui.theme import Theme
from annotator.ui.widgets import ElidedLabel, label

_WIDE_PX = 1280
_SIDES_PX = ((264, 372), (214, 286))


class ReviewView(QWidget):
    """Three columns, or one sentence on what to do where there is nothing to compare."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fitted = (0, 0)
        self.cases = CaseList(theme)
        self.sides = Sides(theme)
        self.panel = DecisionPanel()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for column in (self._left(), self._held(self.sides, "page", 0), self._held(self.panel, "inspector", 250)):
            self.splitter.addWidget(column)
        for number, factor in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(number, factor)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self._nothing())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _held(self, widget: QWidget, role: str, least_px: int) -> QWidget:
        holder = QWidget()
        holder.setProperty("role", role)
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        holder.setMinimumWidth(least_px)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(1 if role == "inspector" else 0, 0, 0, 0)
        layout.addWidget(widget)
        return holder

    def _left(self) -> QWidget:
        side = self._held(self.cases, "side", 196)
        layout = side.layout()
        assert isinstance(layout, QVBoxLayout)
        foot = QWidget()
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(14, 8, 14, 14)
        inside.setSpacing(9)
        self._agreement_heading = label("AGREEMENT ON THIS ARTICLE", "heading")
        inside.addWidget(self._agreement_heading)
        self._agreement = QGridLayout()
        self._agreement.setVerticalSpacing(9)
        self._agreement.setColumnStretch(0, 1)
        inside.addLayout(self._agreement)
        layout.addWidget(foot)
        return side

    def _nothing(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("role", "page")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(holder)
        layout.setSpacing(10)
        layout.addStretch(2)
        self._nothing_title = label("", "big", wraps=True)
        self._nothing_text = label("", "lede", wraps=True)
        for line in (self._nothing_title, self._nothing_text):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(line)
        layout.addStretch(3)
        return holder

    def show_nothing(self, title: str, text: str) -> None:
        """Say that there is nothing to compare, and what to do."""
        self._nothing_title.setText(title)
        self._nothing_text.setText(text)
        self.pages.setCurrentIndex(1)

    def show_review(self) -> None:
        """Show the three columns."""
        self.pages.setCurrentIndex(0)

    @property
    def nothing_text(self) -> str:
        """What is said where there is nothing to compare; empty while there is something."""
        if self.pages.currentIndex() == 0:
            return ""
        return f"{self._nothing_title.text()} {self._nothing_text.text()}"

    def show_agreement(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show how far the two agree on the open article: what is measured, and the figure."""
        while self._agreement.count():
            item = self._agreement.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._agreement_heading.setVisible(bool(figures))
        for number, (what, figure) in enumerate(figures):
            self._agreement.addWidget(ElidedLabel(what, ""), number, 0)
            self._agreement.addWidget(label(figure, "strong"), number, 1, Qt.AlignmentFlag.AlignRight)

    def fit(self, width: int) -> None:
        """Give the columns the widths that suit a window of this width."""
        left, right = _SIDES_PX[0 if width >= _WIDE_PX else 1]
        if self._fitted != (left, right):
            self._fitted = (left, right)
            self.splitter.setSizes([left, max(width - left - right, 300), right])

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self.cases.set_theme(theme)
        self.sides.set_theme(theme)
