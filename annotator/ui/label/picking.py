"""Choosing an actor or a target by a few letters, or making a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.domain.records import ActorType
from annotator.services import actors, targets
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.picker import Match, Picker, PickRow, best_rows

# Before the id of a row that makes a new actor of words in the text.
_NEW = "new:"


class Picking:
    """The pickers over the Label view; what is chosen goes to `then`."""

    def __init__(self, place: LabelController) -> None:
        self._place = place
        self._session = place.session
        self._view = place.view

    def actor(self, title: str, words: str, then: Callable[[str], object], *, type: ActorType = "person") -> None:
        """Choose an actor, those like some words first, or make one of them, which is then of this type."""
        known = actors.actor_rows(self._session.project, article=self._place.article_id)
        likely = actors.matching(known, words) if words else []
        ordered = [*likely, *(one for one in known if one not in likely)]
        by_id = {one.id: one for one in ordered}
        shown = [PickRow(one.id, one.name, ", ".join(one.aliases), one.type.replace("_", " ")) for one in ordered]
        proposed = (
            [] if likely or not words else [PickRow(_NEW + words, f"New actor: {words}", "", type.replace("_", " "))]
        )

        def match(typed: str, rows: Sequence[PickRow]) -> Sequence[PickRow]:
            if not typed.strip():
                return rows
            found = [one.id for one in actors.matching(list(by_id.values()), typed)]
            picked = {one.id: one for one in rows}
            return [picked[one] for one in found if one in picked]

        self.rows(
            title,
            "A name; Enter takes the first",
            [*proposed, *shown],
            lambda one: self._create_actor(one.removeprefix(_NEW), type, then) if one.startswith(_NEW) else then(one),
            lambda typed: self._create_actor(typed, type, then),
            lambda typed: f"New actor: {typed}",
            match,
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

    def _create_actor(self, name: str, type: ActorType, then: Callable[[str], object]) -> None:
        changes = self._session.act(actors.create, name, type=type)
        if changes is not None and changes.changes:
            then(changes.changes[0].id)

    def target(self, then: Callable[[str], object], *, about: str = "") -> None:
        """Choose a target, those that share most with some words first, or make one."""
        rows = targets.likely_targets(self._session.project, about)

        self.rows(
            "A stance on what?",
            "A target; Enter takes the first",
            [PickRow(one.id, one.label, one.statement, one.kind) for one in rows],
            then,
            lambda typed: self._create_target(typed, then),
            lambda typed: f"New target: {typed}",
        )

    def _create_target(self, label: str, then: Callable[[str], object]) -> None:
        changes = self._session.act(targets.add_target, label)
        if changes is not None and changes.changes:
            then(changes.changes[0].id)
