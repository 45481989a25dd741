"""The open article as the Label view holds it: records and open suggestions, kept in step with each act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from annotator.domain.drafts import QuoteDraft, Suggestion
from annotator.domain.journal import Changes, record_of
from annotator.domain.records import Entity, Quote, Record, Rejection, Stance
from annotator.domain.review import OpenSuggestions
from annotator.domain.sureness import sure_ones
from annotator.services.queries import Article, ArticleView
from annotator.ui.label.cards import Thing, body_of
from annotator.ui.label.order import InOrder, Place
from annotator.ui.label.suggested_stances import by_quote, is_stance, people_of

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Difference:
    """What an act changed in the things to show; a changed thing is removed and added."""

    removed: tuple[str, ...]
    added: tuple[Thing, ...]
    has_quotes: bool


class ShownArticle:
    """An article with its author's records and the suggestions beside them."""

    def __init__(self, view: ArticleView, author: str) -> None:
        self.article: Article = view.article
        self.actors = view.actors
        self.people = view.people | people_of(view.suggestions)
        self.targets = view.targets
        self._author = author
        mine: list[Entity | Quote] = [*view.entities, *view.quotes]
        self._records = {one.id: one for one in mine}
        self._rejections = {one.id: one for one in view.rejections}
        self._stances = {one.id: one for one in view.stances}
        self._raw, self._memory, self._version = view.suggestions, view.memory, view.memory.version
        self._review = self._new_review()
        self._sureness = view.sureness
        self._open = self._found_open()
        self._suggested = by_quote([*mine, *self._open.values()])
        self._in_order: InOrder[Thing] = InOrder([*mine, *self._open.values()])
        self._open_in_order: InOrder[Suggestion] = InOrder(self._open.values())

    def _new_review(self) -> OpenSuggestions:
        proposed = self._memory.applied(self._raw, self.article.id, self.article.text)
        records = [*self._records.values(), *self._stances.values(), *self._rejections.values()]
        return OpenSuggestions(proposed, records, raw=self._raw)

    def _found_open(self) -> dict[str, Suggestion]:
        return {one.id: one for one in sure_ones(self._review.open(), self._sureness)}

    @property
    def things(self) -> list[Thing]:
        """Records and open suggestions, in the order of the text."""
        return self._in_order.things

    @property
    def open(self) -> list[Suggestion]:
        """The open suggestions, in the order of the text."""
        return self._open_in_order.things

    def get(self, thing_id: str) -> Thing | None:
        """The thing of that id, or `None`."""
        return self._records.get(thing_id) or self._open.get(thing_id)

    def suggested_by_quote(self) -> Mapping[str, Suggestion]:
        """The open suggested stances by the quotes that they rest on."""
        return self._suggested

    def mark_of(self, thing_id: str) -> str:
        """The id of the mark that shows a thing: a suggested stance is shown by its quote."""
        if not is_stance(self.get(thing_id)):
            return thing_id
        return next((quote for quote, one in self._suggested.items() if one.id == thing_id), thing_id)

    def places(self) -> Sequence[Place]:
        """The places of the open suggestions, in the order of the text."""
        return self._open_in_order.places

    def stances(self) -> list[Stance]:
        """The stances of the article, drafts too, by the place of their first evidence."""
        return sorted(self._stances.values(), key=lambda one: ([piece.spans for piece in one.evidence], one.id))

    def stances_of(self, quote_id: str) -> list[Stance]:
        """The stances that rest on a quote, drafts too."""
        return [one for one in self.stances() if any(piece.quote == quote_id for piece in one.evidence)]

    def loose_stances(self) -> list[Stance]:
        """The drafts, and the stances that rest on no quote: shown while nothing is selected."""
        found = self.stances()
        return [one for one in found if not one.is_submitted or not any(piece.quote for piece in one.evidence)]

    def stances_at(self, thing_id: str) -> list[Stance]:
        """The stances that are shown with a selected thing; with none, the loose ones."""
        return self.stances_of(thing_id) if thing_id else self.loose_stances()

    def stances_by_quote(self) -> dict[str, list[Stance]]:
        """The stances of the article by the quotes that they rest on."""
        found: dict[str, list[Stance]] = {}
        for stance in self._stances.values():
            for quote_id in {piece.quote for piece in stance.evidence if piece.quote}:
                found.setdefault(quote_id, []).append(stance)
        return found

    @property
    def drafts(self) -> int:
        """How many stances of the article are not submitted."""
        return sum(not one.is_submitted for one in self._stances.values())

    def apply(self, changes: Changes) -> Difference:
        """Follow an act."""
        gone: list[Thing] = []
        changed: dict[str, Entity | Quote | None] = {}
        for change in changes.changes:
            if change.id in self._records:
                gone.append(self._records[change.id])
            for plain, is_after in ((change.before, False), (change.after, True)):
                if plain is None or plain.get("article") != self.article.id or plain.get("author") != self._author:
                    continue
                record = record_of(change.kind, plain)
                if isinstance(record, Entity | Quote | Rejection | Stance):
                    self._count(record, is_after=is_after)
                if isinstance(record, Entity | Quote):
                    changed[record.id] = record if is_after else None
                if isinstance(record, Stance):
                    changed |= self._touched_quotes(record, changed, gone)
                    self._note_stance(record, is_after=is_after)
        if self._version != self._memory.version:
            # What was decided here says something of the same words elsewhere.
            self._version, self._review = self._memory.version, self._new_review()
        was_open, self._open = self._open, self._found_open()
        was_suggested, self._suggested = self._suggested, by_quote([*self._records.values(), *self._open.values()])
        added: list[Thing] = [one for one in changed.values() if one is not None]
        closed = [one for one in was_open.values() if self._open.get(one.id) != one]
        opened = [one for one in self._open.values() if was_open.get(one.id) != one]
        self._reorder(gone, added, closed, opened)
        has_quotes = any(isinstance(body_of(one), Quote | QuoteDraft) for one in (*gone, *added, *closed, *opened))
        noted = _noted_anew(was_suggested, self._suggested) - {one.id for one in (*added, *opened)}
        shown_anew = [thing for one in sorted(noted) if (thing := self.get(one)) is not None]
        gone_ids = (*changed, *(one.id for one in closed), *sorted(noted))
        return Difference(gone_ids, (*added, *opened, *shown_anew), has_quotes)

    def _touched_quotes(
        self, stance: Stance, changed: Mapping[str, object], gone: list[Thing]
    ) -> dict[str, Entity | Quote | None]:
        """The quotes whose margin a stance changes: they are shown anew."""
        ids = {piece.quote for piece in stance.evidence if piece.quote and piece.quote not in changed}
        touched = [self._records[one] for one in sorted(ids) if one in self._records]
        gone.extend(touched)
        return {one.id: one for one in touched}

    def _note_stance(self, stance: Stance, *, is_after: bool) -> None:
        if is_after:
            self._stances[stance.id] = stance
        else:
            self._stances.pop(stance.id, None)

    def _reorder(
        self,
        gone: Sequence[Thing],
        added: Sequence[Thing],
        closed: Sequence[Suggestion],
        opened: Sequence[Suggestion],
    ) -> None:
        for thing in (*gone, *closed):
            self._in_order.remove(thing)
        for thing in (*added, *opened):
            self._in_order.add(thing)
        for suggestion in closed:
            self._open_in_order.remove(suggestion)
        for suggestion in opened:
            self._open_in_order.add(suggestion)

    def _count(self, record: Record, *, is_after: bool) -> None:
        if is_after:
            self._review.add(record)
        else:
            self._review.remove(record)
        mine: dict[str, Entity | Quote] = self._records
        if isinstance(record, Rejection):
            _keep(self._rejections, record, is_after=is_after)
        elif isinstance(record, Entity | Quote):
            _keep(mine, record, is_after=is_after)


def _keep(records: dict[str, R], record: R, *, is_after: bool) -> None:
    if is_after:
        records[record.id] = record
    else:
        records.pop(record.id, None)


def _noted_anew(was: Mapping[str, Suggestion], now: Mapping[str, Suggestion]) -> set[str]:
    """The ids of the quotes, and of the stances themselves, that other suggested stances make look otherwise."""
    changed = {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
    stances = [found.get(one) for one in changed for found in (was, now)]
    return changed | {one.id for one in stances if one is not None}
