"""The window on a project of ten thousand articles with a million annotations, beside a project of two articles."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.services import annotation, finding, history, queries
from annotator.services.projects import Project
from benchmarks.full_project import ANNOTATIONS, full_project
from benchmarks.measuring import Goal, Row, Watch, cpu_of, medians
from benchmarks.opened import Paints, Window, application

_ARTICLES = 10_000
_QUICK_ARTICLES = 1_000
_REPEATS = 15
_FIND_REPEATS = 5
_TWICE = Goal("ratio at most", 2)
_FRAME = Goal("value at most", 16)
# The window's loop is never to be held for longer.
_LOOP = Goal("value at most", 100)


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds of CPU."""
    articles = _QUICK_ARTICLES if quick else _ARTICLES
    with (
        tempfile.TemporaryDirectory(prefix="annotator-bench-") as name,
        _window(Path(name) / "two", 2) as two,
        _window(Path(name) / "many", articles) as many,
    ):
        project = many.session.project
        what = f"{articles:,} articles, {articles * ANNOTATIONS:,} annotations: read the queue"
        return [
            _alone(what, lambda: queries.article_rows(project), _LOOP),
            _alone("  filter it", _filtering(many), _LOOP),
            _alone("  scroll it by a page", _scrolling(many), _FRAME),
            _beside("  open an article, beside one of two", _opening(many), _opening(two), _TWICE),
            *_acts(many, two),
            _beside("  flag it, beside one of two", _flagging(many), _flagging(two), _TWICE),
            *_finds(project),
        ]


@contextmanager
def _window(folder: Path, articles: int) -> Iterator[Window]:
    application()
    folder.mkdir()
    window = Window(full_project(folder / "work.annot", articles))
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


def _alone(work: str, ours: Callable[[], object], goal: Goal) -> Row:
    (found,) = medians(cpu_of(ours), repeats=_REPEATS)
    return Row(work=work, unit="CPU-ms", ours=found * 1e3, goal=goal)


def _opening(window: Window) -> Callable[[], None]:
    ids = cycle(window.queue.shown_ids()[:2])

    def work() -> None:
        window.label.open_article(next(ids))
        window.paint()
        window.settle()

    return work


def _acts(many: Window, two: Window) -> list[Row]:
    """Accepting a suggestion and taking it back, each until nothing of it is left to do, in both projects in turns."""
    figures = medians(*(one for window in (many, two) for one in _there_and_back(window)), repeats=_REPEATS)
    accept, undo, accept_two, undo_two = (figure * 1e3 for figure in figures)
    return [
        Row(work="  accept one, beside one of two", unit="CPU-ms", ours=accept, floor=accept_two, goal=_TWICE),
        Row(work="  undo it, beside one of two", unit="CPU-ms", ours=undo, floor=undo_two, goal=_TWICE),
    ]


def _there_and_back(window: Window) -> tuple[Callable[[], float], Callable[[], float]]:
    def accept() -> float:
        places = window.label.open_places()
        window.label.select_and_reveal(places[len(places) // 2][2])
        window.settle()
        with Watch() as watch:
            window.acts.accept()
            window.paint()
            window.settle()
        return watch.cpu_s

    def undo() -> float:
        window.settle()
        with Watch() as watch:
            assert window.session.act(history.undo)
            window.paint()
            window.settle()
        return watch.cpu_s

    return accept, undo


def _flagging(window: Window) -> Callable[[], None]:
    flags = cycle((True, False))

    def work() -> None:
        assert window.session.act(annotation.set_status, window.label.article_id, is_flagged=next(flags))
        window.settle()

    return work


def _filtering(window: Window) -> Callable[[], None]:
    names = cycle(("todo", "all"))

    def work() -> None:
        window.queue.set_filter(next(names))
        window.settle()

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


def _finds(project: Project) -> list[Row]:
    """Words of nearly every article: all kinds together, and the one that takes longest."""
    kinds = finding.FOUND_KINDS
    works = (cpu_of(lambda kind=kind: finding.find(project, "NATO", kinds=[kind], limit=100)) for kind in kinds)
    figures = medians(*works, repeats=_FIND_REPEATS)
    return [
        Row(work="  find a word of most articles", unit="CPU-ms", ours=sum(figures) * 1e3),
        Row(work="    its longest part", unit="CPU-ms", ours=max(figures) * 1e3, goal=_LOOP),
    ]
