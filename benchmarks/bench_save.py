"""Saving one act, beside a durable commit of one row."""

from __future__ import annotations

import sqlite3
import tempfile
from itertools import count
from pathlib import Path

from annotator.domain.spans import Span
from annotator.services import annotation, queries
from annotator.services.projects import Project
from benchmarks import corpus, floor
from benchmarks.measuring import Goal, Row, Watch, medians

_ACTS = 100
_QUICK_ACTS = 30


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds on the clock: most of both is waiting for the disk."""
    acts = _QUICK_ACTS if quick else _ACTS
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        conn = floor.connect(folder / "bare.db")
        with corpus.filled_project(folder / "work.annot", corpus.texts(20)) as project:
            corpus.put_suggestions(project)
            article = queries.article_rows(project)[0].id
            starts = iter(range(acts * 4))
            numbers = count()
            ours, bare = medians(
                lambda: _ours(project, article, next(starts)),
                lambda: _bare(conn, next(numbers)),
                repeats=acts,
                warm_ups=2,
            )
        conn.close()
    return [Row(work="save one act", unit="ms", ours=ours * 1e3, floor=bare * 1e3, goal=Goal("ratio at most", 3))]


def _ours(project: Project, article: str, number: int) -> float:
    # Bounds that no other act has: where they begin moves on, and how far they reach is odd.
    span = Span(number * 9 + 1, number * 9 + 40)
    with Watch() as watch:
        changes = annotation.add_entity(project, article, span, "ORG")
    assert changes.event
    return watch.wall_s


def _bare(conn: sqlite3.Connection, number: int) -> float:
    with Watch() as watch:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO article (name, text) VALUES (?, ?)", (f"{number}.txt", "An entity"))
        conn.execute("COMMIT")
    return watch.wall_s
