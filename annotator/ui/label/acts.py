"""What the keys of the Label view do to the article: decide, mark, relabel, change bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from annotator.domain.drafts import EntityDraft
from annotator.domain.journal import Changes
from annotator.domain.quotation import form_of, quotations, snap
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import Span
from annotator.services import annotation, queries
from annotator.services.projects import Project
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import Thing, body_of
from annotator.ui.label.controller import LabelController
from annotator.ui.label.resizing import Resizing, word_at
from annotator.ui.label.suggested_stances import is_stance, kind_of


class LabelActs(QObject):
    """The acts of an annotator on the open article; `place` knows what is open and selected."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        self.place = place
        self.session = place.session
        self.view = place.view
        self.view.reading.mark_resized.connect(self._on_mark_resized)
        self.view.inspector.accepted.connect(self.accept)
        self.view.inspector.rejected.connect(self.reject)
        self.view.inspector.label_chosen.connect(self.put_label)
        self.view.inspector.suggested.accepted.connect(lambda one: self._decide(annotation.accept, [one]))
        self.view.inspector.suggested.rejected.connect(lambda one: self._decide(annotation.reject, [one]))

    def accept(self) -> None:
        """Accept the selected suggestion and go on to the next; a resize under way is taken over first."""
        if self.place.resizing is not None:
            self.finish_resize()
            return
        thing = self.place.selected
        if thing is None:
            self.place.next_suggestion()
        elif isinstance(thing, Entity | Quote):
            self.session.said.emit("This is confirmed already. N goes on to the next suggestion.", "info")
        else:
            self._decide(annotation.accept, [thing.id])

    def reject(self) -> None:
        """Reject the selected suggestion and go on to the next, or withdraw the selected record."""
        thing = self.place.selected
        if thing is None:
            self.session.said.emit("Select something first: N, or a click.", "info")
        elif isinstance(thing, Entity | Quote):
            if self.session.act(annotation.withdraw, thing.id):
                self.place.select("")
        else:
            self._decide(annotation.reject, [thing.id])

    def _decide(self, service: Callable[[Project, Sequence[str]], Changes], ids: Sequence[str]) -> None:
        here = self.place.position()
        with self.place.moving_on():
            changes = self.session.act(service, ids)
        if changes is None:
            return
        following = next((one for one in self.place.open_places() if one > here), None)
        if following is not None:
            self.place.select_and_reveal(following.id)
        else:
            self.place.step(forward=True)

    def accept_paragraph(self) -> None:
        """Accept every open suggestion that begins in the paragraph of the selection or the caret, as one act."""
        start = self.place.position().start
        paragraph = self.view.reading.paragraph_at(start)
        ids = [one.id for one in self.place.open_places() if paragraph.start <= one.start < paragraph.end]
        if ids:
            self._decide(annotation.accept, ids)
        else:
            self.session.said.emit("No suggestion is open in this paragraph.", "info")

    def put_label(self, name: str) -> None:
        """Mark the selected words as an entity; without any, relabel the selected entity.

        With nothing selected, relabel the smallest entity at the caret, else mark the caret's word.
        """
        if self.place.shown is None:
            return
        span = self.view.reading.selection()
        thing = self.place.selected
        if span is None and thing is not None and not isinstance(body_of(thing), Entity | EntityDraft):
            # The caret stands where the quote begins: its word is hardly what is meant.
            told = (
                f"Labels are for entities, and a {kind_of(body_of(thing))} is selected."
                " Select its words, or press {mark.escape} first."
            )
            self.session.said.emit(with_keys(self.view, told), "info")
            return
        thing = thing or self._entity_at_caret()
        if span is None and thing is not None:
            self._relabel(thing, name)
            return
        span = span or word_at(self.place.text(), self.view.reading.caret())
        if span is None:
            self.session.said.emit("Put the caret into a word, or select words, to mark them.", "info")
            return
        changes = self.session.act(annotation.add_entity, self.place.article_id, span, name)
        self._select_made(changes)

    def _entity_at_caret(self) -> Thing | None:
        """The smallest entity, suggested ones too, that holds the character at the caret."""
        here = self.view.reading.caret()
        bodies = [(one, body_of(one)) for one in self.place.things]
        entities = [(one, body) for one, body in bodies if isinstance(body, Entity | EntityDraft)]
        around = [(body.end - body.start, one) for one, body in entities if body.start <= here < body.end]
        return min(around, key=lambda pair: pair[0])[1] if around else None

    def add_quote(self) -> None:
        """Mark the selected words as a quote; without a selection, the quotation at the caret."""
        if self.place.shown is None:
            return
        text = self.place.text()
        span = self.view.reading.selection()
        place = self.view.reading.caret()
        if span is None:
            span = next((one for one in quotations(text) if one.start <= place <= one.end), None)
        if span is None:
            self.session.said.emit("Select the words of the quote, or put the caret between quotation marks.", "info")
            return
        span = snap(text, span)
        form = form_of(text, [span])
        self._select_made(self.session.act(annotation.add_quote, self.place.article_id, [span], form=form))

    def _relabel(self, thing: Thing, name: str) -> None:
        if isinstance(thing, Entity | Quote):
            self.session.act(annotation.relabel, thing.id, name)
            return
        here = self.place.position()
        if self.session.act(annotation.relabel, thing.id, name) is not None:
            following = next((one for one in self.place.open_places() if one > here), None)
            self.place.select_and_reveal(following.id) if following else self.place.step(forward=True)

    def _select_made(self, changes: Changes | None) -> None:
        made = [
            one
            for one in (changes.changes if changes else ())
            if one.before is None and one.kind in ("entity", "quote")
        ]
        if made:
            self.view.reading.clear_selection()
            self.place.select(made[0].id)

    def mark_done(self) -> None:
        """Mark the article done and open the next one that is to do."""
        if self.place.shown is None:
            return
        ids = self.view.queue.shown_ids()
        at = ids.index(self.place.article_id) if self.place.article_id in ids else -1
        left = {one.id for one in self.view.queue.model.rows if one.state != "done"} - {self.place.article_id}
        following = next((one for one in ids[at + 1 :] + ids[: max(at, 0)] if one in left), None)
        row = queries.article_row(self.session.project, self.place.article_id)
        if self.session.act(annotation.set_status, self.place.article_id, state="done") is None:
            return
        if row is not None and row.open_count:
            left_open = f"{row.open_count:,} suggestion{'' if row.open_count == 1 else 's'} left open"
            told = f"The article is marked done with {left_open}. {{edit.undo}} takes that back."
            self.session.said.emit(with_keys(self.view, told), "info")
        if following is None and row is not None and not row.open_count:
            self.session.said.emit("All articles of the list are done.", "good")
        elif following is not None:
            self.place.open_article(following)

    def mark_to_do(self) -> None:
        """Take "done" back."""
        if self.place.shown is not None:
            self.session.act(annotation.set_status, self.place.article_id, state="in_progress")

    def toggle_flag(self) -> None:
        """Flag the article, or take the flag off."""
        row = queries.article_row(self.session.project, self.place.article_id) if self.place.shown else None
        if row is not None:
            self.session.act(annotation.set_status, self.place.article_id, is_flagged=not row.is_flagged)

    # Bounds

    def start_resize(self) -> None:
        """Begin to move the bounds of the selected thing with the arrow keys."""
        thing = self.place.selected
        if thing is None or is_stance(thing):
            self.session.said.emit("Select an entity or a quote first, then X changes its bounds.", "info")
            return
        self.place.resizing = Resizing.of(thing, self.place.text(), self.view.reading.caret())
        self.session.said.emit(
            "Shift+arrows move the end, arrows the beginning, Ctrl a word at a time. Enter keeps, Esc leaves.",
            "info",
        )
        self.place.moved.emit()

    def move_edge(self, *, edge: str, forward: bool, by_word: bool) -> None:
        """Move an edge of the thing whose bounds are being changed; the view shows it at once."""
        if self.place.resizing is None:
            return
        self.place.resizing = self.place.resizing.moved(self.place.text(), edge=edge, forward=forward, by_word=by_word)
        self.view.reading.select(self.place.resizing.span)

    def finish_resize(self) -> None:
        """Keep the new bounds, as one act."""
        resizing, self.place.resizing = self.place.resizing, None
        if resizing is None:
            return
        self.view.reading.clear_selection()
        self.view.reading.set_caret(resizing.span.start)
        if resizing.is_changed:
            self._select_made_or_keep(
                self.session.act(annotation.resize, resizing.thing_id, resizing.span, fragment=resizing.fragment)
            )
        self.place.moved.emit()

    def _on_mark_resized(self, thing_id: str, start: int, end: int) -> None:
        thing = next((one for one in self.place.things if one.id == thing_id), None)
        if thing is None or is_stance(thing) or not 0 <= start < end <= len(self.place.text()):
            return
        fragment = Resizing.of(thing, self.place.text(), start).nearest(Span(start, end), thing)
        self._select_made_or_keep(self.session.act(annotation.resize, thing_id, Span(start, end), fragment=fragment))

    def _select_made_or_keep(self, changes: Changes | None) -> None:
        if changes is not None and any(one.before is None for one in changes.changes):
            self._select_made(changes)

    def escape(self) -> None:
        """Leave a resize; else clear the selection."""
        if self.place.resizing is not None:
            self.place.cancel_resize()
        elif self.view.reading.selection() is not None:
            self.view.reading.clear_selection()
        else:
            self.place.select("")
