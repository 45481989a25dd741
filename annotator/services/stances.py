"""Targets and stances: who stands where on what, by which evidence. Each act is one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import (
    Dimension,
    Evidence,
    EvidenceType,
    Explicitness,
    Position,
    Quote,
    Stance,
    Target,
    TargetKind,
)
from annotator.domain.spans import Span, passages, trimmed
from annotator.services import annotation
from annotator.services.actors import Registry
from annotator.store import articles, rows
from annotator.store.journal import new_id
from annotator.store.project import Project

POSITIONS: tuple[Position, ...] = get_args(Position)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
EXPLICITNESS: tuple[Explicitness, ...] = get_args(Explicitness)
EVIDENCE_TYPES: tuple[EvidenceType, ...] = get_args(EvidenceType)

_DIMENSION_OF: dict[TargetKind, Dimension] = {
    "claim": "belief",
    "policy": "policy",
    "actor": "evaluation",
    "event": "evaluation",
    "issue": "evaluation",
}
_EVIDENCE_OF: dict[str, EvidenceType] = {"direct": "direct_quote", "mixed": "mixed_quote", "indirect": "indirect_quote"}
_HEADLINES = frozenset({"headline", "alt_headline", "seo_headline", "meta_description", "alt_lede", "lede"})


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A stance of the same holder on the same target with another position."""

    stance: Stance
    article: str
    passage: str


def targets(project: Project) -> list[Target]:
    """The targets that were not merged into others, by label."""
    found = [one for one in rows.select(project.conn, "target") if isinstance(one, Target)]
    return sorted((one for one in found if one.merged_into is None), key=lambda one: one.label.casefold())


def likely_targets(project: Project, words: str) -> list[Target]:
    """All targets, those whose label or statement shares most with some words first; equal ones by label."""
    from rapidfuzz import fuzz, utils

    about = utils.default_process(words)
    scores = {
        one.id: max(fuzz.token_set_ratio(about, utils.default_process(text)) for text in (one.label, one.statement))
        for one in targets(project)
    }
    return sorted(targets(project), key=lambda one: -scores[one.id]) if about else targets(project)


def target_labels(project: Project) -> dict[str, str]:
    """Every target id, merged ones too, with the label it means now."""
    known = {one.id: one for one in rows.select(project.conn, "target") if isinstance(one, Target)}
    return {target_id: _kept(known, target_id).label for target_id in known}


def _kept(known: dict[str, Target], target_id: str) -> Target:
    seen: set[str] = set()
    found = known[target_id]
    while found.merged_into in known and found.id not in seen:
        seen.add(found.id)
        found = known[found.merged_into]
    return found


def add_target(project: Project, label: str, *, statement: str = "", kind: TargetKind = "policy") -> Changes:
    """Put a new target into the registry; without a statement the label serves as one.

    Raises:
        NotAllowed: the label is empty, or there is one like it.
    """
    label = " ".join(label.split())
    if not label:
        raise NotAllowed("A target needs a label.", hint="Type a few words for it.")
    if any(one.label.casefold() == label.casefold() for one in targets(project)):
        raise NotAllowed(f"There is a target “{label}” already.", hint="Choose it.")
    with project.step("target.add") as step:
        target = Target(id=new_id(), author=step.author, kind=kind, label=label, statement=statement.strip() or label)
        step.put_new([target])
    return step.changes


def change_target(project: Project, target_id: str, *, label: str, statement: str, kind: TargetKind) -> Changes:
    """Change a target's words or kind."""
    old = rows.get(project.conn, "target", target_id)
    if not isinstance(old, Target) or not label.strip():
        raise NotAllowed("A target needs a label.", hint="Type a few words for it.")
    with project.step("target.change") as step:
        step.put(
            msgspec.structs.replace(old, label=" ".join(label.split()), statement=statement.strip() or label, kind=kind)
        )
    return step.changes


def merge_targets(project: Project, gone_id: str, kept_id: str) -> Changes:
    """Make two targets one, everywhere: records keep the id they name, which means the kept one from now on."""
    gone, kept = rows.get(project.conn, "target", gone_id), rows.get(project.conn, "target", kept_id)
    if not isinstance(gone, Target) or not isinstance(kept, Target) or gone.id == kept.id:
        raise NotAllowed("Two different targets can be merged.", hint="Choose another one.")
    with project.step("target.merge") as step:
        step.put(msgspec.structs.replace(gone, merged_into=kept.id))
    return step.changes


