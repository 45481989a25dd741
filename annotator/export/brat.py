"""Writes brat's stand-off files: a text and its marks for each article, with the configuration that shows them.

The format is that of https://brat.nlplab.org/standoff.html; offsets count code points. A mark that goes over a line end
is written in fragments, as brat wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.progress import Job, Progress
from annotator.domain.spans import Span
from annotator.export.counts import Counts, Loss
from annotator.export.manifest import About
from annotator.export.many_files import Export, file_names
from annotator.export.pieces import left_out, names, stance_words

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")
_FORMS = ("direct", "mixed", "indirect")
_KINDS = ("named", "pronoun", "description", "anonymous", "collective", "artifact", "none")


def brat_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """A job that writes the folder `out`: `NAME.txt` and `NAME.ann`, `annotation.conf`, `visual.conf`.

    All articles are in memory at once. Errors are those of `FileSet` and `check_line`.
    """
    with Export("brat", out, about=about, is_folder=True) as export:
        kept = list(export.read(lines))
        called = file_names(kept)
        labels: dict[str, str] = {}
        positions: set[str] = set()
        for number, line in enumerate(kept, start=1):
            name = called[line.article.id]
            labels |= {one.label: brat_name(one.label) for one in line.entities}
            positions |= {one.position or "open" for one in line.stances}
            export.write(f"{name}.txt", line.text.encode("utf-8"))
            export.write(f"{name}.ann", "".join(f"{one}\n" for one in _Marks(line).lines()).encode("utf-8"))
            yield Progress(number, total, "Writing articles")
        export.losses += left_out(kept)
        export.losses += [
            Loss(reason=f"the label {old} is called {new}: brat takes no other letters")
            for old, new in labels.items()
            if old != new
        ]
        export.write("annotation.conf", _configuration(sorted(set(labels.values())), sorted(positions)).encode("utf-8"))
        export.write("visual.conf", _VISUAL.encode("utf-8"))
        return export.finish(dict.fromkeys(sorted(called.values()), 1))


def brat_name(label: str) -> str:
    """A label as brat takes it: letters, digits, `_` and `-`, a letter first."""
    name = _NOT_IN_NAMES.sub("_", label).strip("_-") or "Label"
    return name if name[0].isalpha() else f"L_{name}"


class _Marks:
    """The lines of one `.ann` file."""

    def __init__(self, line: ArticleLine) -> None:
        self._line = line
        self._called = names(line)
        self._counts = dict.fromkeys("TRA#", 0)
        self._contents: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        for entity in self._line.entities:
            key, mark = self._mark(brat_name(entity.label), [Span(entity.start, entity.end)])
            yield mark
            yield from self._note(key, f"actor: {self._called[entity.actor]}" if entity.actor in self._called else "")
        for quote in self._line.quotes:
            yield from self._quote(quote)
        for quote in self._line.quotes:
            if quote.nested_in in self._contents:
                yield self._relation("Nested", self._contents[quote.id], self._contents[str(quote.nested_in)])
        for stance in self._line.stances:
            yield from self._stance(stance)

    def _quote(self, quote: QuoteLine) -> Iterator[str]:
        key, mark = self._mark("Quote", quote.content)
        self._contents[quote.id] = key
        yield mark
        for name, value in (("Form", quote.form), ("Reported", quote.reported), ("SourceKind", quote.source_kind)):
            yield self._attribute(name, key, value)
        for label, spans in (("Source", quote.source), ("Cue", (quote.cue,) if quote.cue else ())):
            if spans:
                part, mark = self._mark(label, spans)
                yield mark
                yield self._relation(f"Quote_{label}", key, part)
        yield from self._note(key, f"speaker: {self._called[quote.speaker]}" if quote.speaker in self._called else "")

    def _stance(self, stance: StanceLine) -> Iterator[str]:
        for evidence in stance.evidence:
            key, mark = self._mark("Stance", evidence.spans)
            yield mark
            yield self._attribute("Position", key, stance.position or "open")
            yield from self._note(key, stance_words(stance, self._called))

    def _mark(self, label: str, spans: Sequence[Span]) -> tuple[str, str]:
        text = self._line.text
        pieces = [piece for span in sorted(spans) for piece in _on_lines(text, span)]
        key = self._key("T")
        places = ";".join(f"{one.start} {one.end}" for one in pieces)
        return key, f"{key}\t{label} {places}\t{' '.join(text[one.start : one.end] for one in pieces)}"

    def _relation(self, label: str, start: str, end: str) -> str:
        return f"{self._key('R')}\t{label} Arg1:{start} Arg2:{end}"

    def _attribute(self, label: str, key: str, value: str) -> str:
        return f"{self._key('A')}\t{label} {key} {value}"

    def _note(self, key: str, words: str) -> Iterator[str]:
        if words:
            yield f"{self._key('#')}\tAnnotatorNotes {key}\t{' '.join(words.split())}"

    def _key(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"


def _on_lines(text: str, span: Span) -> list[Span]:
    """A range without line ends and the white space beside them; all of it where there is nothing else."""
    found: list[Span] = []
    for piece in re.finditer(r"[^\n\r]+", text[span.start : span.end]):
        words = piece.group().strip()
        if words:
            start = span.start + piece.start() + piece.group().index(words)
            found.append(Span(start, start + len(words)))
    return found if len(found) > 1 or ("\n" in text[span.start : span.end] and found) else [span]


def _configuration(labels: Sequence[str], positions: Sequence[str]) -> str:
    entities = "\n".join([*labels, "Quote", "Source", "Cue", "Stance"])
    return f"""\
[entities]
{entities}

[relations]
Quote_Source\tArg1:Quote, Arg2:Source
Quote_Cue\tArg1:Quote, Arg2:Cue
Nested\tArg1:Quote, Arg2:Quote
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Form\tArg:Quote, Value:{"|".join(_FORMS)}
Reported\tArg:Quote, Value:speech|act
SourceKind\tArg:Quote, Value:{"|".join(_KINDS)}
Position\tArg:Stance, Value:{"|".join(positions) or "open"}
"""


_VISUAL = """\
[labels]
Quote_Source | source
Quote_Cue | cue

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken
Quote\tbgColor:#d3eef2
Source\tbgColor:#d8efdf
Cue\tbgColor:#f3e6c8
Stance\tbgColor:#f6dccb
ARC_DEFAULT\tcolor:black, arrowHead:triangle-5
ATTRIBUTE_DEFAULT\tglyph:*
"""
