"""Reading articles in the worker process: what parses files from anywhere runs there, and may die there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions, TablePreview
from annotator.ingest.columns import guess_columns
from annotator.ingest.readers import read_file, reader_of

JOBS: dict[str, str] = {
    "read-articles": "annotator.ingest.jobs:read_articles_job",
    "preview-table": "annotator.ingest.jobs:preview_table_job",
}
"""The readers' own jobs, to be given to a `Worker`."""


_PREVIEW_ROWS = 5
_PREVIEW_CHARS = 200


class ReadJob(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of the job `read-articles`: one file, and how to read it."""

    path: str
    options: ReadOptions = ReadOptions()


def read_articles_job(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Run a `ReadJob` (MessagePack): reports a `ReadItem` for each article of the file; gives nothing.

    A file that is refused as a whole is an item too.
    """
    job = msgspec.msgpack.decode(payload, type=ReadJob)
    encoder = msgspec.msgpack.Encoder()
    try:
        for item in read_file(Path(job.path), job.options):
            report(encoder.encode(item))
    except UnreadableArticle as error:
        report(encoder.encode(ReadItem.refused(error)))
    return b""


def preview_table_job(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Run a `ReadJob` (MessagePack) on a table: gives its `TablePreview`, without headers if nothing is to choose."""
    job = msgspec.msgpack.decode(payload, type=ReadJob)
    try:
        preview = _preview(Path(job.path), job.options)
    except UnreadableArticle as error:
        preview = TablePreview(problem=str(error))
    return msgspec.msgpack.encode(preview)


def _preview(path: Path, options: ReadOptions) -> TablePreview:
    # Each of them brings a library that other kinds do not need.
    if path.suffix.lower() == ".xlsx":
        from annotator.ingest.sheets import open_sheet

        table = open_sheet(path)
    elif reader_of(path).is_text:
        from annotator.ingest.tables import open_csv

        table = open_csv(path, options)
    else:
        from annotator.ingest.objects import open_objects

        table = open_objects(path)
    rows = tuple(
        tuple(" ".join(cell[: 2 * _PREVIEW_CHARS].split())[:_PREVIEW_CHARS] for cell in row)
        for row in table.sample[:_PREVIEW_ROWS]
    )
    return TablePreview(headers=table.headers, rows=rows, columns=guess_columns(table.headers, table.sample))
