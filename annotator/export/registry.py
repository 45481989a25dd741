"""All formats that can be written, by name; listing them imports none of what they need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from annotator.domain.progress import Job
from annotator.export.counts import Counts
from annotator.export.jsonl import jsonl_job


@dataclass(frozen=True, slots=True)
class Writer:
    """A format. `job` takes lines, the place to write to, and by keyword `about` and the named `options`.

    `suffix` is what the name of a file ends in, empty for a folder. `worker_job` names the job of `export.jobs` that
    does the same in the worker process; empty where the work is light enough for the program itself.
    A writer that `has_trail` also takes a `trail`: who did what and when.
    """

    title: str
    suffix: str
    job: Callable[..., Job[Counts]]
    options: tuple[str, ...] = ()
    worker_job: str = ""
    has_trail: bool = False

    @property
    def is_folder(self) -> bool:
        return not self.suffix

    @property
    def needs_worker(self) -> bool:
        return bool(self.worker_job)


def _later(place: str) -> Callable[..., Job[Counts]]:
    """The function at `module:name`, imported when it is called: formats need heavy libraries, and one is written."""

    def job(*given: object, **named: object) -> Job[Counts]:
        module, name = place.split(":")
        found: Callable[..., Job[Counts]] = getattr(import_module(f"annotator.export.{module}"), name)
        return found(*given, **named)

    return job


WRITERS: dict[str, Writer] = {
    "jsonl": Writer(title="Annotator's own JSON Lines: everything, and back again", suffix=".jsonl", job=jsonl_job),
    "spacy": Writer(
        title="Training data for spaCy, with its configuration",
        suffix="",
        job=_later("docbin:spacy_job"),
        options=("split", "seed", "sections", "align"),
        worker_job="export-spacy",
    ),
    "csv": Writer(
        title="Tables as CSV files: articles, entities, quotes, stances, decisions, actors, targets",
        suffix="",
        job=_later("csv_tables:csv_job"),
        has_trail=True,
    ),
    "xlsx": Writer(
        title="The same tables as one Excel workbook",
        suffix=".xlsx",
        job=_later("xlsx_tables:xlsx_job"),
        has_trail=True,
    ),
    "parquet": Writer(
        title="The same tables as Parquet files, with types",
        suffix="",
        job=_later("parquet_tables:parquet_job"),
        has_trail=True,
    ),
    "html": Writer(
        title="Pages for any browser: text with highlights, who said what, history",
        suffix="",
        job=_later("pages:pages_job"),
        has_trail=True,
    ),
}
