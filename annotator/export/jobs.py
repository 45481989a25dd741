"""Exports that the worker process does; spaCy is imported there alone, when the job runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from annotator.domain.exchange import ArticleLine
from annotator.export.counts import Counts
from annotator.export.manifest import About, Align
from annotator.export.registry import WRITERS
from annotator.export.split import DEFAULT_SPLIT, Split

JOBS: dict[str, str] = {"export": "annotator.export.jobs:write_job"}
"""The exports' own jobs, to be given to a `Worker`."""

_REPORT_EVERY = 20


class ExportJob(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of the job `export`: a format, a file of article lines (which stays), where to write, and how."""

    format: str
    lines: str
    out: str
    split: Split = DEFAULT_SPLIT
    seed: int = 0
    sections: tuple[str, ...] | None = None
    align: Align = "expand"
    about: About | None = None


def write_job(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Run an `ExportJob` (MessagePack): reports `domain.progress.Progress`, gives `Counts`, both in MessagePack.

    Raises:
        AnnotatorError: see the format's writer.
    """
    job = msgspec.msgpack.decode(payload, type=ExportJob)
    writer = WRITERS[job.format]
    options = {name: getattr(job, name) for name in writer.options}
    steps = writer.job(_lines(Path(job.lines)), Path(job.out), about=job.about, **options)
    number = 0
    while True:
        try:
            progress = next(steps)
        except StopIteration as stop:
            counts: Counts = stop.value
            return msgspec.msgpack.encode(counts)
        if number % _REPORT_EVERY == 0:
            report(msgspec.msgpack.encode(progress))
        number += 1


def _lines(path: Path) -> Iterator[ArticleLine]:
    # The program wrote it a moment ago; each line is checked again by the writer.
    decoder = msgspec.json.Decoder(ArticleLine)
    with path.open("rb") as stream:
        for raw in stream:
            yield decoder.decode(raw)
