"""The suggestion process: runs named jobs, one after the other, until its parent goes away."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.suggest.messages import Answer, Job

JobFunction = Callable[[bytes, Callable[[bytes], None]], bytes]

_NICENESS = 5
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def run(connection: Connection, jobs: dict[str, str]) -> None:
    """Answer jobs from the connection until it is closed; `jobs` maps names to `module:function`."""
    _be_a_quiet_neighbour()
    decoder = msgspec.msgpack.Decoder(Job)
    # The parent goes away: EOFError while reading, BrokenPipeError or ConnectionResetError while writing.
    with contextlib.suppress(EOFError, OSError):
        while True:
            job = decoder.decode(connection.recv_bytes())
            _send(connection, _answer(connection, job, jobs))


def _be_a_quiet_neighbour() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Read by the numeric libraries when they are first imported, which no job has done yet.
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _answer(connection: Connection, job: Job, jobs: dict[str, str]) -> Answer:
    def report(payload: bytes) -> None:
        _send(connection, Answer(job.ticket, "partial", payload))

    try:
        return Answer(job.ticket, "done", _function(jobs[job.name])(job.payload, report))
    except AnnotatorError as error:
        return Answer(job.ticket, "failed", error=str(error))
    # Whatever a job raises, the process lives on and says what happened.
    except Exception as error:
        said = str(error).strip().splitlines()
        return Answer(
            job.ticket,
            "failed",
            traceback.format_exc().encode(),
            f"The job “{job.name}” failed: {type(error).__name__}{': ' + said[0] if said else ''}.",
        )


def _function(path: str) -> JobFunction:
    module, _, name = path.partition(":")
    function: JobFunction = getattr(importlib.import_module(module), name)
    return function


def _send(connection: Connection, answer: Answer) -> None:
    connection.send_bytes(msgspec.msgpack.encode(answer))
