"""Adding a span and accepting a suggestion in the window, until it is painted."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from annotator.domain.journal import Changes
from annotator.domain.spans import Span
from annotator.services import history
from annotator.services.projects import Project
from benchmarks.measuring import Goal, Row, Watch
from benchmarks.opened import Window, long_articles

_REPEATS = 25
_QUICK_REPEATS = 9
_GOAL = Goal("value at most", 16)


@dataclass
class Parts:
    """The CPU seconds of some acts: all of each, and of that the service and the painting."""

    whole: list[float] = field(default_factory=list)
    service: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds of CPU: the transaction, the views that follow it, the painting, and all together."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name, long_articles(Path(name)) as (window, ids):
        for kb, article in ids.items():
            window.label.open_article(article)
            window.settle()
            for work, act in (("add a span", add_span), ("accept and go on", accept_one)):
                parts = measured(window, act, repeats=_QUICK_REPEATS if quick else _REPEATS)
                found += _rows(f"{work}, {kb} kB", parts)
    return found


def _rows(work: str, parts: Parts) -> list[Row]:
    whole, service, paint = (median(one) * 1e3 for one in (parts.whole, parts.service, parts.paint))
    return [
        Row(work=work, unit="CPU-ms", ours=whole, goal=_GOAL),
        Row(work="  of that the transaction", unit="CPU-ms", ours=service),
        Row(work="  of that the panels", unit="CPU-ms", ours=whole - service - paint),
        Row(work="  of that the painting", unit="CPU-ms", ours=paint),
    ]


def measured(window: Window, act: Callable[[Window, int], Callable[[], None]], *, repeats: int) -> Parts:
    """The parts of an act, done so many times in the middle of the open article, each undone afterwards."""
    parts = Parts()
    plain = window.session.act

    def watched(service: Callable[..., Changes], *args: object, **options: object) -> Changes | None:
        def timed(project: Project) -> Changes:
            with Watch() as watch:
                changes = service(project, *args, **options)
            parts.service.append(watch.cpu_s)
            return changes

        return plain(timed)

    for nth in range(repeats):
        run = act(window, nth)
        window.settle()
        window.session.act = watched  # type: ignore[assignment]
        with Watch() as whole:
            run()
            with Watch() as paint:
                window.paint()
        window.session.act = plain  # type: ignore[method-assign]
        parts.whole.append(whole.cpu_s)
        parts.paint.append(paint.cpu_s)
        assert len(parts.service) == nth + 1
        plain(history.undo)
        window.settle()
    return parts


def add_span(window: Window, nth: int) -> Callable[[], None]:
    """Mark words that no mark has yet: two words with what is between them."""
    text = window.label.text()
    middle = len(text) // 2
    words = list(re.finditer(r"\w+ \w+", text[middle : middle + 4_000]))[nth + 1]
    span = Span(middle + words.start(), middle + words.end())
    window.label.select("")
    window.reading.reveal(span)
    window.reading.select(span)
    return lambda: window.acts.put_label("EVENT")


def accept_one(window: Window, nth: int) -> Callable[[], None]:
    """Accept one of the suggestions in the middle, as Enter does."""
    places = window.label.open_places()
    window.label.select_and_reveal(places[len(places) // 2 + nth % 8][2])
    return window.acts.accept
