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

    `suffix` is what the name of a file ends in, empty for a folder. `needs_worker`: it cuts texts into words, which is
    for the worker process (`export.jobs`); all others are light enough for the program itself.
    A writer that `has_trail` also takes a `trail`: who did what and when.
    """

    title: str
    suffix: str
    job: Callable[..., Job[Counts]]
    options: tuple[str, ...] = ()
    needs_worker: bool = False
    has_trail: bool = False

    @property
    def is_folder(self) -> bool:
        return not self.suffix


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
        needs_worker=True,
    ),
    "prodigy": Writer(
        title="Prodigy: JSON Lines with words, spans and relations",
        suffix=".jsonl",
        job=_later("prodigy:prodigy_job"),
        options=("sections", "align"),
        needs_worker=True,
    ),
    "conll": Writer(
        title="Columns of words and BIO tags (CoNLL)",
        suffix=".conll",
        job=_later("conll:conll_job"),
        options=("sections", "align"),
        needs_worker=True,
    ),
    "doccano": Writer(
        title="doccano: JSON Lines with and without relations", suffix="", job=_later("doccano:doccano_job")
    ),
    "brat": Writer(title="brat: texts and stand-off marks", suffix="", job=_later("brat:brat_job")),
    "cas": Writer(title="UIMA CAS XMI, for INCEpTION", suffix="", job=_later("cas:cas_job")),
    "web-annotation": Writer(
        title="W3C Web Annotations (JSON-LD)", suffix=".jsonld", job=_later("web_annotation:web_annotation_job")
    ),
    "label-studio": Writer(
        title="Label Studio: tasks with their labelling interface",
        suffix="",
        job=_later("label_studio:label_studio_job"),
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
    "graphml": Writer(
        title="Networks as GraphML: actors and targets, agreement and conflict among actors",
        suffix="",
        job=_later("network_files:graphml_job"),
    ),
    "gexf": Writer(title="The same networks as GEXF, for Gephi", suffix="", job=_later("network_files:gexf_job")),
    "dna": Writer(title="Stances as Discourse Network Analyzer lists them", suffix=".csv", job=_later("dna:dna_job")),
}
