"""What the keys and the inspector do with stances: from a quote, from words, and each of their fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from annotator.domain.drafts import QuoteDraft, Suggestion
from annotator.domain.records import Position, Quote, Stance
from annotator.domain.spans import Span
from annotator.services import annotation, queries, stances, targets
from annotator.ui.label.cards import joined
from annotator.ui.label.choosing import PositionChooser
from annotator.ui.label.controller import LabelController
from annotator.ui.label.picking import Picking
from annotator.ui.label.shown import ShownArticle
from annotator.ui.registry.picker import Picker, PickRow

_SELECT_FIRST = "Select a quote first: N, or a click."


class StanceActs(QObject):
    """The acts of an annotator on stances of the open article."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self.place = place
        self.session = place.session
        self.view = place.view
        self._picking = Picking(place)
        stance_view = self.view.inspector.stances
        stance_view.changed.connect(self._on_stance_changed)
        stance_view.position_asked.connect(self._ask_position_of)
        stance_view.target_asked.connect(self._ask_target_of)
        stance_view.holder_asked.connect(self._ask_holder_of)
        stance_view.submitted.connect(lambda one: self.session.act(stances.submit, one))
        stance_view.evidence_dropped.connect(lambda one, number: self.session.act(stances.drop_evidence, one, number))
        stance_view.withdrawn.connect(lambda one: self.session.act(stances.withdraw, one))

    def _chooser(self, title: str) -> PositionChooser:
        meanings = queries.codebook(self.session.project).position_meanings()
        return PositionChooser(self.view.window(), title, meanings)

    def _selection(self) -> Span | None:
        span = self.view.reading.selection()
        if span is not None:
            self.view.reading.clear_selection()
        return span

    def ask_stance(self) -> None:
        """A new stance from the selected quote: target, then position; a suggested quote is accepted first."""
        thing = self.place.selected
        if isinstance(thing, Suggestion) and isinstance(thing.draft, QuoteDraft):
            changes = self.session.act(annotation.accept, thing.id)
            made = [one.id for one in (changes.changes if changes else ()) if one.kind == "quote"]
            if made:
                self.place.select(made[0])
            thing = self.place.selected
        if not isinstance(thing, Quote):
            self.session.said.emit(_SELECT_FIRST, "info")
        else:
            quote = thing
            self._picking.target(lambda one: self._ask_position(quote.id, one), about=joined(quote.content))

    def ask_stance_on_words(self) -> None:
        """A new stance from the selected words, wherever they stand: a headline variant, a reported act."""
        span, article = self._selection(), self.place.article_id
        if span is None:
            self.session.said.emit("Select the words that show the stance first.", "info")
            return
        self._picking.target(lambda target: self._ask_position_on_words(article, span, target), about=self._words(span))

    def _words(self, span: Span) -> str:
        return self.place.text()[span.start : span.end]

    def _ask_position_on_words(self, article: str, span: Span, target: str) -> None:
        def add(position: Position | None) -> None:
            changes = self.session.act(stances.add_from_span, article, span, target=target, position=position)
            self.place.select("")
            made = changes.records("stance") if changes is not None else []
            if made:
                # Words alone do not say whose stance they show.
                self._picking.actor("Who holds it?", "", lambda holder: self._put_holder(made[0].id, holder))

        chooser = self._chooser("What is the position?")
        chooser.chosen.connect(add)
        chooser.left_open.connect(lambda: add(None))
        chooser.pop_up()

    def _put_holder(self, stance_id: str, holder: str) -> None:
        self._on_stance_changed(stance_id, "holder", holder)
        self._say_how_it_stands(stance_id)

    def add_evidence(self) -> None:
        """Add the selected words, of the body or of a headline variant, to the evidence of a stance of the quote.

        Without selected words, add the selected quote to the evidence of another stance of the article.
        """
        thing, span = self.place.selected, self._selection()
        shown = self.place.shown
        if shown is not None and span is None and isinstance(thing, Quote):
            self._add_quote_evidence(shown, thing)
            return
        if shown is None or span is None:
            self.session.said.emit("Select a quote with a stance, then the words to add.", "info")
            return
        found = shown.stances_of(thing.id) if thing is not None else shown.loose_stances()
        if not found:
            self.session.said.emit("There is no stance to add evidence to. Press S for one.", "info")
        elif len(found) == 1:
            self.session.act(stances.add_evidence, found[0].id, span)
        else:
            self._pick_stance(found, lambda one: self.session.act(stances.add_evidence, one, span))

    def _add_quote_evidence(self, shown: ShownArticle, quote: Quote) -> None:
        own = {one.id for one in shown.stances_of(quote.id)}
        others = [one for one in shown.stances() if one.id not in own]
        if others:
            self._pick_stance(others, lambda one: self.session.act(stances.add_quote_evidence, one, quote.id))
        else:
            told = "No other stance is in this article. Select words to add them to a stance of this quote."
            self.session.said.emit(told, "info")

    def _pick_stance(self, found: Sequence[Stance], then: Callable[[str], object]) -> None:
        assert self.place.shown is not None
        names, labels = self.place.shown.actors, self.place.shown.targets
        rows = [
            PickRow(one.id, f"{names.get(one.holder or '', 'No holder')} · {labels.get(one.target or '', 'no target')}")
            for one in found
        ]
        picker = Picker(
            self.view.window(),
            self.view.theme,
            title="Evidence of which stance?",
            placeholder="A holder or a target",
            rows=rows,
        )
        picker.chosen.connect(then)
        picker.pop_up()

    def _ask_position(self, quote_id: str, target: str) -> None:
        title = f"What is the position on “{targets.target_labels(self.session.project)[target]}”?"
        chooser = self._chooser(title)
        chooser.chosen.connect(lambda position: self._add_stance(quote_id, target, position))
        chooser.left_open.connect(lambda: self._add_stance(quote_id, target, None))
        chooser.pop_up()

    def _add_stance(self, quote_id: str, target: str, position: Position | None) -> None:
        changes = self.session.act(stances.add_from_quote, quote_id, target=target, position=position)
        if changes is not None and changes.changes:
            self._say_how_it_stands(changes.changes[-1].id)

    def _say_how_it_stands(self, stance_id: str) -> None:
        stance = stances.get(self.session.project, stance_id)
        problem = stances.missing(self.session.project, stance)
        earlier = stances.earlier_other_positions(self.session.project, stance)
        if earlier:
            one = earlier[0]
            words = one.passage if len(one.passage) < 90 else one.passage[:89] + "…"
            self.session.said.emit(
                f"Earlier the same holder was coded “{one.stance.position}”: {words} ({one.article})", "info"
            )
        elif problem is not None:
            self.session.said.emit(f"Kept as a draft. {problem}", "info")

    def _on_stance_changed(self, stance_id: str, field: str, value: object) -> None:
        self.session.act(stances.set_field, stance_id, field, value)

    def _ask_position_of(self, stance_id: str) -> None:
        chooser = self._chooser("What is the position?")
        chooser.chosen.connect(lambda position: self._on_stance_changed(stance_id, "position", position))
        chooser.pop_up()

    def _ask_target_of(self, stance_id: str) -> None:
        self._picking.target(lambda target: self._on_stance_changed(stance_id, "target", target))

    def _ask_holder_of(self, stance_id: str, field: str) -> None:
        title = "Who holds it?" if field == "holder" else "Who puts it into words?"
        self._picking.actor(title, "", lambda actor: self._on_stance_changed(stance_id, field, actor))
