"""What the keys do to the selected quote: cue, source, speaker, form, fragments, stance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject

from annotator.domain.candidates import cue_candidates, source_candidates
from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.journal import Changes
from annotator.domain.records import Entity, Position, Quote
from annotator.domain.spans import Span
from annotator.services import actors, annotation, quoting, stances, targets
from annotator.services.projects import Project
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import Thing, body_of, joined, span_of
from annotator.ui.label.choosing import PositionChooser
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.picker import Match, Picker, PickRow, best_rows

P = ParamSpec("P")
T = TypeVar("T")

_SELECT_FIRST = "Select a quote first: N, or a click."
# Before the id of a row that makes a new actor of words in the text.
_NEW = "new:"
_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})


class QuoteActs(QObject):
    """The acts of an annotator on the selected quote; on a suggested one they make it the annotator's, corrected."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self.place = place
        self.session = place.session
        self.view = place.view
        stance_view = self.view.inspector.stances
        stance_view.changed.connect(self._on_stance_changed)
        stance_view.position_asked.connect(self._ask_position_of)
        stance_view.target_asked.connect(self._ask_target_of)
        stance_view.holder_asked.connect(self._ask_holder_of)
        stance_view.submitted.connect(lambda one: self.session.act(stances.submit, one))
        stance_view.withdrawn.connect(lambda one: self.session.act(stances.withdraw, one))

    # The quote's parts

    def _quote(self) -> tuple[Thing, Quote | QuoteDraft] | None:
        thing = self.place.selected
        body = body_of(thing) if thing is not None else None
        if thing is None or not isinstance(body, Quote | QuoteDraft):
            self.session.said.emit(_SELECT_FIRST, "info")
            return None
        return thing, body

    def _act(
        self, service: Callable[Concatenate[Project, P], Changes], *args: P.args, **options: P.kwargs
    ) -> Changes | None:
        """Act, and keep what became of the selected thing selected."""
        changes = self.session.act(service, *args, **options)
        made = [one for one in (changes.changes if changes else ()) if one.before is None and one.kind == "quote"]
        if made:
            self.place.select(made[0].id)
        return changes

    def _selection(self) -> Span | None:
        span = self.view.reading.selection()
        if span is not None:
            self.view.reading.clear_selection()
        return span

    def put_cue(self) -> None:
        """Make the selected words the cue; without any, the next likely words around the quote."""
        found = self._quote()
        if found is None:
            return
        thing, body = found
        content = [piece.span for piece in body.content]
        span = self._selection() or _next(
            cue_candidates(self.place.text(), content), body.cue.span if body.cue else None
        )
        if span is None:
            self.session.said.emit("No likely cue is near. Select the words, then press C.", "info")
        else:
            self._act(quoting.set_cue, thing.id, span)

    def put_source(self) -> None:
        """Make the selected words the source; without any, the next likely words around the quote."""
        found = self._quote()
        if found is None:
            return
        thing, body = found
        selected = self._selection()
        if selected is not None:
            self._act(quoting.set_source, thing.id, [selected])
            return
        content = [piece.span for piece in body.content]
        cue = body.cue.span if body.cue else None
        likely = source_candidates(self.place.text(), content, cue, self._names())
        span = _next(likely, body.source[0].span if body.source else None)
        if span is None:
            self.session.said.emit("No likely source is near. Select the words, then press O.", "info")
        else:
            self._act(quoting.set_source, thing.id, [span])

    def add_source(self) -> None:
        """Add the selected words to the source, or take them out of it."""
        found, span = self._quote(), self._selection()
        if found is not None and span is not None:
            self._act(quoting.add_source, found[0].id, span)
        elif found is not None:
            self.session.said.emit("Select the words to add to the source.", "info")

    def _names(self) -> list[Span]:
        bodies = [body_of(one) for one in self.place.things]
        return [
            Span(one.start, one.end) for one in bodies if isinstance(one, Entity | EntityDraft) and one.label in _NAMES
        ]

    def turn_form(self) -> None:
        """Go on to the next form: direct, mixed, indirect."""
        found = self._quote()
        if found is not None:
            self._act(quoting.set_form, found[0].id, _after(quoting.FORMS, found[1].form))

    def turn_source_kind(self) -> None:
        """Go on to the next kind of source."""
        found = self._quote()
        if found is not None:
            self._act(quoting.set_source_kind, found[0].id, _after(quoting.SOURCE_KINDS, found[1].source_kind))

    def mark_unattributed(self) -> None:
        """Say that the text names no source."""
        found = self._quote()
        if found is not None:
            self._act(quoting.set_source, found[0].id, [])

    def add_fragment(self) -> None:
        """Add the selected words to the content."""
        found, span = self._quote(), self._selection()
        if found is not None and span is not None:
            self._act(quoting.add_fragment, found[0].id, span)
        elif found is not None:
            self.session.said.emit("Select the words to add to the quote.", "info")

    def drop_fragment(self) -> None:
        """Take the fragment at the caret out of the content."""
        found = self._quote()
        if found is not None:
            self._act(quoting.drop_fragment, found[0].id, self.view.reading.caret())

    def split(self) -> None:
        """Make two quotes of one, at the caret."""
        found = self._quote()
        if found is not None:
            self.session.act(quoting.split, found[0].id, self.view.reading.caret())

    def join(self) -> None:
        """Join the selected quote and the annotator's next one."""
        found = self._quote()
        if found is None:
            return
        mine = [one for one in self.place.things if isinstance(one, Quote) and one.id != found[0].id]
        following = next((one for one in mine if span_of(one).start >= span_of(found[0]).start), None)
        if following is None:
            self.session.said.emit("No quote of yours follows in this article.", "info")
        else:
            self.session.act(quoting.join, found[0].id, following.id)

    def nest(self) -> None:
        """Say that the selected quote stands inside the smallest quote around it, or take that back."""
        found = self._quote()
        if found is None:
            return
        thing, body = found
        if isinstance(body, Quote) and body.nested_in:
            self._act(quoting.nest, thing.id, None)
            return
        around = [one for one in self.place.things if isinstance(one, Quote) and one.id != thing.id]
        around = [one for one in around if span_of(one).contains(span_of(thing))]
        if around:
            self._act(quoting.nest, thing.id, min(around, key=lambda one: len(span_of(one))).id)
        else:
            self.session.said.emit("No quote of yours stands around this one.", "info")

    # Speakers

    def ask_speaker(self) -> None:
        """Choose the actor of the selected quote or entity, those of this article first."""
        thing = self.place.selected
        if thing is None:
            self.session.said.emit("Select a quote or an entity first.", "info")
            return
        self._pick_actor("Who is it?", self._words_of(thing), lambda one: self._act(quoting.set_speaker, thing.id, one))

    def _words_of(self, thing: Thing) -> str:
        body = body_of(thing)
        if isinstance(body, Entity | EntityDraft):
            return body.text
        names = [one for one in self._names() if any(piece.span.contains(one) for piece in body.source)]
        text = self.place.text()
        people = [text[one.start : one.end] for one in names]
        return self._full_name(max(people, key=len)) if people else joined(body.source)

    def _full_name(self, name: str) -> str:
        """The longest name of the article that ends in these words: for a surname the whole name."""
        bodies = [body_of(one) for one in self.place.things]
        known = [one.text for one in bodies if isinstance(one, Entity | EntityDraft) and one.label == "PERSON"]
        return max((one for one in known if one.endswith(f" {name}")), key=len, default=name)

    def _pick_actor(self, title: str, words: str, then: Callable[[str], object]) -> None:
        known = actors.actor_rows(self.session.project, article=self.place.article_id)
        likely = actors.matching(known, words) if words else []
        ordered = [*likely, *(one for one in known if one not in likely)]
        by_id = {one.id: one for one in ordered}
        shown = [PickRow(one.id, one.name, ", ".join(one.aliases), one.type.replace("_", " ")) for one in ordered]
        proposed = [] if likely or not words else [PickRow(_NEW + words, f"New actor: {words}", "", "from the text")]

        def match(typed: str, rows: Sequence[PickRow]) -> Sequence[PickRow]:
            if not typed.strip():
                return rows
            found = [one.id for one in actors.matching(list(by_id.values()), typed)]
            picked = {one.id: one for one in rows}
            return [picked[one] for one in found if one in picked]

        self._pick(
            title,
            "A name; Enter takes the first",
            [*proposed, *shown],
            lambda one: self._create_actor(one.removeprefix(_NEW), then) if one.startswith(_NEW) else then(one),
            lambda typed: self._create_actor(typed, then),
            lambda typed: f"New actor: {typed}",
            match,
        )

    def _pick(
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
            self.view.window(),
            self.view.theme,
            title=title,
            placeholder=placeholder,
            rows=rows,
            match=match,
            create_text=create_text,
        )
        picker.chosen.connect(then)
        picker.create_asked.connect(create)
        picker.pop_up()

    def _create_actor(self, name: str, then: Callable[[str], object]) -> None:
        changes = self.session.act(actors.create, name, type="person")
        if changes is not None and changes.changes:
            then(changes.changes[0].id)

    def resolve_speaker(self) -> None:
        """Link a pronoun or a description to the speaker of the quote before: one key."""
        found = self._quote()
        if found is None:
            return
        thing = found[0]
        before = [one for one in self.place.things if isinstance(one, Quote) and one.speaker and one.id != thing.id]
        before = [one for one in before if span_of(one).start <= span_of(thing).start]
        if before:
            self._act(quoting.set_speaker, thing.id, before[-1].speaker)
        else:
            told = with_keys(self.view, "No quote before this one has a speaker. Press {quote.speaker} to choose one.")
            self.session.said.emit(told, "info")

    # Stances

    def ask_stance(self) -> None:
        """A new stance from the selected quote: target, then position; a suggested quote is accepted first."""
        found = self._quote()
        if found is None:
            return
        thing = found[0]
        if isinstance(thing, Suggestion):
            self._act(annotation.accept, thing.id)
            thing = self.place.selected or thing
        if isinstance(thing, Quote):
            self._pick_target(lambda target: self._ask_position(thing.id, target), about=joined(thing.content))

    def _pick_target(self, then: Callable[[str], object], *, about: str = "") -> None:
        rows = targets.likely_targets(self.session.project, about)

        self._pick(
            "A stance on what?",
            "A target; Enter takes the first",
            [PickRow(one.id, one.label, one.statement, one.kind) for one in rows],
            then,
            lambda typed: self._create_target(typed, then),
            lambda typed: f"New target: {typed}",
        )

    def _create_target(self, label: str, then: Callable[[str], object]) -> None:
        changes = self.session.act(targets.add_target, label)
        if changes is not None and changes.changes:
            then(changes.changes[0].id)

    def _ask_position(self, quote_id: str, target: str) -> None:
        title = f"What is the position on “{targets.target_labels(self.session.project)[target]}”?"
        chooser = PositionChooser(self.view.window(), title)
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
        chooser = PositionChooser(self.view.window(), "What is the position?")
        chooser.chosen.connect(lambda position: self._on_stance_changed(stance_id, "position", position))
        chooser.pop_up()

    def _ask_target_of(self, stance_id: str) -> None:
        self._pick_target(lambda target: self._on_stance_changed(stance_id, "target", target))

    def _ask_holder_of(self, stance_id: str, field: str) -> None:
        title = "Who holds it?" if field == "holder" else "Who puts it into words?"
        self._pick_actor(title, "", lambda actor: self._on_stance_changed(stance_id, field, actor))


def _next(candidates: Sequence[Span], current: Span | None) -> Span | None:
    """The candidate after the current one, round the end; the first when the current is none of them."""
    if not candidates:
        return None
    at = candidates.index(current) + 1 if current in candidates else 0
    return candidates[at % len(candidates)]


def _after(values: Sequence[T], current: T) -> T:
    return values[(values.index(current) + 1) % len(values)]
