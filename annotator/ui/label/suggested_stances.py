"""How a suggested stance is shown: in the margin, on a card, in words; and which quote it belongs to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, SpeakerGuess, StanceDraft, Suggestion
from annotator.domain.records import Entity, Quote, draft_of
from annotator.ui.label.stance_cards import SIGNS, VERBS, short_name
from annotator.ui.reading.marks import QuoteMark

_NO_HOLDER = "Nobody named"


def by_quote(things: Iterable[Entity | Quote | Suggestion]) -> dict[str, Suggestion]:
    """The suggested stances among these things by the id of the quote that each rests on: the surest of a quote."""
    found: dict[str, Suggestion] = {}
    ids: dict[str, str] = {}
    proposed: list[Suggestion] = []
    for thing in things:
        if isinstance(thing, Suggestion) and isinstance(thing.draft, StanceDraft):
            proposed.append(thing)
        elif isinstance(thing, Suggestion) and isinstance(thing.draft, QuoteDraft):
            ids.setdefault(thing.draft.key, thing.id)
        elif isinstance(thing, Quote):
            ids[(thing.origin.suggested or draft_of(thing)).key] = thing.id
    # The surest one of a quote stands in its margin.
    for one in sorted(proposed, key=lambda one: (-one.score, one.id)):
        quote = ids.get(one.draft.quote) if isinstance(one.draft, StanceDraft) else None
        if quote is not None:
            found.setdefault(quote, one)
    return found


def stance_mark(
    id_: str, draft: StanceDraft, actors: Mapping[str, str], people: Container[str] = frozenset()
) -> QuoteMark:
    """The mark of a suggested stance that rests on no quote: its words, whose it is, and that it is suggested."""
    name, detail = suggested_note(draft, actors)
    return QuoteMark(
        id=id_,
        content=tuple(piece.span for piece in draft.evidence),
        source=(),
        cue=None,
        is_suggestion=True,
        speaker=name,
        detail=detail,
        short=last_name(name, people),
    )


def people_of(suggestions: Iterable[Suggestion]) -> frozenset[str]:
    """The names of all persons who are guessed to have said or to hold something."""
    guesses: list[SpeakerGuess | None] = []
    for one in suggestions:
        if isinstance(one.draft, QuoteDraft):
            guesses.extend(one.draft.speakers)
        elif isinstance(one.draft, StanceDraft):
            guesses += [one.draft.holder, one.draft.via]
    return frozenset(one.name for one in guesses if one is not None and one.type == "person")


def last_name(name: str, people: Container[str]) -> str:
    """What a margin note calls one of these people where there is little room; empty for anybody else."""
    return short_name(name, is_person=True) if name in people else ""


def suggested_note(draft: Draft, actors: Mapping[str, str]) -> tuple[str, str]:
    """The two lines of a margin note: `Trump via Hegseth` over `▲ supports · suggested`."""
    assert isinstance(draft, StanceDraft)
    holder, via = draft.holder, draft.via
    if holder is None:
        name = _NO_HOLDER
    elif via is None:
        name = name_of(holder, actors)
    else:
        name = f"{_short(holder, actors)} via {_short(via, actors)}"
    return name, f"{SIGNS[draft.position]} {VERBS[draft.position]} · suggested"


def name_of(guess: SpeakerGuess | None, actors: Mapping[str, str]) -> str:
    """What somebody who is guessed is called in the registry, else in the article."""
    return _NO_HOLDER if guess is None else actors.get(guess.actor or "", guess.name)


def _short(guess: SpeakerGuess, actors: Mapping[str, str]) -> str:
    return short_name(name_of(guess, actors), is_person=guess.type == "person")


def suggested_lines(draft: StanceDraft, actors: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The lines of a card: name, value, and the command that changes it."""
    target = draft.target
    lines = [
        ("Holder", name_of(draft.holder, actors), ""),
        ("Via", name_of(draft.via, actors) if draft.via else "", ""),
        ("Position", f"{SIGNS[draft.position]} {VERBS[draft.position]}", "quote.stance"),
        ("Target", f"{'' if target.id else 'New: '}{target.statement}" if target else "", "quote.stance"),
        ("About", ", ".join(one for one in (draft.dimension or "", draft.explicitness) if one), ""),
        ("Because", draft.reason, ""),
    ]
    return [line for line in lines if line[1]]


def suggested_words(draft: StanceDraft, actors: Mapping[str, str]) -> str:
    """A suggested stance in one line: `Trump via Hegseth ▲ supports: NATO members should spend more.`"""
    name, _ = suggested_note(draft, actors)
    about = f": {draft.target.statement}" if draft.target else ""
    return f"{name} {SIGNS[draft.position]} {VERBS[draft.position]}{about}"


def is_stance(thing: object) -> bool:
    """Whether a thing is a suggested stance."""
    return isinstance(thing, Suggestion) and isinstance(thing.draft, StanceDraft)


def kind_of(body: object) -> str:
    """What a thing is called: entity, quote or stance."""
    if isinstance(body, StanceDraft):
        return "stance"
    return "entity" if isinstance(body, Entity | EntityDraft) else "quote"
