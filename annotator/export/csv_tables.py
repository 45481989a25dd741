"""Writes a folder of CSV tables that spreadsheets may open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, drain
from annotator.export.atomic import FileSet
from annotator.export.cells import Cell, for_csv
from annotator.export.columns import TABLES, Row
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.manifest import About, add_manifest
from annotator.export.table_source import feed
from annotator.export.trail import Trail

# Without it the most used spreadsheet takes UTF-8 for the code page of its country.
_BOM = b"\xef\xbb\xbf"


def write_csv(
    lines: Iterable[ArticleLine], out: Path, *, about: About | None = None, trail: Trail | None = None
) -> Counts:
    """Write the tables into the folder `out`, all or none, each with its header; with `about`, the manifest beside it.

    RFC 4180, UTF-8 with a byte order mark; texts are quoted and `guarded`, numbers are not.

    Raises:
        AnnotatorError: a line breaks the rules of the format, or a file cannot be written.
    """
    return drain(csv_job(lines, out, about=about, trail=trail))


def csv_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    total: int = 0,
    about: About | None = None,
    trail: Trail | None = None,
) -> Job[Counts]:
    """`write_csv` step by step, one article a step; closing the generator leaves everything as it was."""
    counter = Counter()
    with FileSet() as files:
        files.folder(out)
        paths = {table: out / f"{table}.csv" for table in TABLES}
        sink = _CsvSink({table: files.open(path) for table, path in paths.items()})
        losses = yield from feed(lines, sink, counter, total=total, trail=trail)
        facts = {path: files.closed(path) for path in paths.values()}
        parts = {paths[table].name: count for table, count in sink.rows.items()}
        counts = counter.counts(parts=parts, losses=(*losses, *sink.losses))
        if about:
            add_manifest(files, out, export="csv", about=about, counts=counts, facts=facts)
    return counts


class _CsvSink:
    def __init__(self, streams: dict[str, BinaryIO]) -> None:
        self.rows = dict.fromkeys(streams, 0)
        self.losses: list[Loss] = []
        self._streams = streams
        self._buffer = io.StringIO(newline="")
        self._writer = csv.writer(self._buffer, quoting=csv.QUOTE_NONNUMERIC)
        for table, stream in streams.items():
            stream.write(_BOM)
            self._write(table, [column.name for column in TABLES[table]])

    def put(self, table: str, row: Row) -> None:
        cells: list[Cell] = []
        for column in TABLES[table]:
            cell, reason = for_csv(column, row[column.name])
            cells.append(cell)
            if reason:
                self.losses.append(Loss(reason=reason, kind=table, article=str(row.get("article_id", ""))))
        self._write(table, cells)
        self.rows[table] += 1

    def _write(self, table: str, cells: Sequence[Cell]) -> None:
        self._writer.writerow(cells)
        self._streams[table].write(self._buffer.getvalue().encode("utf-8"))
        self._buffer.seek(0)
        self._buffer.truncate()
