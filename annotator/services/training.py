"""Training a tagger of quotes from labelled work, in the worker process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from annotator import paths
from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.ingest.jsonl import read_lines
from annotator.ingest.standoff import is_standoff, read_standoff
from annotator.services import projects
from annotator.services.own_work import own_work
from annotator.services.projects import Project
from annotator.services.scratch import put_in_place, scratch_beside
from annotator.services.suggesting import DEFAULT_PIPELINE, new_worker, submit
from annotator.suggest.client import Worker
from annotator.suggest.messages import LiveScore, TrainDone, TrainJob, TrainProgress

Method = Literal["auto", "network", "crf"]
METHODS: tuple[Method, ...] = ("auto", "network", "crf")

TIMEOUT_S = 900.0
"""How long a worker that trains may say nothing: an export and an evaluation on a busy machine take minutes."""

# Parts of a thousand: training says how far it is as a share.
_PARTS = 1000


class TrainOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to train; see `TrainJob`. `licence` is that of the data, for the card."""

    method: Method = "auto"
    base: Path | None = None
    pipeline: str = DEFAULT_PIPELINE
    held_out: float = 0.1
    epochs: int = 0
    minutes: float = 0.0
    seed: int = 0
    licence: str = ""


class TrainResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was trained, and where it lies."""

    done: TrainDone
    out: str

    @property
    def name(self) -> str:
        """The name of the tagger."""
        return Path(self.out).name

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        done = self.done
        kind = "network" if done.kind == "network" else "CRF"
        return (
            f"Trained a {kind} on {done.quotes} quotes in {done.articles} articles; on {done.held_out_articles} others"
            f" {done.precision:.0%} of what it finds is right and it finds {done.recall:.0%} (F1 {done.f1:.1%})."
            f" The rules alone: F1 {done.rules_f1:.1%}; both together: {done.chain_f1:.1%}. It lies in {self.out}."
        )


def train_quotes(
    worker: Worker, corpora: Sequence[Path | Project], out: str, options: TrainOptions | None = None
) -> Job[TrainResult]:
    """A job that trains a tagger on projects, `jsonl` exports or PolNeAR-format folders, and writes its folder.

    A project may be open already. Of it only the author's own work counts, as of one that is opened here.
    `out` is read by `paths.tagger_folder`. Cancelled or failed, it leaves nothing behind, and a tagger that was there
    before stays. Of a project and an export those articles count that their annotator has marked as done; where none
    is, those with a quote.

    Raises:
        AnnotatorError: a corpus cannot be read, there is too little in it, or `out` cannot be written.
        WorkerFailed: something that training needs is not installed, or the process stopped.
    """
    options = options or TrainOptions()
    folder = paths.tagger_folder(out)
    _check_place(folder)
    with scratch_beside(folder) as scratch:
        corpus, made = scratch / "corpus.jsonl", scratch / "tagger"
        made.mkdir()
        yield from _written(corpora, corpus)
        job = TrainJob(
            corpus=str(corpus),
            out=str(made),
            name=folder.name,
            data=", ".join(one.name for one in corpora),
            made_on=datetime.now(UTC).date().isoformat(),
            licence=options.licence,
            method=options.method,
            base=str(options.base.absolute()) if options.base else "",
            pipeline=options.pipeline,
            held_out=options.held_out,
            epochs=options.epochs,
            minutes=options.minutes,
            seed=options.seed,
        )
        reply = yield from waited_for(worker, "train", msgspec.msgpack.encode(job))
        done = msgspec.msgpack.decode(reply, type=TrainDone)
        corpus.unlink()
        put_in_place(made, folder)
    return TrainResult(done=done, out=str(folder))


def train_on_own(project: Project, out: str, options: TrainOptions | None = None) -> Job[TrainResult]:
    """A job that trains a tagger on the author's own confirmed work, in a process of its own; see `train_quotes`."""
    with new_worker(timeout_s=TIMEOUT_S) as worker:
        return (yield from train_quotes(worker, [project], out, options))


def read_corpus(source: Path | Project) -> Iterator[LabelledArticle]:
    """The labelled articles of a project, a `jsonl` export or a folder in the format of PolNeAR.

    Raises:
        AnnotatorError: it is none of these, or cannot be read.
    """
    if isinstance(source, Project):
        yield from own_work(source)
    elif source.is_dir():
        folders = [source] if is_standoff(source) else [one for one in sorted(source.iterdir()) if is_standoff(one)]
        if not folders:
            raise AnnotatorError(
                f"{source.name} is no corpus: there are no folders text and attributions in it.",
                hint="Choose a project, a jsonl export, or a folder in the format of PolNeAR.",
            )
        for folder in folders:
            yield from read_standoff(folder)
    elif source.suffix == ".annot":
        with projects.open_at(source, read_only=True) as project:
            yield from own_work(project)
    else:
        yield from _labelled(list(read_lines(source)))


def _labelled(found: list[ArticleLine]) -> Iterator[LabelledArticle]:
    done = [line for line in found if line.status is not None and line.status.state == "done"]
    for line in done or [line for line in found if line.quotes]:
        quotes = tuple(
            LabelledQuote(content=one.content, source=one.source, cue=one.cue, reported=one.reported)
            for one in line.quotes
        )
        yield LabelledArticle(id=line.article.id, text=line.text, sections=line.sections, quotes=quotes)


def _written(corpora: Sequence[Path | Project], file: Path) -> Job[None]:
    seen: set[str] = set()
    with file.open("wb") as stream:
        for source in corpora:
            for article in read_corpus(source):
                # The same article twice would be learnt from and tested on.
                if article.text not in seen:
                    seen.add(article.text)
                    stream.write(msgspec.json.encode(article) + b"\n")
                yield Progress(0, 0, f"Reading {source.name}")


@dataclass(frozen=True, slots=True)
class TrainingProgress(Progress):
    """How far a training is; `live` are scores that have just been taken."""

    live: LiveScore | None = None


def waited_for(worker: Worker, name: str, payload: bytes) -> Job[bytes]:
    """A job of the worker that trains, with its progress; it gives the result. Closed, the worker is stopped.

    Raises:
        WorkerFailed: the training failed, or the process stopped.
    """
    ticket = submit(worker, name, payload)
    told = TrainingProgress(0, _PARTS, "Starting", is_waiting=True)
    try:
        while True:
            for reply in worker.poll():
                if reply.ticket != ticket:
                    continue
                if reply.kind == "done":
                    return reply.payload
                if reply.kind == "failed":
                    raise WorkerFailed(reply.error)
                heard = msgspec.msgpack.decode(reply.payload, type=TrainProgress)
                told = TrainingProgress(round(_PARTS * heard.share), _PARTS, heard.text, True, heard.live)
                if heard.live is not None:
                    # Each score is told once; what comes after it may already be there.
                    yield told
                    told = TrainingProgress(told.done, _PARTS, told.text, is_waiting=True)
            yield told
    except GeneratorExit:
        # Nobody waits for it any more, and it would go on for an hour.
        worker.stop()
        raise


def _check_place(folder: Path) -> None:
    if folder.exists() and not (folder / "card.toml").is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise AnnotatorError(
            f"{folder.name} is there already and is no tagger.", hint="Choose another name for the tagger."
        )
