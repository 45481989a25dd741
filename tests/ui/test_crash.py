"""A fault of the program's own: told once, logged without words of the article, and the program goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.domain.journal import Changes
from annotator.services.projects import Project
from annotator.store.project import Author
from annotator.ui import crash
from tests.ui.desk import Desk


@pytest.fixture
def caught(qtbot: object, user_folder: Path) -> Iterator[None]:
    """Faults are caught as in the program itself."""
    crash.install()
    yield
    log = logging.getLogger("annotator")
    for handler in log.handlers[:]:
        log.removeHandler(handler)
        handler.close()


def faulty(project: Project, words: str) -> Changes:
    with project.step("article.flag"):
        raise ZeroDivisionError(words)


def in_the_dialog(act: Callable[[QMessageBox], None]) -> None:
    def inside() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)
        box.done(0)

    QTimer.singleShot(50, inside)


def test_fault_in_an_act_is_told_and_logged_and_work_goes_on(caught: None, desk: Desk, user_folder: Path) -> None:
    said: list[str] = []
    in_the_dialog(lambda box: said.append(f"{box.text()} {box.informativeText()}"))
    QTimer.singleShot(0, lambda: desk.session.act(faulty, "secret words of the article"))
    desk.qtbot.waitUntil(lambda: bool(said) and QApplication.activeModalWidget() is None)
    assert said[0].startswith("Something went wrong inside Annotator.") and "ZeroDivisionError" in said[0]
    (log,) = user_folder.rglob("annotator.log")
    told = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in told and "test_crash.py" in told and "secret" not in told
    desk.come_back()
    desk.press("N", "Return")
    assert len(desk.quotes) == 1
    desk.press("Ctrl+Z")
    assert desk.quotes == []


def test_fault_that_comes_again_and_again_has_one_dialog(caught: None, desk: Desk) -> None:
    boxes: list[int] = []

    def count(_: QMessageBox) -> None:
        seen = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
        boxes.append(len(seen))
        for one in seen:
            one.done(0)

    for delay_ms in (0, 5, 10, 15):
        QTimer.singleShot(delay_ms, lambda: desk.session.act(faulty, ""))
    in_the_dialog(count)
    desk.qtbot.waitUntil(lambda: bool(boxes) and QApplication.activeModalWidget() is None)
    assert boxes == [1]


def test_fault_in_a_job_leaves_no_progress_dialog_behind(caught: None, desk: Desk, author: Author) -> None:
    def job() -> Iterator[object]:
        yield from ()
        raise ZeroDivisionError

    in_the_dialog(lambda _: None)
    desk.session.run_job("Breaking", job(), lambda _: None)  # type: ignore[arg-type]
    desk.wait_for_job()
    assert desk.message.startswith("The job stopped because of a fault")
    desk.press("N", "Return")
    assert len(desk.quotes) == 1
