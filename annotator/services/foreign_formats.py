"""All formats of other programs whose annotations can be read, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from annotator.domain.errors import BadExchange
from annotator.domain.exchange import FORMAT
from annotator.domain.foreign import ForeignText, Unit
from annotator.ingest.files import shown_name

AUTO = "auto"
OWN = "jsonl"
MAX_FILES = 100_000


@dataclass(frozen=True, slots=True)
class ForeignFormat:
    """A format. `place` is the function (`module:name`) that reads one file of it; `unit` is how all of them count,
    where the format says so."""

    title: str
    suffixes: tuple[str, ...]
    place: str
    unit: Unit | None = None

    def read(self, path: Path) -> Iterator[ForeignText | None]:
        """The texts of a file, and `None` whenever there is nothing but to wait.

        What reads them is imported now, for some of it is heavy.

        Raises:
            BadExchange: the file cannot be read as a whole.
        """
        module, name = self.place.split(":")
        found: Callable[[Path], Iterator[ForeignText | None]] = getattr(import_module(f"annotator.{module}"), name)
        return found(path)


FORMATS: dict[str, ForeignFormat] = {
    OWN: ForeignFormat("Annotator's own JSON Lines", (".jsonl",), "ingest.own_marks:read_own"),
    "prodigy": ForeignFormat("Prodigy", (".jsonl",), "ingest.prodigy_marks:read_prodigy"),
    "doccano": ForeignFormat("doccano", (".jsonl",), "ingest.doccano_marks:read_doccano"),
    "label-studio": ForeignFormat("Label Studio", (".json",), "ingest.label_studio_marks:read_label_studio"),
    "brat": ForeignFormat("brat", (".ann",), "ingest.brat_marks:read_brat"),
    "cas": ForeignFormat("UIMA CAS XMI (INCEpTION)", (".xmi", ".zip"), "ingest.cas_marks:read_cas", unit="utf16"),
    "spacy": ForeignFormat("spaCy documents (DocBin)", (".spacy",), "services.foreign_spacy:read_spacy"),
    "dna": ForeignFormat("Discourse Network Analyzer", (".dna",), "store.dna_file:read_dna", unit="utf16"),
}


def sources(paths: Sequence[Path], format_: str = AUTO) -> list[tuple[Path, str]]:
    """The files that are read, each with its format; of folders all files of a kind that is known.

    Raises:
        BadExchange: there is no such format or path, a named file is in no known format, or nothing is there to read.
    """
    if format_ != AUTO and format_ not in FORMATS:
        raise BadExchange(f"There is no format called {format_}.", hint=f"Formats: auto, {', '.join(FORMATS)}.")
    found: list[tuple[Path, str]] = []
    for path in paths:
        if not path.exists():
            raise BadExchange(f"{shown_name(path) or path} cannot be read: it does not exist.", hint="Check the path.")
        if not path.is_dir():
            found.append((path, _named(path, format_)))
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink() and not _is_hidden(file, path):
                name = detected(file)
                found += [(file, name)] if name and format_ in (AUTO, name) else []
        if len(found) > MAX_FILES:
            raise BadExchange(f"There are more than {MAX_FILES:,} files.", hint="Import a part of them at a time.")
    if not found:
        raise BadExchange("There are no annotations to read.", hint=_known())
    return found


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)


def _named(path: Path, format_: str) -> str:
    name = format_ if format_ != AUTO else detected(path)
    if not name:
        raise BadExchange(f"{shown_name(path)} is in no format that is known here.", hint=_known())
    return name


def _known() -> str:
    return f"Say which it is with --format; known are {', '.join(FORMATS)}."


def detected(path: Path) -> str:
    """The format that a file is most likely in, by its suffix and how it begins; empty for none."""
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        return _of_object(_first_object(path))
    if suffix == ".json":
        return _of_json(path)
    return next((name for name, one in FORMATS.items() if suffix in one.suffixes), "")


def _of_json(path: Path) -> str:
    from annotator.ingest.label_studio_marks import is_label_studio
    from annotator.ingest.plain_json import whole_json

    try:
        return "label-studio" if is_label_studio(whole_json(path)) else ""
    except BadExchange:
        # Nothing else is written as .json: its reader says what is wrong with it.
        return "label-studio"


def _first_object(path: Path) -> dict[str, object]:
    from annotator.ingest.plain_json import json_lines

    return next((read for _, read in json_lines(path) if isinstance(read, dict)), {})


def _of_object(read: dict[str, object]) -> str:
    from annotator.ingest.doccano_marks import is_doccano
    from annotator.ingest.prodigy_marks import is_prodigy

    # Where no line can be read, our own reader says why.
    if not read or str(read.get("format", "")).startswith(FORMAT.partition("/")[0]):
        return OWN
    if is_prodigy(read):
        return "prodigy"
    return "doccano" if is_doccano(read) else ""
