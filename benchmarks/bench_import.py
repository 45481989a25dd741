"""Importing a folder of text files, beside reading them and inserting them into one table."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from annotator.domain.progress import drain
from annotator.services import importing
from benchmarks import corpus, floor
from benchmarks.measuring import Goal, Row, Watch, medians

_FILES = 1_000
_QUICK_FILES = 200
_REPEATS = 3


def rows(*, quick: bool) -> list[Row]:
    """Articles a CPU-second."""
    files = _QUICK_FILES if quick else _FILES
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        corpus.write_files(folder / "texts", corpus.texts(files))
        numbers = count()
        ours, bare = medians(
            lambda: _ours(folder / "texts", folder / f"{next(numbers)}.annot"),
            lambda: _bare(folder / "texts", folder / f"{next(numbers)}.db"),
            repeats=_REPEATS,
        )
    goal = Goal("ratio at least", 1 / 1.5)
    return [
        Row(work="import text files", unit="articles/CPU-s", ours=files / ours, floor=files / bare, goal=goal),
    ]


def _ours(texts: Path, out: Path) -> float:
    with corpus.empty_project(out) as project:
        with Watch() as watch:
            result = drain(importing.add_articles(project, [texts]))
        assert len(result.added) == len(list(texts.iterdir()))
    return watch.cpu_s


def _bare(texts: Path, out: Path) -> float:
    conn = floor.connect(out)
    with Watch() as watch:
        floor.add_articles(
            conn,
            (
                (number, file.name, file.read_bytes().decode("utf-8"))
                for number, file in enumerate(sorted(texts.iterdir()), start=1)
            ),
        )
    conn.close()
    return watch.cpu_s
