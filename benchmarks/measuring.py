"""Watches, interleaved medians, and what one measurement comes to."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self, TypeVar

from annotator.domain.progress import Job

T = TypeVar("T")
_WAIT_S = 0.005


class Goal(NamedTuple):
    """What a figure should be: our own value at most `value`, or ours / floor at most or at least that."""

    kind: Literal["value at most", "ratio at most", "ratio at least"]
    value: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: our figure and, where there is one, that of the bare floor, both in `unit`."""

    work: str
    unit: str
    ours: float
    floor: float | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """Ours / floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        """`met`, `missed`, or nothing where there is no goal."""
        if self.goal is None:
            return ""
        figure = self.ours if self.goal.kind == "value at most" else self.ratio
        assert figure is not None, f"{self.work} has no floor"
        is_met = figure >= self.goal.value if self.goal.kind == "ratio at least" else figure <= self.goal.value
        return "met" if is_met else "missed"


class Watch:
    """`with Watch() as watch: ...` gives the seconds of this process's CPU and of the clock that the block took."""

    cpu_s = 0.0
    wall_s = 0.0

    def __enter__(self) -> Self:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.cpu_s = time.process_time() - self._cpu
        self.wall_s = time.perf_counter() - self._wall


def medians(*works: Callable[[], float], repeats: int, warm_ups: int = 1) -> tuple[float, ...]:
    """The median figure of each work. They take turns, so that what else the machine does meets all alike."""
    for _ in range(warm_ups):
        for work in works:
            work()
    found = [[work() for work in works] for _ in range(repeats)]
    return tuple(statistics.median(column) for column in zip(*found, strict=True))


def cpu_of(work: Callable[[], object]) -> Callable[[], float]:
    """The work as a measurement: a call does it and gives its CPU seconds."""

    def measured() -> float:
        with Watch() as watch:
            work()
        return watch.cpu_s

    return measured


def finished(job: Job[T]) -> T:
    """The result of a job that may wait for another process; the waiting takes no CPU."""
    while True:
        try:
            progress = next(job)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if progress.is_waiting:
            time.sleep(_WAIT_S)


def resident_mb() -> float:
    """The memory of this process that is in use now, in MB; the most it ever was where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
