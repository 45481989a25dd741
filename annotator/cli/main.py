"""The command line: one clear line for what is refused, the exit code for scripts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.cli.parser import build_parser
from annotator.domain.errors import AnnotatorError

Demo = Callable[[Path | None, str, str, tuple[int, int]], int]


def main(arguments: Sequence[str], *, demo: Demo) -> int:
    """Run one command; `demo(screenshot, view, theme, size)` is the one that may need a window. Gives the exit code."""
    options = build_parser().parse_args(arguments)
    try:
        if options.command == "demo":
            return demo(options.screenshot, options.view, options.theme, options.size)
        code: int = options.run(options)
        return code
    except AnnotatorError as error:
        print(f"annotator: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output went away, as `head` does.
        sys.stderr.close()
        return 0
