"""The waiting room: bundles of signers whose keys nobody has accepted yet, kept beside a project, not in it.

They lie in the user's data folder as they came. Nothing of them counts in the project before they are received.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from annotator import paths
from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import AnnotatorError
from annotator.store.project import Project

_FOLDER = "waiting"
_DIGITS = 12


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that waits: its file, what it was called, since when (UTC) and its bytes."""

    path: Path
    name: str
    since: str
    size: int


def waiting(project: Project) -> list[Waiting]:
    """The bundles that wait for a key to be accepted, by name and age."""
    found = (one for one in _folder(project).glob("*") if one.is_file() and not one.name.startswith("."))
    rows = [
        Waiting(
            path=one,
            name=one.name.partition("-")[2],
            since=datetime.fromtimestamp(one.stat().st_mtime, UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            size=one.stat().st_size,
        )
        for one in found
    ]
    return sorted(rows, key=lambda one: (one.name, one.since, one.path))


def told(project: Project) -> str:
    """That bundles wait, in a sentence; empty where none does."""
    count = len(waiting(project))
    many = f"{count} bundles wait" if count > 1 else "A bundle waits"
    return f"{many} for a key to be accepted: see Authors and keys." if count else ""


def keep(project: Project, bundles: Sequence[Path]) -> list[Waiting]:
    """Let bundles wait; one that waits already does so once. Gives all that wait.

    Raises:
        AnnotatorError: a bundle cannot be read, or the data folder cannot be written.
    """
    folder = _folder(project)
    for bundle in bundles:
        try:
            place = folder / f"{sha256_hex(bundle.read_bytes())[:_DIGITS]}-{bundle.name}"
            if place.exists() or bundle.parent == folder:
                continue
            folder.mkdir(parents=True, exist_ok=True)
            partial = folder / f".{place.name}.{os.getpid()}.partial"
            shutil.copyfile(bundle, partial)
            partial.replace(place)
        except OSError as error:
            raise AnnotatorError(
                f"{bundle.name} cannot be kept ({error.strerror or type(error).__name__}).",
                hint="Keep the file yourself, and receive it later.",
            ) from None
    return waiting(project)


def forget(project: Project, bundles: Sequence[Path]) -> None:
    """Let bundles wait no longer; those that do not wait are left alone.

    Raises:
        AnnotatorError: one cannot be removed.
    """
    for bundle in bundles:
        if bundle.parent != _folder(project):
            continue
        try:
            bundle.unlink(missing_ok=True)
        except OSError as error:
            raise AnnotatorError(
                f"{bundle.name} cannot be removed ({error.strerror}).", hint=f"Remove it in {bundle.parent}."
            ) from None


def _folder(project: Project) -> Path:
    return paths.data_dir() / _FOLDER / project.id
