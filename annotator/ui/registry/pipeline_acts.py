"""The window of pipelines at work: chooses one for the project, measures them, and lets the models read again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator import settings
from annotator.domain.errors import AnnotatorError
from annotator.services import pipelines
from annotator.services.pipelines import ScoreResult
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.pipelines_dialog import PipelinesDialog
from annotator.ui.registry.words import times


class PipelineActs(QObject):
    """What one main window does with pipelines; their window is made when it is first opened, and kept."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self._place = place
        self._session = place.session
        self._dialog: PipelinesDialog | None = None
        self._session.closed.connect(self._close)
        self._session.background.finished.connect(lambda _: self._fill())

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.drop()
            self._dialog.deleteLater()
        self._dialog = None

    def open(self) -> None:
        """Show the pipelines."""
        if self._dialog is None:
            self._dialog = self._made()
        self._dialog.show_processes(settings.load().workers)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._fill()

    def _made(self) -> PipelinesDialog:
        window = PipelinesDialog(self._place.view.window())
        window.use_asked.connect(self._on_use)
        window.score_asked.connect(self._on_score)
        window.renew_asked.connect(self._on_renew)
        window.processes_chosen.connect(self._on_processes)
        return window

    def _fill(self) -> None:
        if self._dialog is None or not self._dialog.isVisible():
            return
        project = self._session.project
        self._dialog.show_rows(
            pipelines.rows(project),
            basis=pipelines.basis(project),
            can_score=bool(pipelines.work(project).articles),
            due=pipelines.unread(project),
        )

    def _on_use(self, name: str) -> None:
        try:
            pipelines.choose(self._session.project, name)
        except AnnotatorError as error:
            self._say(str(error), "bad")
            return
        # What waits for the one before is read by this one.
        self._session.background.cancel()
        self._session.suggest()
        self._fill()
        self._say(f"{name} reads this project from now on.")

    def _on_score(self, marked: str) -> None:
        project = self._session.project
        names = pipelines.measurable(project)
        usable = {one.name for one in pipelines.rows(project) if not one.problem}
        if marked in usable and marked not in names:
            names.append(marked)
        job = pipelines.score(project, self._session.worker(), names)
        self._session.run_job("Measuring pipelines", job, self._on_scored)

    def _on_scored(self, result: ScoreResult) -> None:
        # When the progress has gone the main window would be in front.
        QTimer.singleShot(0, self._come_back)
        if result.problems:
            self._say(result.problems[0], "bad")
        else:
            self._say(f"Measured {times(len(result.scores), 'pipeline')}.")
        self._session.suggest()

    def _come_back(self) -> None:
        if self._dialog is not None:
            self.open()

    def _on_renew(self) -> None:
        count = self._session.renew_suggestions()
        if count:
            self._say(f"The models read {times(count, 'article')} again, in the background.")

    def _on_processes(self, count: int) -> None:
        try:
            settings.change(workers=count)
        except AnnotatorError as error:
            self._say(str(error), "bad")
        else:
            self._say("That counts the next time many articles wait.", "info")

    def _say(self, text: str, tone: str = "good") -> None:
        if self._dialog is not None:
            self._dialog.say(text, tone)
