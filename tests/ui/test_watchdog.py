"""The window answers while the models read: a timer of 5 ms is hardly later than in a window that has nothing to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import Qt, QTimer

from annotator import paths, settings
from annotator.services import queries
from tests.ui.desk import Desk

pytestmark = pytest.mark.alone

TICK_MS = 5
STRETCHES = 10
# What a thread in the same process would cost is several times this.
MORE_MS = 100.0


class Watchdog:
    """Notes how late each tick of a timer of the window's thread is."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(TICK_MS)

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self._late.append(1000 * (now - self._last) - TICK_MS)
        self._last = now

    def usual_worst_ms(self) -> float:
        """The worst lateness of each of ten stretches, and of those the one in the middle."""
        self._timer.stop()
        length = max(len(self._late) // STRETCHES, 1)
        return median(max(self._late[at : at + length]) for at in range(0, len(self._late), length))


def write_articles(folder: Path, count: int) -> None:
    seeds = [one.read_text(encoding="utf-8") for one in sorted(paths.seeds().glob("*.txt"))]
    for number in range(count):
        text = seeds[number % 2].replace("Europe", f"Region {number}").replace("Hegseth", f"Minister {number}")
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("processes", [1, 2])
def test_window_answers_while_the_models_read(
    processes: int, new_desk: Callable[[], Desk], project_copy: Path, tmp_path: Path
) -> None:
    settings.change(workers=processes)
    folder = tmp_path / "more"
    folder.mkdir()
    write_articles(folder, 30)
    desk = new_desk()
    desk.open(project_copy)
    desk.drop([folder])
    desk.wait_for_job()
    began = time.perf_counter()
    watchdog = Watchdog()
    desk.wait_for_models()
    took_ms = 1000 * (time.perf_counter() - began)
    busy = watchdog.usual_worst_ms()
    assert [one.is_suggested for one in queries.article_rows(desk.project)] == [True] * 32
    watchdog = Watchdog()
    desk.qtbot.wait(int(min(took_ms, 1500)))
    assert busy < watchdog.usual_worst_ms() + MORE_MS
