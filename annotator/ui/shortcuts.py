"""The shortcut sheet (F1): every command with its keys, by menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.action import Action
from annotator.ui.widgets import cap, label, row

_COLUMNS = (("Annotate",), ("File", "Edit"), ("Article", "View", "Help"))


def sheet(actions: Iterable[Action]) -> list[tuple[str, list[Action]]]:
    """The actions that have keys, by menu."""
    keyed = sorted((one for one in actions if one.shortcuts), key=lambda one: one.menu)
    return [(menu, list(found)) for menu, found in groupby(keyed, key=lambda one: one.menu)]


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
        columns.setSpacing(34)
        groups = dict(sheet(actions))
        for menus in _COLUMNS:
            column = QVBoxLayout()
            for menu in menus:
                column.addWidget(label(menu.upper(), "heading"))
                column.addLayout(self._group(groups.get(menu, [])))
                column.addSpacing(8)
            column.addStretch(1)
            columns.addLayout(column)
        inside = QWidget()
        inside.setLayout(columns)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout.addWidget(area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        room = parent.size()
        self.resize(min(980, room.width() - 60), min(720, room.height() - 60))

    def _group(self, actions: list[Action]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(14)
        for number, action in enumerate(actions):
            grid.addWidget(label(self._texts.get(action.id, action.text).rstrip("…")), number, 0)
            grid.addLayout(row([1, *(cap(keys) for keys in action.shortcuts)], spacing=4), number, 1)
        return grid
