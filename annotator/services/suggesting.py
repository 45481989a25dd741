"""Letting the models propose: batches of articles through the worker process, stored a batch a transaction."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import resource_tracker

import msgspec

from annotator import paths
from annotator.domain.codebook import Codebook
from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.domain.foreign_labels import proposed_label
from annotator.domain.progress import Job, Progress
from annotator.export.jobs import JOBS as EXPORT_JOBS
from annotator.ingest.jobs import JOBS as READING_JOBS
from annotator.ingest.own_names import load_own
from annotator.services.actors import Registry
from annotator.services.targets import targets
from annotator.store import articles, suggestions
from annotator.store.project import Project
from annotator.suggest.client import Worker
from annotator.suggest.docbin import DOCBIN_JOBS
from annotator.suggest.docbin_marks import MARK_JOBS
from annotator.suggest.messages import (
    DEFAULT_PIPELINE,
    JOBS,
    ArticleSuggestions,
    ArticleText,
    KnownActor,
    KnownTarget,
    PipelineInfo,
    Reply,
    SuggestJob,
    WarmJob,
)
from annotator.suggest.pool import Pool

__all__ = [
    "DEFAULT_PIPELINE",
    "Pool",
    "SuggestResult",
    "Worker",
    "new_pool",
    "new_worker",
    "pending",
    "suggest",
    "unfinished",
    "warm",
    "workers_for",
]

BATCH = 16
# Where somebody may open another article at any time: it waits for two batches at most.
BATCH_WATCHED = 4
# Two batches under way: the worker never waits for the next one, and a cancelled run has little to throw away.
AHEAD = 2
# Loading the model once more takes as long as reading some eight articles of seed size: here it pays well.
MANY_WAIT = 24
MOST_WORKERS = 8
_DECODE = msgspec.msgpack.Decoder(ArticleSuggestions)


class SuggestResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did; `problems` has a sentence for each article that could not be read by the model."""

    articles: int = 0
    suggestions: int = 0
    problems: tuple[str, ...] = ()


def new_worker(*, timeout_s: float = 120.0) -> Worker:
    """One worker process; it starts with its first job."""
    return Worker({**JOBS, **EXPORT_JOBS, **READING_JOBS, **DOCBIN_JOBS, **MARK_JOBS}, timeout_s=timeout_s)


def workers_for(waiting: int, chosen: int = 0) -> int:
    """How many processes read so many articles best: one for few, else as many as chosen.

    0 chooses by the machine: two where a core is left for the window, else one.
    """
    if waiting < MANY_WAIT:
        return 1
    return min(chosen, MOST_WORKERS) or max(1, min(2, (os.cpu_count() or 1) - 1))


def new_pool(size: int) -> Pool:
    """Several worker processes that share the articles of a run; each takes about as much memory as one alone."""
    return Pool([new_worker() for _ in range(size)])


