"""What the worker process does for measuring: says what it has used, and runs the bare pipeline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.corpus import LabelledArticle
from annotator.services.suggesting import Worker
from benchmarks.measuring import resident_mb

if TYPE_CHECKING:
    from spacy.language import Language

JOBS = {name: f"benchmarks.in_worker:{name}" for name in ("usage", "bare", "stages")}
_LOOKS = (100, 400, 1_000)
_BATCH = 16


class Usage(msgspec.Struct, frozen=True):
    """What a process has used so far: seconds of CPU, and its memory now."""

    cpu_s: float
    resident_mb: float


class BareJob(msgspec.Struct, frozen=True):
    """Payload of the job `bare`."""

    pipeline: str
    texts: tuple[str, ...]


class Stages(msgspec.Struct, frozen=True):
    """Seconds of CPU by the stage of the rules, and the memory in MB after so many articles."""

    seconds: dict[str, float]
    memory: list[tuple[int, float]]


@cache
def _pipeline(name: str) -> Language:
    import spacy

    return spacy.load(name)


def usage(_: bytes, __: Callable[[bytes], None]) -> bytes:
    """Job `usage`: a `Usage` of the worker process."""
    return msgspec.msgpack.encode(Usage(time.process_time(), resident_mb()))


def bare(payload: bytes, _: Callable[[bytes], None]) -> bytes:
    """Job `bare`: the texts of a `BareJob` through the pipeline and nothing else; gives the number of entities."""
    job = msgspec.msgpack.decode(payload, type=BareJob)
    nlp = _pipeline(job.pipeline)
    return msgspec.msgpack.encode(sum(len(doc.ents) for doc in nlp.pipe(job.texts, batch_size=_BATCH)))


def stages(payload: bytes, _: Callable[[bytes], None]) -> bytes:
    """Job `stages`: the rules on some `LabelledArticle`, stage by stage; gives `Stages`."""
    from annotator.suggest import pipeline
    from annotator.suggest.entities import find_entities
    from annotator.suggest.listed import gazetteer_with
    from annotator.suggest.messages import ArticleText
    from annotator.suggest.speakers import Resolver
    from annotator.suggest.stances import find_stances
    from annotator.suggest.tagging.jobs import parsed

    nlp, names = pipeline.load_pipeline(), gazetteer_with(())
    watch, memory = _Stopwatch(), []
    articles = msgspec.msgpack.decode(payload, type=tuple[LabelledArticle, ...])
    for number, article in enumerate(articles, start=1):
        with watch.on("parse"):
            parts = parsed(nlp, article)
        with watch.on("entities"):
            list(find_entities(article.text, parts, precision={}, gazetteer=names))
        with watch.on("quotes"):
            quotes = pipeline.quotes_of(ArticleText(id=article.id, text=article.text), parts)
        with watch.on("speakers"):
            people = Resolver(article.text, parts, [one.draft for one in quotes])
            quotes = people.with_speakers(quotes)
        with watch.on("stances"):
            find_stances(article.text, parts, quotes, people)
        if number in (*_LOOKS, len(articles)):
            memory.append((number, resident_mb()))
    return msgspec.msgpack.encode(Stages(watch.seconds, memory))


class _Stopwatch:
    """Adds up the CPU that blocks take, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        before = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - before


def result_of(worker: Worker, job: str, payload: bytes = b"") -> bytes:
    """What a job gives; waits for it."""
    ticket = worker.submit(job, payload)
    while True:
        for reply in worker.poll(wait_s=1.0):
            if reply.ticket == ticket and reply.kind == "done":
                return reply.payload
            assert reply.kind != "failed", reply.error


def usage_of(worker: Worker) -> Usage:
    """What the worker process has used so far."""
    return msgspec.msgpack.decode(result_of(worker, "usage"), type=Usage)
