"""The command line: one command, and its exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.cli.parser import build_parser

Demo = Callable[[Path | None, str, str, tuple[int, int]], int]


def main(arguments: Sequence[str], *, demo: Demo) -> int:
    """Run one command; `demo(screenshot, view, theme, size)` is the one that may need a window. Gives the exit code.

    Raises:
        AnnotatorError: the command is refused; see `saying.guarded`.
    """
    options = build_parser().parse_args(arguments)
    if options.command == "demo":
        return demo(options.screenshot, options.view, options.theme, options.size)
    code: int = options.run(options)
    return code
