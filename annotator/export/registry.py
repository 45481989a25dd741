"""All formats that can be written, by name; listing them imports none of what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job
from annotator.export.counts import Counts
from annotator.export.jsonl import jsonl_job
from annotator.export.manifest import About, Align
from annotator.export.split import DEFAULT_SPLIT, Split


@dataclass(frozen=True, slots=True)
class Writer:
    """A format. `job` takes lines, the place to write to, and by keyword `about` and the named `options`.

    `suffix` is what the name of a file ends in, empty for a folder. `worker_job` names the job of `export.jobs` that
    does the same in the worker process; empty where the work is light enough for the program itself.
    """

    title: str
    suffix: str
    job: Callable[..., Job[Counts]]
    options: tuple[str, ...] = ()
    worker_job: str = ""

    @property
    def is_folder(self) -> bool:
        return not self.suffix

    @property
    def needs_worker(self) -> bool:
        return bool(self.worker_job)


def _spacy_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    split: Split = DEFAULT_SPLIT,
    seed: int = 0,
    sections: Iterable[str] | None = None,
    align: Align = "expand",
    about: About | None = None,
) -> Job[Counts]:
    # Half a second of imports that only this format needs.
    from annotator.export.docbin import spacy_job

    return spacy_job(lines, out, split=split, seed=seed, sections=sections, align=align, about=about)


WRITERS: dict[str, Writer] = {
    "jsonl": Writer(title="Annotator's own JSON Lines: everything, and back again", suffix=".jsonl", job=jsonl_job),
    "spacy": Writer(
        title="Training data for spaCy, with its configuration",
        suffix="",
        job=_spacy_job,
        options=("split", "seed", "sections", "align"),
        worker_job="export-spacy",
    ),
}
