"""Choosing an actor or a target by a few letters, or making a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from annotator.domain.drafts import ActorType, SpeakerGuess, TargetGuess
from annotator.domain.records import Target, TargetKind
from annotator.domain.statements import lacks_statement
from annotator.services import actors, targets
from annotator.services.actors import NewActor
from annotator.services.targets import NewTarget
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.picker import Match, Picker, PickRow, best_rows
from annotator.ui.registry.target_maker import TargetMaker
from annotator.ui.registry.words import NO_SENTENCE

# Before the id of a row that makes a new actor of words in the text.
_NEW = "new:"
_NOBODY = "nobody:"
# Before the number of a guess.
_GUESS = "guess:"


def _guess_rows(guessed: Mapping[str, SpeakerGuess], known: Sequence[actors.ActorRow]) -> list[PickRow]:
    """A row for each guess: the actor's name now, or the one it would have, with the reason beside it."""
    names = {one.id: one.name for one in known}
    rows = []
    for id_, guess in guessed.items():
        name = f"Unnamed: {guess.name}" if guess.is_unnamed else names.get(guess.actor or "", guess.name)
        is_new = guess.actor not in names and not guess.is_unnamed
        rows.append(PickRow(id_, name, guess.reason, f"{'new ' if is_new else ''}{_words(guess.type)}"))
    return rows


def _actor_rows(known: Sequence[actors.ActorRow], guessed: Mapping[str, SpeakerGuess]) -> list[PickRow]:
    """A row for each actor who is no guess."""
    there = {one.actor for one in guessed.values()}
    return [PickRow(one.id, one.name, ", ".join(one.aliases), _words(one.type)) for one in known if one.id not in there]


def _actor_match(known: Sequence[actors.ActorRow], guessed: Mapping[str, SpeakerGuess]) -> Match:
    """Finds guesses by their names, then actors by all of their names."""

    def match(typed: str, rows: Sequence[PickRow]) -> Sequence[PickRow]:
        if not typed.strip():
            return rows
        fitting = best_rows(typed, [one for one in rows if one.id in guessed])
        picked = {one.id: one for one in rows}
        found = [one.id for one in actors.matching(known, typed)]
        return [*fitting, *(picked[one] for one in found if one in picked)]

    return match


def _words(type: str) -> str:
    return type.replace("_", " ")


def _target_row(id_: str, target: str | NewTarget, guess: TargetGuess) -> PickRow:
    """A row for a guess at the target: its label, the reason and its sentence beside it."""
    hint = guess.kind if isinstance(target, str) else f"new {guess.kind}"
    return PickRow(id_, guess.label, f"{guess.reason} · {guess.statement}", hint)


class Picking:
    """The pickers over the Label view; what is chosen goes to `then`, which puts what is new into its registry."""

    def __init__(self, place: LabelController) -> None:
        self._place = place
        self._session = place.session
        self._view = place.view

    def actor(
        self,
        title: str,
        words: str,
        then: Callable[[str | NewActor | None], object],
        *,
        type: ActorType = "person",
        nobody: str = "",
        guesses: Sequence[SpeakerGuess] = (),
        take: Callable[[SpeakerGuess], object] | None = None,
    ) -> None:
        """Choose an actor, those like some words first, or make one of them, which is then of this type.

        Guesses come before all, each with its reason; a chosen one goes to `take`. With words for `nobody`, a row of
        them chooses none.
        """
        known = actors.actor_rows(self._session.project, article=self._place.article_id)
        likely = actors.matching(known, words) if words else []
        known = [*likely, *(one for one in known if one not in likely)]
        guessed = {f"{_GUESS}{number}": one for number, one in enumerate(guesses)} if take else {}

        def choose(row: str) -> None:
            if take is not None and row in guessed:
                take(guessed[row])
            elif row.startswith(_NEW):
                then(NewActor(row.removeprefix(_NEW), type))
            else:
                then(None if row == _NOBODY else row)

        is_offered = likely or not words or guessed
        proposed = [] if is_offered else [PickRow(_NEW + words, f"New actor: {words}", "", _words(type))]
        none = [PickRow(_NOBODY, nobody)] if nobody else []
        self.rows(
            title,
            "A name; Enter takes the first",
            [*_guess_rows(guessed, known), *none, *proposed, *_actor_rows(known, guessed)],
            choose,
            lambda typed: then(NewActor(typed, type)),
            lambda typed: f"New actor: {typed}",
            _actor_match(known, guessed),
        )

    def rows(
        self,
        title: str,
        placeholder: str,
        rows: Sequence[PickRow],
        then: Callable[[str], object],
        create: Callable[[str], object],
        create_text: Callable[[str], str],
        match: Match = best_rows,
    ) -> None:
        picker = Picker(
            self._view.window(),
            self._view.theme,
            title=title,
            placeholder=placeholder,
            rows=rows,
            match=match,
            create_text=create_text,
        )
        picker.chosen.connect(then)
        picker.create_asked.connect(create)
        picker.pop_up()

    def target(
        self,
        then: Callable[[str | NewTarget], object],
        *,
        about: str = "",
        guesses: Sequence[tuple[str | NewTarget, TargetGuess]] = (),
    ) -> None:
        """Choose a target, those that share most with some words first, or word a new one.

        Guesses come before all, each with its reason; one of them may be new, and is worded already.
        """
        guessed = {f"{_GUESS}{number}": one for number, one in enumerate(guesses)}
        there = {one for one, _ in guesses}
        rows = [one for one in targets.likely_targets(self._session.project, about) if one.id not in there]

        def choose(row: str) -> None:
            then(guessed[row][0] if row in guessed else row)

        self.rows(
            "A stance on what?",
            "A target; Enter takes the first",
            [
                *(_target_row(id_, one, guess) for id_, (one, guess) in guessed.items()),
                *(PickRow(one.id, one.label, _detail(one), one.kind) for one in rows),
            ],
            choose,
            lambda typed: self.new_target(typed, then),
            lambda typed: f"New target: {typed}",
        )

    def new_target(self, name: str, then: Callable[[NewTarget], object]) -> None:
        """Ask for the kind and the sentence of a new target; both are proposed."""
        known = set(actors.names(self._session.project).values())
        maker = TargetMaker(self._view.window(), name, actors=known)
        maker.worded.connect(lambda statement, kind: then(NewTarget(name, statement, kind)))
        maker.pop_up()

    def statement(self, target: Target, then: Callable[[str, TargetKind], object]) -> None:
        """Ask for the kind and the sentence of a target that is there."""
        statement = "" if lacks_statement(target.label, target.statement) else target.statement
        maker = TargetMaker(self._view.window(), target.label, kind=target.kind, statement=statement)
        maker.worded.connect(then)
        maker.pop_up()


def _detail(target: Target) -> str:
    return NO_SENTENCE if lacks_statement(target.label, target.statement) else target.statement
