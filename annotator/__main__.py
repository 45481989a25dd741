"""`python -m annotator`, and the console script."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the process's arguments; gives its exit code."""
    from annotator.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
