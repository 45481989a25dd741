"""Writing, answering, resolving and withdrawing notes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.domain.drafts import Suggestion
from annotator.services import notes
from annotator.ui.label.controller import LabelController


class NoteActs(QObject):
    """Connects the inspector's notes with the project."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self._place = place
        self._session = place.session
        self._view = place.view.inspector.notes
        self._view.written.connect(self._on_written)
        self._view.replied.connect(lambda note, text: self._session.act(notes.reply, note, text))
        self._view.resolved.connect(lambda note, done: self._session.act(notes.resolve, note, is_resolved=done))
        self._view.withdrawn.connect(lambda note: self._session.act(notes.withdraw, note))
        self._key: tuple[str, str] | None = None
        place.moved.connect(self.show)
        self._session.changed.connect(lambda _: self._renew())

    def write(self) -> None:
        """Put the cursor where a note is written."""
        self._place.view.inspector.ensureWidgetVisible(self._view.line)
        self._view.line.setFocus()

    def _renew(self) -> None:
        self._key = None
        self.show()

    def _subject(self) -> str:
        thing = self._place.selected
        return "" if thing is None or isinstance(thing, Suggestion) else thing.id

    def show(self) -> None:
        """Show the notes on what is selected, or on the article."""
        article, subject = self._place.article_id, self._subject()
        if self._key == (article, subject):
            # The caret has moved, and no more.
            return
        self._key = (article, subject)
        self._view.setVisible(bool(article))
        if not article:
            return
        project = self._session.project
        if subject:
            found = notes.of_record(project, subject)
        else:
            found = [one for one in notes.of_article(project, article) if not one.subject]
        self._view.show_notes(found, about="this annotation" if subject else "this article", key=subject or article)

    def _on_written(self, text: str) -> None:
        subject = self._subject()
        if subject:
            self._session.act(notes.add, text, subject=subject)
        else:
            self._session.act(notes.add, text, article=self._place.article_id)
        self._place.view.reading.setFocus()
