"""The benchmarks by name, each in a process of its own."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.measuring import Row

NAMES = ("import", "suggest", "reading_view", "open", "act", "save", "start", "export", "search", "scale", "memory")


def measure(name: str, *, quick: bool) -> list[Row]:
    """The rows of one benchmark, measured in this process."""
    rows: list[Row] = importlib.import_module(f"benchmarks.bench_{name}").rows(quick=quick)
    return rows


def measure_each(names: Sequence[str], *, quick: bool) -> list[Row]:
    """The rows of several benchmarks; none finds what another has imported, cached or left in memory."""
    found: list[Row] = []
    for name in names:
        started = time.perf_counter()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found += pool.submit(measure, name, quick=quick).result()
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return found
