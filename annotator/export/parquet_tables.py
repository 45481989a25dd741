"""Writes a folder of Parquet tables, with types, and lists where the other formats have texts."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow
import pyarrow.parquet

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, drain
from annotator.domain.spans import Span
from annotator.export.atomic import FileSet
from annotator.export.columns import TABLES, Column, Kind, Row, Value
from annotator.export.counts import Counter, Counts
from annotator.export.manifest import About, add_manifest
from annotator.export.table_source import feed
from annotator.export.trail import Trail

_ROWS_AT_ONCE = 5_000
_RANGE = pyarrow.struct([("start", pyarrow.int64()), ("end", pyarrow.int64())])
_TYPES: dict[Kind, pyarrow.DataType] = {
    "text": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "truth": pyarrow.bool_(),
    "spans": pyarrow.list_(_RANGE),
    "texts": pyarrow.list_(pyarrow.string()),
}


def schema_of(table: str) -> pyarrow.Schema:
    """The columns of a table with their types."""
    return pyarrow.schema([(column.name, _TYPES[column.kind]) for column in TABLES[table]])


def write_parquet(
    lines: Iterable[ArticleLine], out: Path, *, about: About | None = None, trail: Trail | None = None
) -> Counts:
    """Write the tables into the folder `out`, all or none; with `about`, the manifest beside it.

    An empty text is null; nothing else is changed.

    Raises:
        AnnotatorError: a line breaks the rules of the format, or a file cannot be written.
    """
    return drain(parquet_job(lines, out, about=about, trail=trail))


def parquet_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    total: int = 0,
    about: About | None = None,
    trail: Trail | None = None,
) -> Job[Counts]:
    """`write_parquet` step by step, one article a step; closing the generator leaves everything as it was."""
    counter = Counter()
    with FileSet() as files:
        files.folder(out)
        paths = {table: out / f"{table}.parquet" for table in TABLES}
        sink = _ParquetSink({table: files.open(path) for table, path in paths.items()})
        try:
            losses = yield from feed(lines, sink, counter, total=total, trail=trail)
            sink.finish()
        except BaseException:
            sink.drop()
            raise
        facts = {path: files.closed(path) for path in paths.values()}
        parts = {paths[table].name: count for table, count in sink.rows.items()}
        counts = counter.counts(parts=parts, losses=tuple(losses))
        if about:
            add_manifest(files, out, export="parquet", about=about, counts=counts, facts=facts)
    return counts


class _ParquetSink:
    def __init__(self, streams: dict[str, BinaryIO]) -> None:
        self.rows = dict.fromkeys(streams, 0)
        self._waiting: dict[str, list[dict[str, object]]] = {table: [] for table in streams}
        self._writers = {
            table: pyarrow.parquet.ParquetWriter(stream, schema_of(table)) for table, stream in streams.items()
        }

    def put(self, table: str, row: Row) -> None:
        self.rows[table] += 1
        waiting = self._waiting[table]
        waiting.append({column.name: _value(column, row[column.name]) for column in TABLES[table]})
        if len(waiting) == _ROWS_AT_ONCE:
            self._write(table)

    def finish(self) -> None:
        for table, writer in self._writers.items():
            self._write(table)
            writer.close()

    def drop(self) -> None:
        """Let go of files that are not wanted, before they are closed beneath their writers."""
        for writer in self._writers.values():
            with suppress(OSError):
                writer.close()
            # Else it tries once more when it is collected.
            writer.is_open = False

    def _write(self, table: str) -> None:
        rows = pyarrow.Table.from_pylist(self._waiting[table], schema=schema_of(table))
        self._writers[table].write_table(rows)
        self._waiting[table].clear()


def _value(column: Column, value: Value) -> object:
    if column.kind == "spans" and isinstance(value, tuple):
        return [{"start": one.start, "end": one.end} for one in value if isinstance(one, Span)]
    return None if value == "" else value
