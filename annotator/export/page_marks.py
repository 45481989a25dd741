"""Draws marks into text as HTML: where they overlap the text is cut into segments, so that every mark is seen whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from annotator.domain.exchange import QuoteLine
from annotator.domain.spans import Span
from annotator.export.cells import for_xml
from annotator.export.readable import Readable, is_suggestion
from annotator.export.trail import Trail

DEEPEST = 3
# Of a letter of a label, in letters of the text; see resources/pages/style.css.
_LABEL_WIDTH = 0.95
_CLOSE = Markup("</span>")


@dataclass(frozen=True, slots=True)
class Mark:
    """A range with how it looks: class names, what is told on hovering, and for entities the label beneath.

    `rank` says what is drawn around what where two begin together; `anchor` is the id that links lead to.
    """

    span: Span
    rank: int
    look: str
    told: str
    record: str
    label: str = ""
    anchor: str = ""


def marks_of(reading: Readable, trail: Trail) -> list[Mark]:
    """All marks of a line; the first fragment of a quote, and of evidence outside quotes, has an anchor."""
    return [*_entities(reading, trail), *_quotes(reading), *_evidence(reading)]


def hue(trail: Trail, label: str) -> str:
    """The colour role of an entity label."""
    found = trail.labels.get(label)
    return found.hue if found else "other"


def anchor_of(record: str, number: int = 0) -> str:
    """The id of a record's mark in its page."""
    return f"m-{record}-{number}"


def drawn_lines(text: str, lines: Iterable[Span], marks: Iterable[Mark]) -> Iterator[Markup]:
    """The words of ranges that follow each other as HTML, each with all marks that reach into it; see `drawn`."""
    waiting = deque(sorted(marks, key=lambda mark: mark.span))
    near: list[Mark] = []
    for line in lines:
        while waiting and waiting[0].span.start < line.end:
            near.append(waiting.popleft())
        near = [mark for mark in near if mark.span.end > line.start]
        yield drawn(text, line, near)


def drawn(text: str, span: Span, marks: Iterable[Mark]) -> Markup:
    """The words of a range as HTML, with all marks that reach into it; every character is there once."""
    inside = sorted((mark for mark in marks if mark.span.overlaps(span)), key=lambda mark: mark.span)
    edges = {edge for mark in inside for edge in (mark.span.start, mark.span.end) if span.start < edge < span.end}
    waiting, active = deque(inside), list[Mark]()
    pieces: list[Markup] = []
    opened: list[Mark] = []
    told_until = 0.0
    for start, end in pairwise(sorted({span.start, span.end} | edges)):
        active = [mark for mark in active if mark.span.end > start]
        while waiting and waiting[0].span.start <= start:
            active.append(waiting.popleft())
        active.sort(key=_outside_in)
        kept = _common(opened, active)
        pieces += [_CLOSE] * (len(opened) - kept)
        depth = sum(bool(mark.label) for mark in active[:kept])
        for mark in active[kept:]:
            pieces.append(_open(mark, start, depth))
            if mark.label and mark.span.start == start:
                # Where the label before is not over yet, this one goes lower.
                pieces.append(_label(mark, is_low=start < told_until))
                told_until = start + len(mark.label) * _LABEL_WIDTH
            depth += bool(mark.label)
        pieces.append(escape(for_xml(text[start:end])))
        opened = list(active)
    pieces += [_CLOSE] * len(opened)
    return Markup("").join(pieces)


def _outside_in(mark: Mark) -> tuple[int, int, int, str]:
    return (mark.rank, mark.span.start, -mark.span.end, mark.record)


def _common(opened: Sequence[Mark], active: Sequence[Mark]) -> int:
    """How many of the open elements stay open."""
    count = 0
    for ours, theirs in zip(opened, active, strict=False):
        if ours is not theirs:
            break
        count += 1
    return count


def _open(mark: Mark, start: int, depth: int) -> Markup:
    look = f"{mark.look} d{min(depth, DEEPEST)}" if mark.label else mark.look
    # Where a mark goes on after a border, its anchor is not told again.
    anchor = Markup(' id="{}"').format(mark.anchor) if mark.anchor and mark.span.start == start else ""
    return Markup('<span class="{}"{} data-id="{}" title="{}">').format(look, anchor, mark.record, mark.told)


def _label(mark: Mark, *, is_low: bool) -> Markup:
    # An element of its own: what hangs on a range that goes over two lines is put beneath the wrong one.
    return Markup('<i{} data-l="{}"></i>').format(Markup(' class="low"') if is_low else "", mark.label)


def _entities(reading: Readable, trail: Trail) -> Iterable[Mark]:
    for one in reading.line.entities:
        actor = reading.actor(one.actor)
        state = " s" if is_suggestion(one.origin) else ""
        told = " · ".join(part for part in (one.label, actor.name, "suggested" if state else "") if part)
        yield Mark(Span(one.start, one.end), 4, f"e {hue(trail, one.label)}{state}", told, one.id, one.label)


def _quotes(reading: Readable) -> Iterable[Mark]:
    for one in reading.line.quotes:
        state = (" act" if one.reported == "act" else "") + (" s" if is_suggestion(one.origin) else "")
        told = f"{said_by(reading, one)} · {one.form}"
        for number, span in enumerate(one.content):
            yield Mark(span, 0, f"q{state}", told, one.id, anchor=anchor_of(one.id, number))
        for span in one.source:
            yield Mark(span, 2, "src", f"source · {one.source_kind}", one.id)
        if one.cue:
            yield Mark(one.cue, 3, "cue", "cue", one.id)


def _evidence(reading: Readable) -> Iterable[Mark]:
    """Evidence that is no quote; a quote's own words are marked already."""
    for stance in reading.line.stances:
        spans = [span for piece in stance.evidence if piece.quote is None for span in piece.spans]
        told = f"{reading.holder(stance).name} · {stance.position or ''} · {reading.target(stance).label}"
        for number, span in enumerate(spans):
            yield Mark(span, 1, "ev", told, stance.id, anchor=anchor_of(stance.id, number))


def said_by(reading: Readable, quote: QuoteLine) -> str:
    """The speaker of a quote as pages name them, or why there is none."""
    why = {"anonymous": "unnamed", "none": "no source"}.get(quote.source_kind, "speaker not linked")
    return reading.speaker(quote).name or why
