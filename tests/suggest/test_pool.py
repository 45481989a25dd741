"""Several workers that share the jobs of one run."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from annotator.suggest.client import Worker
from annotator.suggest.messages import Reply
from annotator.suggest.pool import Pool

JOBS = {name: f"tests.suggest.worker_jobs:{name}" for name in ("echo", "process_id", "hang")}


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool([Worker(JOBS) for _ in range(3)]) as made:
        yield made


def replies(pool: Pool, count: int) -> list[Reply]:
    found: list[Reply] = []
    end = time.monotonic() + 30
    while len(found) < count and time.monotonic() < end:
        found += pool.poll()
    return found


def processes(pool: Pool, jobs: int) -> set[bytes]:
    for _ in range(jobs):
        pool.submit("process_id", b"")
    return {one.payload for one in replies(pool, jobs)}


def test_jobs_go_to_as_many_processes_as_share_them(pool: Pool) -> None:
    assert not pool.is_running
    pool.share_among(1)
    assert pool.size == 1 and len(processes(pool, 4)) == 1
    pool.share_among(2)
    assert pool.size == 2 and len(processes(pool, 4)) == 2
    pool.share_among(9)
    assert pool.size == 3


def test_the_first_process_stays_when_the_others_are_not_needed_any_more(pool: Pool) -> None:
    pool.share_among(1)
    first = processes(pool, 1)
    pool.share_among(3)
    processes(pool, 3)
    pool.share_among(1)
    assert pool.is_running and processes(pool, 2) == first


def test_what_a_process_had_in_hand_when_it_was_sent_away_does_not_count_as_its_load(pool: Pool) -> None:
    for _ in range(3):
        pool.submit("hang", b"")
    pool.share_among(1)
    pool.share_among(2)
    ticket = pool.submit("echo", b"heard")
    assert [(one.ticket, one.payload) for one in replies(pool, 1)] == [(ticket, b"heard")]
