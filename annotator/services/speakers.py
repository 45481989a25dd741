"""From a guess at the speaker to an actor of the registry: whom it means, and linking a quote when it is accepted."""

from __future__ import annotations

import msgspec

from annotator.domain.drafts import QuoteDraft, SpeakerGuess, Suggestion
from annotator.domain.records import Actor, Entity, Quote, Role
from annotator.domain.words import fold
from annotator.services import actors
from annotator.store import registry
from annotator.store.journal import Step, new_id
from annotator.store.project import Project


def guesses_of(thing: Entity | Quote | Suggestion) -> tuple[SpeakerGuess, ...]:
    """The guesses at the speaker of a suggested quote, or of the one behind a quote; the likeliest first."""
    draft = thing.draft if isinstance(thing, Suggestion) else thing.origin.suggested
    return draft.speakers if isinstance(draft, QuoteDraft) else ()


def meant(project: Project, guess: SpeakerGuess) -> Actor | None:
    """The actor of the registry that a guess means: the one it names, else the one with its name or that alias.

    `None` where it is somebody new or unnamed, or where two actors share the name as an alias.
    """
    known = actors.find(project, guess.actor)
    if known is not None or guess.is_unnamed:
        return known
    found = [actors.find(project, one) for one in registry.named(project.conn, guess.name)]
    ids = {one.id: one for one in found if one is not None}
    exact = [one for one in ids.values() if fold(one.name) == fold(guess.name)]
    if exact:
        return exact[0]
    return next(iter(ids.values())) if len(ids) == 1 else None


def is_as_guessed(project: Project, record: Entity | Quote) -> bool:
    """Whether a quote's speaker is the one that was suggested for it; where nobody was, anybody is.

    A quote without a speaker agrees with a guess that was not sure, for nobody was shown as its speaker.
    """
    draft = record.origin.suggested
    if not isinstance(record, Quote) or not isinstance(draft, QuoteDraft) or not draft.speakers:
        return True
    first = draft.speakers[0]
    if record.speaker is None:
        return not first.is_sure or first.is_unnamed
    speaker = actors.find(project, record.speaker)
    guessed = meant(project, first)
    return speaker is not None and guessed is not None and guessed.id == speaker.id


class Linker:
    """Links the quotes of one act to the speakers that were guessed; somebody new is made once, in the same act."""

    def __init__(self, project: Project, step: Step) -> None:
        self._project = project
        self._step = step
        self._made: dict[str, str] = {}

    def linked(self, record: Entity | Quote) -> Entity | Quote:
        """The record with its first guess as the speaker where that is sure; as it is, where it is not."""
        draft = record.origin.suggested
        guess = draft.speaker if isinstance(draft, QuoteDraft) else None
        if not isinstance(record, Quote) or guess is None or guess.is_unnamed:
            return record
        return msgspec.structs.replace(record, speaker=self.actor(guess))

    def actor(self, guess: SpeakerGuess) -> str:
        """The id of the actor that a guess means, who is made where nobody of that name is there."""
        found = meant(self._project, guess)
        if found is not None:
            return found.id
        name = fold(guess.name)
        if name not in self._made:
            made = new_actor(guess, author=self._step.author)
            self._step.put_new([made])
            for one in (made.name, *made.aliases):
                self._made.setdefault(fold(one), made.id)
        return self._made[name]


def new_actor(guess: SpeakerGuess, *, author: str) -> Actor:
    """A new actor, not yet written, as a guess describes it."""
    return Actor(
        id=new_id(),
        author=author,
        type=guess.type,
        name=guess.name,
        aliases=guess.aliases,
        roles=tuple(Role(title=title) for title in guess.roles),
    )
