"""Running the command line: in this process, or truly as a program of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.app import run

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """The one line that a refused run says; it is an error if there is any more or less."""
        assert self.code == 1, self
        lines = self.err.splitlines()
        assert len(lines) == 1 and lines[0].startswith("annotator: "), self
        return lines[0].removeprefix("annotator: ")


class Here:
    """Runs commands in this process."""

    def __init__(self, read: Callable[[], tuple[str, str]]) -> None:
        self._read = read

    def __call__(self, *arguments: object) -> Ended:
        self._read()
        code = run([str(one) for one in arguments])
        out, err = self._read()
        return Ended(code, out, err)


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with the program to be found, and no screen."""
    kept = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def command(*arguments: object) -> list[str]:
    """The program with these arguments."""
    return [sys.executable, "-m", "annotator", *map(str, arguments)]


def apart(
    *arguments: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    preexec: Callable[[], None] | None = None,
) -> Ended:
    """Run the program as a process of its own."""
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=cwd,
        env=env or environment(),
        preexec_fn=preexec,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes; folders have none."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }
