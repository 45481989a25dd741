"""The inbox of reviewed work, and the page of what was changed most often, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.services import feedback, reviewing
from annotator.services.feedback import Feedback
from annotator.ui.review.changes_dialog import ChangesDialog
from annotator.ui.review.inbox_dialog import InboxDialog

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class FeedbackActs(QObject):
    """What one main window does about feedback."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.inbox: InboxDialog | None = None
        self.changes: ChangesDialog | None = None
        self._session.changed.connect(lambda _: self._renew())
        self._session.closed.connect(self._close)

    def _close(self) -> None:
        for dialog in (self.inbox, self.changes):
            if dialog is not None:
                dialog.drop()
                dialog.deleteLater()
        self.inbox = self.changes = None

    def open_inbox(self) -> None:
        """Show the inbox."""
        if self.inbox is None:
            self.inbox = InboxDialog(self._window)
            self.inbox.take_asked.connect(lambda one: self._session.act(feedback.take, one))
            self.inbox.keep_asked.connect(lambda one, why: self._session.act(feedback.keep, one, why))
            self.inbox.show_asked.connect(self._show)
        self._front(self.inbox)
        self._renew()

    def open_changes(self) -> None:
        """Show what reviews changed most often."""
        if self.changes is None:
            self.changes = ChangesDialog(self._window)
        self._front(self.changes)
        self._renew()

    @staticmethod
    def _front(dialog: InboxDialog | ChangesDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _renew(self) -> None:
        project = self._session.project if self._session.is_open else None
        if project is None:
            return
        if self.inbox is not None and self.inbox.isVisible():
            self.inbox.show_feedback(feedback.inbox(project), reviewing.called(project))
        if self.changes is not None and self.changes.isVisible():
            self.changes.show_changes(feedback.changed_most(project))

    def _show(self, one: Feedback) -> None:
        self._window.show_view("label")
        self._window.label.open_article(one.decision.article)
        self._window.label.select_and_reveal(one.before.id)
        self._window.activateWindow()
