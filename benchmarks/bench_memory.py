"""The memory of the program with its window open, beside an empty window of Qt."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.measuring import Goal, Row, resident_mb
from benchmarks.opened import SIZE_PX, application, long_articles


def rows(*, quick: bool) -> list[Row]:
    """Megabytes of this process; the corpus is small in either case."""
    application()
    empty = QMainWindow()
    empty.resize(*SIZE_PX)
    empty.show()
    QApplication.processEvents()
    bare = resident_mb()
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name, long_articles(Path(name)) as (window, ids):
        found: list[Row] = []
        for kb, article in ids.items():
            window.label.open_article(article)
            window.settle()
            work = f"memory of the window, {kb} kB shown"
            found.append(Row(work=work, unit="MB", ours=resident_mb(), floor=bare, goal=Goal("value at most", 200)))
    return found
