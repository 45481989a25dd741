"""Exports: a layer of the project through one of the writers, with progress."""

from __future__ import annotations

import glob
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from annotator.domain.choice import Choice
from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.domain.records import ArticleStatus
from annotator.domain.sections import SECTION_NAMES
from annotator.domain.sureness import Sureness
from annotator.export.counts import Counts
from annotator.export.jobs import ExportJob
from annotator.export.manifest import About, Align, Filter, Head
from annotator.export.registry import WRITERS, Writer
from annotator.services import auditing
from annotator.services.auditing import Audited
from annotator.services.lines import MINE, SUGGESTIONS, codebook_hash, lines
from annotator.services.suggesting import submit
from annotator.services.taking import TakeResult, take_annotations
from annotator.services.trail import trail
from annotator.store import articles, journal, rows
from annotator.store.project import Project
from annotator.suggest.client import Worker
from annotator.suggest.pool import Pool

__all__ = ["ExportOptions", "ExportResult", "TakeResult", "export", "formats", "is_folder", "take_annotations"]


AUDIT = "audit"
"""The one format that no layer is written in: see `services.auditing`."""


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is written and how; the split, seed and alignment matter for training data only, `sureness` for
    suggestions. `sections` are documents of their own where a format has such, else `only` chooses records by them."""

    layer: str = MINE
    sureness: Sureness = "balanced"
    sections: tuple[str, ...] | None = None
    split: tuple[float, float, float] = (0.8, 0.1, 0.1)
    seed: int = 0
    align: Align = "expand"
    only: Choice = Choice()


class ExportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, and where."""

    format: str
    out: str
    counts: Counts

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        totals = Counter[str]()
        for kinds in self.counts.records.values():
            totals.update(kinds)
        named = (("entity", "entities"), ("quote", "quotes"), ("stance", "stances"))
        *first, last = [f"{totals[kind]} {word}" for kind, word in named if totals[kind]] or ["no annotations"]
        held = f"{', '.join(first)} and {last}" if first else last
        lost = len(self.counts.losses)
        told = (
            f" The manifest lists {lost} thing{'' if lost == 1 else 's'} the format cannot hold as they are."
            if lost
            else ""
        )
        return f"Wrote {self.counts.articles} articles with {held} to {self.out}.{told}"


def formats() -> dict[str, str]:
    """The formats that can be written: name to title."""
    return {name: writer.title for name, writer in WRITERS.items()} | {
        AUDIT: "Audit: all that anybody did, to be verified without this program"
    }


def is_folder(name: str) -> bool:
    """Whether a format is a folder of files."""
    return not suffix(name)


def suffix(name: str) -> str:
    """What file names of a format end in; empty for a folder."""
    return WRITERS[name].suffix if name != AUDIT else ""


def option_names(name: str) -> tuple[str, ...]:
    """The options that a format has beyond those that choose what is written."""
    return WRITERS[name].options if name != AUDIT else ()


def default_folder() -> Path:
    """Where exports go unless told otherwise: `exports/` of a checkout, else the user's documents or home folder."""
    here = Path.cwd() / "exports"
    if here.is_dir():
        return here
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def export(
    project: Project, name: str, out: Path, options: ExportOptions, *, worker: Worker | Pool
) -> Job[ExportResult | Audited]:
    """A job that writes a layer in a format, and the manifest beside it; all or nothing. An audit is of no layer.

    Raises:
        AnnotatorError: the format or layer does not exist, an option does not go with the format, or the place cannot
            be written.
    """
    if name == AUDIT:
        if options.layer != MINE or options.sections is not None or not options.only.is_everything:
            raise AnnotatorError("An audit holds all that anybody did.", hint="Choose no layer and no part of it.")
        return (yield from auditing.audit(project, out))
    writer = _checked(project, name, out, options)
    out = out.absolute()
    options = _with_sections(writer, options)
    among = yield from _fitting(project, options)
    found = (line for line in each_line(project, options, among=among) if line is not None)
    total = len(articles.ids(project.conn)) if among is None else len(among)
    counts = yield from write(project, name, out, options, found, total=total, worker=worker)
    return ExportResult(format=name, out=str(out), counts=counts)


def _checked(project: Project, name: str, out: Path, options: ExportOptions) -> Writer:
    writer = WRITERS.get(name)
    if writer is None:
        raise AnnotatorError(f"There is no format {name}.", hint=f"Formats: {', '.join(formats())}.")
    unknown = sorted(set(options.sections or ()) - SECTION_NAMES.keys())
    if unknown:
        raise AnnotatorError(f"There is no section {unknown[0]}.", hint=f"Sections: {', '.join(SECTION_NAMES)}.")
    if out.exists() and out.samefile(project.path):
        raise AnnotatorError(f"{out.name} is the project itself.", hint="Choose another name for the export.")
    return writer


def write(
    project: Project,
    name: str,
    out: Path,
    options: ExportOptions,
    found: Iterator[ArticleLine],
    *,
    total: int,
    worker: Worker | Pool,
) -> Job[Counts]:
    """A job that writes lines that were chosen already. Errors are those of `export`."""
    writer = WRITERS[name]
    about = _about(project, writer, options)
    if writer.needs_worker:
        return (yield from _by_worker(name, found, out, options, about, total, worker))
    given = {one: getattr(options, one) for one in writer.options}
    more = {"trail": trail(project)} if writer.has_trail else {}
    return (yield from writer.job(found, out, total=total, about=about, **given, **more))


