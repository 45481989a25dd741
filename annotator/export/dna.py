"""Writes stances as an event list in the columns of Discourse Network Analyzer 3 (its `Exporter.eventCSV`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress, drain
from annotator.domain.spans import Span
from annotator.export.atomic import FileSet
from annotator.export.cells import guarded
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.jsonl import check_line
from annotator.export.manifest import About, add_manifest
from annotator.export.readable import cover
from annotator.export.statements import Debate, Statement

# As DNA names and orders them, with the variables of its type "DNA Statement".
DNA_COLUMNS = (
    "statement_id",
    "time",
    "person",
    "organization",
    "concept",
    "agreement",
    "start_position",
    "stop_position",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
)
OWN_COLUMNS = (
    "position",
    "dimension",
    "explicitness",
    "confidence",
    "holder_type",
    "via",
    "target",
    "target_kind",
    "section",
    "evidence_type",
    "layer",
    "stance_id",
    "article_id",
    "story_id",
)
# Everybody else is an organization to DNA.
_PERSONS = ("person", "anonymous", "article_author")
_AGREEMENT = {"support": 1, "oppose": 0}
_Cell = str | int | None


def write_dna(lines: Iterable[ArticleLine], out: Path, *, about: About | None = None) -> Counts:
    """Write one row a complete stance, in the order of time, whole or not at all; with `about`, its manifest.

    Semicolons, UTF-8 without a byte order mark, as DNA writes it; texts are quoted and `cells.guarded`.

    Raises:
        AnnotatorError: a line breaks the rules of the format, or the file cannot be written.
    """
    return drain(dna_job(lines, out, about=about))


def dna_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """`write_dna` step by step, one article a step; closing the generator leaves everything as it was."""
    counter, debate = Counter(), Debate()
    documents: dict[str, int] = {}
    for line in lines:
        check_line(line)
        documents[line.article.id] = len(documents) + 1
        counter.add(debate.add(line))
        yield Progress(counter.articles, total, "Reading stances")
    debate.finish()
    losses = list(debate.losses)
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    table.writerow((*DNA_COLUMNS, *OWN_COLUMNS))
    for number, one in enumerate(debate.statements, start=1):
        row = _row(number, documents[one.article], one) | _own(one, debate.story_of[one.article])
        table.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row.values()])
        losses += _losses(one)
    losses += _repeated(debate)
    counts = counter.counts(parts={out.name: len(debate.statements)}, losses=tuple(losses))
    with FileSet() as files:
        files.open(out).write(text.getvalue().encode("utf-8"))
        facts = {out: files.closed(out)}
        if about:
            add_manifest(files, out, export="dna", about=about, counts=counts, facts=facts)
    return counts


def _row(number: int, document: int, one: Statement) -> dict[str, _Cell]:
    about, whole = one.about, _place(one)
    is_person = one.holder.type in _PERSONS
    return {
        "statement_id": number,
        "time": _time(one.day),
        "person": one.holder.name if is_person else "",
        "organization": "" if is_person else one.holder.name,
        "concept": one.target.statement or one.target.label,
        "agreement": _AGREEMENT.get(one.position),
        "start_position": whole.start if whole else None,
        "stop_position": whole.end if whole else None,
        "text": one.text,
        "coder": 1,
        "document_id": document,
        "document_title": about.title,
        "document_author": about.author or "",
        "document_source": about.outlet or "",
        "document_section": "",
        "document_type": "",
    }


def _own(one: Statement, story: str) -> dict[str, _Cell]:
    stance = one.stance
    return {
        "position": one.position,
        "dimension": stance.dimension or "",
        "explicitness": stance.explicitness or "",
        "confidence": stance.confidence,
        "holder_type": one.holder.type,
        "via": one.via.name,
        "target": one.target.label,
        "target_kind": one.target.kind,
        "section": one.section,
        "evidence_type": stance.evidence[0].type if stance.evidence else "",
        "layer": one.layer,
        "stance_id": stance.id,
        "article_id": one.article,
        "story_id": story,
    }


def _place(one: Statement) -> Span | None:
    """Where its first piece of evidence lies: DNA knows one stretch of text a statement."""
    return cover(one.stance.evidence[0].spans) if one.stance.evidence else None


def _time(day: str) -> str:
    """An ISO date or time as DNA writes it; empty where it is neither."""
    try:
        return datetime.fromisoformat(day).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return ""


def _losses(one: Statement) -> Iterable[Loss]:
    pieces = one.stance.evidence
    is_broken = any(len(piece.spans) > 1 for piece in pieces[:1])
    reasons = (
        ("DNA knows agreement and disagreement alone: agreement is empty", one.position not in _AGREEMENT),
        ("its article has no date that DNA could read: time is empty", not _time(one.day)),
        ("only its first piece of evidence is written", len(pieces) > 1),
        ("its evidence is in fragments: they are written as one stretch", is_broken),
        ("its rationale is left out", bool(one.stance.rationale)),
    )
    for reason, is_so in reasons:
        if is_so:
            yield Loss(reason=reason, kind="stance", article=one.article, record=one.stance.id)


def _repeated(debate: Debate) -> Iterable[Loss]:
    for loss in debate.shared_stories():
        reason = "several articles tell this story, and each has its rows: count once by story_id"
        yield Loss(reason=reason, article=loss.article)
