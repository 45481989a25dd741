"""The table of a run: on the terminal, and as the last table of docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.measuring import Goal, Row

HEAD = ("work", "unit", "ours", "floor", "ratio", "goal", "")
BEGIN = "<!-- last table: written by `python -m benchmarks` -->"
END = "<!-- end of the last table -->"


def cells(row: Row) -> tuple[str, ...]:
    """The cells of a row, in the order of `HEAD`."""
    return (
        row.work,
        row.unit,
        number(row.ours),
        "" if row.floor is None else number(row.floor),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        "" if row.goal is None else _goal(row.goal),
        row.verdict,
    )


def number(value: float) -> str:
    """A figure with about three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _goal(goal: Goal) -> str:
    sign = "≥" if goal.kind == "ratio at least" else "≤"
    return f"{sign} {goal.value:g}" if goal.kind == "value at most" else f"ratio {sign} {goal.value:.3g}"


def for_terminal(rows: Sequence[Row]) -> str:
    """The table in columns."""
    lines = [HEAD, *map(cells, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    # Words to the left, figures to the right.
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 2 <= at <= 4 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def for_document(rows: Sequence[Row]) -> str:
    """The table in Markdown, with where and when it was made."""
    rule = ["---", "---", "---:", "---:", "---:", "---", "---"]
    lines = [_place(), "", *("| " + " | ".join(line) + " |" for line in (HEAD, rule, *map(cells, rows)))]
    return "\n".join(lines)


def _place() -> str:
    today = datetime.now(UTC).date().isoformat()
    parts = ", ".join(f"{name} {version(package)}" for name, package in _PACKAGES.items())
    machine = f"{processor()}, {os.cpu_count()} cores, {platform.system()}"
    return f"{today}, {machine}, Python {platform.python_version()}, {parts}."


_PACKAGES = {"Qt": "PySide6-Essentials", "spaCy": "spacy"}


def processor() -> str:
    """The name of the processor, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def write_into(document: Path, rows: Sequence[Row]) -> None:
    """Put the table between the markers of a document."""
    text = document.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"{document.name} has no place for the table"
    document.write_text(f"{before}{BEGIN}\n\n{for_document(rows)}\n\n{END}{after}", encoding="utf-8", newline="\n")
