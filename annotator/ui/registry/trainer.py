"""What the windows that train models have in common: a training beside the work, and saying what came of it."""

from __future__ import annotations

from typing import TypeVar

from annotator.domain.errors import AnnotatorError
from annotator.ui.jobs import JobRunner
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.registry.kept import KeptWindow

W = TypeVar("W", bound=RegistryWindow)


class Trainer(KeptWindow[W]):
    """A window that trains models; a subclass shows how far a training is, and starts it."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        # Not the session's: a training only reads the project, and takes minutes or an hour.
        self.runner = JobRunner(self)
        self.runner.progressed.connect(self._on_progress)
        self.runner.failed.connect(self._on_failed)
        self.runner.cancelled.connect(self._on_cancelled)
        self._session.closing.connect(self.runner.cancel)

    def _on_progress(self, progress: object) -> None:
        """Show how far the training is; None when there is none."""
        raise NotImplementedError

    def _on_failed(self, error: AnnotatorError) -> None:
        self._on_progress(None)
        self._say(str(error), "bad")

    def _on_cancelled(self) -> None:
        self._on_progress(None)
        self._fill()
        self._say("The training was stopped; nothing is left of it.", "info")

    def _say(self, text: str, tone: str = "good") -> None:
        if self._dialog is not None and self._dialog.isVisible():
            super()._say(text, tone)
        else:
            self._session.said.emit(text, tone)
