"""The modal progress of the job in the foreground: it comes with the job and goes with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.domain.progress import Progress
from annotator.ui.bars import ProgressDialog
from annotator.ui.session import Session


class JobProgress(QObject):
    """Shows how far the session's foreground job is; `ended` is called when it is over, however that was."""

    def __init__(self, window: QWidget, session: Session, ended: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._ended = ended
        self._dialog: ProgressDialog | None = None
        session.busy.connect(self._begin)
        session.foreground.progressed.connect(self._show)
        for over in (session.foreground.finished, session.foreground.failed):
            over.connect(lambda _: self._end())
        session.foreground.cancelled.connect(self._end)

    def _begin(self, title: str) -> None:
        self._dialog = ProgressDialog(self._window, title)
        self._dialog.cancel_asked.connect(self._session.foreground.cancel)
        self._dialog.open()

    def _show(self, progress: Progress) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(progress)

    def _end(self) -> None:
        if self._dialog is not None:
            dialog, self._dialog = self._dialog, None
            dialog.done(0)
            dialog.deleteLater()
        self._ended()