def start_from_quote(project: Project, quote_id: str) -> Changes:
    """A draft of a stance with a quote as its evidence and the quote's speaker as its holder."""
    quote = rows.get(project.conn, "quote", quote_id)
    if not isinstance(quote, Quote):
        raise NotAllowed("A stance starts from a quote of yours.", hint="Select a quote and accept it first.")
    evidence = Evidence(spans=quote.content, type=_EVIDENCE_OF[quote.form], quote=quote.id)
    return _start(project, quote.article, evidence, holder=quote.speaker)


def start_from_span(project: Project, article: str, span: Span, *, type: EvidenceType | None = None) -> Changes:
    """A draft of a stance with some words of the article as its evidence: of a headline variant, or a reported act."""
    return _start(project, article, _evidence(project, article, span, type), holder=None)


def _evidence(project: Project, article: str, span: Span, type_: EvidenceType | None) -> Evidence:
    found = articles.get(project.conn, article)
    if found is None:
        raise NotAllowed("That article is not in this project.", hint="Choose one from the queue.")
    section = next((one.kind for one in found.sections if one.start <= span.start < one.end), "body")
    proposed: EvidenceType = "headline_framing" if section in _HEADLINES else "reported_action"
    return Evidence(spans=passages(found.text, [trimmed(found.text, span)]), type=type_ or proposed)


def add_from_quote(
    project: Project, quote_id: str, *, target: str, position: Position | None, holder: str | None = None
) -> Changes:
    """A stance with a quote as its evidence, in one act: submitted where nothing is missing, else a draft.

    The holder is the quote's speaker unless another one is given.
    """
    quote = rows.get(project.conn, "quote", quote_id)
    if not isinstance(quote, Quote):
        raise NotAllowed("A stance starts from a quote of yours.", hint="Select a quote and accept it first.")
    made = Stance(
        id=new_id(),
        author=project.author.id,
        article=quote.article,
        holder=holder or quote.speaker,
        target=target,
        dimension=_dimension(project, target),
        position=position,
        explicitness="stated" if position is not None else None,
        evidence=(Evidence(spans=quote.content, type=_EVIDENCE_OF[quote.form], quote=quote.id),),
    )
    made = msgspec.structs.replace(made, is_submitted=missing(project, made) is None)
    with project.step("stance.add") as step:
        step.put_new([made])
        annotation.start(project, step, {quote.article})
    return step.changes


def _start(project: Project, article: str, evidence: Evidence, *, holder: str | None) -> Changes:
    with project.step("stance.start") as step:
        step.put_new([Stance(id=new_id(), author=step.author, article=article, holder=holder, evidence=(evidence,))])
        annotation.start(project, step, {article})
    return step.changes


def get(project: Project, stance_id: str) -> Stance:
    """The stance of that id.

    Raises:
        NotAllowed: it is not there (any more).
    """
    found = rows.get(project.conn, "stance", stance_id)
    if not isinstance(found, Stance):
        raise NotAllowed("That stance is not there any more.", hint="Choose another one.")
    return found


def change(project: Project, stance_id: str, **fields: object) -> Changes:
    """Change fields of a stance. One that was submitted stays so only while it is complete.

    Raises:
        NotAllowed: a submitted stance would become incomplete; the sentence says what it would lack.
    """
    old = get(project, stance_id)
    changed = msgspec.structs.replace(old, **fields)
    if "target" in fields and changed.dimension is None:
        changed = msgspec.structs.replace(changed, dimension=_dimension(project, changed.target))
    if changed.explicitness is None and any(one.quote for one in changed.evidence) and changed.position is not None:
        changed = msgspec.structs.replace(changed, explicitness="stated")
    if changed.is_submitted and (problem := missing(project, changed)):
        raise problem
    with project.step("stance.change") as step:
        step.put(changed)
    return step.changes


def set_field(project: Project, stance_id: str, field: str, value: object) -> Changes:
    """Change one field of a stance, by its name; errors are those of `change`."""
    return change(project, stance_id, **{field: value})


def _dimension(project: Project, target_id: str | None) -> Dimension | None:
    target = rows.get(project.conn, "target", target_id) if target_id else None
    return _DIMENSION_OF[target.kind] if isinstance(target, Target) else None


def add_evidence(project: Project, stance_id: str, span: Span) -> Changes:
    """Add words of the same article to a stance's evidence."""
    old = get(project, stance_id)
    piece = _evidence(project, old.article, span, None)
    return change(project, stance_id, evidence=(*old.evidence, piece))


