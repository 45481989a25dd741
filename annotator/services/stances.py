"""Targets and stances: who stands where on what, by which evidence. Each act is one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    TargetKind,
)
from annotator.domain.spans import Span
from annotator.services import actors, annotation, stance_taking
from annotator.services.origins import rejection_of
from annotator.services.targets import (
    NewTarget,
    TargetRegistry,
    add_target,
    change_target,
    ensure_target,
    find_target,
    get_target,
    merge_targets,
    target_labels,
    target_rows,
    targets,
)
from annotator.store import articles, rows
from annotator.store.journal import new_id
from annotator.store.project import Project

__all__ = [
    "DIMENSIONS",
    "EVIDENCE_TYPES",
    "EXPLICITNESS",
    "POSITIONS",
    "Earlier",
    "add_evidence",
    "add_from_quote",
    "add_from_span",
    "add_quote_evidence",
    "add_target",
    "change",
    "change_target",
    "drafts",
    "drop_evidence",
    "earlier_other_positions",
    "get",
    "get_target",
    "merge_targets",
    "missing",
    "of_article",
    "set_field",
    "submit",
    "target_labels",
    "target_rows",
    "targets",
    "withdraw",
]

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
_LINKS = ("holder", "via", "target")
_EVIDENCE_OF: dict[str, EvidenceType] = {"direct": "direct_quote", "mixed": "mixed_quote", "indirect": "indirect_quote"}
_HEADLINES = frozenset({"headline", "alt_headline", "seo_headline", "meta_description", "alt_lede", "lede"})


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A stance of the same holder on the same target with another position."""

    stance: Stance
    article: str
    passage: str


def _own_quote(project: Project, quote_id: str) -> Quote:
    found = rows.get(project.conn, "quote", quote_id)
    if not isinstance(found, Quote) or found.author != project.author.id:
        raise NotAllowed("A stance starts from a quote of yours.", hint="Select a quote and accept it first.")
    return found


def _quote_evidence(quote: Quote) -> Evidence:
    reported: EvidenceType = "reported_action" if quote.reported == "act" else _EVIDENCE_OF[quote.form]
    return Evidence(spans=quote.content, type=reported, quote=quote.id)


def _evidence(project: Project, article: str, span: Span, type_: EvidenceType | None) -> Evidence:
    found = articles.get(project.conn, article)
    if found is None:
        raise NotAllowed("That article is not in this project.", hint="Choose one from the queue.")
    section = next((one.kind for one in found.sections if one.start <= span.start < one.end), "body")
    proposed: EvidenceType = "headline_framing" if section in _HEADLINES else "reported_action"
    return Evidence(spans=(annotation.piece_of(found.text, span),), type=type_ or proposed)


def add_from_quote(
    project: Project,
    quote_id: str,
    *,
    target: str | NewTarget | None = None,
    position: Position | None = None,
    holder: str | actors.NewActor | None = None,
) -> Changes:
    """A stance with a quote as its evidence, in one act: submitted where nothing is missing, else a draft.

    The holder is the quote's speaker unless another one is given; a position that a quote shows is stated. A new
    target or holder comes into its registry in the same act.

    Raises:
        NotAllowed: it is no quote of the author; the target or the holder is not in its registry.
    """
    quote = _own_quote(project, quote_id)
    stance = Stance(
        id=new_id(),
        author=project.author.id,
        article=quote.article,
        holder=quote.speaker,
        position=position,
        explicitness="stated" if position is not None else None,
        evidence=(_quote_evidence(quote),),
    )
    return _add(project, stance, {"target": target} | ({"holder": holder} if holder else {}))


