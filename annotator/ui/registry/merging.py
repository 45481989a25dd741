"""Asking before two records of a registry are made one: which stays, and what will happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from annotator.ui.registry.frame import button
from annotator.ui.widgets import card, label, row

_WIDTH_PX = 460


@dataclass(frozen=True)
class MergeSide:
    """One of the two: its name, and what is known of it in a few words."""

    id: str
    name: str
    detail: str = ""


class MergeDialog(QDialog):
    """Says what merging will do; `chosen` gives `(gone, kept)` once it was accepted.

    `consequences` gives the sentences for a gone and a kept one.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        gone: MergeSide,
        kept: MergeSide,
        consequences: Callable[[MergeSide, MergeSide], list[str]],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH_PX)
        self._gone, self._kept = gone, kept
        self._consequences = consequences
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title"))
        self._kept_name, self._kept_detail = self._side(layout, "Stays", is_focused=True)
        self._gone_name, self._gone_detail = self._side(layout, "Goes into it", is_focused=False)
        self.says = label("", "mute", wraps=True)
        layout.addWidget(self.says)
        layout.addSpacing(4)
        self.swap = button("Keep the other one", self._on_swap)
        cancel = button("Cancel", self.reject)
        self.go = button("Merge", self.accept, role="primary")
        self.go.setDefault(True)
        layout.addLayout(row([self.swap, 1, cancel, self.go]))
        self._show()
        self.go.setFocus()

    def _side(self, layout: QVBoxLayout, heading: str, *, is_focused: bool) -> tuple[QLabel, QLabel]:
        frame, inside = card(is_focused=is_focused)
        inside.setSpacing(3)
        inside.addWidget(label(heading.upper(), "heading"))
        name, detail = label("", "strong", wraps=True), label("", "mute", wraps=True)
        inside.addWidget(name)
        inside.addWidget(detail)
        layout.addWidget(frame)
        return name, detail

    @property
    def chosen(self) -> tuple[str, str]:
        """The ids of the one that goes and of the one that stays."""
        return self._gone.id, self._kept.id

    def _on_swap(self) -> None:
        self._gone, self._kept = self._kept, self._gone
        self._show()

    def _show(self) -> None:
        self._kept_name.setText(self._kept.name)
        self._kept_detail.setText(self._kept.detail)
        self._gone_name.setText(self._gone.name)
        self._gone_detail.setText(self._gone.detail)
        self.says.setText("\n".join(self._consequences(self._gone, self._kept)))
        self.adjustSize()
