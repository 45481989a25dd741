"""Exports that the worker process does; spaCy is imported there alone, when the job runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from annotator.domain.exchange import ArticleLine
from annotator.export.counts import Counts
from annotator.export.manifest import About, Align
from annotator.export.split import DEFAULT_SPLIT, Split

JOBS: dict[str, str] = {"export-spacy": "annotator.export.jobs:write_spacy_job"}
"""The exports' own jobs, to be given to a `Worker`."""

_REPORT_EVERY = 20


class SpacyJob(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of the job `export-spacy`: a file of article lines (which stays), where to write, and how."""

    lines: str
    out: str
    split: Split = DEFAULT_SPLIT
    seed: int = 0
    sections: tuple[str, ...] | None = None
    align: Align = "expand"
    about: About | None = None


def write_spacy_job(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Run a `SpacyJob` (MessagePack): reports `domain.progress.Progress`, gives `Counts`, both in MessagePack.

    Raises:
        AnnotatorError: see `write_spacy`.
    """
    from annotator.export.docbin import spacy_job

    job = msgspec.msgpack.decode(payload, type=SpacyJob)
    steps = spacy_job(
        _lines(Path(job.lines)),
        Path(job.out),
        split=job.split,
        seed=job.seed,
        sections=job.sections,
        align=job.align,
        about=job.about,
    )
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
