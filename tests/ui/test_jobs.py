"""Driving a job: every way it can end is told exactly once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import Job, Progress
from annotator.ui.jobs import JobRunner


def counting(to: int) -> Job[int]:
    for number in range(to):
        yield Progress(number, to)
    return to


def failing(error: BaseException) -> Job[int]:
    yield Progress(0, 1)
    raise error


@pytest.fixture
def runner(qtbot: QtBot) -> JobRunner:
    return JobRunner()


@pytest.fixture
def told(runner: JobRunner) -> list[str]:
    ends: list[str] = []
    runner.finished.connect(lambda _: ends.append("finished"))
    runner.failed.connect(lambda _: ends.append("failed"))
    runner.cancelled.connect(lambda: ends.append("cancelled"))
    return ends


def run(qtbot: QtBot, runner: JobRunner, job: Job[int], then: Callable[[int], None] | None = None) -> None:
    runner.start(job, then)
    qtbot.waitUntil(lambda: not runner.is_running)


def test_result_is_handed_over_once(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    got: list[int] = []
    run(qtbot, runner, counting(1000), got.append)
    assert got == [1000] and told == ["finished"]


def test_expected_failure_is_told(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    run(qtbot, runner, failing(AnnotatorError("no")))
    assert told == ["failed"]


def test_cancelled_job_is_closed_and_told(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    closed: list[bool] = []

    def job() -> Job[int]:
        try:
            while True:
                yield Progress(0, 0, is_waiting=True)
        finally:
            closed.append(True)

    runner.start(job())
    qtbot.wait(40)
    runner.cancel()
    runner.cancel()
    assert closed == [True] and told == ["cancelled"] and not runner.is_running


def test_fault_in_a_job_is_told_and_raised(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    with qtbot.captureExceptions() as raised:
        run(qtbot, runner, failing(ZeroDivisionError()))
    assert [one[0] for one in raised] == [ZeroDivisionError] and told == ["failed"]


def test_fault_in_taking_the_result_is_told_and_raised(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    with qtbot.captureExceptions() as raised:
        run(qtbot, runner, counting(1), lambda _: 1 // 0)
    assert [one[0] for one in raised] == [ZeroDivisionError] and told == ["failed"]


def test_result_that_cannot_be_taken_is_an_expected_failure(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    def refuse(_: int) -> None:
        raise AnnotatorError("the file has gone")

    run(qtbot, runner, counting(1), refuse)
    assert told == ["failed"]


def test_job_can_be_started_from_the_end_of_another(qtbot: QtBot, runner: JobRunner, told: list[str]) -> None:
    run(qtbot, runner, counting(1), lambda _: runner.start(counting(2)))
    qtbot.waitUntil(lambda: told == ["finished", "finished"])
