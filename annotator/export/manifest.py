"""The manifest beside an export: what it was made from, what it holds, what it lost, and the hash of each file.

It holds no time and no path: the same state gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

import annotator
from annotator.domain.choice import Choice
from annotator.domain.errors import BadExchange
from annotator.domain.sureness import Sureness
from annotator.export.atomic import FileFacts, FileSet, file_facts
from annotator.export.counts import Counts

FORMAT: Literal["annotator-manifest/1"] = "annotator-manifest/1"
Align = Literal["expand", "contract", "skip"]
"""What becomes of a range that does not end where a token does: made longer, made shorter, left out."""

_ENCODER = msgspec.json.Encoder(order="deterministic")


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of a manifest have in common: an unknown field is an error."""


class Head(_Part, frozen=True, kw_only=True):
    """How far an author's journal went when the export was made."""

    seq: int
    hash: str


class Filter(_Part, frozen=True, kw_only=True):
    """What was chosen to be written; `sections` null is all of them, `sureness` null all but suggestions,
    `only` null every article and record."""

    layer: str = ""
    sureness: Sureness | None = None
    sections: tuple[str, ...] | None = None
    split: tuple[float, float, float] | None = None
    seed: int | None = None
    align: Align | None = None
    only: Choice | None = None


class About(_Part, frozen=True, kw_only=True):
    """What a writer cannot know: the project and how far its journal was. `heads` is by author."""

    project: str
    project_name: str
    heads: dict[str, Head] = {}
    codebook: str | None = None
    filter: Filter = Filter()


class WrittenFile(_Part, frozen=True, kw_only=True):
    """A file of the export; `name` is relative to the folder of the manifest, with forward slashes."""

    name: str
    size: int
    sha256: str


class Manifest(_Part, frozen=True, kw_only=True):
    """All of a manifest, in the order of the file."""

    format: Literal["annotator-manifest/1"] = FORMAT
    program: str = "annotator"
    version: str = annotator.__version__
    export: str
    about: About
    counts: Counts
    files: tuple[WrittenFile, ...]


def manifest_path(out: Path) -> Path:
    """Where the manifest of an export (file or folder) lies: beside it."""
    return out.with_name(out.name + ".manifest.json")


def add_manifest(
    files: FileSet, out: Path, *, export: str, about: About, counts: Counts, facts: dict[Path, FileFacts]
) -> None:
    """Write the manifest of an export into the same set of files, after them."""
    written = tuple(
        WrittenFile(name=path.relative_to(out.parent).as_posix(), size=fact.size, sha256=fact.sha256)
        for path, fact in sorted(facts.items())
    )
    manifest = Manifest(export=export, about=about, counts=counts, files=written)
    files.open(manifest_path(out)).write(msgspec.json.format(_ENCODER.encode(manifest), indent=2) + b"\n")


def read_manifest(out: Path) -> Manifest:
    """The manifest of an export.

    Raises:
        BadExchange: there is none, or it is not one of ours.
    """
    path = manifest_path(out)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise BadExchange(
            f"{path.name} cannot be read ({error.strerror}).", hint="An export has its manifest beside it."
        ) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadExchange(f"{path.name} is not a manifest: {error}.", hint="Export again.") from None


def export_problems(out: Path) -> list[str]:
    """One sentence for each file of an export that is not as its manifest says.

    Raises:
        BadExchange: there is no manifest, or it is not one of ours.
    """
    root = out.parent.resolve()
    problems: list[str] = []
    for file in read_manifest(out).files:
        path = out.parent / file.name
        if not path.resolve().is_relative_to(root) or not path.is_file():
            problems.append(f"{file.name} is missing.")
        elif (facts := file_facts(path)).sha256 != file.sha256 or facts.size != file.size:
            problems.append(f"{file.name} has been changed since it was exported.")
    return problems
