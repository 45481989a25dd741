"""Assignments: who labels and reviews which articles, by when, how far that is; and giving out more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.services.assigning import TASKS, AssignmentRow
from annotator.ui.registry.frame import RegistryWindow, button, combo
from annotator.ui.registry.table import Table, text_field
from annotator.ui.widgets import label

_SIZE = QSize(1040, 600)
_FORM_PX = 270
SCOPES = {"free": "Those that nobody has", "all": "All articles", "open": "The open article"}
_ASSIGN, _BACK, _AGAIN = "Ctrl+Return", "Ctrl+Backspace", "Ctrl+5"


@dataclass(frozen=True)
class Order:
    """What is to be assigned: a scope of `SCOPES`, to whom, what task, how many people an article, until when."""

    scope: str
    who: tuple[str, ...]
    task: str
    each: int
    due: str


class AssignmentsDialog(RegistryWindow):
    """Lists assignments; `assign_asked` carries an `Order`, `back_asked` ids, `work_asked` a row."""

    assign_asked = Signal(object)
    back_asked = Signal(object)
    work_asked = Signal(object)
    again_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Assignments", _SIZE)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by article, person, task or state")
        self.filter.setAccessibleName("Filter the assignments")
        self.filter.setClearButtonEnabled(True)
        self.table: Table[AssignmentRow] = Table(
            [
                text_field("Article", lambda one: one.title),
                text_field("Who", lambda one: f"{one.who} (you)" if one.is_mine else one.who, width_px=130),
                text_field("Task", lambda one: TASKS[one.task], width_px=92),
                text_field("Due", lambda one: f"{one.due} !" if one.is_overdue else one.due, width_px=104),
                text_field("State", lambda one: one.state, width_px=104),
            ],
            key=lambda one: one.id,
            name="Assignments",
        )
        self.filter.textChanged.connect(self.table.filter_words)
        self.table.row_entered.connect(self._on_entered)
        self._empty = label(
            "Nothing is assigned yet. Choose people on the right, and give out articles.", "mute", wraps=True
        )
        left = QVBoxLayout()
        left.addWidget(self.filter)
        left.addWidget(self.table, 1)
        left.addWidget(self._empty)
        left.addWidget(
            label("Enter opens the marked article. Who has yet to label one sees nobody else's work on it.", "mute")
        )
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 1)
        body.addWidget(self._form())
        self.page.addLayout(body, 1)
        self.add_keys(_ASSIGN, self._assign)
        self.add_keys(_BACK, self._take_back)
        self.add_keys(_AGAIN, self.again_asked.emit)
        self._rows: dict[str, AssignmentRow] = {}

    def _form(self) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(_FORM_PX)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(label("GIVE OUT", "heading"))
        self.people = QListWidget()
        self.people.setAccessibleName("People")
        self.people.setProperty("role", "framed")
        layout.addWidget(self.people, 1)
        form = QFormLayout()
        form.setSpacing(8)
        self.scope = combo(SCOPES, "Which articles")
        self.task = combo({"label": "Label", "review": "Review"}, "Task")
        self.each = combo({"1": "One", "2": "Two, for double coding", "3": "Three"}, "People for each article")
        self.due = QLineEdit()
        self.due.setPlaceholderText("2026-12-31")
        self.due.setAccessibleName("Due")
        form.addRow("Articles", self.scope)
        form.addRow("Task", self.task)
        form.addRow("People each", self.each)
        form.addRow("Due", self.due)
        layout.addLayout(form)
        layout.addWidget(button("Assign", self._assign, keys=_ASSIGN, role="primary"))
        layout.addWidget(button("Take the marked one back", self._take_back, keys=_BACK))
        layout.addWidget(button("My oldest 5 % again, blind", self.again_asked.emit, keys=_AGAIN))
        return holder

    def show_assignments(self, rows: Sequence[AssignmentRow], people: Mapping[str, str]) -> None:
        """Show what is assigned, and who can be assigned something (name by id)."""
        self._rows = {one.id: one for one in rows}
        self.table.show_rows(rows)
        self._empty.setVisible(not rows)
        if [self.people.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.people.count())] == list(people):
            return
        self.people.clear()
        for person, name in people.items():
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, person)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.people.addItem(item)

    def chosen(self) -> tuple[str, ...]:
        """The ids of the people that are ticked."""
        items = [self.people.item(at) for at in range(self.people.count())]
        ticked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
        return tuple(one.data(Qt.ItemDataRole.UserRole) for one in ticked)

    def _assign(self) -> None:
        self.assign_asked.emit(
            Order(
                scope=self.scope.currentData(),
                who=self.chosen(),
                task=self.task.currentData(),
                each=int(self.each.currentData()),
                due=self.due.text().strip(),
            )
        )

    def _take_back(self) -> None:
        if self.table.selected_id:
            self.back_asked.emit((self.table.selected_id,))
        else:
            self.say("Mark an assignment first.", "info")

    def _on_entered(self, row_id: str) -> None:
        if row_id in self._rows:
            self.work_asked.emit(self._rows[row_id])
