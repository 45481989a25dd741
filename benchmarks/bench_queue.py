"""The window on a project of ten thousand articles, beside a project of two."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.services import annotation, queries
from benchmarks import corpus
from benchmarks.measuring import Goal, Row, cpu_of, medians
from benchmarks.opened import Paints, Window, application

_ARTICLES = 10_000
_QUICK_ARTICLES = 2_000
_CHARS = 600
_REPEATS = 7


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds of CPU."""
    articles = _QUICK_ARTICLES if quick else _ARTICLES
    with (
        tempfile.TemporaryDirectory(prefix="annotator-bench-") as name,
        _window(Path(name) / "two", 2) as two,
        _window(Path(name) / "many", articles) as many,
    ):
        (read,) = medians(cpu_of(lambda: queries.article_rows(many.session.project)), repeats=3)
        return [
            Row(work=f"read the queue of {articles:,} articles", unit="CPU-ms", ours=read * 1e3),
            _beside("  open one of them, beside one of two", _opening(many), _opening(two), Goal("ratio at most", 2)),
            _beside("  flag one of them, beside one of two", _flagging(many), _flagging(two), Goal("ratio at most", 2)),
            _alone("  filter them", _filtering(many)),
            _alone("  scroll a page", _scrolling(many), Goal("value at most", 16)),
        ]


@contextmanager
def _window(folder: Path, articles: int) -> Iterator[Window]:
    application()
    folder.mkdir()
    project = corpus.filled_project(folder / "work.annot", corpus.texts(articles, chars=_CHARS))
    # Only the articles that are opened have suggestions; nothing waits for a model.
    with project.transaction() as conn:
        conn.execute("INSERT INTO suggestion_run SELECT id, 'bench', ? FROM article", (project.now(),))
    window = Window(project)
    try:
        yield window
    finally:
        window.session.shut_down()
        window.main.hide()
        window.main.deleteLater()
        QApplication.processEvents()


def _beside(work: str, ours: Callable[[], object], two: Callable[[], object], goal: Goal) -> Row:
    found, floor = medians(cpu_of(ours), cpu_of(two), repeats=_REPEATS)
    return Row(work=work, unit="CPU-ms", ours=found * 1e3, floor=floor * 1e3, goal=goal)


def _alone(work: str, ours: Callable[[], object], goal: Goal | None = None) -> Row:
    (found,) = medians(cpu_of(ours), repeats=_REPEATS)
    return Row(work=work, unit="CPU-ms", ours=found * 1e3, goal=goal)


def _opening(window: Window) -> Callable[[], None]:
    ids = cycle(window.queue.shown_ids()[:2])

    def work() -> None:
        window.label.open_article(next(ids))
        window.paint()

    return work


def _flagging(window: Window) -> Callable[[], None]:
    flags = cycle((True, False))

    def work() -> None:
        assert window.session.act(annotation.set_status, window.label.article_id, is_flagged=next(flags))
        QApplication.sendPostedEvents()

    return work


def _filtering(window: Window) -> Callable[[], None]:
    names = cycle(("todo", "all"))

    def work() -> None:
        window.queue.set_filter(next(names))
        QApplication.sendPostedEvents()

    return work


def _scrolling(window: Window) -> Callable[[], None]:
    view = window.queue.list
    paints = Paints(view.viewport())

    def work() -> None:
        bar, before = view.verticalScrollBar(), paints.count
        bar.setValue(bar.value() + bar.pageStep())
        while paints.count == before:
            QApplication.processEvents()

    return work
