"""What the Review view draws: the marks of a layer, and the ranges of a record that a difference is about."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.alignment import evidence_of
from annotator.domain.differences import Kind
from annotator.domain.records import Annotation, Entity, Quote, Stance
from annotator.domain.spans import Passages, Span
from annotator.services import queries, reviewing
from annotator.services.projects import Project
from annotator.ui.label.cards import marks_of
from annotator.ui.reading.marks import Mark


def marks_of_layer(project: Project, author: str, article: str) -> list[Mark]:
    """The marks of what an author has marked in an article."""
    records = reviewing.marked_by(project, author, article)
    things = [one for one in records if isinstance(one, Entity | Quote)]
    by_quote: dict[str, list[Stance]] = {}
    for one in records:
        if isinstance(one, Stance):
            for evidence in one.evidence[:1]:
                by_quote.setdefault(evidence.quote or "", []).append(one)
    return marks_of(things, queries.codebook(project), reviewing.called(project), by_quote)


def framed_spans(record: Annotation | None, kind: Kind) -> Sequence[Span]:
    """The ranges of a record that a difference of that kind is about; none where there is no record."""
    if record is None:
        return ()
    if isinstance(record, Entity):
        return (Span(record.start, record.end),)
    if isinstance(record, Stance):
        return _spans(evidence_of(record))
    if kind == "cue" and record.cue:
        return (record.cue.span,)
    if kind in ("source", "speaker") and record.source:
        return _spans(record.source)
    return _spans(record.content)


def _spans(pieces: Passages) -> tuple[Span, ...]:
    return tuple(piece.span for piece in pieces)
