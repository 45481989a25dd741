"""The window that trains entities at work: trains beside the work on a project, and lets a model read the project."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from annotator import paths
from annotator.domain.errors import AnnotatorError
from annotator.services import entity_training, pipelines, trained
from annotator.services.entity_training import EntityOptions
from annotator.services.training import TrainingProgress
from annotator.services.training_words import verdict
from annotator.suggest.learning.card import PipelineCard
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.entity_training_dialog import EntityTrainingDialog, Wish
from annotator.ui.registry.trainer import Trainer


class EntityTrainingActs(Trainer[EntityTrainingDialog]):
    """What one main window does with trained pipelines; `open_quotes` opens the window of taggers."""

    def __init__(
        self, place: LabelController, open_quotes: Callable[[], None], options: EntityOptions | None = None
    ) -> None:
        super().__init__(place)
        self._open_quotes = open_quotes
        self._options = options or EntityOptions()

    def _made(self) -> EntityTrainingDialog:
        window = EntityTrainingDialog(self._place.view.window())
        window.train_asked.connect(self._on_train)
        window.cancel_asked.connect(self.runner.cancel)
        window.use_asked.connect(self._on_use)
        window.folder_asked.connect(self._on_folder)
        window.delete_asked.connect(self._on_delete)
        window.renew_asked.connect(self._renew)
        window.quotes_asked.connect(self._open_quotes)
        return window

    def _fill(self) -> None:
        if self._dialog is not None:
            project = self._session.project
            self._dialog.show_rows(trained.rows(project), trained.material(project), trained.bases(project))

    def _on_progress(self, progress: object) -> None:
        # Before the worker has it, a training reports as any job does.
        if self._dialog is not None and (progress is None or isinstance(progress, TrainingProgress)):
            self._dialog.show_progress(progress)

    def _on_train(self, wish: Wish) -> None:
        project = self._session.project
        options = msgspec.structs.replace(
            self._options,
            base=wish.base,
            current=pipelines.chosen(project),
            held_out=wish.held_out,
            minutes=wish.minutes,
            curve=wish.has_curve,
        )
        name = trained.new_name(project, project.now()[:10])
        self._on_progress(TrainingProgress(0, 0, "Reading your work"))
        self.runner.start(entity_training.train_on_own(project, name, options), self._on_trained)

    def _on_trained(self, card: PipelineCard) -> None:
        self._on_progress(None)
        self._fill()
        if self._dialog is not None:
            self._dialog.select(card.name)
        told = f"{verdict(card.held_out)} Enter uses it."
        self._say(told, "good" if card.held_out.gain > 0 else "info")

    def _on_use(self, name: str) -> None:
        told = f"{name} reads this project from now on. Ctrl+R lets it read again what is not done."
        self._take_up(lambda: pipelines.choose(self._session.project, name), told)

    def _on_folder(self, name: str) -> None:
        folder = paths.pipelines_dir() / name
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        self._say(f"It lies in {folder}.", "info")

    def _on_delete(self, name: str) -> None:
        asked = QMessageBox.question(
            self._dialog or self._place.view.window(), "Delete a model", f"Delete {name} for good? This has no undo."
        )
        if asked is not QMessageBox.StandardButton.Yes:
            return
        try:
            trained.remove(self._session.project, name)
        except AnnotatorError as error:
            self._say(str(error), "bad")
            return
        self._fill()
        self._say(f"{name} is deleted.")