def add_from_span(
    project: Project,
    article: str,
    span: Span,
    *,
    target: str | NewTarget | None = None,
    position: Position | None = None,
    holder: str | actors.NewActor | None = None,
    type: EvidenceType | None = None,
) -> Changes:
    """A stance with words of the article as its evidence (a headline variant, a reported act), in one act.

    It stays a draft until its holder and the rest are chosen. Without a type, the section proposes one.

    Raises:
        NotAllowed: the words are blank or do not lie in the article; the target or the holder is not in its registry.
    """
    stance = Stance(
        id=new_id(),
        author=project.author.id,
        article=article,
        position=position,
        evidence=(_evidence(project, article, span, type),),
    )
    return _add(project, stance, {"target": target, "holder": holder})


def _add(project: Project, stance: Stance, linked: Mapping[str, object]) -> Changes:
    with project.one_act("stance.add") as step:
        made = _linked(project, stance, linked)
        made = msgspec.structs.replace(made, dimension=dimension_of(project, made.target))
        made = msgspec.structs.replace(made, is_submitted=missing(project, made) is None)
        step.put_new([made])
        annotation.start(project, step, {made.article})
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

    With a target comes the dimension of its kind, unless another one was chosen; a position that a quote shows is
    proposed as stated; a holder who is not the quote's speaker holds it via the speaker. A new actor or target comes
    into its registry in the same act.

    Raises:
        NotAllowed: a submitted stance would become incomplete, and the sentence says what it would lack; the
            confidence is not 1, 2 or 3; the holder, via or target is not in its registry.
    """
    old = get(project, stance_id)
    if fields.get("confidence") not in (None, 1, 2, 3):
        raise NotAllowed("The confidence is 1, 2 or 3.", hint="Choose 3 where you are sure.")
    plain = {name: value for name, value in fields.items() if name not in _LINKS}
    with project.one_act("stance.change") as act:
        linked = _linked(project, old, {name: fields[name] for name in _LINKS if name in fields})
        changed = _completed(project, old, msgspec.structs.replace(linked, **plain), set(fields))
        act.put(stance_taking.judged(project, changed))
    return act.changes


def _completed(project: Project, old: Stance, changed: Stance, names: set[str]) -> Stance:
    """The changed stance with what follows from the fields of these names."""
    if "target" in names and "dimension" not in names and old.dimension in (None, dimension_of(project, old.target)):
        changed = msgspec.structs.replace(changed, dimension=dimension_of(project, changed.target))
    if "holder" in names and "via" not in names:
        changed = msgspec.structs.replace(changed, via=_via(project, changed))
    if (
        changed.explicitness is None
        and "explicitness" not in names
        and changed.position is not None
        and any(one.quote for one in changed.evidence)
    ):
        changed = msgspec.structs.replace(changed, explicitness="stated")
    if changed.is_submitted and (problem := missing(project, changed)):
        raise problem
    return changed


def _via(project: Project, stance: Stance) -> str | None:
    """Who puts the holder's stance into words: who is said to, else the speaker of the quote that shows it."""
    holder = actors.find(project, stance.holder)
    quotes = [rows.get(project.conn, "quote", one.quote) for one in stance.evidence if one.quote]
    speakers = [one.speaker for one in quotes if isinstance(one, Quote) and one.speaker]
    likely = stance.via or next(iter(speakers), None)
    return likely if holder is not None and actors.find(project, likely) not in (None, holder) else None


def _linked(project: Project, stance: Stance, links: Mapping[str, object]) -> Stance:
    """The stance with these actors and this target, each of which must be in its registry or new."""
    ids: dict[str, str | None] = {}
    for name, value in links.items():
        if name == "target" and isinstance(value, str | NewTarget):
            ids[name] = ensure_target(project, value)
        elif isinstance(value, str | actors.NewActor):
            ids[name] = actors.ensure(project, value)
        else:
            ids[name] = None
    return msgspec.structs.replace(stance, **ids)


def set_field(project: Project, stance_id: str, field: str, value: object) -> Changes:
    """Change one field of a stance, by its name; errors are those of `change`."""
    return change(project, stance_id, **{field: value})


