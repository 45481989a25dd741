"""Notes on the selected thing, or on the article, with their replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotator.services.notes import NoteRow
from annotator.ui.clock import local_time
from annotator.ui.keys import enter, keep_keys
from annotator.ui.widgets import card, clear, label, row


class NotesView(QWidget):
    """`written` carries a new note; `replied`, `resolved` and `withdrawn` the id of the note they are about."""

    written = Signal(str)
    replied = Signal(str, str)
    resolved = Signal(str, bool)
    withdrawn = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        self._heading = label("NOTES", "heading")
        layout.addWidget(self._heading)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(6)
        layout.addLayout(self._notes)
        self.line = QLineEdit()
        self.line.setAccessibleName("Write a note")
        # Ctrl+Enter would mark the article done, with the note unsaid.
        keep_keys(self.line, enter(self._on_written), with_ctrl=True)
        layout.addWidget(self.line)
        self._shown: tuple[NoteRow, ...] | None = None
        self._key = ""
        self._begun: dict[str, str] = {}

    def show_notes(self, notes: Sequence[NoteRow], *, about: str, key: str = "") -> None:
        """Show notes; `about` says in the line below what a new one will be on.

        What was begun in that line stays with the `key` that it was begun under, and comes back with it.
        """
        if key != self._key:
            self._begun[self._key], self._key = self.line.text(), key
            self.line.setText(self._begun.pop(key, ""))
        self.line.setPlaceholderText(f"Write a note on {about}")
        self.line.setAccessibleName(f"Write a note on {about}")
        if self._shown == tuple(notes):
            return
        self._shown = tuple(notes)
        clear(self._notes)
        for one in notes:
            self._notes.addWidget(self._card(one))
        left = sum(not one.is_resolved for one in notes)
        self._heading.setText(f"NOTES · {left} OPEN" if notes else "NOTES")

    def _card(self, one: NoteRow) -> QFrame:
        frame, inside = card()
        inside.setContentsMargins(12, 8, 8, 8)
        self._lines(inside, one)
        for reply in one.replies:
            self._lines(inside, reply, indent_px=14)
        answer = QLineEdit()
        answer.setPlaceholderText("Reply")
        answer.setAccessibleName("Reply to this note")
        keep_keys(answer, enter(lambda: self._on_replied(one.id, answer)), with_ctrl=True)
        inside.addWidget(answer)
        return frame

    def _lines(self, layout: QVBoxLayout, one: NoteRow, *, indent_px: int = 0) -> None:
        state = " · resolved" if one.is_resolved else ""
        who = label(f"{one.who} · {local_time(one.time)}{state}", "small")
        who.setContentsMargins(indent_px, 0, 0, 0)
        tools: list[QWidget | int] = [who, 1]
        if one.is_mine:
            if not indent_px:
                said = "Reopen" if one.is_resolved else "Resolve"
                tools.append(self._tool("↺" if one.is_resolved else "✓", said, self._resolver(one)))
            tools.append(self._tool("✕", "Withdraw this note", lambda: self.withdrawn.emit(one.id)))
        layout.addLayout(row(tools, spacing=2))
        text = label(one.text, "", wraps=True)
        text.setContentsMargins(indent_px, 0, 0, 0)
        layout.addWidget(text)

    def _resolver(self, one: NoteRow) -> Callable[[], None]:
        return lambda: self.resolved.emit(one.id, not one.is_resolved)

    def _tool(self, sign: str, name: str, run: Callable[[], None]) -> QToolButton:
        tool = QToolButton()
        tool.setText(sign)
        tool.setToolTip(name)
        tool.setAccessibleName(name)
        tool.clicked.connect(run)
        return tool

    def _on_written(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.written.emit(text)

    def _on_replied(self, note: str, answer: QLineEdit) -> None:
        text = answer.text().strip()
        if text:
            self.replied.emit(note, text)
