"""Opening an article in the window until it is painted, beside the same text in a bare QTextEdit."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.services import queries
from annotator.ui import theme
from benchmarks.measuring import Goal, Row, Watch, medians
from benchmarks.opened import SIZES_KB, Paints, Window, long_articles

_REPEATS = 9
_QUICK_REPEATS = 5
_GOALS_MS = {5: 50, 500: 150}


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds of CPU from the choice of an article to its first paint, all marks and panels included."""
    repeats = _QUICK_REPEATS if quick else _REPEATS
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name, long_articles(Path(name)) as (window, ids):
        bare = _bare_edit(window)
        for kb, article in ids.items():
            other = ids[5 if kb != 5 else 50]
            text = queries.article(window.session.project, article).text
            ours, floor = medians(
                lambda article=article, other=other: _ours(window, article, other),
                lambda text=text: _bare(bare, text),
                repeats=repeats,
            )
            goal = Goal("value at most", _GOALS_MS[kb]) if kb in _GOALS_MS else None
            work = f"open an article of {kb} kB with {len(window.label.things):,} marks"
            found.append(Row(work=work, unit="CPU-ms", ours=ours * 1e3, floor=floor * 1e3, goal=goal))
        bare.deleteLater()
    return found


def _ours(window: Window, article: str, other: str) -> float:
    window.label.open_article(other)
    window.settle()
    with Watch() as watch:
        window.label.open_article(article)
        window.paint()
    assert window.label.article_id == article
    return watch.cpu_s


def _bare_edit(window: Window) -> QTextEdit:
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setFont(theme.font(theme.SERIF, 16.5))
    edit.resize(window.reading.size())
    edit.show()
    QApplication.processEvents()
    return edit


def _bare(edit: QTextEdit, text: str) -> float:
    edit.setPlainText("")
    QApplication.processEvents()
    paints = Paints(edit.viewport())
    with Watch() as watch:
        edit.setPlainText(text)
        edit.viewport().repaint()
    assert paints.count
    paints.deleteLater()
    return watch.cpu_s


assert set(_GOALS_MS) <= set(SIZES_KB)
