"""Feeds the rows of lines to whatever writes tables, and lists what flat tables have no place for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from annotator.domain.drafts import EntityDraft
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.columns import Row
from annotator.export.counts import Counter, Loss
from annotator.export.jsonl import check_line
from annotator.export.tables import TableMaker
from annotator.export.trail import Trail


class Sink(Protocol):
    """Where rows go."""

    def put(self, table: str, row: Row) -> None:
        """Write one row at the end of a table."""


def feed(
    lines: Iterable[ArticleLine], sink: Sink, counter: Counter, *, total: int = 0, trail: Trail | None = None
) -> Job[list[Loss]]:
    """A job that gives every row to the sink, and counts the lines; gives what tables have no place for.

    Raises:
        AnnotatorError: a line breaks the rules of the format.
    """
    trail = trail or Trail()
    maker = TableMaker()
    missing = dict.fromkeys(_MISSING, 0)
    for line in lines:
        check_line(line)
        for table, row in maker.rows(line, trail.of(line)):
            sink.put(table, row)
        for reason, count in _left_out(line).items():
            missing[reason] += count
        counter.add(line)
        yield Progress(counter.articles, total, "Writing tables")
    for table, row in maker.last_rows():
        sink.put(table, row)
    return [Loss(reason=f"{reason} ({count})") for reason, count in missing.items() if count]


_MISSING = (
    "what was suggested before a person corrected it is left out: tables have no place for a whole suggestion",
    "guesses at a speaker after the first sure one are left out",
    "the source, cue, holder and target of rejected suggestions are left out",
)


def _left_out(line: ArticleLine) -> dict[str, int]:
    origins = [one.origin for one in line.entities]
    origins += [one.origin for one in line.quotes] + [one.origin for one in line.stances]
    counts = (
        sum(one.act == "corrected" and one.suggested is not None for one in origins),
        sum(max(0, len(one.speakers) - one.speakers[0].is_sure) for one in line.quotes if one.speakers),
        sum(not isinstance(one.suggested, EntityDraft) for one in line.rejections),
    )
    return dict(zip(_MISSING, counts, strict=True))
