"""The composition root: no command opens the window, everything else is the command line."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from annotator.cli.saying import guarded, shown
from annotator.domain.errors import AnnotatorError

_COMMANDS = frozenset(
    {
        "demo",
        "new",
        "import",
        "suggest",
        "export",
        "check",
        "train",
        "history",
        "gazetteer",
        "pipelines",
        "bundle",
        "merge",
        "authors",
        "agreement",
        "audit",
        "stats",
    }
)


def run(arguments: Sequence[str]) -> int:
    """Run the program; gives its exit code."""
    return guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    first = arguments[0] if arguments else ""
    if first in _COMMANDS or first.startswith("-"):
        from annotator.cli.main import main

        return main(arguments, demo=demo)
    if len(arguments) > 1:
        print(f"annotator: {first} is not a command; see annotator --help.", file=sys.stderr)
        return 2
    return _window(Path(first) if first else None)


def _window(path: Path | None) -> int:
    _check_screen()
    from annotator.ui.main import run_window

    return run_window(path)


def _check_screen() -> None:
    # Qt ends the process when it finds no screen: ask before.
    from annotator.ui.screen import screen_problem

    problem = screen_problem()
    if problem:
        raise AnnotatorError(problem)


def _check_drawing() -> None:
    from annotator.ui.screen import drawing_problem

    problem = drawing_problem()
    if problem:
        raise AnnotatorError(problem)


def demo(screenshot: Path | None, view: str, theme: str, size: tuple[int, int]) -> int:
    """The demo project: in the window, as a picture, or, where there is no screen, as files under `exports/demo/`."""
    from annotator.ui.screen import has_screen

    if screenshot is not None:
        return _picture(screenshot, view, theme, size)
    if not has_screen():
        return _demo_without_screen()
    _check_screen()
    from annotator.services import projects
    from annotator.ui.main import run_window

    with tempfile.TemporaryDirectory(prefix="annotator-demo-", ignore_cleanup_errors=True) as folder:
        return run_window(None, project=projects.demo(Path(folder)))


def _picture(screenshot: Path, view: str, theme: str, size: tuple[int, int]) -> int:
    from annotator.cli.demo import reviewed_demo, suggested_demo
    from annotator.ui.main import save_picture

    _check_drawing()
    with tempfile.TemporaryDirectory(prefix="annotator-demo-") as folder:
        project = reviewed_demo(Path(folder)) if view == "review" else suggested_demo(Path(folder))
        save_picture(project, screenshot, view=view, theme=theme, size=size)
    print(f"Saved {shown(screenshot)}.")
    return 0


def _demo_without_screen() -> int:
    from annotator.cli.demo import export_demo, suggested_demo
    from annotator.ui.main import save_picture

    _check_drawing()
    out = Path("exports") / "demo"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnotatorError(
            f"{out} cannot be made ({error.strerror}).", hint="Run this in a folder of yours."
        ) from None
    print("There is no screen here, so the demo does its job without a window.")
    with tempfile.TemporaryDirectory(prefix="annotator-demo-") as folder:
        project = suggested_demo(Path(folder))
        for line in export_demo(project, out):
            print(line)
        for theme in ("light", "dark"):
            picture = out / f"label-{theme}.png"
            save_picture(project, picture, theme=theme, size=(1440, 900), keep_open=theme == "light")
            print(f"Saved {shown(picture)}.")
    print(f"Everything is in {out.resolve()}.")
    return 0
