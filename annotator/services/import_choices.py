"""What there is to choose before articles are imported: columns of tables, and what names of files say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.domain.importing import ReadOptions, TablePreview
from annotator.domain.name_pattern import parse_pattern
from annotator.domain.progress import Job, Progress
from annotator.ingest.files import find_files, shown_name
from annotator.ingest.jobs import ReadJob
from annotator.ingest.readers import SINGLE, reader_of
from annotator.services import suggesting
from annotator.suggest.client import Worker
from annotator.suggest.pool import Pool


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen for some files: `named` are those whose names may say something, `table` is the first table
    (empty where there is none) and `preview` its beginning."""

    named: tuple[Path, ...] = ()
    table: str = ""
    tables: int = 0
    preview: TablePreview = TablePreview()


class NameRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the name of a file says by a pattern; nothing where `fits` is false."""

    name: str
    published: str = ""
    outlet: str = ""
    title: str = ""
    author: str = ""
    fits: bool = False


def choices(paths: Sequence[Path], *, worker: Worker | Pool) -> Job[Choices]:
    """A job that looks for what is to be chosen. A table that cannot be read has its reason as the preview's problem.

    Raises:
        AnnotatorError: there is no article file, or the worker cannot be started.
    """
    files = find_files(paths).files
    named = tuple(file for file in files if file.suffix.lower() in SINGLE)
    tables = [file for file in files if reader_of(file).is_table]
    if not tables:
        return Choices(named=named)
    payload = msgspec.msgpack.encode(ReadJob(path=str(tables[0]), options=ReadOptions()))
    ticket = suggesting.submit(worker, "preview-table", payload)
    while True:
        for reply in worker.poll():
            if reply.ticket == ticket:
                preview = TablePreview(problem=reply.error)
                if reply.kind == "done":
                    preview = msgspec.msgpack.decode(reply.payload, type=TablePreview)
                return Choices(named=named, table=shown_name(tables[0]), tables=len(tables), preview=preview)
        yield Progress(0, 0, shown_name(tables[0]), is_waiting=True)


def preview_names(files: Sequence[Path], pattern: str) -> tuple[list[NameRow], str]:
    """What the names of files say by a pattern, and an empty text; or nothing, and what is wrong with the pattern."""
    if not pattern:
        return [NameRow(name=shown_name(file)) for file in files], ""
    try:
        parsed = parse_pattern(pattern)
    except AnnotatorError as error:
        return [], str(error)
    rows = []
    for file in files:
        facts = parsed.facts(file.absolute())
        kept = {key: value for key, value in (facts or {}).items() if key in ("published", "outlet", "title", "author")}
        rows.append(NameRow(name=shown_name(file), fits=facts is not None, **kept))
    return rows, ""
