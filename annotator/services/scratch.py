"""The folders of trained models: in which they are made, and in which they lie."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.domain.errors import AnnotatorError

_PREFIX = ".making-"
# No training takes so long.
_STALE_S = 2 * 24 * 3600


@contextmanager
def scratch_beside(folder: Path) -> Iterator[Path]:
    """A folder on the same disk as `folder`, whose parent is made where it is missing; gone in the end.

    What a program left there that was killed while it worked goes first, once it is two days old.

    Raises:
        AnnotatorError: the parent cannot be made.
    """
    parent = made_folder(folder.parent)
    for left in parent.glob(f"{_PREFIX}*"):
        if left.stat().st_mtime < time.time() - _STALE_S:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=_PREFIX, dir=parent) as scratch:
        yield Path(scratch)


def made_folder(folder: Path) -> Path:
    """The folder, made where it is not there.

    Raises:
        AnnotatorError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnotatorError(
            f"{folder} cannot be made ({error.strerror or type(error).__name__}).", hint="Choose another folder."
        ) from error
    return folder


def put_in_place(made: Path, folder: Path) -> None:
    """Put a finished model in its place; one that was there goes only when the new one is there."""
    old = made.with_name("old")
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def newest_first(folder: Path) -> list[Path]:
    """The finished models of a folder, by the time of their cards; none where the folder is missing."""
    cards = ((one.stat().st_mtime, one.parent) for one in folder.glob("*/card.toml"))
    return [place for _, place in sorted(cards, key=lambda pair: (-pair[0], pair[1].name))]
