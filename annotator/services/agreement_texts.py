"""Agreement put down elsewhere: as a paragraph for a methods section, and as a table."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from annotator import __version__
from annotator.domain.errors import AnnotatorError
from annotator.services.agreement import Agreement
from annotator.services.figures import ALL, Figure


def methods(found: Agreement, names: Sequence[str]) -> str:
    """A paragraph for a methods section: what was measured of layers of these names, on how much, and how."""
    shown = [one for one in found.figures if one.label == ALL]
    done = "finished" if found.is_finished else "begun (unfinished work counts as difference)"
    told = "; ".join(f"{one.title} {_told(one)}" for one in shown)
    both, pairs = ("both", "") if len(names) == 2 else ("all", " (F1 also over pairs of annotators)")
    return (
        f"Agreement of {together(names)} was measured over {found.articles} articles that {both} had {done}, pooled"
        f" over articles{pairs}, with 95 % bootstrap intervals over articles (1,000 draws). {told}. Entities and quotes"
        " were paired by maximum-weight matching (quotes from an intersection over union of 0.5 on), stances by holder,"
        f" target and overlapping evidence. Computed by Annotator {__version__}."
    )


def _told(one: Figure) -> str:
    if one.value is None:
        return "not defined"
    limits = f" [{one.low:z.2f}, {one.high:z.2f}]" if one.low is not None and one.high is not None else ""
    left = f", {one.excluded} excluded" if one.excluded else ""
    return f"{one.value:z.2f}{limits} (n = {one.units}{left})"


def together(names: Sequence[str]) -> str:
    """Names as a sentence has them: "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), *names[-1:]])


def write_csv(found: Sequence[tuple[Agreement, Sequence[str]]], out: Path) -> None:
    """Write all figures as a table (RFC 4180), of layers with their names.

    Raises:
        AnnotatorError: the file cannot be written.
    """
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(
                ["layers", "what", "measure", "label", "value", "low", "high", "units", "excluded", "articles"]
            )
            for measured, names in found:
                for one in measured.figures:
                    numbers = [one.value, one.low, one.high, one.units, one.excluded, measured.articles]
                    shown = ["" if number is None else number for number in numbers]
                    rows.writerow([_safe(" / ".join(names)), one.what, one.measure, _safe(one.label), *shown])
        partial.replace(out)
    except OSError as error:
        raise AnnotatorError(
            f"{out} cannot be written ({error.strerror}).", hint="Choose a folder that you can write to."
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
