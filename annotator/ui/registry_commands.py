"""What the actions run that open the windows of registries: actors, targets, codebook, names, pipelines, training."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.ui.command_group import CommandGroup

if TYPE_CHECKING:
    from annotator.ui.registry.acts import RegistryActs
    from annotator.ui.registry.entity_training_acts import EntityTrainingActs
    from annotator.ui.registry.name_acts import NameActs
    from annotator.ui.registry.pipeline_acts import PipelineActs
    from annotator.ui.registry.training_acts import TrainingActs
    from annotator.ui.window import MainWindow


class RegistryCommands(CommandGroup):
    """The commands of one window for registries; each window is imported when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._registry_acts: RegistryActs | None = None
        self._name_acts: NameActs | None = None
        self._pipeline_acts: PipelineActs | None = None
        self._training_acts: TrainingActs | None = None
        self._entity_training_acts: EntityTrainingActs | None = None

    def mark_same_here(self) -> None:
        self._registries().spread(everywhere=False)

    def mark_same_everywhere(self) -> None:
        self._registries().spread(everywhere=True)

    def open_actors(self) -> None:
        self._registries().open_actors()

    def open_targets(self) -> None:
        self._registries().open_targets()

    def open_codebook(self) -> None:
        self._registries().open_codebook()

    def open_find(self) -> None:
        self._registries().open_find()

    def open_stories(self) -> None:
        """Compare all articles, and list those that say nearly the same words."""
        from annotator.services import queries, stories
        from annotator.ui.registry.stories_dialog import StoriesDialog, rows_of

        session = self._window.session

        def show(groups: stories.Groups) -> None:
            dialog = StoriesDialog(self._window)
            dialog.article_asked.connect(self._window.label.open_article)
            session.closed.connect(dialog.drop)
            dialog.show_stories(rows_of(groups, {one.id: one for one in queries.article_rows(session.project)}))
            dialog.show()
            session.suggest()

        session.run_job(
            "Comparing articles", stories.stories(session.project), lambda groups: _later(lambda: show(groups))
        )

    def open_names(self) -> None:
        self._names().open()

    def add_name(self) -> None:
        self._names().add_selected()

    def _names(self) -> NameActs:
        if self._name_acts is None:
            from annotator.ui.registry.name_acts import NameActs

            self._name_acts = NameActs(self._window.label)
        return self._name_acts

    def open_pipelines(self) -> None:
        if self._pipeline_acts is None:
            from annotator.ui.registry.pipeline_acts import PipelineActs

            self._pipeline_acts = PipelineActs(self._window.label)
        self._pipeline_acts.open()

    def open_training(self) -> None:
        if self._training_acts is None:
            from annotator.ui.registry.training_acts import TrainingActs

            self._training_acts = TrainingActs(self._window.label)
        self._training_acts.open()

    def open_entity_training(self) -> None:
        if self._entity_training_acts is None:
            from annotator.ui.registry.entity_training_acts import EntityTrainingActs

            self._entity_training_acts = EntityTrainingActs(self._window.label, self.open_training)
        self._entity_training_acts.open()

    def add_good_example(self) -> None:
        self._registries().add_example(is_good=True)

    def add_bad_example(self) -> None:
        self._registries().add_example(is_good=False)

    def _registries(self) -> RegistryActs:
        if self._registry_acts is None:
            # Their windows are not needed for the first paint.
            from annotator.ui.registry.acts import RegistryActs

            self._registry_acts = RegistryActs(self._window.label)
        return self._registry_acts


def _later(run: Callable[[], None]) -> None:
    """Run something when the progress of the job that has just ended is gone."""
    QTimer.singleShot(0, run)
