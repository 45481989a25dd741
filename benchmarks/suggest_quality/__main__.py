"""`python -m benchmarks.suggest_quality [suites]`: measure suggestions, print the figures, keep a whole run's."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.suggest_quality import suites, table
from benchmarks.suggest_quality.data import Places

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "suggestions.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; where all data was there and all suites ran, docs/suggestions.md keeps it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest_quality", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which suites to run: {', '.join(suites.NAMES)} (all)")
    parser.add_argument("--polnear", help="a `dev` folder of PolNeAR, or a file of records", default=_place("POLNEAR"))
    parser.add_argument("--crossner", help="the `dev.txt` of CrossNER's politics", default=_place("CROSSNER"))
    parser.add_argument("--pairs", help="a file of sentences with directed pairs", default=_place("PAIRS"))
    parser.add_argument("--tagger", help="the folder of a trained tagger", default=_place("TAGGER"))
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.names) - set(suites.NAMES))
    if unknown:
        parser.error(f"there is no suite {unknown[0]}; there are: {', '.join(suites.NAMES)}")
    places = Places(
        polnear=_path(chosen.polnear),
        crossner=_path(chosen.crossner),
        pairs=_path(chosen.pairs),
        tagger=_path(chosen.tagger),
    )
    rows = suites.measure(chosen.names or suites.NAMES, places)
    print(table.for_document(rows))
    if not chosen.names and places.polnear and places.crossner and places.pairs:
        table.write_into(_DOCUMENT, rows)
    return 0


def _place(name: str) -> str:
    return os.environ.get(f"ANNOTATOR_BENCH_{name}", "")


def _path(value: str) -> Path | None:
    return Path(value) if value else None


if __name__ == "__main__":
    sys.exit(main())
