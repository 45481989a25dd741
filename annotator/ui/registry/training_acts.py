"""The window of taggers at work: trains beside the work on a project, and chooses which tagger the models use."""

from __future__ import annotations

import msgspec

from annotator.domain.progress import Progress
from annotator.services import pipelines, taggers, training
from annotator.services.training import TrainOptions, TrainResult
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.trainer import Trainer
from annotator.ui.registry.training_dialog import TrainingDialog
from annotator.ui.registry.words import times


class TrainingActs(Trainer[TrainingDialog]):
    """What one main window does with taggers; their window is made when it is first opened, and kept."""

    def __init__(self, place: LabelController, options: TrainOptions | None = None) -> None:
        super().__init__(place)
        self._options = options or TrainOptions()

    def _made(self) -> TrainingDialog:
        window = TrainingDialog(self._place.view.window())
        window.train_asked.connect(self._on_train)
        window.cancel_asked.connect(self.runner.cancel)
        window.use_asked.connect(self._on_use)
        window.renew_asked.connect(self._renew)
        return window

    def _fill(self) -> None:
        if self._dialog is not None:
            self._dialog.show_rows(taggers.rows(), taggers.material(self._session.project))

    def _on_progress(self, progress: object) -> None:
        if self._dialog is not None and (progress is None or isinstance(progress, Progress)):
            self._dialog.show_progress(progress)

    def _on_train(self) -> None:
        project = self._session.project
        name = taggers.new_name(project, project.now()[:10])
        options = msgspec.structs.replace(self._options, pipeline=pipelines.chosen(project))
        self._on_progress(Progress(0, 0, "Reading your work"))
        self.runner.start(training.train_on_own(project, name, options), self._on_trained)

    def _on_trained(self, result: TrainResult) -> None:
        self._on_progress(None)
        self._fill()
        if self._dialog is not None:
            self._dialog.select(result.name)
        done = result.done
        told = (
            f"On {times(done.held_out_articles, 'article')} kept apart: the rules alone F1 {done.rules_f1:.1%},"
            f" with the new tagger {done.chain_f1:.1%}. Enter uses it."
        )
        self._say(told, "good" if done.chain_f1 > done.rules_f1 else "info")

    def _on_use(self, name: str) -> None:
        told = f"{name} proposes quotes from now on." if name else "The rules alone propose quotes from now on."
        self._take_up(lambda: taggers.use(name), f"{told} Ctrl+R lets the models read again.")
