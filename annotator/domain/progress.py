"""How a long job reports: it is a generator of `Progress` whose return value is its result."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` pieces of work are finished; `total` 0 means not known yet.

    `is_waiting` says that the job waits for another process and need not be driven at once.
    """

    done: int
    total: int
    text: str = ""
    is_waiting: bool = False


Job = Generator[Progress, None, T]


def drain(job: Job[T]) -> T:
    """The result of a job, run to its end without showing its progress."""
    while True:
        try:
            next(job)
        except StopIteration as stop:
            result: T = stop.value
            return result