def dimension_of(project: Project, target_id: str | None) -> Dimension | None:
    """What a stance on a target is about, by the target's kind."""
    target = find_target(project, target_id)
    return _DIMENSION_OF[target.kind] if target is not None else None


def add_evidence(project: Project, stance_id: str, span: Span) -> Changes:
    """Add words of the same article to a stance's evidence.

    Raises:
        NotAllowed: the words are evidence already, are blank, or do not lie in the article.
    """
    old = get(project, stance_id)
    piece = _evidence(project, old.article, span, None)
    if any(one.spans == piece.spans for one in old.evidence):
        raise NotAllowed("Those words are evidence of this stance already.", hint="Select other ones.")
    return change(project, stance_id, evidence=(*old.evidence, piece))


def add_quote_evidence(project: Project, stance_id: str, quote_id: str) -> Changes:
    """Add a quote of the same article to a stance's evidence.

    Raises:
        NotAllowed: it is evidence already, of another article, or no quote of the author.
    """
    old, quote = get(project, stance_id), _own_quote(project, quote_id)
    if quote.article != old.article:
        raise NotAllowed("Evidence is a quote of yours in the same article.", hint="Accept the quote first.")
    if any(one.quote == quote.id for one in old.evidence):
        raise NotAllowed("That quote is evidence of this stance already.", hint="Choose another one.")
    return change(project, stance_id, evidence=(*old.evidence, _quote_evidence(quote)))


def drop_evidence(project: Project, stance_id: str, number: int) -> Changes:
    """Take a piece of evidence away, by its place in the list from 0.

    Raises:
        NotAllowed: there is no such piece, or a submitted stance would be left with none.
    """
    old = get(project, stance_id)
    if not 0 <= number < len(old.evidence):
        raise NotAllowed("That piece of evidence is not there any more.", hint="Choose another one.")
    left = old.evidence[:number] + old.evidence[number + 1 :]
    return change(project, stance_id, evidence=left)


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
    """Take a stance back; undo brings it back. What was suggested there stays rejected."""
    stance = get(project, stance_id)
    with project.step("stance.withdraw") as step:
        step.withdraw(stance)
        rejection = rejection_of(stance, author=step.author)
        step.put_new([rejection] if rejection and stance_taking.was_suggested(stance) else [])
    return step.changes


def missing(project: Project, stance: Stance) -> NotAllowed | None:
    """The first rule that a stance does not meet yet, as a sentence; `None` when it can be submitted."""
    holder = actors.find(project, stance.holder)
    if holder is None:
        return NotAllowed("A stance needs a holder from the registry.", hint="Choose who holds it.")
    if find_target(project, stance.target) is None:
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
    if stance.via is not None and actors.find(project, stance.via) in (None, holder):
        return NotAllowed("Via is somebody else than the holder.", hint="Leave it empty where the holder speaks.")
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
    """The author's stances of the same holder on the same target whose position is another one, by article.

    Merged actors and targets count as one. To be shown when a stance is saved: a different position is a new stance,
    never an overwrite.
    """
    people, registry = actors.Registry(project), TargetRegistry(project)
    holder, target = people.actor(stance.holder), registry.target(stance.target)
    if holder is None or target is None or stance.position is None:
        return []
    alike = registry.meaning(target)
    marks = ", ".join("?" for _ in alike)
    found = rows.select(
        project.conn,
        "stance",
        f"author = ? AND position IS NOT NULL AND position <> ? AND id <> ? AND target IN ({marks})",
        (project.author.id, stance.position, stance.id, *alike),
    )
    same = [one for one in found if isinstance(one, Stance) and people.actor(one.holder) is holder]
    return [
        Earlier(stance=one, article=articles.name_of(project.conn, one.article), passage=_words(one.evidence))
        for one in sorted(same, key=lambda one: (one.article, one.id))
    ]


def _words(evidence: Sequence[Evidence]) -> str:
    return " … ".join(" ".join(piece.text.split()) for one in evidence for piece in one.spans)