def add_quote_evidence(project: Project, stance_id: str, quote_id: str) -> Changes:
    """Add a quote of the same article to a stance's evidence."""
    old, quote = get(project, stance_id), rows.get(project.conn, "quote", quote_id)
    if not isinstance(quote, Quote) or quote.article != old.article:
        raise NotAllowed("Evidence is a quote of yours in the same article.", hint="Accept the quote first.")
    if any(one.quote == quote.id for one in old.evidence):
        raise NotAllowed("That quote is evidence of this stance already.", hint="Choose another one.")
    piece = Evidence(spans=quote.content, type=_EVIDENCE_OF[quote.form], quote=quote.id)
    return change(project, stance_id, evidence=(*old.evidence, piece))


def submit(project: Project, stance_id: str) -> Changes:
    """Make a draft a finished stance.

    Raises:
        NotAllowed: a rule of the program is not met; the sentence says which and what to do.
    """
    draft = get(project, stance_id)
    problem = missing(project, draft)
    if problem is not None:
        raise problem
    with project.step("stance.submit") as step:
        step.put(msgspec.structs.replace(draft, is_submitted=True))
    return step.changes


def withdraw(project: Project, stance_id: str) -> Changes:
    """Take a stance back; undo brings it back."""
    stance = get(project, stance_id)
    with project.step("stance.withdraw") as step:
        step.withdraw(stance)
    return step.changes


def missing(project: Project, stance: Stance) -> NotAllowed | None:
    """The first rule that a stance does not meet yet, as a sentence; `None` when it can be submitted."""
    registry = Registry(project)
    if registry.actor(stance.holder) is None:
        return NotAllowed("A stance needs a holder from the registry.", hint="Choose who holds it (L).")
    if stance.target is None:
        return NotAllowed("A stance needs a target.", hint="Choose what it is about.")
    if stance.position is None:
        return NotAllowed("A stance needs a position; there is no default.", hint="Choose support, oppose, …")
    if stance.dimension is None:
        return NotAllowed("A stance needs a dimension.", hint="Choose belief, policy, evaluation or commitment.")
    if stance.explicitness is None:
        return NotAllowed("Say whether it is stated, implied or inferred.", hint="Choose one.")
    if not stance.evidence:
        return NotAllowed("A stance needs at least one piece of evidence.", hint="Select the words, then add them.")
    if stance.explicitness == "inferred" and not stance.rationale.strip():
        return NotAllowed("An inferred stance needs a rationale.", hint="Write why you infer it.")
    if stance.via is not None and registry.actor(stance.via) == registry.actor(stance.holder):
        return NotAllowed("Holder and via are the same actor.", hint="Leave via empty unless somebody else says it.")
    return None


def of_article(project: Project, article: str) -> list[Stance]:
    """The author's stances of an article, drafts too, by the place of their evidence."""
    found = rows.select(project.conn, "stance", "article = ? AND author = ?", (article, project.author.id))
    mine = [one for one in found if isinstance(one, Stance)]
    return sorted(mine, key=lambda one: ([piece.spans for piece in one.evidence], one.id))


def drafts(project: Project) -> list[Stance]:
    """The author's stances that are not submitted, in the whole project."""
    found = rows.select(project.conn, "stance", "author = ? AND is_submitted = 0", (project.author.id,))
    return [one for one in found if isinstance(one, Stance)]


def earlier_other_positions(project: Project, stance: Stance) -> list[Earlier]:
    """The author's stances of the same holder on the same target whose position is another one.

    To be shown when a stance is saved: a different position is a new stance, never an overwrite.
    """
    registry = Registry(project)
    holder = registry.actor(stance.holder)
    if holder is None or stance.target is None or stance.position is None:
        return []
    found = rows.select(
        project.conn,
        "stance",
        "author = ? AND target = ? AND position IS NOT NULL AND position <> ? AND id <> ?",
        (project.author.id, stance.target, stance.position, stance.id),
    )
    return [
        Earlier(stance=one, article=articles.name_of(project.conn, one.article), passage=_words(one.evidence))
        for one in found
        if isinstance(one, Stance) and registry.actor(one.holder) == holder
    ]


def _words(evidence: Sequence[Evidence]) -> str:
    return " … ".join(" ".join(piece.text.split()) for one in evidence for piece in one.spans)
