"""Which spaCy pipelines there are, installed or trained here, read from their files without importing spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution, entry_points

import msgspec

from annotator import paths
from annotator.domain.errors import AnnotatorError
from annotator.suggest.languages import LANGUAGES
from annotator.suggest.learning.card import read_card

BLANK = "blank:"
NEEDED = ("parser", "ner")
"""What a pipeline must have for the rules to read with it."""

_BY_SPACY = re.compile(r"[a-z]{2,3}_(core|dep|ent)_[a-z]+_(sm|md|lg|trf)")
# A language and something more, as all published pipelines are called.
_PACKAGE = re.compile(r"[a-z]{2,3}_[a-z0-9_]+")
_NAME = re.compile(r"[\w.-]+")


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """A pipeline by its package name, or `blank:` and a language; `problem` says why it cannot be used.

    `is_own` says that it was trained here and lies in the user's data folder. `language` is an ISO
    code, `size_bytes` what its files take on the disk; unknown things are empty or 0.
    """

    name: str
    language: str
    version: str = ""
    size_bytes: int = 0
    licence: str = ""
    problem: str = ""
    is_own: bool = False


class _Meta(msgspec.Struct):
    """What we read of a pipeline's `meta.json`."""

    lang: str = ""
    version: str = ""
    license: str = ""
    pipeline: list[str] = []
    requirements: list[str] = []


def installed() -> list[Installed]:
    """The pipelines trained here, newest first, the installed ones by name, then a blank one for each language whose
    reporting verbs are known."""
    found = {one.name: one for one in _packages()}
    return [*trained(), *(found[name] for name in sorted(found)), *(blank(language) for language in LANGUAGES)]


def trained() -> list[Installed]:
    """The pipelines in the user's data folder, the newest first."""
    folder = paths.pipelines_dir()
    found = []
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        # A folder that is no pipeline, or one of another version, is nothing that could be used.
        with suppress(AnnotatorError):
            card = read_card(one)
            size = sum(file.stat().st_size for file in one.rglob("*") if file.is_file())
            made = Installed(
                name=one.name,
                language=card.language,
                version=card.version,
                size_bytes=size,
                licence=card.licence,
                is_own=True,
            )
            found.append(made)
    return sorted(found, key=lambda one: one.version, reverse=True)


def blank(language: str) -> Installed:
    """The empty pipeline of a language."""
    return Installed(name=f"{BLANK}{language}", language=language, version="1")


def missing(name: str) -> Installed:
    """A pipeline that somebody chose and that is not there."""
    problem = f"not installed; {how_to_get(name)}"
    return Installed(name=name, language=name.partition("_")[0], problem=problem)


def how_to_get(name: str) -> str:
    """What to do to have a pipeline that is not there.

    A name that no package has is that of one that somebody trained: it must not be looked for in the package index.
    """
    if _PACKAGE.fullmatch(name):
        return f"install it with: {how_to_install(name)}"
    return "if it was trained on another computer, train it here, too"


def how_to_install(name: str) -> str:
    """The command that installs a pipeline."""
    # spaCy's own pipelines are not in the package index; whoever has put up something of that name is not spaCy.
    if _BY_SPACY.fullmatch(name):
        return f"python -m spacy download {name}"
    return f"pip install {name.replace('_', '-')}"


def _packages() -> Iterator[Installed]:
    for entry in entry_points(group="spacy_models"):
        if entry.dist is not None:
            # Of a package with damaged files there is nothing to tell but its name.
            pipeline = Installed(name=entry.name, language="", problem="its package is damaged; install it again")
            with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
                pipeline = _read(entry.name, entry.dist)
            yield pipeline


def _read(name: str, package: Distribution) -> Installed:
    files = package.files or []
    meta_file = min((one for one in files if one.name == "meta.json"), key=lambda one: len(one.parts), default=None)
    if meta_file is None:
        raise FileNotFoundError("meta.json")
    meta = msgspec.json.decode(meta_file.read_text("utf-8").encode(), type=_Meta)
    return Installed(
        name=name,
        language=meta.lang,
        version=meta.version,
        size_bytes=sum(one.size or 0 for one in files),
        licence=meta.license,
        problem=_problem(meta),
    )


def _problem(meta: _Meta) -> str:
    lacking = [part for part in NEEDED if part not in meta.pipeline]
    if lacking:
        return f"has no {' and no '.join(lacking)}"
    absent = [name for name in _names(meta.requirements) if not _is_installed(name)]
    return f"needs {', '.join(absent)}; install it with: pip install {' '.join(absent)}" if absent else ""


def _names(requirements: Iterable[str]) -> list[str]:
    return [found[0] for one in requirements if (found := _NAME.match(one))]


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
