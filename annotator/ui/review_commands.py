"""What the actions of the Review menu run, and the switch between the views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QMessageBox

from annotator.domain.records import Outcome
from annotator.services import agreement, queries, reviewing
from annotator.ui.command_group import CommandGroup

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement
    from annotator.ui.review.agreement_dialog import AgreementDialog
    from annotator.ui.review.assignment_acts import AssignmentActs
    from annotator.ui.review.controller import ReviewController
    from annotator.ui.review.feedback_acts import FeedbackActs
    from annotator.ui.window import MainWindow


class ReviewCommands(CommandGroup):
    """The commands of one window for reviews; its view is made when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._agreement_dialog: AgreementDialog | None = None
        self._feedback_acts: FeedbackActs | None = None
        self._assignment_acts: AssignmentActs | None = None

    @property
    def _review(self) -> ReviewController:
        return self._window.review

    def show_label_view(self) -> None:
        self._window.show_view("label")

    def show_review_view(self) -> None:
        self._window.show_view("review")

    def decide(self, outcome: Outcome, taken: int = 0) -> None:
        self._review.decide(outcome, taken=taken)

    def more_layers(self) -> None:
        self._review.add_layer()

    def fewer_layers(self) -> None:
        self._review.drop_layer()

    def next_case(self) -> None:
        self._review.step(1)

    def previous_case(self) -> None:
        self._review.step(-1)

    def hide_names(self) -> None:
        self._review.toggle_names()

    def defer_case(self) -> None:
        case = self._review.case
        if case is None:
            return
        before = case.decision.comment if case.decision else ""
        if self._review.is_alone:
            title, asked = "Return this to its author", "What should be changed, and why?"
        else:
            title, asked = "Defer this decision", "What has to be cleared first?"
        comment, is_said = QInputDialog.getMultiLineText(self._window, title, asked, before)
        if is_said:
            self._review.decide("deferred", comment=comment)

    def edit_case(self) -> None:
        from annotator.ui.review.edit_dialog import EditDialog

        review = self._review
        case = review.case
        if case is None:
            return
        project = self._session.project
        dialog = EditDialog(
            self._window,
            case.difference.records[0],
            queries.article(project, case.difference.article).text,
            selected=review.view.sides.selection(),
            book=queries.codebook(project),
            actors=reviewing.actor_names(project),
            targets=reviewing.target_names(project),
        )
        if dialog.exec():
            review.decide("edited", result=dialog.made())

    def show_agreement(self) -> None:
        found = self._review.review
        if found is None:
            return
        if len(found.layers) > 2:
            self._measure(found.layers)
            return
        job = agreement.agreement(self._session.project, *found.layers)
        self._session.run_job("Measuring agreement", job, self._open_agreement)

    def _open_agreement(self, found: Agreement) -> None:
        from annotator.ui.review.agreement_dialog import AgreementDialog

        if self._agreement_dialog is None:
            dialog = AgreementDialog(self._window)
            dialog.items_asked.connect(self._show_items)
            dialog.all_asked.connect(self._measure_all)
            self._session.closed.connect(dialog.drop)
            self._agreement_dialog = dialog
        known = self._review.names_of_all()
        is_all = len(found.layers) > 2
        names = [known.get(one, "Gold") for one in found.layers] if is_all else self._review.names()
        titles = {one.id: one.title for one in queries.article_rows(self._session.project)}
        self._agreement_dialog.show_agreement(found, names, titles, others=len(known) > 2 and not is_all)
        self._agreement_dialog.show()
        self._agreement_dialog.raise_()
        self._agreement_dialog.activateWindow()

    def _measure_all(self) -> None:
        self._measure(list(self._review.names_of_all()))

    def _measure(self, layers: Sequence[str]) -> None:
        from annotator.services.agreement_of_all import agreement_of_all

        job = agreement_of_all(self._session.project, layers)
        self._session.run_job("Measuring agreement", job, lambda found: self._open_agreement(found.together))

    def _show_items(self, layers: Sequence[str], keys: frozenset[str], title: str) -> None:
        self._window.show_view("review")
        self._review.show_behind(layers, keys, title)
        self._window.activateWindow()

    def _feedback(self) -> FeedbackActs:
        if self._feedback_acts is None:
            from annotator.ui.review.feedback_acts import FeedbackActs

            self._feedback_acts = FeedbackActs(self._window)
        return self._feedback_acts

    def _assignments(self) -> AssignmentActs:
        if self._assignment_acts is None:
            from annotator.ui.review.assignment_acts import AssignmentActs

            self._assignment_acts = AssignmentActs(self._window)
        return self._assignment_acts

    def open_assignments(self) -> None:
        self._assignments().open()

    def toggle_again(self) -> None:
        self._assignments().toggle_again()

    def open_inbox(self) -> None:
        self._feedback().open_inbox()

    def open_changes(self) -> None:
        self._feedback().open_changes()

    def accept_alike(self) -> None:
        found = self._review.review
        if found is None or not found.alike:
            self._session.said.emit("There is nothing alike that has not been accepted yet.", "info")
            return
        count, articles = len(found.alike), len({article for article, _ in found.alike})
        asked = QMessageBox(self._window)
        asked.setWindowTitle("Accept what is alike")
        asked.setText(f"Take {count} annotation{'' if count == 1 else 's'} into gold?")
        who = "Both" if len(found.layers) == 2 else "All"
        asked.setInformativeText(
            f"{who} have marked them exactly the same, in {articles} article{'' if articles == 1 else 's'}. Nobody will"
            " look at them one by one. It is one act: undo takes it back."
        )
        take = asked.addButton("Accept them", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton(QMessageBox.StandardButton.Cancel)
        asked.exec()
        if asked.clickedButton() is take:
            self._session.act_as_job("Accepting", reviewing.accept_alike(self._session.project, found))