def fitted(name: str, options: ExportOptions) -> ExportOptions:
    """The options as a format takes them: sections that are no documents there choose records."""
    return _with_sections(WRITERS[name], options)


def _with_sections(writer: Writer, options: ExportOptions) -> ExportOptions:
    if "sections" in writer.options or options.sections is None:
        return options
    return msgspec.structs.replace(options, only=msgspec.structs.replace(options.only, sections=options.sections))


def _fitting(project: Project, options: ExportOptions) -> Job[frozenset[str] | None]:
    """The ids of the articles that fit; `None` for all.

    They are found before anything is written: a writer that waits for a rare line could not be cancelled meanwhile.
    """
    if options.only.is_everything:
        return None
    total = len(articles.ids(project.conn))
    fitting: set[str] = set()
    for number, line in enumerate(each_line(project, options), start=1):
        if line is not None:
            fitting.add(line.article.id)
        yield Progress(number, total, "Choosing articles")
    if not fitting:
        raise AnnotatorError("No article fits what was chosen.", hint="Choose a longer period, or leave a filter out.")
    return frozenset(fitting)


def each_line(
    project: Project, options: ExportOptions, *, among: Collection[str] | None = None
) -> Iterator[ArticleLine | None]:
    """For each article of the queue its line with what is chosen of it, `None` where it is left out.

    `among`: only of the articles with these ids.

    Raises:
        AnnotatorError: there is no such layer.
    """
    found = lines(project, layer=options.layer, sureness=options.sureness, among=among)
    if options.only.is_everything:
        yield from found
        return
    mine = {
        one.article: one
        for one in rows.select(project.conn, "article_status", "author = ?", (project.author.id,))
        if isinstance(one, ArticleStatus)
    }
    for line in found:
        own = mine.get(line.article.id) or ArticleStatus(id="", author="", article=line.article.id)
        yield options.only.chosen(line, own.state, is_flagged=own.is_flagged)


def _about(project: Project, writer: Writer, options: ExportOptions) -> About:
    heads = {author: Head(seq=seq, hash=hash_) for author, (seq, hash_) in journal.heads(project.conn).items()}
    names = [name for name in ("sections", "split", "seed", "align") if name in writer.options]
    chosen: dict[str, object] = {name: getattr(options, name) for name in names}
    only = None if options.only.is_everything else options.only
    if options.layer == SUGGESTIONS:
        chosen["sureness"] = options.sureness
    return About(
        project=project.id,
        project_name=project.name,
        heads=heads,
        codebook=codebook_hash(project),
        filter=msgspec.convert(chosen | {"layer": options.layer, "only": only}, Filter),
    )


def _by_worker(
    format_: str,
    found: Iterator[ArticleLine],
    out: Path,
    options: ExportOptions,
    about: About,
    total: int,
    worker: Worker | Pool,
) -> Job[Counts]:
    handle, name = tempfile.mkstemp(prefix="annotator-", suffix=".jsonl")
    handed_over = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for number, line in enumerate(found, start=1):
                file.write(msgspec.json.encode(line) + b"\n")
                yield Progress(number, total, "Reading annotations")
        payload = ExportJob(
            format=format_,
            lines=name,
            out=str(out),
            split=options.split,
            seed=options.seed,
            sections=options.sections,
            align=options.align,
            about=about,
        )
        with _tidied(out):
            return (yield from _wait(worker, msgspec.msgpack.encode(payload)))
    except OSError as error:
        raise AnnotatorError(
            f"The temporary folder cannot be written ({error.strerror}).",
            hint=f"Free some room in {handed_over.parent}.",
        ) from None
    finally:
        handed_over.unlink(missing_ok=True)


def _wait(worker: Worker | Pool, payload: bytes) -> Job[Counts]:
    ticket = submit(worker, "export", payload)
    progress = Progress(0, 0, "Writing", is_waiting=True)
    try:
        while True:
            for reply in worker.poll():
                if reply.ticket != ticket:
                    continue
                if reply.kind == "done":
                    return msgspec.msgpack.decode(reply.payload, type=Counts)
                if reply.kind == "failed":
                    raise AnnotatorError(reply.error)
                told = msgspec.msgpack.decode(reply.payload, type=Progress)
                progress = Progress(told.done, told.total, told.text, is_waiting=True)
            yield progress
    except (GeneratorExit, KeyboardInterrupt):
        # Nobody wants this export any more.
        worker.stop()
        raise


@contextmanager
def _tidied(out: Path) -> Iterator[None]:
    """Remove what a worker that was stopped half-way has left of an export: a process that is killed cannot."""
    had_folder = out.exists()
    before = _partials(out)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for left in _partials(out) - before:
                left.unlink(missing_ok=True)
            if not had_folder:
                out.rmdir()
        raise


def _partials(out: Path) -> set[Path]:
    return {*out.glob(".*.part"), *out.parent.glob(f".{glob.escape(out.name)}.*.part")}
