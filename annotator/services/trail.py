"""What writers may ask of the project besides lines: the labels, who did what and when, and what was decided."""

from __future__ import annotations

from annotator.domain import gold
from annotator.domain.exchange import ArticleLine
from annotator.domain.line_checks import record_ids
from annotator.domain.records import Annotation, Decision, Entity, Quote, Record, Stance, kind_of, passages_of
from annotator.export.trail import Act, Past, Ruling, Trail
from annotator.services.history import VERBS
from annotator.services.reviewing import GOLD
from annotator.store import deciding, journal, rows
from annotator.store.project import Project

_KINDS = ("entity", "quote", "stance")


def trail(project: Project) -> Trail:
    """The trail of a project, as it is now; an article's part is read when it is asked for."""
    names = project.author_names()
    labels = {label.name: label for label in project.codebook().codebook.labels}
    return Trail(labels, lambda line: _past(project, line, names))


def _past(project: Project, line: ArticleLine, names: dict[str, str]) -> Past:
    ids = set(record_ids(line))
    found = gold.in_force(deciding.decided(project.conn, line.article.id))
    if line.layer != GOLD:
        # Of a layer only what was decided about it: the rest is other people's work.
        found = [one for one in found if gold.ids_of(one) & ids]
    wanted = ids | {one.id for one in found}
    acts = {
        record: tuple(
            Act(who=names.get(who, who), what=VERBS.get(verb, verb), time=time) for who, verb, time in of_record
        )
        for record, of_record in journal.acts_of(project.conn, wanted).items()
    }
    for one in found:
        edited = gold.result_of(one)
        if edited is not None and edited.id in ids:
            # What a reviewer edited was never a record: the decision is all that happened to it.
            acts[edited.id] = acts.get(one.id, ())
    rulings = tuple(_ruling(project, one, acts.get(one.id, ()), names) for one in found)
    return Past(acts={one: acts[one] for one in sorted(ids & acts.keys())}, rulings=rulings)


def _ruling(project: Project, one: Decision, acts: tuple[Act, ...], names: dict[str, str]) -> Ruling:
    edited = gold.result_of(one)
    about = edited or _record(project, one)
    return Ruling(
        id=one.id,
        reviewer=names.get(one.author, one.author),
        time=acts[-1].time if acts else "",
        outcome=one.outcome,
        records=tuple(sorted(gold.ids_of(one))),
        taken=(edited.id,) if edited else tuple(sorted(seen.record for seen in one.takes)),
        kind=kind_of(about) if about else "",
        text=next((piece.text for piece in passages_of(about)), "") if about else "",
        rule=one.rule or "",
        comment=one.comment,
    )


def _record(project: Project, decision: Decision) -> Annotation | None:
    """The first record of a decision that is still there."""
    found: list[Record | None] = [
        rows.get(project.conn, kind, record) for record in sorted(gold.ids_of(decision)) for kind in _KINDS
    ]
    return next((one for one in found if isinstance(one, Entity | Quote | Stance)), None)
