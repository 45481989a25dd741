"""What becomes of a suggested stance: the record made of it, with its quote, its actors and its target, in one act."""

from __future__ import annotations

import msgspec

from annotator.domain.drafts import (
    Dimension,
    EvidenceType,
    QuoteDraft,
    SpeakerGuess,
    StanceDraft,
    Suggestion,
    TargetGuess,
)
from annotator.domain.records import Evidence, Position, Quote, Stance, Target
from annotator.domain.review import OpenSuggestions
from annotator.services import actors
from annotator.services.nesting import nest
from annotator.services.origins import Act, origin_of, record_of
from annotator.services.speakers import Linker, meant
from annotator.services.targets import TargetRegistry, find_target
from annotator.store import rows, suggestions
from annotator.store.journal import Step, new_id
from annotator.store.project import Project

_EVIDENCE_OF: dict[str, EvidenceType] = {"direct": "direct_quote", "mixed": "mixed_quote", "indirect": "indirect_quote"}


class StanceTaker:
    """Makes stances of suggestions in one step. A quote that is still only suggested is accepted along."""

    def __init__(self, project: Project, step: Step, linker: Linker) -> None:
        self._project = project
        self._step = step
        self._linker = linker

    def take(
        self,
        suggestion: Suggestion,
        *,
        target: str | None = None,
        position: Position | None = None,
        dimension: Dimension | None = None,
        act: Act = "accepted",
    ) -> Stance:
        """The stance that a suggestion proposes, written; with a target, it and position and dimension are as given.

        It counts as submitted where nothing is missing: the act that accepts it has chosen its position.
        """
        draft = _draft(suggestion)
        quote = self._quote(suggestion.article, draft.quote)
        holder, via = self._people(draft, quote)
        stance = Stance(
            id=new_id(),
            author=self._step.author,
            article=suggestion.article,
            holder=holder,
            via=via if via != holder else None,
            target=target or (self._target(draft.target) if draft.target else None),
            dimension=dimension if target else draft.dimension,
            position=position if target else draft.position,
            explicitness=draft.explicitness if position or draft.position else None,
            evidence=(_evidence(draft, quote),),
            origin=origin_of(suggestion, act=act),
        )
        stance = msgspec.structs.replace(stance, is_submitted=is_complete(stance))
        self._step.put_new([stance])
        return stance

    def _quote(self, article: str, key: str) -> Quote | None:
        """The author's quote that a draft rests on; one that is open is accepted now."""
        proposed = next(
            (one for one in suggestions.of_article(self._project.conn, article) if one.draft.key == key), None
        )
        mine = rows.select(self._project.conn, "quote", "article = ? AND author = ?", (article, self._step.author))
        quotes = [one for one in mine if isinstance(one, Quote)]
        if proposed is None:
            return next((one for one in quotes if one.origin.suggested and one.origin.suggested.key == key), None)
        found = next((one for one in quotes if not OpenSuggestions([proposed], [one]).open()), None)
        if found is None:
            record = self._linker.linked(record_of(proposed, author=self._step.author, act="accepted"))
            assert isinstance(record, Quote)
            self._step.put_new([record])
            nest(self._project, self._step, [record])
            found = record
        return found

    def _people(self, draft: StanceDraft, quote: Quote | None) -> tuple[str | None, str | None]:
        """Holder and via; whom the annotator has linked to the quote counts more than whom the model guessed."""
        speaker = quote.speaker if quote is not None else None
        holder, via = self._actor(draft.holder), self._actor(draft.via)
        if speaker is None:
            return holder, via
        if draft.via is None:
            return speaker, None
        suggested = quote.origin.suggested if quote is not None else None
        guess = suggested.speaker if isinstance(suggested, QuoteDraft) else None
        # Of a quote within a quote the speaker holds the stance, and who tells of it is via.
        is_holder = guess is not None and draft.holder is not None and guess.name == draft.holder.name
        return (speaker, via) if is_holder else (holder, speaker)

    def _actor(self, guess: SpeakerGuess | None) -> str | None:
        return None if guess is None or guess.is_unnamed or not guess.is_sure else self._linker.actor(guess)

    def _target(self, guess: TargetGuess) -> str:
        known = meant_target(self._project, guess)
        if known is not None:
            return known.id
        made = Target(
            id=new_id(), author=self._step.author, kind=guess.kind, label=guess.label, statement=guess.statement
        )
        self._step.put_new([made])
        return made.id


def meant_target(project: Project, guess: TargetGuess) -> Target | None:
    """The target of the registry that a guess means: the one it names, else one of the same label or sentence."""
    known = find_target(project, guess.id)
    if known is not None:
        return known
    registry = TargetRegistry(project)
    for one in map(registry.target, registry.ids()):
        if one is not None and guess.label.casefold() == one.label.casefold():
            return one
        if one is not None and guess.statement.casefold() == one.statement.casefold():
            return one
    return None


def is_complete(stance: Stance) -> bool:
    """Whether nothing is missing that a submitted stance has."""
    needed = (stance.holder, stance.target, stance.position, stance.dimension, stance.explicitness, stance.evidence)
    return all(needed)


def was_suggested(stance: Stance) -> bool:
    """Whether a stance came from a suggestion to decide about; what was only prepared was none."""
    draft = stance.origin.suggested
    return isinstance(draft, StanceDraft) and draft.is_sure


def judged(project: Project, stance: Stance) -> Stance:
    """The stance with its origin saying whether it still is as it was suggested."""
    draft = stance.origin.suggested
    if not isinstance(draft, StanceDraft):
        return stance
    act: Act = "accepted" if _is_as_suggested(project, stance, draft) else "corrected"
    return msgspec.structs.replace(stance, origin=msgspec.structs.replace(stance.origin, act=act))


def _is_as_suggested(project: Project, stance: Stance, draft: StanceDraft) -> bool:
    plain = (stance.dimension, stance.position, stance.explicitness)
    if plain != (draft.dimension, draft.position, draft.explicitness) or draft.target is None:
        return False
    target, meant_now = find_target(project, stance.target), meant_target(project, draft.target)
    if target is None or meant_now is None or target.id != meant_now.id:
        return False
    return all(
        _is_guessed(project, actor, guess) for actor, guess in ((stance.holder, draft.holder), (stance.via, draft.via))
    )


def _is_guessed(project: Project, actor_id: str | None, guess: SpeakerGuess | None) -> bool:
    actor = actors.find(project, actor_id)
    guessed = meant(project, guess) if guess is not None else None
    return (actor.id if actor else None) == (guessed.id if guessed else None)


def _draft(suggestion: Suggestion) -> StanceDraft:
    assert isinstance(suggestion.draft, StanceDraft)
    return suggestion.draft


def _evidence(draft: StanceDraft, quote: Quote | None) -> Evidence:
    if quote is None:
        return Evidence(spans=draft.evidence, type=draft.evidence_type)
    if quote.reported == "speech":
        return Evidence(spans=quote.content, type=_EVIDENCE_OF[quote.form], quote=quote.id)
    of_speech = draft.evidence_type in _EVIDENCE_OF.values()
    return Evidence(spans=quote.content, type="reported_action" if of_speech else draft.evidence_type, quote=quote.id)
