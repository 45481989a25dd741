"""What the keys and the inspector do with stances: from a quote, from words, and each of their fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from annotator.domain.drafts import QuoteDraft, StanceDraft, Suggestion
from annotator.domain.records import Position, Quote, Stance, TargetKind
from annotator.domain.spans import Span
from annotator.services import annotation, queries, stances, targets
from annotator.services.actors import NewActor
from annotator.services.targets import NewTarget
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import joined
from annotator.ui.label.choosing import KeyChooser, PositionChooser, choices_of
from annotator.ui.label.controller import LabelController
from annotator.ui.label.picking import Picking
from annotator.ui.label.shown import ShownArticle
from annotator.ui.label.stance_cards import FIELD_CHOICES
from annotator.ui.label.suggested_acts import SuggestedStanceActs
from annotator.ui.registry.picker import Picker, PickRow

_SELECT_FIRST = "Select a quote first: N, or a click."
_NO_STANCE = "There is no stance here. {quote.stance} makes one of the selected quote."


class StanceActs(QObject):
    """The acts of an annotator on stances of the open article."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self.place = place
        self.session = place.session
        self.view = place.view
        self._picking = Picking(place)
        self._suggested = SuggestedStanceActs(place, self._say_how_it_stands)
        stance_view = self.view.inspector.stances
        stance_view.changed.connect(self._on_stance_changed)
        stance_view.position_asked.connect(self._ask_position_of)
        stance_view.target_asked.connect(self._ask_target_of)
        stance_view.holder_asked.connect(self._ask_holder_of)
        stance_view.statement_asked.connect(self._ask_statement_of)
        stance_view.picked.connect(self.place.focus_stance)
        stance_view.left.connect(self.view.reading.setFocus)
        stance_view.submitted.connect(self._submit)
        stance_view.evidence_dropped.connect(lambda one, number: self.session.act(stances.drop_evidence, one, number))
        stance_view.withdrawn.connect(lambda one: self.session.act(stances.withdraw, one))

    # The stance that the keys change

    def _stance(self) -> Stance | None:
        found = self.place.stance
        if found is None:
            self.session.said.emit(with_keys(self.view, _NO_STANCE), "info")
        return found

    def _with_stance(self, act: Callable[[str], object]) -> None:
        found = self._stance()
        if found is not None:
            act(found.id)

    def step(self, *, forward: bool) -> None:
        """Let the keys change the next stance of the selected quote, or the one before, round the end."""
        found, here = self.place.stances, self._stance()
        if here is not None:
            following = found[([one.id for one in found].index(here.id) + (1 if forward else -1)) % len(found)]
            self.place.focus_stance(following.id)
            if len(found) == 1:
                self.session.said.emit("This is the only stance here.", "info")

    def ask_actor(self, field: str) -> None:
        """Choose who holds the stance, or via whom."""
        self._with_stance(lambda one: self._ask_holder_of(one, field))

    def ask_target(self) -> None:
        """Choose another target for the stance."""
        self._with_stance(self._ask_target_of)

    def ask_statement(self) -> None:
        """Word the sentence of the stance's target."""
        self._with_stance(self._ask_statement_of)

    def ask_position(self) -> None:
        """Choose the position of the stance."""
        self._with_stance(self._ask_position_of)

    def ask_field(self, field: str) -> None:
        """Choose what the stance is about, how it is said, or how sure the annotator is: two keys."""
        found = self._stance()
        if found is None:
            return
        title, table = FIELD_CHOICES[field]
        chooser = KeyChooser(self.view.window(), title, choices_of(table))
        chooser.chosen.connect(lambda value: self._on_stance_changed(found.id, field, value))
        chooser.pop_up()

    def write_rationale(self) -> None:
        """Put the cursor where the stance's rationale is written."""
        found = self._stance()
        if found is not None:
            self.place.focus_stance(found.id)
            self.view.inspector.stances.write_rationale()

    def submit(self) -> None:
        """Make the draft a finished stance, or say what it lacks."""
        found = self._stance()
        if found is not None and found.is_submitted:
            self.session.said.emit("This stance is submitted already.", "info")
        elif found is not None:
            self._submit(found.id)

    def _submit(self, stance_id: str) -> None:
        if self.session.act(stances.submit, stance_id) is not None:
            self.session.said.emit("The stance is submitted.", "good")

    def withdraw(self) -> None:
        """Take the stance back."""
        self._with_stance(lambda one: self.session.act(stances.withdraw, one))

    def drop_evidence(self) -> None:
        """Take the stance's last piece of evidence away."""
        found = self._stance()
        if found is not None and found.evidence:
            self.session.act(stances.drop_evidence, found.id, len(found.evidence) - 1)

    # New ones

    def _chooser(self, title: str) -> PositionChooser:
        meanings = queries.codebook(self.session.project).position_meanings()
        return PositionChooser(self.view.window(), title, meanings)

    def _selection(self) -> Span | None:
        span = self.view.reading.selection()
        if span is not None:
            self.view.reading.clear_selection()
        return span

    def ask_stance(self) -> None:
        """A new stance from the selected quote: target, then position; a suggested quote is accepted first.

        Of a suggested stance, or where one is prepared for the quote, what is suggested is offered first.
        """
        thing = self.place.selected
        if isinstance(thing, Suggestion) and isinstance(thing.draft, StanceDraft):
            self._suggested.change(thing)
            return
        if isinstance(thing, Suggestion) and isinstance(thing.draft, QuoteDraft):
            changes = self.session.act(annotation.accept, thing.id)
            made = [one.id for one in (changes.changes if changes else ()) if one.kind == "quote"]
            if made:
                self.place.select(made[0])
            thing = self.place.selected
        if not isinstance(thing, Quote):
            self.session.said.emit(_SELECT_FIRST, "info")
        elif not self._suggested.begin_on(thing.id):
            quote = thing
            self._picking.target(
                lambda one: self._ask_position(quote.id, one),
                about=joined(quote.content),
                guesses=self._suggested.guesses_on(quote.id),
            )

    def ask_stance_on_words(self) -> None:
        """A new stance from the selected words, wherever they stand: a headline variant, a reported act."""
        span, article = self._selection(), self.place.article_id
        if span is None:
            self.session.said.emit("Select the words that show the stance first.", "info")
            return
        self._picking.target(lambda target: self._ask_position_on_words(article, span, target), about=self._words(span))

    def _words(self, span: Span) -> str:
        return self.place.text()[span.start : span.end]

    def _ask_position_on_words(self, article: str, span: Span, target: str | NewTarget) -> None:
        def add(position: Position | None) -> None:
            changes = self.session.act(stances.add_from_span, article, span, target=target, position=position)
            self.place.select("")
            made = changes.records("stance") if changes is not None else []
            if made:
                self.place.focus_stance(made[0].id)
                # Words alone do not say whose stance they show.
                self._picking.actor("Who holds it?", "", lambda holder: self._put_holder(made[0].id, holder))

        chooser = self._chooser("What is the position?")
        chooser.chosen.connect(add)
        chooser.left_open.connect(lambda: add(None))
        chooser.pop_up()

    def _put_holder(self, stance_id: str, holder: str | NewActor | None) -> None:
        self._on_stance_changed(stance_id, "holder", holder)
        self._say_how_it_stands(stance_id)

    def add_evidence(self) -> None:
        """Add the selected words, of the body or of a headline variant, to the evidence of the focused stance.

        Without selected words, add the selected quote to the evidence of another stance of the article.
        """
        thing, span = self.place.selected, self._selection()
        shown = self.place.shown
        if shown is not None and span is None and isinstance(thing, Quote):
            self._add_quote_evidence(shown, thing)
            return
        found = self.place.stance
        if shown is None or span is None:
            self.session.said.emit("Select a quote with a stance, then the words to add.", "info")
        elif found is None:
            told = "There is no stance to add evidence to. Press {quote.stance} for one."
            self.session.said.emit(with_keys(self.view, told), "info")
        else:
            self.session.act(stances.add_evidence, found.id, span)

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

    def _ask_position(self, quote_id: str, target: str | NewTarget) -> None:
        known = targets.target_labels(self.session.project)
        name = target.label if isinstance(target, NewTarget) else known[target]
        chooser = self._chooser(f"What is the position on “{name}”?")
        chooser.chosen.connect(lambda position: self._add_stance(quote_id, target, position))
        chooser.left_open.connect(lambda: self._add_stance(quote_id, target, None))
        chooser.pop_up()

    def _add_stance(self, quote_id: str, target: str | NewTarget, position: Position | None) -> None:
        changes = self.session.act(stances.add_from_quote, quote_id, target=target, position=position)
        for made in changes.records("stance") if changes is not None else ():
            self.place.focus_stance(made.id)
            self._say_how_it_stands(made.id)

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

    def _ask_statement_of(self, stance_id: str) -> None:
        project = self.session.project
        target = targets.find_target(project, stances.get(project, stance_id).target)
        if target is None:
            self.session.said.emit("This stance has no target yet.", "info")
            return

        def put(statement: str, kind: TargetKind) -> None:
            self.session.act(targets.change_target, target.id, label=target.label, statement=statement, kind=kind)

        self._picking.statement(target, put)

    def _ask_holder_of(self, stance_id: str, field: str) -> None:
        is_via = field == "via"
        self._picking.actor(
            "Who puts it into words?" if is_via else "Who holds it?",
            "",
            lambda actor: self._on_stance_changed(stance_id, field, actor),
            nobody="Nobody: the holder speaks" if is_via else "",
        )
