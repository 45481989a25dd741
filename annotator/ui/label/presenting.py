"""Putting the open article's things into the Label view's widgets."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.records import Quote, Stance
from annotator.domain.statements import lacks_statement
from annotator.services import actors, precedents, queries, record_history, stances, targets
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import Thing, card_of, history_lines, ledger_of, marks_of
from annotator.ui.label.shown import Difference, ShownArticle
from annotator.ui.label.stance_cards import focused, short_name, stance_card
from annotator.ui.label.view import LabelView
from annotator.ui.session import Session

# More changes than this are shown by drawing all marks anew.
_MANY = 200
_HOW_TO = "Press {quote.stance} to say where the speaker stands."


class Presenter:
    """Shows an article's marks, its ledger and the selected thing."""

    def __init__(self, session: Session, view: LabelView) -> None:
        self._session = session
        self._view = view
        self.stance_id = ""

    def show_all(self, shown: ShownArticle) -> None:
        """Show all marks and the ledger."""
        book = queries.codebook(self._session.project)
        found = shown.stances_by_quote(), shown.suggested_by_quote()
        marks = marks_of(shown.things, book, shown.actors, *found, shown.people)
        self._view.reading.show_marks(marks)
        self._show_ledger(shown)

    def _show_ledger(self, shown: ShownArticle) -> None:
        sections = shown.article.sections
        by_quote = shown.stances_by_quote()
        rows = ledger_of(shown.things, shown.actors, by_quote, sections, self._short_names(shown))
        self._view.inspector.show_ledger(rows, drafts=shown.drafts)

    def _short_names(self, shown: ShownArticle) -> dict[str, str]:
        """What the ledger calls those who hold the article's stances, and those who speak for them."""
        ids = {one for stance in shown.stances() for one in (stance.holder, stance.via) if one}
        ids |= {one.speaker for one in shown.things if isinstance(one, Quote) and one.speaker}
        known = ((one, actors.find(self._session.project, one)) for one in sorted(ids))
        return {one: short_name(found.name, is_person=found.type == "person") for one, found in known if found}

    def show_difference(self, shown: ShownArticle, difference: Difference) -> None:
        """Show what an act changed, and no more."""
        if len(difference.removed) + len(difference.added) > _MANY:
            self.show_all(shown)
            return
        for thing_id in difference.removed:
            self._view.reading.remove_mark(thing_id)
        book = queries.codebook(self._session.project)
        found = shown.stances_by_quote(), shown.suggested_by_quote()
        for mark in marks_of(difference.added, book, shown.actors, *found, shown.people):
            self._view.reading.add_mark(mark)
        if difference.has_quotes:
            self._show_ledger(shown)

    def show_thing(self, shown: ShownArticle | None, thing: Thing | None) -> None:
        """Show the selected thing, or that nothing is selected."""
        inspector = self._view.inspector
        mark_id = shown.mark_of(thing.id) if shown and thing else ""
        self._view.reading.set_selected(mark_id or None)
        inspector.show_picked(mark_id)
        suggested = shown.suggested_by_quote().get(thing.id) if shown and thing else None
        inspector.suggested.show_stance(suggested, shown.actors if shown else {})
        if shown is None or thing is None:
            inspector.show_card(None, ())
            self._show_stances(shown, shown.loose_stances() if shown else (), hint="")
            return
        project = self._session.project
        book = queries.codebook(project)
        found = record_history.whole(project, thing.id)
        told = history_lines(found, project.author.id, project.codebook().version)
        earlier = precedents.precedents_of(project, thing)
        inspector.show_card(card_of(thing, book, shown.actors, told, earlier), book.labels)
        hint = with_keys(self._view, _HOW_TO) if isinstance(thing, Quote) else ""
        self._show_stances(shown, shown.stances_of(thing.id), hint=hint)

    def _show_stances(self, shown: ShownArticle | None, found: Sequence[Stance], *, hint: str) -> None:
        cards = []
        names, labels = (shown.actors, shown.targets) if shown else ({}, {})
        for one in found:
            project = self._session.project
            problem = None if one.is_submitted else stances.missing(project, one)
            target = targets.find_target(project, one.target)
            lacks = target is not None and lacks_statement(target.label, target.statement)
            cards.append(stance_card(one, names, labels, str(problem) if problem else "", lacks_statement=lacks))
        here = focused(found, self.stance_id)
        self._view.inspector.stances.show_stances(cards, hint=hint, focused=here.id if here else "")
