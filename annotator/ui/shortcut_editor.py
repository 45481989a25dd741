"""Changing the keys of commands: choose one, press its new key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.action import Action
from annotator.ui.bindings import Keys, clash, distinct, is_fixed, keys_in_force, refusal, with_keys_of
from annotator.ui.keys import Button, enter, keep_keys
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.widgets import key_text, label, row

_SIZE = (640, 620)
_ROW_PX = 30
_HOW_TO = "Choose a command, press Enter, then its new key. Tab leaves the field."


@dataclass(frozen=True)
class _Row:
    id: str
    name: str
    keys: str
    menu: str
    is_changed: bool


class ShortcutEditor(QDialog):
    """The commands and their keys; `keys_chosen` carries what is to differ from the registry, by command.

    Whoever takes that calls `show_keys` when it is in force, or `show_problem`.
    """

    keys_chosen = Signal(object)

    def __init__(
        self, parent: QWidget, actions: Sequence[Action], texts: Mapping[str, str], chosen: Mapping[str, Keys]
    ) -> None:
        super().__init__(parent)
        self._actions = tuple(actions)
        self._texts = texts
        self._chosen: dict[str, Keys] = {}
        self._keys: dict[str, Keys] = {}
        self.setWindowTitle("Change keyboard shortcuts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Change keyboard shortcuts", "title"))
        layout.addWidget(label(_HOW_TO, "mute", wraps=True))
        layout.addWidget(self._build_filter())
        layout.addWidget(self._build_table(), 1)
        self._name = label("", "strong")
        layout.addWidget(self._name)
        layout.addLayout(self._build_recorder())
        self._problem = label("", "problem", wraps=True)
        self._problem.setMinimumHeight(self._problem.fontMetrics().height())
        layout.addWidget(self._problem)
        layout.addLayout(self._build_feet())
        room = parent.window().size()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 40))
        self.show_keys(chosen)
        self.table.selectRow(0)
        self.filter.setFocus()

    def _build_filter(self) -> QLineEdit:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter: a command or a key")
        self.filter.setAccessibleName("Filter the commands by name or key")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show_rows)
        keep_keys(self.filter, enter(self._start_recording))
        return self.filter

    def _build_table(self) -> QTableView:
        self._model: TableModel[_Row] = TableModel(
            [
                Column("Command", lambda one: one.name),
                Column("Keys", lambda one: one.keys),
                Column("Menu", lambda one: one.menu),
                Column("", lambda one: "changed" if one.is_changed else ""),
            ],
            key=lambda one: one.id,
        )
        self.table = QTableView()
        self.table.setProperty("role", "framed")
        self.table.setModel(self._model)
        self.table.setAccessibleName("Commands and their keys")
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width_px in ((1, 150), (2, 90), (3, 80)):
            self.table.setColumnWidth(column, width_px)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        keep_keys(self.table, enter(self._start_recording))
        return self.table

    def _build_recorder(self) -> QVBoxLayout:
        self.recorder = QKeySequenceEdit()
        self.recorder.setMaximumSequenceLength(1)
        self.recorder.setAccessibleName("New key")
        self.recorder.editingFinished.connect(self._on_recorded)
        line = self.recorder.findChild(QLineEdit)
        if line is not None:
            line.setAccessibleName("New key")
            line.setPlaceholderText("Press a key")
        self.is_further = Button("Keep the keys that it has")
        self.is_further.setProperty("role", "chip")
        self.is_further.setCheckable(True)
        self._none = _button("No key", self._on_none)
        self._reset = _button("Reset", self._on_reset)
        column = QVBoxLayout()
        column.addLayout(row([self.recorder, self._none, self._reset]))
        column.addLayout(row([self.is_further, 1]))
        return column

    def _build_feet(self) -> QVBoxLayout:
        self._reset_all = _button("Reset all", self._on_reset_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        # Enter belongs to the table and to the recorder.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        column = QVBoxLayout()
        column.addLayout(row([self._reset_all, 1, buttons]))
        return column

    # What is shown

    def show_keys(self, chosen: Mapping[str, Keys]) -> None:
        """Show the keys that are in force with this choice."""
        self._chosen = dict(chosen)
        self._keys = keys_in_force(self._actions, chosen)
        self.show_problem("")
        self.recorder.clear()
        self._show_rows()

    def show_problem(self, text: str) -> None:
        """Say why something cannot be, in a sentence; nothing where it is empty."""
        self._problem.setText(text)
        self._problem.setAccessibleName(text)

    @property
    def problem(self) -> str:
        """The sentence that is shown."""
        return self._problem.text()

    def _show_rows(self) -> None:
        picked = self._picked()
        words = self.filter.text().casefold().split()
        rows = [self._row(one) for one in self._actions if not is_fixed(one)]
        self._model.show_rows(
            [one for one in rows if all(word in f"{one.name} {one.keys} {one.menu}".casefold() for word in words)]
        )
        if self._model.rows and self._picked() is None:
            index = self._model.index_of(picked.id if picked else "")
            self.table.selectRow(max(index.row(), 0))
        self._show_picked()

    def _row(self, action: Action) -> _Row:
        keys = self._keys[action.id]
        name = self._texts.get(action.id, action.text).rstrip("…")
        is_changed = keys != distinct(action.shortcuts)
        return _Row(action.id, name, ", ".join(map(key_text, keys)), action.menu, is_changed)

    def _picked(self) -> _Row | None:
        rows = self.table.selectionModel().selectedRows()
        found: _Row | None = rows[0].data(ROW_ROLE) if rows else None
        return found

    def _show_picked(self) -> None:
        picked = self._picked()
        self._name.setText(f"{picked.name}:  {picked.keys or 'no key'}" if picked else "No command fits the filter.")
        for widget in (self.recorder, self.is_further):
            widget.setEnabled(picked is not None)
        self._none.setEnabled(picked is not None and bool(picked.keys))
        self._reset.setEnabled(picked is not None and picked.is_changed)
        self._reset_all.setEnabled(bool(self._chosen))

    # What is done

    def _on_selected(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self.show_problem("")
        self.recorder.clear()
        self._show_picked()

    def _start_recording(self) -> None:
        self.recorder.setFocus()

    def _action(self) -> Action | None:
        picked = self._picked()
        return next((one for one in self._actions if picked and one.id == picked.id), None)

    def _on_recorded(self) -> None:
        key = self.recorder.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        action = self._action()
        if not key or action is None:
            return
        problem = refusal(action, key, actions=self._actions, keys=self._keys, texts=self._texts)
        self.recorder.clear()
        self.show_problem(problem)
        if not problem:
            kept = self._keys[action.id] if self.is_further.isChecked() else ()
            self._choose(action, (*kept, key))

    def _on_none(self) -> None:
        self._choose(self._action(), ())

    def _on_reset(self) -> None:
        action = self._action()
        if action is None:
            return
        # Some other command may have got a key of the registry in the meantime.
        problems = [
            clash(action, key, actions=self._actions, keys=self._keys, texts=self._texts)
            for key in distinct(action.shortcuts)
        ]
        problem = next(filter(None, problems), "")
        self.show_problem(problem)
        if not problem:
            self._choose(action, action.shortcuts)

    def _on_reset_all(self) -> None:
        self.keys_chosen.emit({})

    def _choose(self, action: Action | None, keys: Keys) -> None:
        if action is not None:
            self.keys_chosen.emit(with_keys_of(action, keys, actions=self._actions, chosen=self._chosen))


def _button(text: str, run: Callable[[], None]) -> Button:
    made = Button(text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: run())
    return made
