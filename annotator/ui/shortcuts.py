"""The shortcut sheet (F1): every command with its keys, by menu; on the screen, on paper, and to be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import AnnotatorError
from annotator.ui.action import Action
from annotator.ui.bindings import distinct
from annotator.ui.key_page import Group, key_page, print_page, save_pdf
from annotator.ui.widgets import cap, label, row

_TITLES = {"Bounds": "While the bounds are being changed"}
_COLUMN_PX = 380
_ON_PAPER = 3
_ROLE = QDialogButtonBox.ButtonRole.ActionRole


def sheet(actions: Iterable[Action]) -> list[Group]:
    """The actions that have keys, by menu with its title; those for changing bounds are a group of their own, last."""
    groups: dict[str, list[Action]] = {}
    for one in sorted(actions, key=lambda one: one.when == "resizing"):
        if one.shortcuts:
            groups.setdefault("Bounds" if one.when == "resizing" else one.menu, []).append(one)
    return [(_TITLES.get(name, name), found) for name, found in groups.items()]


def in_columns(groups: Sequence[Group], columns: int) -> list[list[Group]]:
    """The groups in their order over at most so many columns, the longest of which is as short as can be."""
    if columns <= 1 or len(groups) <= 1:
        return [list(groups)]
    ways = ([list(groups[:at]), *in_columns(groups[at:], columns - 1)] for at in range(1, len(groups) + 1))
    found = min(ways, key=lambda way: max(_lines(column) for column in way))
    return [column for column in found if column]


def _lines(column: Sequence[Group]) -> int:
    return sum(len(actions) + 2 for _, actions in column)


class ShortcutSheet(QDialog):
    """A page of keys; `edit_asked` comes when somebody wants to change them."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget, actions: Iterable[Action], texts: Mapping[str, str]) -> None:
        super().__init__(parent)
        self._texts = texts
        self._actions: tuple[Action, ...] = ()
        self.setWindowTitle("Keyboard shortcuts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.addWidget(label("Keyboard shortcuts", "title"))
        self._area = QScrollArea()
        self._area.setAccessibleName("Commands and their keys")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._area, 1)
        self._problem = label("", "problem", wraps=True)
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addWidget(self._build_buttons())
        room = parent.size()
        self.resize(min(1200, room.width() - 60), min(800, room.height() - 60))
        self.show_actions(actions)

    def _build_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for text, run in (
            ("Edit…", self.edit_asked.emit),
            ("Print…", self._on_print),
            ("Save as PDF…", self._on_save),
        ):
            buttons.addButton(text, _ROLE).clicked.connect(lambda _=False, run=run: run())
        buttons.rejected.connect(self.reject)
        return buttons

    def show_actions(self, actions: Iterable[Action]) -> None:
        """Show these commands with their keys."""
        self._actions = tuple(actions)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 6, 16, 6)
        columns.setSpacing(34)
        for groups in in_columns(sheet(self._actions), max(1, self.width() // _COLUMN_PX)):
            columns.addLayout(self._column(groups), 1)
        inside = QWidget()
        inside.setLayout(columns)
        self._area.setWidget(inside)

    def _column(self, groups: Sequence[Group]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for title, actions in groups:
            column.addWidget(label(title.upper(), "heading"))
            for action in actions:
                name = label(self._texts.get(action.id, action.text).rstrip("…"))
                column.addLayout(row([name, 1, *(cap(keys) for keys in distinct(action.shortcuts))], spacing=4))
            column.addSpacing(12)
        column.addStretch(1)
        return column

    def page(self) -> QTextDocument:
        """The sheet as a page to print."""
        return key_page(in_columns(sheet(self._actions), _ON_PAPER), self._texts)

    def _on_print(self) -> None:
        # Asks the system for its printers: not before somebody wants to print.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            print_page(self.page(), printer)

    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save as PDF", "annotator-keys.pdf", "PDF (*.pdf)")
        if name:
            self.save(Path(name))

    def save(self, out: Path) -> None:
        """Save the sheet as PDF; where that cannot be, a sentence says so."""
        try:
            save_pdf(self.page(), out)
        except AnnotatorError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self._problem.hide()
