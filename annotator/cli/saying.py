"""What the command line says: refusals in one line, paths as short as they are clear, and how each run ends."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from annotator.domain.errors import AnnotatorError, Cancelled

DONE, REFUSED, INTERRUPTED = 0, 1, 130
# What would break a line in two, or steer the terminal.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def guarded(act: Callable[[], int]) -> int:
    """The exit code of an act: what it refuses, and Ctrl+C, become one line on standard error.

    Where several things are refused at once, a line for each follows.

    When the reader of our output goes away, as `head` does, the act ends without a word.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file name may hold what the terminal's encoding cannot show.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _flushed(act)
    except Cancelled as error:
        return _say(str(error), INTERRUPTED)
    except AnnotatorError as error:
        return _say(str(error), REFUSED, details=error.details)
    except KeyboardInterrupt:
        return _say("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        what = f" ({error.filename})" if isinstance(error.filename, str) else ""
        return _say(f"The system refused: {error.strerror or type(error).__name__}{what}.", REFUSED)


def _flushed(act: Callable[[], int]) -> int:
    try:
        code = act()
    except SystemExit as end:
        # argparse's way to end after --help and after wrong usage.
        code = end.code if isinstance(end.code, int) else DONE
    if sys.stdout is not None:
        sys.stdout.flush()
    return code


def _say(text: str, code: int, *, details: Sequence[str] = ()) -> int:
    if sys.stderr is not None:
        with suppress(OSError):
            print("\n".join([f"annotator: {one_line(text)}", *map(one_line, details)]), file=sys.stderr)
    return code


def one_line(text: str) -> str:
    """A text that a file brought as one line that cannot steer the terminal."""
    return _CONTROLS.sub("�", text)


def _drop_output() -> None:
    # Else Python tries to write the rest at its end, and complains.
    with suppress(OSError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def shown(path: Path) -> str:
    """A path as people read it: from the current folder where it lies below it, else whole; without any `..`."""
    whole = path.resolve()
    with suppress(OSError, ValueError):
        return str(whole.relative_to(Path.cwd()))
    return str(whole)
