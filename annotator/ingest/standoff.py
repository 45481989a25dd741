"""Reads folders of the PolNeAR kind: texts, and beside them brat's stand-off files with attributions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.errors import BadExchange
from annotator.domain.spans import Span

TEXTS, MARKS = "text", "attributions"

_ROLE_NUMBER = re.compile(r"\d+\Z")
_KEY = re.compile(r"[TE]\d+\Z")
_ROLES = ("content", "source", "cue")

_Ranges = dict[str, tuple[Span, ...]]


def is_standoff(folder: Path) -> bool:
    """Whether a folder holds `text/` and `attributions/`."""
    return (folder / TEXTS).is_dir() and (folder / MARKS).is_dir()


def read_standoff(folder: Path) -> Iterator[LabelledArticle]:
    """The articles of `text/`, by name, with the attributions that `attributions/NAME_WHO.ann` marks in them.

    Of an article that several people have marked the one whose id comes first counts. Events whose type begins with
    `Attribution` and that have a content are quotes; everything else is left out.

    Raises:
        BadExchange: a file cannot be read, or a mark does not lie in the text.
    """
    marks: dict[str, Path] = {}
    for file in sorted((folder / MARKS).glob("*.ann")):
        marks.setdefault(file.stem.rpartition("_")[0] or file.stem, file)
    for name, file in sorted(marks.items()):
        text = _read(folder / TEXTS / f"{name}.txt")
        yield LabelledArticle(id=name, text=text, quotes=tuple(_quotes(file, text)))


def _read(file: Path) -> str:
    try:
        # Offsets count line ends as they are.
        with file.open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise BadExchange(
            f"{file.name} cannot be read ({type(error).__name__}).", hint="Check that the folder is complete."
        ) from error


def _quotes(file: Path, text: str) -> Iterator[LabelledQuote]:
    ranges: _Ranges = {}
    events: list[str] = []
    for number, line in enumerate(_read(file).splitlines(), start=1):
        key, _, rest = line.partition("\t")
        # The words of a mark that goes over a line end are more lines, which may begin with any letter.
        if not _KEY.match(key):
            continue
        try:
            if key.startswith("T"):
                ranges[key] = _ranges(rest, len(text))
            elif key.startswith("E"):
                events.append(rest)
        except ValueError:
            raise BadExchange(
                f"{file.name}, line {number}: {rest[:40]} does not lie in the text.",
                hint="Text and marks must belong together.",
            ) from None
    for event in events:
        if event.startswith("Attribution") and (quote := _quote(event, ranges)):
            yield quote


def _ranges(rest: str, length: int) -> tuple[Span, ...]:
    places = rest.partition("\t")[0].partition(" ")[2]
    spans = []
    for place in places.split(";"):
        start, end = map(int, place.split())
        if not 0 <= start < end <= length:
            raise ValueError(place)
        spans.append(Span(start, end))
    return tuple(sorted(spans))


def _quote(event: str, ranges: _Ranges) -> LabelledQuote | None:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for item in event.split()[1:]:
        role, _, key = item.partition(":")
        found[_ROLE_NUMBER.sub("", role).lower()] += ranges.get(key, ())
    content, source, cue = (tuple(sorted(set(found[role]))) for role in _ROLES)
    if not content:
        return None
    return LabelledQuote(content=content, source=source, cue=cue[0] if cue else None)
