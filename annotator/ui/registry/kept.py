"""A window of a main window that is made when it is first opened, and kept until the project is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from annotator.domain.errors import AnnotatorError
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.registry.words import times

W = TypeVar("W", bound=RegistryWindow)


class KeptWindow(QObject, Generic[W]):
    """What one main window does with such a window: a subclass makes it, fills it and answers it."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self._place = place
        self._session = place.session
        self._dialog: W | None = None
        self._session.closed.connect(self._close)

    def _made(self) -> W:
        """The window, with its signals connected."""
        raise NotImplementedError

    def _fill(self) -> None:
        """Show in the window what there is now; without a window there is nothing to do."""
        raise NotImplementedError

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.drop()
            self._dialog.deleteLater()
        self._dialog = None

    def open(self) -> None:
        """Show the window."""
        if self._dialog is None:
            self._dialog = self._made()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._fill()

    def _renew(self) -> int:
        """Let the models read again what is not done; gives how many articles."""
        count = self._session.renew_suggestions()
        if count:
            self._say(f"The models read {times(count, 'article')} again, in the background.")
        return count

    def _take_up(self, choose: Callable[[], None], told: str) -> None:
        """Choose a model, and let it read what still waits for the one before."""
        try:
            choose()
        except AnnotatorError as error:
            self._say(str(error), "bad")
            return
        self._session.background.cancel()
        self._session.suggest()
        self._fill()
        self._say(told)

    def _say(self, text: str, tone: str = "good") -> None:
        if self._dialog is not None:
            self._dialog.say(text, tone)
