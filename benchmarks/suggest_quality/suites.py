"""The suites by name. A new one is a module here with `rows(places)`, and its name in this list."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.table import Row

NAMES = ("quotes", "tagged", "entities", "stances", "speakers")


def measure(names: Sequence[str], places: Places) -> list[Row]:
    """The rows of several suites, in their order."""
    found: list[Row] = []
    for name in names:
        found += importlib.import_module(f"benchmarks.suggest_quality.{name}").rows(places)
    return found
