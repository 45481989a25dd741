"""The registry of actors: who there is, what is known of them, and the sources that nobody is linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.records import Actor
from annotator.services import actors
from annotator.services.actors import ActorRow
from annotator.ui.registry.actor_form import ActorEdit, ActorForm
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.merging import MergeSide
from annotator.ui.registry.picker import Match, PickRow
from annotator.ui.registry.record_page import RecordPage
from annotator.ui.registry.record_window import RecordWindow
from annotator.ui.registry.table import number_field, text_field
from annotator.ui.registry.unlinked import Unlinked, UnlinkedView
from annotator.ui.registry.words import ACTOR_TYPES, times
from annotator.ui.theme import Theme

_SIZE = QSize(1180, 720)
_EMPTY = (
    "No actors yet.\n\nAn actor is a person, an organization or anybody else who speaks or takes a stand. "
    "Make one here with Ctrl+N, or give a quote its speaker with {quote.speaker}."
)


@dataclass(frozen=True)
class Known:
    """An actor in the list, and all that is known of it."""

    row: ActorRow
    actor: Actor

    @property
    def id(self) -> str:
        """The actor's id."""
        return self.row.id


class ActorsDialog(RecordWindow[Known, ActorEdit]):
    """All actors, one of them in a form, and the unlinked sources.

    `create_asked` carries an `ActorEdit`, `change_asked` an id and an `ActorEdit`, `merge_asked` the ids of the one
    that goes and of the one that stays, `jump_asked` an article's id and a place in it in code points.
    """

    jump_asked = Signal(str, int)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        listing: Listing[Known] = Listing(
            [
                text_field("Name", lambda one: one.row.name, width_px=170),
                text_field("Type", lambda one: ACTOR_TYPES[one.row.type], width_px=104),
                text_field("Other names", lambda one: ", ".join(one.row.aliases)),
                text_field("Role", lambda one: one.row.role, is_spare=True),
                number_field("Here", lambda one: one.row.here, order="Most used here"),
                number_field("All", lambda one: one.row.uses, order="Most used"),
            ],
            lambda one: one.row.id,
            name="Actors",
            own_order="This article first",
            empty=_EMPTY,
        )
        page = RecordPage(
            listing,
            ActorForm(),
            noun="actor",
            edit_of=lambda one: ActorEdit.of(one.actor),
            blank=ActorEdit,
            name_of=lambda one: one.name,
        )
        super().__init__(parent, theme, page, title="Actors", noun="actor", size=_SIZE)
        self.unlinked = UnlinkedView()
        self.unlinked.jump_asked.connect(self.jump_asked)
        page.left.addWidget(self.unlinked)

    def show_rows(
        self, rows: Sequence[ActorRow], known: Mapping[str, Actor], unlinked: Sequence[Unlinked] = ()
    ) -> None:
        """Show the rows of the registry, in their order, with the actors behind them by id, and unlinked sources."""
        self.records.show_rows([Known(row=one, actor=known[one.id]) for one in rows if one.id in known])
        self.unlinked.show_rows(unlinked)

    def side_of(self, row_: Known) -> MergeSide:
        known = [ACTOR_TYPES[row_.row.type], row_.row.role, times(row_.row.uses, "annotation")]
        return MergeSide(row_.id, row_.row.name, " · ".join(one for one in known if one))

    def consequences(self, gone: MergeSide, kept: MergeSide) -> list[str]:
        return [
            f"“{gone.name}” becomes another name of {kept.name}, and its roles go there too.",
            f"Everything that names {gone.name} means {kept.name} from now on, for everybody in this project.",
            "This is one act: one undo takes it back.",
        ]

    def likely(self, row_: Known, rows: Sequence[Known]) -> Sequence[Known]:
        by_id = {one.id: one for one in rows}
        alike = actors.matching([one.row for one in rows], row_.row.name, limit=len(rows))
        first = [by_id[one.id] for one in alike]
        taken = {one.id for one in first}
        return [*first, *(one for one in rows if one.id not in taken)]

    def merge_match(self) -> Match:
        rows = [one.row for one in self.records.listing.rows]

        def match(words: str, picks: Sequence[PickRow]) -> Sequence[PickRow]:
            if not words.strip():
                return picks
            by_id = {one.id: one for one in picks}
            return [by_id[one.id] for one in actors.matching(rows, words) if one.id in by_id]

        return match
