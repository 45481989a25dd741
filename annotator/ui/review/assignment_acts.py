"""Assignments in the window: the list, giving out, and going to work on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain.errors import AnnotatorError
from annotator.services import assigning, identity, queries
from annotator.services.assigning import AssignmentRow
from annotator.ui.review.assignments_dialog import AssignmentsDialog, Order

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class AssignmentActs(QObject):
    """What one main window does about assignments."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.dialog: AssignmentsDialog | None = None
        self._session.changed.connect(lambda _: self._renew())
        self._session.closed.connect(self._close)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.drop()
            self.dialog.deleteLater()
        self.dialog = None

    def open(self) -> None:
        """Show the list."""
        if self.dialog is None:
            self.dialog = AssignmentsDialog(self._window)
            self.dialog.assign_asked.connect(self._assign)
            self.dialog.back_asked.connect(self._take_back)
            self.dialog.work_asked.connect(self._work)
            self.dialog.again_asked.connect(self._again)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self._renew()

    def _renew(self) -> None:
        if self.dialog is not None and self.dialog.isVisible() and self._session.is_open:
            project = self._session.project
            self.dialog.show_assignments(assigning.assignments(project), assigning.people(project))

    def _assign(self, order: Order) -> None:
        project = self._session.project
        ids = [one.id for one in queries.article_rows(project)]
        if order.scope == "free":
            taken = {one.article for one in assigning.assignments(project) if one.task == order.task}
            ids = [one for one in ids if one not in taken]
        elif order.scope == "open":
            ids = [one for one in ids if one == self._window.label.article_id]
        task = "review" if order.task == "review" else "label"
        self._attempt(assigning.assign, ids, order.who, task, each=order.each, due=order.due)

    def _take_back(self, ids: tuple[str, ...]) -> None:
        self._attempt(assigning.take_back, ids)

    def _again(self) -> None:
        self._attempt(assigning.assign_again)

    def _attempt(self, service, *args, **options) -> None:  # type: ignore[no-untyped-def]
        assert self.dialog is not None
        try:
            changes = self._session.attempt(service, *args, **options)
        except AnnotatorError as error:
            self.dialog.say(str(error))
            return
        count = len(changes.changes)
        self.dialog.say(
            f"{count} assignment{'' if count == 1 else 's'} changed." if count else "Nothing to change.", "good"
        )

    def _work(self, one: AssignmentRow) -> None:
        if assigning.is_again(one.assignee) and not one.is_mine:
            own = assigning.again_author(self._session.project.author).id == one.assignee
            if own:
                self.toggle_again()
        elif not one.is_mine:
            assert self.dialog is not None
            self.dialog.say(f"That is for {one.who}.", "info")
            return
        self._window.show_view("review" if one.task == "review" else "label")
        if one.task == "label":
            self._window.label.open_article(one.article)
        self._window.activateWindow()

    def toggle_again(self) -> None:
        """Begin the second pass, which shows nothing of the first, or go back to the first."""
        project = self._session.project
        me = project.author
        if assigning.is_again(me.id):
            self._session.reopen_as(identity.author())
            self._session.said.emit("You are back at your own layer.", "info")
        else:
            self._session.reopen_as(assigning.again_author(me))
            self._session.said.emit(
                "Second pass: what you do now is a layer of its own, and the first is not shown.", "info"
            )
