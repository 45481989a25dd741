"""The command line: one command, and its exit code."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

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
    with _interrupted_by_term():
        code: int = options.run(options)
    return code


@contextmanager
def _interrupted_by_term() -> Iterator[None]:
    """Within, SIGTERM ends a command as Ctrl+C does: what is half done is cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
