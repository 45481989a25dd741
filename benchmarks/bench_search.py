"""Full-text search, beside the bare query of the index."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from annotator.services import queries
from benchmarks import corpus, floor
from benchmarks.measuring import Goal, Row, cpu_of, medians

_ARTICLES = 1_000
_QUICK_ARTICLES = 200
_REPEATS = 15
# Each is searched so often that one measurement is milliseconds, not microseconds.
_ROUNDS = 10


def rows(*, quick: bool) -> list[Row]:
    """Milliseconds of CPU a search, for a word of few articles and for one of most."""
    articles = _QUICK_ARTICLES if quick else _ARTICLES
    contents = corpus.texts(articles)
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        conn = floor.connect(Path(name) / "bare.db")
        floor.add_articles(conn, ((n, f"{n}.txt", text) for n, text in enumerate(contents, start=1)))
        with corpus.filled_project(Path(name) / "work.annot", contents) as project:
            for word, kind in (("0-17", "in one article"), ("NATO", "in every article")):
                assert len(queries.search(project, word)) == len(_bare(conn, word))
                ours, bare = medians(
                    cpu_of(lambda word=word: [queries.search(project, word) for _ in range(_ROUNDS)]),
                    cpu_of(lambda word=word: [_bare(conn, word) for _ in range(_ROUNDS)]),
                    repeats=_REPEATS,
                )
                work = f"search {articles:,} articles, a word {kind}"
                scale = 1e3 / _ROUNDS
                goal = Goal("ratio at most", 2)
                found.append(Row(work=work, unit="CPU-ms", ours=ours * scale, floor=bare * scale, goal=goal))
        conn.close()
    return found


def _bare(conn: sqlite3.Connection, word: str) -> list[int]:
    query = "SELECT rowid FROM article_fts WHERE article_fts MATCH ? ORDER BY rowid"
    return [row[0] for row in conn.execute(query, (f'"{word}"*',))]
