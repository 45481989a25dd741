"""Notes on a case: those on either side's record, with their replies."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.services import notes
from annotator.ui.review.controller import ReviewController


class ReviewNotes(QObject):
    """Connects the notes of the Review view with the project. A new note is on what B has marked, else on the first."""

    def __init__(self, place: ReviewController) -> None:
        super().__init__(place)
        self._place = place
        self._view = place.view.panel.notes
        session = place.session
        self._view.written.connect(self._on_written)
        self._view.replied.connect(lambda note, text: session.act(notes.reply, note, text))
        self._view.resolved.connect(lambda note, done: session.act(notes.resolve, note, is_resolved=done))
        self._view.withdrawn.connect(lambda note: session.act(notes.withdraw, note))
        place.moved.connect(self.show)

    def show(self) -> None:
        """Show the notes on the open case."""
        case = self._place.case
        if case is None:
            return
        project = self._place.session.project
        found = [note for one in case.difference.records for note in notes.of_record(project, one.id)]
        self._view.show_notes(found, about="this case", key=case.difference.key)

    def _on_written(self, text: str) -> None:
        case = self._place.case
        if case is not None:
            # With two layers B is one's own.
            record = case.difference.records[:2][-1]
            self._place.session.act(notes.add, text, subject=record.id)
