"""`python -m benchmarks [names] [--quick]`: measure, print the table, keep that of a whole run."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import table
from benchmarks.running import NAMES, measure_each

_DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def _use_own_folders(folder: Path) -> None:
    """Nothing that is measured sees or changes what belongs to the user; the processes inherit it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # An installed program has its bytecode; without this a start would be measured that compiles everything anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
    for name in ("APPDATA", "LOCAL_APPDATA"):
        os.environ[f"WIN_PD_OVERRIDE_{name}"] = str(folder / name.lower())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a whole run that is not quick is also kept in docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which benchmarks to run: {', '.join(NAMES)} (all)")
    parser.add_argument("--quick", action="store_true", help="smaller corpora and fewer repeats; nothing is kept")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.names) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are: {', '.join(NAMES)}")
    with tempfile.TemporaryDirectory(prefix="annotator-bench-user-") as folder:
        _use_own_folders(Path(folder))
        rows = measure_each(chosen.names or NAMES, quick=chosen.quick)
    print(table.for_terminal(rows))
    if not chosen.names and not chosen.quick:
        table.write_into(_DOCUMENT, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
