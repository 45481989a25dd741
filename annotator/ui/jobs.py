"""Driving a job (a generator of `Progress`) from the window's own event loop, a few milliseconds at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import Job

_SLICE_S = 0.008
_WAIT_MS = 15
_BROKEN = AnnotatorError(
    "The job stopped because of a fault inside Annotator.", hint="What was saved before is safe, and you can go on."
)


class JobRunner(QObject):
    """Runs one job at a time; each ends with exactly one of `finished`, `failed` and `cancelled`."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job[Any] | None = None
        self._then: Callable[[Any], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def start(self, job: Job[Any], then: Callable[[Any], None] | None = None) -> None:
        """Begin a job; `then` gets its result."""
        assert self._job is None, "one job at a time"
        self._job, self._then = job, then
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop the job where it is; what it had not finished is as if it had not begun."""
        if self._job is None:
            return
        job, self._job = self._job, None
        self._timer.stop()
        job.close()
        self.cancelled.emit()

    def _on_timeout(self) -> None:
        if self._job is None:
            return
        until = time.monotonic() + _SLICE_S
        progress = None
        try:
            while time.monotonic() < until:
                progress = next(self._job)
                if progress.is_waiting:
                    break
        except StopIteration as stop:
            self._end(stop.value)
            return
        except AnnotatorError as error:
            self._job = None
            self.failed.emit(error)
            return
        except BaseException:
            # A fault of ours; nobody must wait for ever for this job.
            self._job = None
            self.failed.emit(_BROKEN)
            raise
        if progress is not None:
            self.progressed.emit(progress)
        self._timer.start(_WAIT_MS if progress is not None and progress.is_waiting else 0)

    def _end(self, result: object) -> None:
        then, self._job, self._then = self._then, None, None
        try:
            if then is not None:
                then(result)
        except AnnotatorError as error:
            self.failed.emit(error)
        except BaseException:
            self.failed.emit(_BROKEN)
            raise
        else:
            self.finished.emit(result)
