"""The roles of an actor over time: a title, since when, until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotator.domain.records import Role
from annotator.ui.registry.frame import button
from annotator.ui.widgets import label, row

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def date_problem(text: str) -> str:
    """What is wrong with a date (a year, a month or a day, as ISO 8601 writes them); empty when nothing is."""
    try:
        if not _ISO.fullmatch(text):
            raise ValueError
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return f"“{text}” is not a date like 2025, 2025-01 or 2025-01-25."
    return ""


def role_problem(role: Role) -> str:
    """What is wrong with a role, as a sentence; empty when nothing is."""
    if not role.title:
        return "A role needs a title, or take its line away."
    for text in (role.since, role.until):
        if text and (problem := date_problem(text)):
            return problem
    if role.since and role.until:
        shared = min(len(role.since), len(role.until))
        if role.until[:shared] < role.since[:shared]:
            return f"{role.title} ends before it begins."
    return ""


class _Line(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.title = self._line(role.title, "Role", "Secretary of Defense")
        self.since = self._line(role.since or "", "Since", "2025-01-25")
        self.until = self._line(role.until or "", "Until", "open")
        self.remove = remove = QToolButton()
        remove.setText("✕")
        remove.setAccessibleName("Remove this role")
        remove.setToolTip("Remove this role")
        remove.clicked.connect(self.removed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(4)
        layout.addLayout(row([self.title, remove], spacing=4))
        layout.addLayout(row([label("since", "small"), self.since, label("until", "small"), self.until], spacing=6))

    def _line(self, text: str, name: str, placeholder: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(name)
        made.setPlaceholderText(placeholder)
        made.textChanged.connect(self.changed)
        return made

    def role(self) -> Role:
        since, until = self.since.text().strip(), self.until.text().strip()
        return Role(title=" ".join(self.title.text().split()), since=since or None, until=until or None)


class RoleLines(QWidget):
    """A line for each role, and a way to add one; `changed` comes with every letter."""

    changed = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Roles over time")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.add = button("Add a role", self._on_add)
        layout.addLayout(row([label("Roles over time", "small"), 1, self.add]))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        layout.addLayout(self._lines)

    def show_roles(self, roles: Sequence[Role]) -> None:
        """Show these roles."""
        for line in list(self._each()):
            self._take(line)
        for one in roles:
            self._put(one)

    def roles(self) -> tuple[Role, ...]:
        """The roles as the lines say them; a line where nothing stands is none."""
        return tuple(one for one in (line.role() for line in self._each()) if one != Role(title=""))

    def _each(self) -> Iterator[_Line]:
        for number in range(self._lines.count()):
            item = self._lines.itemAt(number)
            widget = item.widget() if item else None
            if isinstance(widget, _Line):
                yield widget

    def _put(self, role: Role) -> _Line:
        line = _Line(role)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._on_removed(line))
        for field in (line.title, line.since, line.until):
            field.returnPressed.connect(self.submitted)
        self._lines.addWidget(line)
        # The layout would show it a moment later, and until then it takes neither focus nor keys.
        line.show()
        self._order_tabs()
        return line

    def _order_tabs(self) -> None:
        before: QWidget = self.add
        for line in self._each():
            for field in (line.title, line.remove, line.since, line.until):
                QWidget.setTabOrder(before, field)
                before = field

    def _take(self, line: _Line) -> None:
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_add(self) -> None:
        self._put(Role(title="")).title.setFocus()

    def _on_removed(self, line: _Line) -> None:
        self.add.setFocus()
        self._take(line)
        self.changed.emit()
