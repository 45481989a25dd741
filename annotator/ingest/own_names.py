"""The user's own names: a table in the settings folder that the program and the user may both write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from annotator import paths
from annotator.domain.errors import AnnotatorError
from annotator.domain.gazetteer import GazetteerEntry, parse_gazetteer, written


def own_file() -> Path:
    """Where the user's own names lie; the file need not exist yet."""
    return paths.config_dir() / "names.csv"


def load_own() -> tuple[GazetteerEntry, ...]:
    """The user's own names; none where there is no file.

    Raises:
        AnnotatorError: the file cannot be read, or is no table of names.
    """
    file = own_file()
    return tuple(read_names(file)) if file.exists() else ()


def read_names(file: Path) -> list[GazetteerEntry]:
    """The names of a table with the columns `name` and `label`.

    Raises:
        AnnotatorError: the file cannot be read, or is no table of names.
    """
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnnotatorError(
            f"{file.name} is not UTF-8 (byte {error.start}).", hint="Save it as “CSV UTF-8” and try again."
        ) from None
    except OSError as error:
        raise AnnotatorError(
            f"{file.name} cannot be read ({error.strerror or type(error).__name__}).", hint=f"Check {file}."
        ) from None
    try:
        return parse_gazetteer(text)
    except AnnotatorError as error:
        raise AnnotatorError(f"{file.name} is no list of names. {error.message}", hint=error.hint) from None


def save_own(entries: Sequence[GazetteerEntry]) -> None:
    """Write the user's own names, all or nothing. Errors are those of `write_names`."""
    write_names(own_file(), entries)


def write_names(file: Path, entries: Sequence[GazetteerEntry]) -> None:
    """Write a table of names, all or nothing.

    Raises:
        AnnotatorError: it cannot be written.
    """
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(written(entries), "utf-8")
        partial.replace(file)
    except OSError as error:
        raise AnnotatorError(
            f"{file.name} cannot be written ({error.strerror or type(error).__name__}).", hint=f"Check {file.parent}."
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def shipped_names() -> list[GazetteerEntry]:
    """The names that are shipped with the program."""
    return parse_gazetteer((paths.resources() / "gazetteer.csv").read_text(encoding="utf-8"))
