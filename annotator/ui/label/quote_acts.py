"""What the keys do to the selected quote: cue, source, speaker, form, fragments, stance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject

from annotator.domain.candidates import cue_candidates, source_candidates
from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.domain.journal import Changes
from annotator.domain.records import ActorType, Entity, Quote
from annotator.domain.spans import Span
from annotator.services import quoting, speakers
from annotator.services.projects import Project
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import Thing, body_of, joined, marked_of, span_of
from annotator.ui.label.controller import LabelController
from annotator.ui.label.picking import Picking
from annotator.ui.label.suggested_stances import is_stance

P = ParamSpec("P")
T = TypeVar("T")

_SELECT_FIRST = "Select a quote first: N, or a click."
_TYPE_OF_LABEL: dict[str, ActorType] = {"ORG": "organization", "GPE": "state_body", "NORP": "group"}
_TYPE_OF_SOURCE: dict[str, ActorType] = {"anonymous": "anonymous", "collective": "group", "artifact": "document"}
_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})


class QuoteActs(QObject):
    """The acts of an annotator on the selected quote; on a suggested one they make it the annotator's, corrected."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self.place = place
        self.session = place.session
        self.view = place.view
        self._picking = Picking(place)

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
            self.session.said.emit(
                with_keys(self.view, "No likely cue is near. Select the words, then press {quote.cue}."), "info"
            )
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
            self.session.said.emit(
                with_keys(self.view, "No likely source is near. Select the words, then press {quote.source}."), "info"
            )
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

    def turn_reported(self) -> None:
        """Go over from reported speech to a reported act, or back."""
        found = self._quote()
        if found is not None:
            self._act(quoting.set_reported, found[0].id, _after(quoting.REPORTED, found[1].reported))

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
        if thing is None or is_stance(thing):
            self.session.said.emit("Select a quote or an entity first.", "info")
            return
        words = self._words_of(thing)
        self._picking.actor(
            "Who is it?",
            words,
            lambda one: self._act(quoting.set_speaker, thing.id, one),
            type=self._type_of(thing),
            guesses=speakers.guesses_of(thing),
            take=lambda guess: self._act(quoting.take_guess, thing.id, guess),
        )

    def take_guess(self) -> None:
        """Link the selected quote to the likeliest speaker, sure or not."""
        found = self._quote()
        guesses = speakers.guesses_of(found[0]) if found is not None else ()
        if found is not None and guesses:
            self._act(quoting.take_guess, found[0].id, guesses[0])
        elif found is not None:
            told = with_keys(self.view, "Nobody is guessed here. Press {quote.speaker} to choose the speaker.")
            self.session.said.emit(told, "info")

    def mark_unnamed(self) -> None:
        """Say that the article does not name the speaker."""
        found = self._quote()
        if found is not None:
            self._act(quoting.set_unnamed, found[0].id)

    def _type_of(self, thing: Thing) -> ActorType:
        """What somebody new who is linked to a thing most likely is."""
        body = marked_of(thing)
        if isinstance(body, Entity | EntityDraft):
            return _TYPE_OF_LABEL.get(body.label, "person")
        if body.source_kind != "named":
            return _TYPE_OF_SOURCE.get(body.source_kind, "person")
        bodies = [body_of(one) for one in self.place.things]
        entities = [one for one in bodies if isinstance(one, Entity | EntityDraft)]
        inside = [
            one.label for one in entities if any(piece.span.contains(Span(one.start, one.end)) for piece in body.source)
        ]
        if not inside or "PERSON" in inside:
            return "person"
        return _TYPE_OF_LABEL.get(inside[0], "person")

    def _words_of(self, thing: Thing) -> str:
        body = marked_of(thing)
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


def _next(candidates: Sequence[Span], current: Span | None) -> Span | None:
    """The candidate after the current one, round the end; the first when the current is none of them."""
    if not candidates:
        return None
    at = candidates.index(current) + 1 if current in candidates else 0
    return candidates[at % len(candidates)]


def _after(values: Sequence[T], current: T) -> T:
    return values[(values.index(current) + 1) % len(values)]
