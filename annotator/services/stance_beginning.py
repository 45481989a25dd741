"""Stances that begin from what models have prepared: the ranked targets, and a stance with a chosen position."""

from __future__ import annotations

from annotator.domain.drafts import StanceDraft, Suggestion, TargetGuess
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import Position, Quote
from annotator.domain.review import OpenSuggestions
from annotator.services import annotation, stances
from annotator.services.speakers import Linker
from annotator.services.stance_taking import StanceTaker, judged, meant_target
from annotator.services.targets import NewTarget, ensure_target
from annotator.store import rows, suggestions
from annotator.store.project import Project


def proposed_for(project: Project, quote_id: str) -> list[Suggestion]:
    """The suggested stances, sure or only prepared, decided or not, that rest on a quote of the author."""
    quote = rows.get(project.conn, "quote", quote_id)
    if not isinstance(quote, Quote):
        return []
    proposed = suggestions.of_article(project.conn, quote.article)
    keys = {one.draft.key for one in proposed if not OpenSuggestions([one], [quote]).open()}
    if quote.origin.suggested is not None:
        keys.add(quote.origin.suggested.key)
    return [one for one in proposed if isinstance(one.draft, StanceDraft) and one.draft.quote in keys]


def prepared_for(project: Project, quote_id: str) -> Suggestion | None:
    """The first suggested stance, sure or only prepared, that rests on a quote and that no stance was made of yet."""
    found = proposed_for(project, quote_id)
    made = [one.origin.suggested for one in (stances.of_article(project, found[0].article) if found else ())]
    used = {one.key for one in made if one is not None}
    return next((one for one in found if one.draft.key not in used), None)


def guessed_targets(project: Project, suggestion: Suggestion | None) -> list[tuple[str | NewTarget, TargetGuess]]:
    """The targets that a suggestion guesses: those of the registry, by id, the likeliest first; then new ones."""
    draft = suggestion.draft if suggestion is not None else None
    if not isinstance(draft, StanceDraft):
        return []
    found: list[tuple[str | NewTarget, TargetGuess]] = []
    for guess in draft.targets:
        known = meant_target(project, guess)
        found.append((known.id if known else NewTarget(guess.label, guess.statement, guess.kind), guess))
    return sorted(found, key=lambda pair: isinstance(pair[0], NewTarget))


def begin(project: Project, suggestion_id: str, *, target: str | NewTarget, position: Position | None) -> Changes:
    """A stance from a suggested or prepared one, with the target and the position that the annotator chose.

    Holder, via and evidence are as proposed. It is submitted where nothing is missing, else a draft.

    Raises:
        NotAllowed: it is no suggested stance, or the target is not in its registry.
    """
    suggestion = suggestions.get(project.conn, suggestion_id)
    if suggestion is None or not isinstance(suggestion.draft, StanceDraft):
        raise NotAllowed("That is not there any more.", hint="Choose another one.")
    with project.one_act("stance.add") as step:
        chosen = ensure_target(project, target)
        taker = StanceTaker(project, step, Linker(project, step))
        made = taker.take(
            suggestion,
            target=chosen,
            position=position,
            dimension=stances.dimension_of(project, chosen),
            act="corrected",
        )
        step.put(judged(project, made))
        annotation.start(project, step, {suggestion.article})
    return step.changes