def submit(worker: Worker | Pool, job: str, payload: bytes) -> int:
    """Queue a job of the worker and give its ticket; a process that starts for it never hears Ctrl+C.

    Raises:
        WorkerFailed: the process cannot be started.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return worker.submit(job, payload)
    # A terminal sends Ctrl+C to all its processes. A young one would die of it with a traceback before it could say
    # that it ignores it; it inherits what its parent has blocked, and the parent hears of it a moment later.
    # The tracker comes first, for starting it lifts the block.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return worker.submit(job, payload)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def warm(worker: Worker | Pool, *, pipeline: str = DEFAULT_PIPELINE, tagger: str = "") -> Job[PipelineInfo]:
    """A job that loads the pipeline and the tagger, so that the first article need not wait for it.

    Raises:
        WorkerFailed: the pipeline is not installed, the tagger is not there, or the process stopped.
    """
    ticket = submit(worker, "warm", msgspec.msgpack.encode(WarmJob(pipeline=pipeline, tagger=tagger)))
    while True:
        for reply in worker.poll():
            if reply.ticket == ticket and reply.kind == "done":
                return msgspec.msgpack.decode(reply.payload, type=PipelineInfo)
            if reply.ticket == ticket and reply.kind == "failed":
                raise WorkerFailed(reply.error)
        yield Progress(0, 0, "Loading the model", is_waiting=True)


def pending(project: Project, *, again: bool = False) -> list[str]:
    """The articles that a run would read: those without suggestions, or all."""
    return articles.ids(project.conn) if again else suggestions.without_run(project.conn)


def unfinished(project: Project) -> list[str]:
    """The articles that are not done, in the order of import: those that a changed model is worth another run for."""
    return [row.id for row in articles.article_rows(project.conn, project.author.id) if row.state != "done"]


def suggest(
    project: Project,
    worker: Worker | Pool,
    *,
    pipeline: str = DEFAULT_PIPELINE,
    tagger: str = "",
    again: bool = False,
    only: Sequence[str] | None = None,
    first: Callable[[], str] | None = None,
) -> Job[SuggestResult]:
    """A job that reads articles with the models and stores what they propose.

    `tagger` names a trained tagger, see `paths.tagger_folder`; without one quotes are found by the rules alone.

    `first` says which article somebody waits for: it comes before all others, also while the run goes on.

    What is stored stays when the job is cancelled or fails; the next run goes on where it stopped. When the worker
    process stops, the articles it had are tried again one by one, alone; one that stops it again is named and left
    out.

    Raises:
        AnnotatorError: the user's own names cannot be read.
        WorkerFailed: the pipeline cannot be loaded, or the process cannot be started.
    """
    folder = str(paths.tagger_folder(tagger)) if tagger else ""
    yield from warm(worker, pipeline=pipeline, tagger=folder)
    todo = list(only) if only is not None else pending(project, again=again)
    run = _Run(project, worker, pipeline, folder, todo, first=first)
    try:
        while run.is_busy:
            run.feed()
            replies = worker.poll()
            for reply in replies:
                run.take(reply)
            yield Progress(run.stored + len(run.problems), run.total, "Suggesting", is_waiting=not replies)
    except GeneratorExit:
        # The worker finishes what it has in hand; nobody waits for those replies.
        run.store()
        raise
    return SuggestResult(articles=run.stored, suggestions=run.count, problems=tuple(run.problems))


class _Run:
    """Where one run stands: what waits, what the worker has, what came back."""

    def __init__(
        self,
        project: Project,
        worker: Worker | Pool,
        pipeline: str,
        tagger: str,
        todo: list[str],
        *,
        first: Callable[[], str] | None = None,
    ) -> None:
        self.project, self.worker, self.pipeline, self.tagger = project, worker, pipeline, tagger
        size = BATCH_WATCHED if first else BATCH
        self.batches = [tuple(todo[at : at + size]) for at in range(0, len(todo), size)]
        self.first = first
        self.codebook = project.codebook().codebook
        self.put_first = ""
        self.under_way: dict[int, list[str]] = {}
        # After a failure one article at a time, so that no other one is blamed for what it did.
        self.is_careful = False
        self.alone: set[int] = set()
        self.ready: list[ArticleSuggestions] = []
        self.total = len(todo)
        self.stored = self.count = 0
        self.problems: list[str] = []

    @property
    def is_busy(self) -> bool:
        return bool(self.batches or self.under_way)

    def feed(self) -> None:
        """Keep the worker in work."""
        self._put_first()
        while self.batches and len(self.under_way) < (1 if self.is_careful else AHEAD * self.worker.size):
            batch = self.batches.pop(0)
            job = payload(self.project, batch, pipeline=self.pipeline, tagger=self.tagger)
            ticket = submit(self.worker, "suggest", job)
            self.under_way[ticket] = list(batch)
            if self.is_careful and len(batch) == 1:
                self.alone.add(ticket)

    def _put_first(self) -> None:
        wanted = self.first() if self.first else ""
        if wanted == self.put_first:
            return
        self.put_first = wanted
        for number, batch in enumerate(self.batches):
            if wanted in batch:
                rest = tuple(one for one in batch if one != wanted)
                self.batches[number : number + 1] = [rest] if rest else []
                self.batches.insert(0, (wanted,))
                return

    def take(self, reply: Reply) -> None:
        """Take one reply of the worker over."""
        batch = self.under_way.get(reply.ticket)
        if batch is None:
            return
        if reply.kind == "partial":
            result = received(reply.payload, self.codebook)
            batch.remove(result.article)
            self.ready.append(result)
            return
        self.store()
        del self.under_way[reply.ticket]
        if reply.kind == "failed" and batch:
            self._retry(batch, reply.error, was_alone=reply.ticket in self.alone)

    def store(self) -> None:
        """Store what came back, in one transaction."""
        if not self.ready:
            return
        with self.project.transaction() as conn:
            for result in self.ready:
                suggestions.replace(
                    conn, result.article, result.suggestions, pipeline=self.pipeline, time=self.project.now()
                )
            self.project.tallies.renew_many(conn, [result.article for result in self.ready])
        self.stored += len(self.ready)
        self.count += sum(len(result.suggestions) for result in self.ready)
        self.ready = []

    def _retry(self, batch: list[str], error: str, *, was_alone: bool) -> None:
        if not was_alone:
            self.is_careful = True
            self.batches[:0] = [(one,) for one in batch]
            return
        if self.total == 1:
            raise WorkerFailed(error)
        name = articles.name_of(self.project.conn, batch[0])
        self.problems.append(f"{name}: {error}")


def payload(project: Project, ids: Sequence[str], *, pipeline: str, tagger: str = "") -> bytes:
    """The payload of the job `suggest` for some articles; `tagger` is a folder.

    Raises:
        AnnotatorError: the user's own names cannot be read.
    """
    job = SuggestJob(
        pipeline=pipeline,
        tagger=tagger,
        articles=tuple(_text(project, one) for one in ids),
        actors=_known(project),
        names=load_own(),
        targets=_known_targets(project),
    )
    return msgspec.msgpack.encode(job)


def received(result: bytes, codebook: Codebook) -> ArticleSuggestions:
    """What the worker proposes for an article, its entities under the labels of the codebook."""
    found = _DECODE.decode(result)
    return msgspec.structs.replace(found, suggestions=tuple(_relabelled(one, codebook) for one in found.suggestions))


def _relabelled(suggestion: Suggestion, codebook: Codebook) -> Suggestion:
    draft = suggestion.draft
    if not isinstance(draft, EntityDraft):
        return suggestion
    label = proposed_label(draft.label, codebook)
    return msgspec.structs.replace(suggestion, draft=msgspec.structs.replace(draft, label=label))


def _text(project: Project, article_id: str) -> ArticleText:
    article = articles.get(project.conn, article_id)
    assert article is not None
    return ArticleText(id=article.id, text=article.text, sections=article.sections)


def _known(project: Project) -> tuple[KnownActor, ...]:
    """The registry at this moment, which grows while a long run goes on."""
    return tuple(
        KnownActor(
            id=one.id,
            name=one.name,
            type=one.type,
            aliases=one.aliases,
            roles=tuple(role.title for role in one.roles),
        )
        for one in Registry(project).all()
    )


def _known_targets(project: Project) -> tuple[KnownTarget, ...]:
    return tuple(
        KnownTarget(id=one.id, label=one.label, statement=one.statement, kind=one.kind) for one in targets(project)
    )


def as_error(result: SuggestResult) -> AnnotatorError | None:
    """What went wrong in a run, as one message; `None` when nothing did."""
    if not result.problems:
        return None
    return WorkerFailed(
        f"{len(result.problems)} of {result.articles + len(result.problems)} articles got no suggestions."
        f" The first: {result.problems[0]}",
        hint="Run the suggestions again to try them once more.",
    )
