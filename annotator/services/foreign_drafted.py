"""From the drafts of an imported text to the annotator's records, in one step."""

from __future__ import annotations

from collections import Counter

import msgspec

from annotator.domain.drafts import EntityDraft, QuoteDraft, SpeakerGuess, StanceDraft, TargetGuess
from annotator.domain.foreign_drafts import Drafted
from annotator.domain.records import Entity, Evidence, Origin, Quote, Record, Stance, Target
from annotator.domain.spans import Passages
from annotator.services.speakers import Linker
from annotator.services.stance_taking import is_complete, meant_target
from annotator.store import rows
from annotator.store.journal import Step, new_id
from annotator.store.project import Project


class DraftTaker:
    """Makes records of drafts. Actors and targets are those of the registries, or made once where they are new."""

    def __init__(self, project: Project, step: Step, origin: Origin) -> None:
        self._project, self._step, self._origin = project, step, origin
        self._linker = Linker(project, step)
        self._targets: dict[str, str] = {}

    def take(self, article: str, drafted: Drafted) -> Counter[str]:
        """Write what the annotator has not marked just so already; gives how many records of each kind."""
        entities = {(one.start, one.end, one.label) for one in self._mine("entity", article) if isinstance(one, Entity)}
        quotes = {one.content: one for one in self._mine("quote", article) if isinstance(one, Quote)}
        stances = {_stance_key(one) for one in self._mine("stance", article) if isinstance(one, Stance)}
        fresh: list[Record] = []
        counts = Counter[str]()
        by_key: dict[str, Quote] = {}
        made: dict[str, Quote] = {}
        for draft, _ in drafted.drafts:
            if isinstance(draft, EntityDraft) and (draft.start, draft.end, draft.label) not in entities:
                fresh.append(self._entity(article, draft))
                counts["entity"] += 1
            elif isinstance(draft, QuoteDraft):
                known = quotes.get(draft.content)
                by_key[draft.key] = known or self._quote(article, draft)
                if known is None:
                    made[draft.key] = by_key[draft.key]
                    counts["quote"] += 1
        fresh += _nested(made, by_key, drafted.nested)
        for draft, _ in drafted.drafts:
            if isinstance(draft, StanceDraft):
                stance = self._stance(article, draft, by_key.get(draft.quote))
                if _stance_key(stance) not in stances:
                    stances.add(_stance_key(stance))
                    fresh.append(stance)
                    counts["stance"] += 1
        self._step.put_new(fresh)
        return counts

    def _mine(self, kind: str, article: str) -> list[Record]:
        return rows.select(self._project.conn, kind, "article = ? AND author = ?", (article, self._step.author))

    def _entity(self, article: str, draft: EntityDraft) -> Entity:
        return Entity(
            id=new_id(),
            author=self._step.author,
            article=article,
            start=draft.start,
            end=draft.end,
            text=draft.text,
            label=draft.label,
            origin=self._origin,
        )

    def _quote(self, article: str, draft: QuoteDraft) -> Quote:
        return Quote(
            id=new_id(),
            author=self._step.author,
            article=article,
            content=draft.content,
            source=draft.source,
            cue=draft.cue,
            form=draft.form,
            source_kind=draft.source_kind,
            reported=draft.reported,
            speaker=self._actor(draft.speaker),
            origin=self._origin,
        )

    def _stance(self, article: str, draft: StanceDraft, quote: Quote | None) -> Stance:
        holder = self._actor(draft.holder) or (quote.speaker if quote else None)
        via = self._actor(draft.via)
        stance = Stance(
            id=new_id(),
            author=self._step.author,
            article=article,
            holder=holder,
            via=via if via != holder else None,
            target=self._target(draft.target),
            dimension=draft.dimension,
            position=draft.position,
            explicitness=draft.explicitness,
            # What is inferred needs a reason in words, which no other format has.
            rationale=draft.reason if draft.explicitness == "inferred" else "",
            evidence=(Evidence(spans=draft.evidence, type=draft.evidence_type, quote=quote.id if quote else None),),
            origin=self._origin,
        )
        return _submitted(stance)

    def _actor(self, guess: SpeakerGuess | None) -> str | None:
        return None if guess is None or guess.is_unnamed else self._linker.actor(guess)

    def _target(self, guess: TargetGuess | None) -> str | None:
        if guess is None:
            return None
        if guess.label not in self._targets:
            known = meant_target(self._project, guess)
            if known is None:
                known = Target(
                    id=new_id(), author=self._step.author, kind=guess.kind, label=guess.label, statement=guess.statement
                )
                self._step.put_new([known])
            self._targets[guess.label] = known.id
        return self._targets[guess.label]


def _nested(made: dict[str, Quote], by_key: dict[str, Quote], nested: dict[str, str]) -> list[Record]:
    """The new quotes, each in the quote that it stands in."""
    found: list[Record] = []
    for key, quote in made.items():
        outer = by_key.get(nested.get(key, ""))
        found.append(msgspec.structs.replace(quote, nested_in=outer.id) if outer is not None else quote)
    return found


def _submitted(stance: Stance) -> Stance:
    return msgspec.structs.replace(stance, is_submitted=is_complete(stance))


def _stance_key(stance: Stance) -> tuple[tuple[Passages, ...], str | None, str | None, str | None]:
    return tuple(piece.spans for piece in stance.evidence), stance.holder, stance.target, stance.position
