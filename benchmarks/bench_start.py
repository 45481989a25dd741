"""From the start of the process to the first paint of the window, beside an empty window of Qt."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import msgspec

from benchmarks import corpus
from benchmarks.measuring import Goal, Row

_REPEATS = 7
_QUICK_REPEATS = 3
_ROOT = Path(__file__).resolve().parent.parent


class Start(msgspec.Struct, frozen=True):
    """CPU seconds of a starting process: to its first paint, of those in its own code, and to the painted article."""

    first_s: float
    main_s: float
    article_s: float
    loaded: tuple[str, ...]


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds of CPU of the whole process."""
    repeats = _QUICK_REPEATS if quick else _REPEATS
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        path = Path(name) / "work.annot"
        with corpus.filled_project(path, corpus.texts(20)) as project:
            corpus.put_suggestions(project)
        ours, empty = zip(*[(started(str(path)), started("empty")) for _ in range(repeats)], strict=True)
    bare = median(one.first_s for one in empty) * 1e3
    first, main, article = (
        median(getattr(one, name) for one in ours) * 1e3 for name in ("first_s", "main_s", "article_s")
    )
    goal = Goal("ratio at most", 2)
    return [
        Row(work="start to the first paint", unit="CPU-ms", ours=first, floor=bare, goal=goal),
        Row(work="  of that since the program began", unit="CPU-ms", ours=main),
        Row(work="start to the painted article", unit="CPU-ms", ours=article, floor=bare),
    ]


def started(target: str) -> Start:
    """What a process says that opens a project's window, or an empty one."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.starting", target],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=_ROOT,
    )
    assert done.returncode == 0 and done.stdout, done.stderr
    return msgspec.json.decode(done.stdout, type=Start)
