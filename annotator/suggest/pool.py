"""Several worker processes that are used like one."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import msgspec

from annotator.suggest.client import Worker
from annotator.suggest.messages import Reply


class Pool:
    """Gives each job to the worker that has the fewest; tickets are those of the pool.

    A worker's process starts with its first job, so that workers that are not needed cost nothing.
    """

    def __init__(self, workers: list[Worker]) -> None:
        self._workers = workers
        self._sharing = len(workers)
        self._tickets: dict[tuple[int, int], int] = {}
        self._last_ticket = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def size(self) -> int:
        """How many jobs can run at a time."""
        return self._sharing

    @property
    def is_running(self) -> bool:
        """Whether there is a live process."""
        return any(worker.is_running for worker in self._workers)

    def share_among(self, count: int) -> None:
        """Let so many workers share the jobs from now on; the processes of the others end, with what they had."""
        self._sharing = max(1, min(count, len(self._workers)))
        self._tickets = {key: ticket for key, ticket in self._tickets.items() if key[0] < self._sharing}
        for worker in self._workers[self._sharing :]:
            worker.stop()

    def submit(self, job: str, payload: bytes) -> int:
        """Queue a job and return its ticket at once. Errors are those of `Worker.submit`."""
        loads = [sum(number == at for number, _ in self._tickets) for at in range(self._sharing)]
        at = loads.index(min(loads))
        ticket = self._workers[at].submit(job, payload)
        self._last_ticket += 1
        self._tickets[at, ticket] = self._last_ticket
        return self._last_ticket

    def poll(self) -> list[Reply]:
        """The replies that have come in; those of one worker in their order."""
        replies = []
        for at, worker in enumerate(self._workers):
            for reply in worker.poll():
                key = (at, reply.ticket)
                ticket = self._tickets[key] if reply.kind == "partial" else self._tickets.pop(key)
                replies.append(msgspec.structs.replace(reply, ticket=ticket))
        return replies

    def stop(self) -> None:
        """End all processes at once."""
        self._tickets = {}
        for worker in self._workers:
            worker.stop()
