"""The window of pipelines at work: chooses one for the project, measures them, and lets the models read again."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from annotator import settings
from annotator.domain.errors import AnnotatorError
from annotator.services import pipelines
from annotator.services.pipelines import ScoreResult
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.kept import KeptWindow
from annotator.ui.registry.pipelines_dialog import PipelinesDialog
from annotator.ui.registry.words import times


class PipelineActs(KeptWindow[PipelinesDialog]):
    """What one main window does with pipelines; their window is made when it is first opened, and kept."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self._session.background.finished.connect(lambda _: self._fill())

    def _made(self) -> PipelinesDialog:
        window = PipelinesDialog(self._place.view.window())
        window.use_asked.connect(self._on_use)
        window.score_asked.connect(self._on_score)
        window.renew_asked.connect(self._renew)
        window.processes_chosen.connect(self._on_processes)
        return window

    def _fill(self) -> None:
        if self._dialog is None or not self._dialog.isVisible():
            return
        project = self._session.project
        work = pipelines.work(project)
        self._dialog.show_processes(settings.load().workers)
        self._dialog.show_rows(
            pipelines.rows(project, work),
            basis=pipelines.basis(work),
            can_score=bool(work.articles),
            due=pipelines.unread(project),
        )

    def _on_use(self, name: str) -> None:
        self._take_up(lambda: pipelines.choose(self._session.project, name), f"{name} reads this project from now on.")

    def _on_score(self, marked: str) -> None:
        project = self._session.project
        job = pipelines.score(project, self._session.worker(), pipelines.measurable(project, marked=marked))
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

    def _on_processes(self, count: int) -> None:
        try:
            settings.change(workers=count)
        except AnnotatorError as error:
            self._say(str(error), "bad")
        else:
            self._say("That counts the next time many articles wait.", "info")
