"""Writes the exchange format: one line an article, sorted by article id."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import ArticleLine
from annotator.domain.line_checks import line_problem
from annotator.domain.progress import Job, Progress, drain
from annotator.export.atomic import FileFacts, FileSet
from annotator.export.counts import Counter, Counts
from annotator.export.manifest import About, add_manifest

_ENCODER = msgspec.json.Encoder()


def write_jsonl(lines: Iterable[ArticleLine], out: Path, *, about: About | None = None) -> Counts:
    """Write lines to a file, whole or not at all; with `about`, its manifest too.

    Raises:
        AnnotatorError: a line breaks the rules of the format, or the file cannot be written.
        ValueError: the lines are not sorted by article id, or an article is there twice.
    """
    return drain(jsonl_job(lines, out, about=about))


def jsonl_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """`write_jsonl` step by step, one article a step; closing the generator leaves everything as it was."""
    counter = Counter()
    with FileSet() as files:
        stream = files.open(out)
        previous = ""
        for line in lines:
            if line.article.id <= previous:
                raise ValueError(f"{line.article.id} does not come after {previous}")
            previous = line.article.id
            check_line(line)
            stream.write(_ENCODER.encode(line))
            stream.write(b"\n")
            counter.add(line)
            yield Progress(counter.articles, total, "Writing articles")
        counts = counter.counts(parts={out.name: counter.articles})
        facts = files.closed(out)
        _check_count(out, facts, counter.articles)
        if about:
            add_manifest(files, out, export="jsonl", about=about, counts=counts, facts={out: facts})
    return counts


def check_line(line: ArticleLine) -> None:
    """Nothing that breaks the rules of the format leaves the program.

    Raises:
        AnnotatorError: it breaks one.
    """
    problem = line_problem(line)
    if problem:
        raise AnnotatorError(
            f"{line.article.name} was not exported: {problem}.", hint="Run “annotator check” on the project."
        )


def _check_count(out: Path, facts: FileFacts, articles: int) -> None:
    if facts.lines != articles:
        raise AnnotatorError(
            f"{out.name} was not written: {facts.lines} of its {articles} articles could be read back.",
            hint="The disk may be failing; choose another.",
        )
