"""Reads brat's stand-off files (https://brat.nlplab.org/standoff.html): a text, and beside it `NAME.ann`.

Text-bound marks (also discontinuous ones), relations, events as links from their trigger, attributes, and notes where
they say what we know (`speaker: NAME`). Offsets count code points of the text with its line ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator.domain.foreign import FACTS, ForeignLink, ForeignMark, ForeignText
from annotator.ingest.files import shown_name
from annotator.ingest.plain_json import whole_file

_STANCE = re.compile(r"(?P<holder>.+?)(?: \(via (?P<via>.+)\))?: (?P<position>[a-z_]+) – (?P<target>.+)")
# Our own exports and those of others name attributes in their own ways.
_ATTRIBUTES = {"sourcekind": "source_kind", "evidencetype": "evidence_type"}
_NUMBER = re.compile(r"\d+\Z")


def read_brat(path: Path) -> Iterator[ForeignText]:
    """The text of an `.ann` file with its marks, or why it cannot be read.

    Raises:
        BadExchange: one of the two files cannot be read.
    """
    name = shown_name(path)
    try:
        text = whole_file(path.with_suffix(".txt")).decode("utf-8")
        rows = whole_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield ForeignText(place=name, problem=f"{name} or its text is not UTF-8 (byte {error.start}).")
        return
    read = _Rows(name)
    for number, row in enumerate(rows.replace("\r\n", "\n").split("\n"), start=1):
        try:
            read.add(row, number)
        except (ValueError, IndexError):
            place = f"{name}, line {number}"
            yield ForeignText(place=place, problem=f"{place} is no annotation: {row[:60]}")
            return
    yield read.text(text, path.with_suffix(".txt").name)


class _Rows:
    """The rows of one file, in any order."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._marks: dict[str, ForeignMark] = {}
        self._facts: dict[str, dict[str, str]] = {}
        self._links: list[ForeignLink] = []
        self._triggers: dict[str, str] = {}
        self._left_out = Counter[str]()

    def add(self, row: str, number: int) -> None:
        key, _, rest = row.partition("\t")
        if not key.strip():
            return
        kind = key[0]
        if kind == "T":
            self._add_mark(key, rest, number)
        elif kind == "R":
            label, first, second = rest.split("\t")[0].split()[:3]
            self._links.append(ForeignLink(label=label, start=first.partition(":")[2], end=second.partition(":")[2]))
        elif kind == "E":
            self._add_event(key, rest)
        elif kind in "AM":
            self._add_attribute(rest.split())
        elif kind == "#":
            head, _, words = rest.partition("\t")
            self._add_note(head.split()[1], words)
        elif kind == "*":
            self._left_out["groups of equal marks"] += 1
        else:
            self._left_out["normalisations and rows of other kinds"] += 1

    def _add_mark(self, key: str, rest: str, line: int) -> None:
        head, _, words = rest.partition("\t")
        label, _, places = head.partition(" ")
        spans = []
        for place in places.split(";"):
            start, end = map(int, place.split())
            spans.append((start, end))
        self._marks[key] = ForeignMark(key=key, label=label, spans=tuple(spans), words=words or None, line=line)

    def _add_event(self, key: str, rest: str) -> None:
        trigger, *arguments = rest.split()
        self._triggers[key] = trigger.partition(":")[2]
        for one in arguments:
            role, _, end = one.partition(":")
            self._links.append(ForeignLink(label=_NUMBER.sub("", role), start=key, end=end))

    def _add_attribute(self, parts: list[str]) -> None:
        name, key = parts[0].casefold(), parts[1]
        value = parts[2] if len(parts) > 2 else "true"
        fact = _ATTRIBUTES.get(name, name)
        if fact in FACTS:
            self._facts.setdefault(key, {})[fact] = value
        else:
            self._left_out[f"attributes called {parts[0]}"] += 1

    def _add_note(self, key: str, words: str) -> None:
        found: dict[str, str] = {}
        for part in words.split(" | "):
            stance = _STANCE.fullmatch(part)
            name, _, value = part.partition(": ")
            if name in FACTS:
                found[name] = value
            elif stance:
                said = {fact: value for fact, value in stance.groupdict().items() if value}
                found |= {fact: value for fact, value in said.items() if value not in ("nobody", "no target", "open")}
        if found:
            self._facts.setdefault(key, {}).update(found)
        else:
            self._left_out["notes"] += 1

    def text(self, text: str, name: str) -> ForeignText:
        """All that was read."""
        facts: dict[str, dict[str, str]] = {}
        for key, found in self._facts.items():
            facts.setdefault(self._end(key), {}).update(found)
        links = [
            ForeignLink(label=one.label, start=self._end(one.start), end=self._end(one.end)) for one in self._links
        ]
        marks = [msgspec.structs.replace(one, facts=facts.get(key, {})) for key, one in self._marks.items()]
        return ForeignText(
            place=self._place,
            name=name,
            text=text,
            marks=tuple(marks),
            links=tuple(links),
            left_out=dict(self._left_out),
        )

    def _end(self, key: str) -> str:
        """An event stands for its trigger."""
        return self._triggers.get(key, key)
