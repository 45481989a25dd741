"""Jobs for the tests of the worker: each does one thing that a real job may do."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

from annotator.domain.errors import AnnotatorError

Report = Callable[[bytes], None]


def echo(payload: bytes, report: Report) -> bytes:
    return payload


def process_id(payload: bytes, report: Report) -> bytes:
    return str(os.getpid()).encode()


def count(payload: bytes, report: Report) -> bytes:
    for number in range(int(payload)):
        report(str(number).encode())
    return b"end"


def facts(payload: bytes, report: Report) -> bytes:
    qt = any(name.startswith("PySide6") for name in sys.modules)
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return f"qt={qt} ignores_sigint={ignored} threads={os.environ['OMP_NUM_THREADS']}".encode()


def refuse(payload: bytes, report: Report) -> bytes:
    raise AnnotatorError("The model is not there.", hint="Install it.")


def break_down(payload: bytes, report: Report) -> bytes:
    raise ValueError("seven is odd\nand more")


def leave(payload: bytes, report: Report) -> bytes:
    os._exit(3)


def die(payload: bytes, report: Report) -> bytes:
    report(b"before")
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def hang(payload: bytes, report: Report) -> bytes:
    while True:
        time.sleep(0.05)


def slow_but_alive(payload: bytes, report: Report) -> bytes:
    for _ in range(5):
        time.sleep(0.7)
        report(b"")
    return b"end"
