"""Writes brat's stand-off files: a text and its marks for each article, with the configuration that shows them.

The format is that of https://brat.nlplab.org/standoff.html; offsets count code points. A mark that goes over a line end
is written in fragments, as brat wants it; fragments of one mark neither overlap nor touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.progress import Job, Progress
from annotator.domain.spans import Span
from annotator.export.counts import Counts, Loss
from annotator.export.facts import CHOICES, QUOTE_FACTS, STANCE_FACTS, Facts, Told, left_out, notes_on
from annotator.export.manifest import About
from annotator.export.many_files import Export, file_names
from annotator.export.pieces import mention

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


def brat_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """A job that writes the folder `out`: `NAME.txt` and `NAME.ann`, `annotation.conf`, `visual.conf`.

    All articles are in memory at once. Errors are those of `FileSet` and `check_line`.
    """
    with Export("brat", out, about=about, is_folder=True) as export:
        kept = list(export.read(lines))
        called = file_names(kept)
        labels: dict[str, str] = {}
        for number, line in enumerate(kept, start=1):
            name = called[line.article.id]
            labels |= {one.label: brat_name(one.label) for one in line.entities}
            export.write(f"{name}.txt", line.text.encode("utf-8"))
            marks = _Marks(line)
            export.write(f"{name}.ann", "".join(f"{one}\n" for one in marks.lines()).encode("utf-8"))
            export.losses += marks.losses
            yield Progress(number, total, "Writing articles")
        export.losses += left_out(kept, holds=("notes", "facts"))
        export.losses += [
            Loss(reason=f"the label {old} is called {new}: brat takes no other letters")
            for old, new in labels.items()
            if old != new
        ]
        export.write("annotation.conf", _configuration(sorted(set(labels.values()))).encode("utf-8"))
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
        self._facts, self._notes = Facts(line), notes_on(line)
        self._counts = dict.fromkeys("TRA#", 0)
        self._contents: dict[str, str] = {}
        self._entities: dict[str, str] = {}

    @property
    def losses(self) -> list[Loss]:
        """What has found no place once all lines are made."""
        rest = sum(len(texts) for texts in self._notes.values())
        reason = f"notes that are on no mark of the text are left out ({rest})"
        return [Loss(reason=reason, kind="note", article=self._line.article.id)] if rest else []

    def lines(self) -> Iterator[str]:
        for entity in self._line.entities:
            key, mark = self._mark(brat_name(entity.label), [Span(entity.start, entity.end)])
            self._entities[entity.id] = key
            yield mark
            yield from self._told(key, entity.id, self._facts.entity(entity))
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
        yield from self._told(key, quote.id, self._facts.quote(quote))
        for label, spans in (("Source", quote.source), ("Cue", (quote.cue,) if quote.cue else ())):
            if spans:
                part, mark = self._mark(label, spans)
                yield mark
                yield self._relation(f"Quote_{label}", key, part)
        yield from self._meant("Speaker", key, quote.speaker, (quote.source or quote.content)[0])

    def _stance(self, stance: StanceLine) -> Iterator[str]:
        first, told = "", self._facts.stance(stance)
        for evidence in stance.evidence:
            key, mark = self._mark("Stance", evidence.spans)
            yield mark
            yield from self._told(key, stance.id, {"evidence_type": evidence.type} | told)
            if evidence.quote in self._contents:
                yield self._relation("Stance_Quote", key, self._contents[str(evidence.quote)])
            if first:
                yield self._relation("Same_stance", key, first)
            else:
                yield from self._meant("Holder", key, stance.holder, evidence.spans[0])
                yield from self._meant("Via", key, stance.via, evidence.spans[0])
            # What is said of the stance stands once.
            first, told = first or key, {}

    def _meant(self, label: str, key: str, actor: str | None, near: Span) -> Iterator[str]:
        found = mention(self._line, actor, near)
        if found is not None:
            yield self._relation(label, key, self._entities[found.id])

    def _told(self, key: str, record: str, told: Told) -> Iterator[str]:
        """Facts with few values as attributes, all others and the notes as one note of brat's."""
        yield from (self._attribute(_camel(name), key, value) for name, value in told.items() if name in CHOICES)
        words = [f"{name}: {value}" for name, value in told.items() if name not in CHOICES]
        words += [f"note: {text}" for text in self._notes.pop(record, ())]
        if words:
            yield f"{self._key('#')}\tAnnotatorNotes {key}\t{' | '.join(' '.join(one.split()) for one in words)}"

    def _mark(self, label: str, spans: Sequence[Span]) -> tuple[str, str]:
        text = self._line.text
        pieces = [piece for span in _united(spans) for piece in _on_lines(text, span)]
        key = self._key("T")
        places = ";".join(f"{one.start} {one.end}" for one in pieces)
        return key, f"{key}\t{label} {places}\t{' '.join(text[one.start : one.end] for one in pieces)}"

    def _relation(self, label: str, start: str, end: str) -> str:
        return f"{self._key('R')}\t{label} Arg1:{start} Arg2:{end}"

    def _attribute(self, label: str, key: str, value: str) -> str:
        return f"{self._key('A')}\t{label} {key} {value}"

    def _key(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"


def _camel(name: str) -> str:
    return name.title().replace("_", "")


def _united(spans: Sequence[Span]) -> list[Span]:
    """The ranges in the order of the text; those that overlap or touch become one: brat refuses them otherwise."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _on_lines(text: str, span: Span) -> list[Span]:
    """A range without line ends and the white space beside them; all of it where there is nothing else."""
    # brat cuts its files where `str.splitlines` does: a form feed ends a line, too.
    lines = text[span.start : span.end].splitlines(keepends=True)
    if len(lines) == 1 and lines[0].splitlines() == lines:
        return [span]
    found: list[Span] = []
    start = span.start
    for line in lines:
        words = line.strip()
        if words:
            at = start + line.index(words)
            found.append(Span(at, at + len(words)))
        start += len(line)
    return found or [span]


def _configuration(labels: Sequence[str]) -> str:
    entities = "\n".join([*labels, "Quote", "Source", "Cue", "Stance"])
    meant = "|".join(labels) or "<ENTITY>"
    owners = [(name, "Quote") for name in QUOTE_FACTS] + [(name, "Stance") for name in STANCE_FACTS]
    attributes = "\n".join(
        f"{_camel(name)}\tArg:{owner}, Value:{'|'.join(CHOICES[name])}" for name, owner in owners if name in CHOICES
    )
    return f"""\
[entities]
{entities}

[relations]
Quote_Source\tArg1:Quote, Arg2:Source
Quote_Cue\tArg1:Quote, Arg2:Cue
Speaker\tArg1:Quote, Arg2:{meant}
Nested\tArg1:Quote, Arg2:Quote
Stance_Quote\tArg1:Stance, Arg2:Quote
Same_stance\tArg1:Stance, Arg2:Stance
Holder\tArg1:Stance, Arg2:{meant}
Via\tArg1:Stance, Arg2:{meant}
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
{attributes}
"""


_VISUAL = """\
[labels]
Quote_Source | source
Quote_Cue | cue
Speaker | speaker
Nested | nested in
Stance_Quote | quote
Same_stance | same stance
Holder | holder
Via | via

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken
Quote\tbgColor:#d3eef2
Source\tbgColor:#d8efdf
Cue\tbgColor:#f3e6c8
Stance\tbgColor:#f6dccb
ARC_DEFAULT\tcolor:black, arrowHead:triangle-5
ATTRIBUTE_DEFAULT\tglyph:*
"""
