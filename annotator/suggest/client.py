"""The program's side of the suggestion process: submit jobs, poll for replies, stop."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

import msgspec

from annotator.domain.errors import WorkerFailed
from annotator.suggest import worker
from annotator.suggest.messages import Answer, Job, Reply

STOPPED = WorkerFailed(
    "The suggestion process stopped unexpectedly.", hint="Nothing of your work is touched; start the suggestions again."
)
HUNG = WorkerFailed(
    "The suggestion process did not answer in time and was stopped.",
    hint="Nothing of your work is touched; start the suggestions again.",
)


class _Running:
    """One live process, with a thread that feeds it and a thread that listens: neither pipe end can block us."""

    def __init__(self, jobs: dict[str, str]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=worker.run, args=(theirs, jobs), name="annotator-worker", daemon=True)
        self.process.start()
        # Only the child may hold its end, or its death would not close the pipe.
        theirs.close()
        self.outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.inbox: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=_feed, args=(self._connection, self.outbox), name="worker feed", daemon=True),
            threading.Thread(target=_listen, args=(self._connection, self.inbox), name="worker listen", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def kill(self) -> None:
        """End the process and its threads; returns when they are gone."""
        self.process.kill()
        self.process.join()
        self.outbox.put(None)
        for thread in self._threads:
            thread.join()
        self._connection.close()
        self.process.close()


def _feed(connection: Connection, outbox: queue.SimpleQueue[bytes | None]) -> None:
    # The process is gone: the listening thread notices and tells.
    with contextlib.suppress(OSError):
        while (message := outbox.get()) is not None:
            connection.send_bytes(message)


def _listen(connection: Connection, inbox: queue.SimpleQueue[Answer | None]) -> None:
    decoder = msgspec.msgpack.Decoder(Answer)
    with contextlib.suppress(EOFError, OSError, msgspec.DecodeError):
        while True:
            inbox.put(decoder.decode(connection.recv_bytes()))
    inbox.put(None)


class Worker:
    """Runs named jobs in one process of its own, in the order of their tickets.

    `jobs` maps names to `module:function`; the function gets `(payload, report)` and returns its result. The
    process starts with the first job. It is killed when it sends nothing for `timeout_s` while it has work; then, or
    when it dies, every pending ticket gets a failed reply, and the next job starts a fresh process.
    """

    def __init__(self, jobs: Mapping[str, str], *, timeout_s: float = 120.0) -> None:
        self._jobs = dict(jobs)
        self._timeout_s = timeout_s
        self._running: _Running | None = None
        self._pending: list[int] = []
        self._failed: list[Reply] = []
        self._last_ticket = 0
        self._heard_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def size(self) -> int:
        """How many jobs can run at a time."""
        return 1

    @property
    def is_busy(self) -> bool:
        """Whether a ticket still waits for its last reply."""
        return bool(self._pending or self._failed)

    @property
    def is_running(self) -> bool:
        """Whether there is a live process."""
        return self._running is not None and self._running.process.is_alive()

    def submit(self, job: str, payload: bytes) -> int:
        """Queue a job and return its ticket at once, starting the process when needed.

        Raises:
            KeyError: there is no such job.
            WorkerFailed: the process cannot be started.
        """
        if job not in self._jobs:
            raise KeyError(job)
        running = self._started()
        if not self._pending:
            self._heard_at = time.monotonic()
        self._last_ticket += 1
        self._pending.append(self._last_ticket)
        running.outbox.put(msgspec.msgpack.encode(Job(self._last_ticket, job, payload)))
        return self._last_ticket

    def poll(self, wait_s: float = 0.0) -> list[Reply]:
        """The replies that have come in, oldest first; waits up to `wait_s` for the first one."""
        replies, self._failed = self._failed, []
        deadline = time.monotonic() + wait_s
        while self._running is not None:
            left_s = 0.0 if replies else max(deadline - time.monotonic(), 0.0)
            hang_s = self._heard_at + self._timeout_s - time.monotonic() if self._pending else left_s
            try:
                answer = self._running.inbox.get(timeout=max(min(left_s, hang_s), 0.0))
            except queue.Empty:
                if self._pending and time.monotonic() >= self._heard_at + self._timeout_s:
                    return replies + self._give_up(HUNG)
                if time.monotonic() >= deadline or replies:
                    return replies
                continue
            if answer is None:
                return replies + self._give_up(STOPPED)
            replies += self._heard(answer)
        return replies

    def stop(self) -> None:
        """End the process at once; pending tickets vanish."""
        running, self._running = self._running, None
        self._pending, self._failed = [], []
        if running is not None:
            running.kill()

    def _heard(self, answer: Answer) -> list[Reply]:
        self._heard_at = time.monotonic()
        if answer.kind != "partial":
            self._pending.remove(answer.ticket)
        elif not answer.payload:
            return []
        return [answer]

    def _started(self) -> _Running:
        if self._running is not None and not self._running.process.is_alive():
            # It died since the last poll: its replies and its failures are for the next one.
            self._failed += self.poll()
        if self._running is None:
            try:
                self._running = _Running(self._jobs)
            except OSError as error:
                raise WorkerFailed(
                    f"The suggestion process could not be started: {error.strerror or error}.",
                    hint="Close other programs and try again.",
                ) from error
        return self._running

    def _give_up(self, reason: WorkerFailed) -> list[Reply]:
        tickets = self._pending
        self.stop()
        return [Reply(ticket, "failed", error=str(reason)) for ticket in tickets]
