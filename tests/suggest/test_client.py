"""The worker survives crashes, hangs, errors and big payloads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from annotator.suggest.client import Worker
from annotator.suggest.messages import Reply

from . import worker_jobs

JOBS = {
    name: f"{worker_jobs.__name__}:{name}"
    for name in (
        *("echo", "process_id", "count", "facts", "refuse", "break_down"),
        *("leave", "die", "hang", "slow_but_alive"),
    )
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Worker]:
    """One process for the tests that do not harm it."""
    with Worker(JOBS, timeout_s=30) as worker:
        yield worker


def finished(worker: Worker, *, within_s: float = 30.0) -> list[Reply]:
    """All replies until the worker has nothing left to do."""
    replies: list[Reply] = []
    end = time.monotonic() + within_s
    while worker.is_busy and time.monotonic() < end:
        replies += worker.poll(0.2)
    assert not worker.is_busy
    return replies


def test_worker_starts_nothing_before_the_first_job() -> None:
    worker = Worker(JOBS)
    assert not worker.is_running and not worker.is_busy and worker.poll() == []


def test_worker_answers_jobs_in_the_order_of_their_tickets(shared: Worker) -> None:
    tickets = [shared.submit("echo", word) for word in (b"a", b"b", b"c")]
    assert [(reply.ticket, reply.kind, reply.payload) for reply in finished(shared)] == [
        (ticket, "done", word) for ticket, word in zip(tickets, (b"a", b"b", b"c"), strict=True)
    ]


def test_partial_results_come_before_the_last_one(shared: Worker) -> None:
    shared.submit("count", b"3")
    assert [(reply.kind, reply.payload) for reply in finished(shared)] == [
        *(("partial", number) for number in (b"0", b"1", b"2")),
        ("done", b"end"),
    ]


def test_payloads_of_several_megabytes_go_both_ways(shared: Worker) -> None:
    payload = os.urandom(8_000_000)
    for _ in range(3):
        shared.submit("echo", payload)
    assert [reply.payload == payload for reply in finished(shared)] == [True, True, True]


def test_process_has_no_qt_ignores_ctrl_c_and_uses_one_thread(shared: Worker) -> None:
    shared.submit("facts", b"")
    assert finished(shared)[0].payload == b"qt=False ignores_sigint=True threads=1"


def test_an_expected_failure_keeps_its_message_and_hint(shared: Worker) -> None:
    shared.submit("refuse", b"")
    assert finished(shared)[0].error == "The model is not there. Install it."


def test_an_unexpected_failure_is_one_sentence_and_the_process_lives_on(shared: Worker) -> None:
    shared.submit("process_id", b"")
    before = finished(shared)[0].payload
    shared.submit("break_down", b"")
    shared.submit("process_id", b"")
    failed, after = finished(shared)
    assert (failed.kind, failed.error) == ("failed", "The job “break_down” failed: ValueError: seven is odd.")
    assert b"in break_down" in failed.payload
    assert after.payload == before


def test_an_unknown_job_is_refused_at_once(shared: Worker) -> None:
    with pytest.raises(KeyError):
        shared.submit("dance", b"")


@pytest.mark.parametrize("way", ["leave", "die"])
def test_a_dead_process_fails_every_pending_ticket_and_the_next_job_starts_a_new_one(way: str) -> None:
    with Worker(JOBS) as worker:
        tickets = [worker.submit(way, b""), worker.submit("echo", b"a"), worker.submit("echo", b"x" * 3_000_000)]
        failed = [reply for reply in finished(worker) if reply.kind == "failed"]
        assert [reply.ticket for reply in failed] == tickets
        assert all(reply.error.startswith("The suggestion process stopped unexpectedly.") for reply in failed)
        assert not worker.is_running
        worker.submit("echo", b"again")
        assert finished(worker)[0].payload == b"again"


def test_an_idle_process_that_is_killed_is_replaced_by_the_next_job() -> None:
    with Worker(JOBS) as worker:
        worker.submit("process_id", b"")
        process_id = int(finished(worker)[0].payload)
        os.kill(process_id, signal.SIGKILL)
        while worker.is_running:
            time.sleep(0.01)
        ticket = worker.submit("echo", b"again")
        assert [(reply.ticket, reply.payload) for reply in finished(worker)] == [(ticket, b"again")]


def test_a_hanging_process_is_killed_after_the_timeout() -> None:
    with Worker(JOBS, timeout_s=3) as worker:
        worker.submit("echo", b"warm")
        finished(worker)
        worker.submit("hang", b"")
        assert worker.poll(0.1) == [] and worker.is_running
        (reply,) = finished(worker)
        assert reply.kind == "failed" and "did not answer in time" in reply.error
        assert not worker.is_running


def test_a_slow_job_that_reports_is_not_taken_for_a_hanging_one() -> None:
    with Worker(JOBS, timeout_s=3) as worker:
        worker.submit("slow_but_alive", b"")
        assert [(reply.kind, reply.payload) for reply in finished(worker)] == [("done", b"end")]


def test_submit_returns_while_the_process_is_busy_and_the_pipe_full() -> None:
    with Worker(JOBS) as worker:
        worker.submit("hang", b"")
        for _ in range(5):
            worker.submit("echo", b"x" * 5_000_000)
        assert worker.is_busy


def test_stop_ends_a_busy_process_and_its_tickets_vanish() -> None:
    with Worker(JOBS) as worker:
        worker.submit("hang", b"")
        worker.submit("echo", b"x" * 5_000_000)
        worker.stop()
        assert not worker.is_running and not worker.is_busy and worker.poll() == []
        worker.submit("echo", b"again")
        assert finished(worker)[0].payload == b"again"


PARENT = """
import sys, time
sys.path[:0] = {path!r}
from annotator.suggest.client import Worker
if __name__ == "__main__":
    worker = Worker({jobs!r})
    worker.submit("process_id", b"")
    replies = []
    while not replies:
        replies = worker.poll(1.0)
    worker.submit("hang", b"")
    print(replies[0].payload.decode(), flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_process_exits_by_itself_when_its_parent_is_killed() -> None:
    code = PARENT.format(path=sys.path, jobs=JOBS)
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 10
    while _is_alive(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _is_alive(child)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    # An orphan that nobody has waited for yet is dead all the same.
    stat = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return bool(stat.stdout.strip()) and not stat.stdout.strip().startswith("Z")
