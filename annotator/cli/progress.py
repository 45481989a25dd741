"""Running jobs on the terminal: a progress bar where there is one, and Ctrl+C leaves the project sound."""

from __future__ import annotations

import sys
import time
from typing import TypeVar

from annotator.domain.errors import Cancelled
from annotator.domain.progress import Job

T = TypeVar("T")
_WAIT_S = 0.01


def run(job: Job[T]) -> T:
    """The result of a job, with its progress on standard error when that is a terminal.

    Raises:
        Cancelled: the user pressed Ctrl+C.
    """
    # tqdm is only needed where somebody watches.
    from tqdm import tqdm

    # No thread that watches over the bar: it would catch the Ctrl+C that `suggesting.submit` holds back.
    tqdm.monitor_interval = 0
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    with tqdm(file=sys.stderr, disable=not is_watched, leave=False, unit="") as bar:
        try:
            while True:
                progress = next(job)
                bar.total = progress.total or None
                bar.n = progress.done
                bar.set_description(progress.text, refresh=False)
                bar.update(0)
                if progress.is_waiting:
                    time.sleep(_WAIT_S)
        except StopIteration as stop:
            result: T = stop.value
            return result
        except KeyboardInterrupt:
            job.close()
            raise Cancelled("Stopped: nothing is left half done.") from None
