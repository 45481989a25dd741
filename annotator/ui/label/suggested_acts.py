"""Beginning a stance from what models suggest or have prepared: the ranked targets, then the position."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.domain.drafts import StanceDraft, Suggestion, TargetGuess
from annotator.domain.records import Position, Stance
from annotator.services import queries, stance_beginning, targets
from annotator.services.targets import NewTarget
from annotator.ui.label.cards import joined
from annotator.ui.label.choosing import PositionChooser
from annotator.ui.label.controller import LabelController
from annotator.ui.label.picking import Picking
from annotator.ui.label.stance_cards import SIGNS, VERBS


class SuggestedStanceActs(QObject):
    """The acts of an annotator on suggested and prepared stances; `told` is called with the id of each new stance."""

    def __init__(self, place: LabelController, told: Callable[[str], object]) -> None:
        super().__init__(place)
        self._place = place
        self._session = place.session
        self._view = place.view
        self._picking = Picking(place)
        self._told = told
        place.view.inspector.suggested.changed.connect(self._on_change_asked)

    def _on_change_asked(self, suggestion_id: str) -> None:
        thing = self._place.shown.get(suggestion_id) if self._place.shown else None
        if isinstance(thing, Suggestion):
            self.change(thing)

    def begin_on(self, quote_id: str) -> bool:
        """Ask for target and position of the stance that is prepared for a quote; whether there is one."""
        prepared = stance_beginning.prepared_for(self._session.project, quote_id)
        if prepared is not None:
            self.change(prepared)
        return prepared is not None

    def guesses_on(self, quote_id: str) -> list[tuple[str | NewTarget, TargetGuess]]:
        """The targets that are guessed for a quote, for one more stance on it."""
        found = stance_beginning.proposed_for(self._session.project, quote_id)
        return stance_beginning.guessed_targets(self._session.project, found[0] if found else None)

    def change(self, one: Suggestion) -> None:
        """A stance from a suggested or prepared one: the target, likely ones first, then the position."""
        draft = one.draft
        assert isinstance(draft, StanceDraft)
        guesses = stance_beginning.guessed_targets(self._session.project, one)
        self._picking.target(
            lambda target: self._ask_position(one, target), about=joined(draft.evidence), guesses=guesses
        )

    def _ask_position(self, one: Suggestion, target: str | NewTarget) -> None:
        known = targets.target_labels(self._session.project)
        name = target.label if isinstance(target, NewTarget) else known[target]
        meanings = queries.codebook(self._session.project).position_meanings()
        chooser = PositionChooser(self._view.window(), f"What is the position on “{name}”?{_hint(one)}", meanings)
        chooser.chosen.connect(lambda position: self._begin(one, target, position))
        chooser.left_open.connect(lambda: self._begin(one, target, None))
        chooser.pop_up()

    def _begin(self, one: Suggestion, target: str | NewTarget, position: Position | None) -> None:
        changes = self._session.act(stance_beginning.begin, one.id, target=target, position=position)
        for made in changes.records("stance") if changes is not None else ():
            assert isinstance(made, Stance)
            rests_on = next((piece.quote for piece in made.evidence if piece.quote), None)
            self._place.select(rests_on or "")
            self._place.focus_stance(made.id)
            self._told(made.id)


def _hint(one: Suggestion) -> str:
    """What is suggested, where the models are sure; nothing is chosen beforehand."""
    draft = one.draft
    if not isinstance(draft, StanceDraft) or draft.position is None or draft.target is None:
        return ""
    return f" Suggested for “{draft.target.label}”: {SIGNS[draft.position]} {VERBS[draft.position]}"
