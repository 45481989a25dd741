"""Reading articles in the worker process: what parses files from anywhere runs there, and may die there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions
from annotator.ingest.readers import read_file

JOBS: dict[str, str] = {"read-articles": "annotator.ingest.jobs:read_articles_job"}
"""The readers' own jobs, to be given to a `Worker`."""


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
