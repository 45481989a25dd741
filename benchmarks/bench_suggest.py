"""Suggestions end to end, through the worker and into the project, beside the bare pipeline on the same texts."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import msgspec

from annotator.services import queries, suggesting
from annotator.services.projects import Project
from annotator.services.suggesting import DEFAULT_PIPELINE, Worker
from annotator.suggest.messages import JOBS
from benchmarks import corpus, in_worker
from benchmarks.measuring import Goal, Row, Watch, finished

# Two batches of the program's own a turn, so that its worker is never out of work.
_TURN = 2 * suggesting.BATCH
_TURNS = 4
_QUICK_TURNS = 1
_WARM_UP = 4


def rows(*, quick: bool) -> list[Row]:
    """Articles a CPU-second (both processes) and a second, and the memory of the worker."""
    turns = _QUICK_TURNS if quick else _TURNS
    with (
        tempfile.TemporaryDirectory(prefix="annotator-bench-") as name,
        Worker({**JOBS, **in_worker.JOBS}) as ours,
        Worker(in_worker.JOBS) as bare,
        corpus.filled_project(Path(name) / "work.annot", corpus.texts(_WARM_UP + turns * _TURN)) as project,
    ):
        ids = [row.id for row in queries.article_rows(project)]
        _ours(project, ours, ids[:_WARM_UP])
        _bare(project, bare, ids[:_WARM_UP])
        starts = range(_WARM_UP, len(ids), _TURN)
        cpu: list[tuple[float, float]] = []
        wall: list[tuple[float, float]] = []
        memory: list[float] = []
        for start in starts:
            turn = ids[start : start + _TURN]
            (our_cpu, our_wall), (bare_cpu, bare_wall) = _ours(project, ours, turn), _bare(project, bare, turn)
            cpu.append((len(turn) / our_cpu, len(turn) / bare_cpu))
            wall.append((len(turn) / our_wall, len(turn) / bare_wall))
            memory.append(in_worker.usage_of(ours).resident_mb)
    goal = Goal("ratio at least", 0.9)
    return [
        _row("suggest, from project to project", "articles/CPU-s", cpu, goal),
        _row("suggest, by the clock", "articles/s", wall, None),
        Row(
            work=f"memory of the worker after {len(ids)} articles",
            unit="MB",
            ours=memory[-1],
            goal=Goal("value at most", 700),
        ),
        Row(work=f"  growth since {_WARM_UP + _TURN} articles", unit="MB", ours=memory[-1] - memory[0]),
    ]


def _row(work: str, unit: str, pairs: list[tuple[float, float]], goal: Goal | None) -> Row:
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Row(work=work, unit=unit, ours=ours, floor=bare, goal=goal)


def _ours(project: Project, worker: Worker, ids: list[str]) -> tuple[float, float]:
    before = in_worker.usage_of(worker).cpu_s
    with Watch() as watch:
        result = finished(suggesting.suggest(project, worker, only=ids))
    assert result.articles == len(ids) and result.suggestions
    return watch.cpu_s + in_worker.usage_of(worker).cpu_s - before, watch.wall_s


def _bare(project: Project, worker: Worker, ids: list[str]) -> tuple[float, float]:
    texts = tuple(queries.article(project, one).text for one in ids)
    payload = msgspec.msgpack.encode(in_worker.BareJob(DEFAULT_PIPELINE, texts))
    before = in_worker.usage_of(worker).cpu_s
    with Watch() as watch:
        in_worker.result_of(worker, "bare", payload)
    return in_worker.usage_of(worker).cpu_s - before, watch.wall_s
