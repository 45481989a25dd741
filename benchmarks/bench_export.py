"""Exports, beside bare writers of the same content: the rows of SQLite as JSON Lines, and a DocBin by hand."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import msgspec

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import drain
from annotator.export.docbin import spacy_job
from annotator.export.jsonl import write_jsonl
from annotator.services import exporting
from annotator.services.lines import MINE, lines
from annotator.services.projects import Project
from annotator.services.suggesting import new_worker
from benchmarks import corpus
from benchmarks.measuring import Goal, Row, cpu_of, finished, medians

_ARTICLES = 300
_QUICK_ARTICLES = 60
_REPEATS = 5
# spaCy's own training takes each article whole or not at all: everything goes into one part here.
_SPLIT = (1.0, 0.0, 0.0)
_PLAIN = {
    "entity": 'SELECT id, start, "end", text, label, actor, origin FROM entity WHERE article = ? ORDER BY start',
    "quote": "SELECT id, content, source, cue, form, source_kind, speaker, origin FROM quote WHERE article = ?",
}


def rows(*, quick: bool) -> list[Row]:
    """Articles a CPU-second, half of 55 suggestions accepted in each."""
    articles = _QUICK_ARTICLES if quick else _ARTICLES
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        folder = Path(name)
        with corpus.filled_project(folder / "work.annot", corpus.texts(articles)) as project:
            corpus.put_suggestions(project)
            return [*_json_rows(project, folder, articles), *_spacy_rows(project, folder, articles)]


def _json_rows(project: Project, folder: Path, articles: int) -> list[Row]:
    numbers = count()
    made = list(lines(project, layer=MINE))
    worker = new_worker()

    def export() -> None:
        out = folder / f"{next(numbers)}.jsonl"
        finished(exporting.export(project, "jsonl", out, exporting.ExportOptions(), worker=worker))

    whole, core, bare = medians(
        cpu_of(export),
        cpu_of(lambda: _bare_lines(lines(project, layer=MINE), folder / "core.jsonl")),
        cpu_of(lambda: _bare_export(project, folder / "bare.jsonl")),
        repeats=_REPEATS,
    )
    writer = medians(
        cpu_of(lambda: write_jsonl(made, folder / f"{next(numbers)}.jsonl")),
        cpu_of(lambda: _bare_lines(made, folder / "bare.jsonl")),
        repeats=_REPEATS,
    )
    return [
        _row("export jsonl, checks and manifest apart", (core, bare), articles, Goal("ratio at least", 1 / 1.3)),
        _row("export jsonl, all of it", (whole, bare), articles, None),
        _row("  of that the writer, beside encoding alone", writer, articles, None),
    ]


def _spacy_rows(project: Project, folder: Path, articles: int) -> list[Row]:
    numbers = count()
    made = list(lines(project, layer=MINE))
    pair = medians(
        cpu_of(lambda: drain(spacy_job(made, folder / f"spacy-{next(numbers)}", split=_SPLIT))),
        cpu_of(lambda: _bare_docs(made, folder / "bare.spacy")),
        repeats=3,
    )
    return [_row("export spacy, the writer", pair, articles, Goal("ratio at least", 0.9))]


def _row(work: str, seconds: tuple[float, ...], articles: int, goal: Goal | None) -> Row:
    ours, bare = (articles / one for one in seconds)
    return Row(work=work, unit="articles/CPU-s", ours=ours, floor=bare, goal=goal)


def _durably(out: Path, pieces: Callable[[], list[bytes]]) -> None:
    with out.open("wb") as stream:
        stream.writelines(pieces())
        stream.flush()
        os.fsync(stream.fileno())


def _bare_export(project: Project, out: Path) -> None:
    """What `sqlite3` and msgspec alone need to write articles with their entities and quotes."""
    conn, encoder = project.conn, msgspec.json.Encoder()
    nested = ("content", "source", "cue", "origin")

    def records(kind: str, article: str) -> list[dict[str, object]]:
        cursor = conn.execute(_PLAIN[kind], (article,))
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor]
        return [
            {name: msgspec.Raw(value.encode()) if value and name in nested else value for name, value in one.items()}
            for one in found
        ]

    def pieces() -> list[bytes]:
        made: list[bytes] = []
        for article, title, text in conn.execute("SELECT id, title, text FROM article ORDER BY id").fetchall():
            line = {"id": article, "title": title, "text": text}
            made.append(encoder.encode({**line, **{kind: records(kind, article) for kind in _PLAIN}}) + b"\n")
        return made

    _durably(out, pieces)


def _bare_lines(made: Iterable[ArticleLine], out: Path) -> None:
    encoder = msgspec.json.Encoder()
    _durably(out, lambda: [encoder.encode(line) + b"\n" for line in made])


def _bare_docs(made: list[ArticleLine], out: Path) -> None:
    """A DocBin as spaCy's handbook makes one: entities and span groups of each article, by spaCy's own means."""
    import spacy
    from spacy.tokens import Doc, DocBin
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    doc_bin = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for line in made:
        doc: Doc = nlp.make_doc(line.text)
        found = [doc.char_span(one.start, one.end, one.label, alignment_mode="expand") for one in line.entities]
        doc.ents = filter_spans([one for one in found if one is not None])
        doc.spans["entities"] = [one for one in found if one is not None]
        pieces = [(span, quote.form) for quote in line.quotes for span in quote.content]
        found = [doc.char_span(span.start, span.end, form, alignment_mode="expand") for span, form in pieces]
        doc.spans["quotes"] = [one for one in found if one is not None]
        doc_bin.add(doc)
    doc_bin.to_disk(out)
