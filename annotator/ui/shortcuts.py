"""The shortcut sheet (F1): every command with its keys, by menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.action import Action
from annotator.ui.widgets import cap, label, row

_COLUMNS = (("Annotate", "Help"), ("Quote", "Article"), ("Bounds", "Edit"), ("File", "View"))
_TITLES = {"Bounds": "While the bounds are being changed"}


def sheet(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """The actions that have keys, by menu; those for changing bounds are a group of their own."""
    groups: dict[str, list[Action]] = {}
    for one in actions:
        if one.shortcuts:
            groups.setdefault("Bounds" if one.when == "resizing" else one.menu, []).append(one)
    return groups


class ShortcutSheet(QDialog):
    """A page of keys."""

    def __init__(self, parent: QWidget, actions: Iterable[Action], texts: Mapping[str, str]) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setWindowTitle("Keyboard shortcuts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.addWidget(label("Keyboard shortcuts", "title"))
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 6, 16, 6)
        columns.setSpacing(28)
        groups = sheet(actions)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            for menu in menus:
                column.addWidget(label(_TITLES.get(menu, menu).upper(), "heading"))
                column.addWidget(self._group(groups.get(menu, [])))
                column.addSpacing(8)
            column.addStretch(1)
            columns.addLayout(column)
        inside = QWidget()
        inside.setLayout(columns)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Keyboard shortcuts")
        area.setWidget(inside)
        layout.addWidget(area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        room = parent.size()
        self.resize(min(1060, room.width() - 60), min(720, room.height() - 60))

    def _group(self, actions: list[Action]) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(14)
        for number, action in enumerate(actions):
            grid.addWidget(label(self._texts.get(action.id, action.text).rstrip("…")), number, 0)
            grid.addLayout(row([1, *(cap(keys) for keys in action.shortcuts if keys != "Enter")], spacing=4), number, 1)
        return holder
