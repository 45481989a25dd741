"""What the worker process does for measuring: says what it has used, and runs the bare pipeline."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from annotator.services.suggesting import Worker
from benchmarks.measuring import resident_mb

if TYPE_CHECKING:
    from spacy.language import Language

JOBS = {"usage": "benchmarks.in_worker:usage", "bare": "benchmarks.in_worker:bare_pipe"}
_BATCH = 16


class Usage(msgspec.Struct, frozen=True):
    """What a process has used so far: seconds of CPU, and its memory now."""

    cpu_s: float
    resident_mb: float


class BareJob(msgspec.Struct, frozen=True):
    """Payload of the job `bare`."""

    pipeline: str
    texts: tuple[str, ...]


@cache
def _pipeline(name: str) -> Language:
    import spacy

    return spacy.load(name)


def usage(_: bytes, __: Callable[[bytes], None]) -> bytes:
    """Job `usage`: a `Usage` of the worker process."""
    return msgspec.msgpack.encode(Usage(time.process_time(), resident_mb()))


def bare_pipe(payload: bytes, _: Callable[[bytes], None]) -> bytes:
    """Job `bare`: the texts of a `BareJob` through the pipeline and nothing else; gives the number of entities."""
    job = msgspec.msgpack.decode(payload, type=BareJob)
    nlp = _pipeline(job.pipeline)
    return msgspec.msgpack.encode(sum(len(doc.ents) for doc in nlp.pipe(job.texts, batch_size=_BATCH)))


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
