"""Between the project and the Label view: what is open, what is selected, and what the keys do."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from annotator import settings
from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Changes
from annotator.domain.quotation import form_of, quotations, snap
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import Span
from annotator.services import annotation, history, queries
from annotator.ui.label.cards import Thing, body_of, card_of, ledger_of, marks_of, span_of
from annotator.ui.label.resizing import Resizing, word_at
from annotator.ui.label.view import LabelView
from annotator.ui.session import Session


class LabelController(QObject):
    """Runs the Label view. `moved` comes when something else is open or selected."""

    moved = Signal()

    def __init__(self, session: Session, view: LabelView) -> None:
        super().__init__(view)
        self.session = session
        self.view = view
        self.shown: queries.ArticleView | None = None
        self.selected_id = ""
        self.resizing: Resizing | None = None
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_changed)
        session.suggested.connect(self._on_suggested)
        view.queue.article_picked.connect(self.open_article)
        view.queue.searched.connect(self._on_searched)
        view.outline.section_picked.connect(self._on_section_picked)
        view.outline.layers_changed.connect(view.reading.set_layers)
        view.reading.mark_picked.connect(self.select)
        view.reading.mark_resized.connect(self._on_mark_resized)
        view.reading.caret_moved.connect(lambda _: self.moved.emit())
        view.inspector.accepted.connect(self.accept)
        view.inspector.rejected.connect(self.reject)
        view.inspector.label_chosen.connect(self.put_label)
        view.inspector.thing_picked.connect(self.select_and_reveal)

    # What is there

    @property
    def article_id(self) -> str:
        """The open article's id; empty when none is open."""
        return self.shown.article.id if self.shown else ""

    @property
    def things(self) -> list[Thing]:
        """Records and open suggestions of the article, in the order of the text."""
        if self.shown is None:
            return []
        found: list[Thing] = [*self.shown.entities, *self.shown.quotes, *self.shown.suggestions]
        return sorted(found, key=lambda one: (span_of(one), one.id))

    @property
    def selected(self) -> Thing | None:
        """The selected thing."""
        return next((one for one in self.things if one.id == self.selected_id), None)

    # Opening

    def _on_opened(self) -> None:
        self.shown, self.selected_id = None, ""
        rows = queries.article_rows(self.session.project)
        self.view.queue.show_rows(rows)
        article_id, caret = settings.load().places.get(self.session.project.id, ("", 0))
        known = {one.id for one in rows}
        if article_id in known:
            self.open_article(article_id)
            self.view.reading.set_caret(min(caret, len(self._text())))
            self.view.reading.reveal(Span(caret, caret + 1))
        elif rows:
            self.open_article(rows[0].id)
        else:
            self._show_nothing()

    def _on_closed(self) -> None:
        self.shown = None
        self.view.queue.show_rows([])
        self._show_nothing()

    def _show_nothing(self) -> None:
        self.shown, self.selected_id = None, ""
        self.view.reading.show_article("", heading="", meta="", sections=())
        self.view.reading.show_marks([])
        self.view.outline.show_sections("", ())
        self.view.inspector.show_card(None, ())
        self.view.inspector.show_ledger(())
        self.moved.emit()

    def open_article(self, article_id: str) -> None:
        """Show an article from its beginning."""
        self.resizing = None
        try:
            self.shown = queries.article_view(self.session.project, article_id)
        except AnnotatorError as error:
            self.session.say_error(error)
            return
        article = self.shown.article
        self.selected_id = ""
        self.view.queue.show_current(article_id)
        self.view.outline.show_sections(article.text, article.sections)
        self.view.reading.show_article(
            article.text, heading=article.title, meta=self._meta(), sections=article.sections
        )
        self._show_marks()
        self._show_selected()

    def _meta(self) -> str:
        assert self.shown is not None
        article = self.shown.article
        words = len(article.text.split())
        facts = [
            article.name,
            article.language or "",
            article.outlet or "",
            article.published or "",
            f"{words:,} words",
        ]
        return " · ".join(fact for fact in facts if fact)

    def _text(self) -> str:
        return self.shown.article.text if self.shown else ""

    def remember_place(self) -> None:
        """Note where the user is, for the next start."""
        if self.shown is None or not self.session.is_open:
            return
        places = dict(settings.load().places)
        places[self.session.project.id] = (self.article_id, self.view.reading.caret())
        with suppress(AnnotatorError):
            settings.change(places=places)

    # Showing

    def _show_marks(self) -> None:
        assert self.shown is not None
        book = queries.codebook(self.session.project)
        things = self.things
        self.view.reading.show_marks(marks_of(things, book, self.shown.actors))
        self.view.inspector.show_ledger(ledger_of(things, self.shown.actors))

    def _show_selected(self) -> None:
        thing = self.selected
        self.view.reading.set_selected(self.selected_id or None)
        self.view.inspector.show_picked(self.selected_id)
        if thing is None or self.shown is None:
            self.view.inspector.show_card(None, ())
        else:
            book = queries.codebook(self.session.project)
            rows = history.of_record(self.session.project, thing.id)
            self.view.inspector.show_card(card_of(thing, book, self.shown.actors, rows), book.labels)
        self.moved.emit()

    def _refresh(self) -> None:
        """Read the open article's records anew and show them."""
        if self.shown is None:
            return
        self.shown = queries.article_view(self.session.project, self.article_id)
        if self.selected is None:
            self.selected_id = ""
        self._show_marks()
        self._show_selected()

    def _on_changed(self, changes: Changes) -> None:
        known = {one.id for one in self.view.queue.model.rows}
        is_about_queue = not changes.articles <= known or any(
            one.kind == "article_status" and (one.before is None or one.after is None) for one in changes.changes
        )
        if is_about_queue or len(changes.articles) > 50:
            self._refresh_queue()
        else:
            self._refresh_rows(sorted(changes.articles))
        if self.article_id in changes.articles:
            self._refresh()

    def _refresh_rows(self, article_ids: Sequence[str]) -> None:
        for article_id in article_ids:
            row = queries.article_row(self.session.project, article_id)
            if row is not None:
                self.view.queue.show_row(row)

    def _refresh_queue(self) -> None:
        rows = queries.article_rows(self.session.project)
        self.view.queue.show_rows(rows)
        if self.article_id not in {one.id for one in rows}:
            if rows:
                self.open_article(rows[0].id)
            else:
                self._show_nothing()

    def _on_suggested(self) -> None:
        self.view.queue.show_rows(queries.article_rows(self.session.project))
        if self.shown is not None and self.resizing is None and self._has_new_suggestions():
            self._refresh()

    def _has_new_suggestions(self) -> bool:
        assert self.shown is not None
        fresh = queries.open_suggestions(self.session.project, self.article_id)
        return tuple(fresh) != self.shown.suggestions

    def _on_searched(self, words: str) -> None:
        if self.session.is_open:
            found = frozenset(queries.search(self.session.project, words)) if words else None
            self.view.queue.show_matches(found)

    def _on_section_picked(self, start: int) -> None:
        self.view.reading.set_caret(start)
        self.view.reading.reveal(Span(start, start + 1))
        self.view.reading.setFocus()

    # Moving

    def select(self, thing_id: str) -> None:
        """Select a thing; an empty id selects nothing."""
        self.cancel_resize()
        self.selected_id = thing_id
        self._show_selected()

    def select_and_reveal(self, thing_id: str) -> None:
        """Select a thing, put the caret at it and scroll to it."""
        self.select(thing_id)
        thing = self.selected
        if thing is not None:
            span = span_of(thing)
            self.view.reading.clear_selection()
            self.view.reading.set_caret(span.start)
            self.view.reading.reveal(span)
            self.view.reading.setFocus()

    def _position(self) -> tuple[int, int, str]:
        thing = self.selected
        if thing is not None:
            span = span_of(thing)
            return (span.start, span.end, thing.id)
        return (self.view.reading.caret(), -1, "")

    def _suggestions(self) -> list[tuple[int, int, str]]:
        if self.shown is None:
            return []
        spans = [(one.draft.span, one.id) for one in self.shown.suggestions]
        return sorted((span.start, span.end, thing_id) for span, thing_id in spans)

    def next_suggestion(self) -> None:
        """Select the next open suggestion; after the last one comes the first."""
        self._step(forward=True)

    def previous_suggestion(self) -> None:
        """Select the open suggestion before; before the first one comes the last."""
        self._step(forward=False)

    def _step(self, *, forward: bool) -> None:
        places = self._suggestions()
        if not places:
            self.select("")
            self.session.said.emit(self._nothing_left(), "good")
            return
        here = self._position()
        if forward:
            target = next((one for one in places if one > here), places[0])
        else:
            target = next((one for one in reversed(places) if one < here), places[-1])
        self.select_and_reveal(target[2])

    def _nothing_left(self) -> str:
        row = queries.article_row(self.session.project, self.article_id) if self.shown else None
        if row is not None and not row.is_suggested:
            return "The models have not read this article yet."
        return "No suggestion is left in this article. Ctrl+Return marks it done and opens the next one."

    def step_article(self, offset: int) -> None:
        """Open the article so many places further down the list."""
        ids = self.view.queue.shown_ids()
        if not ids:
            return
        at = ids.index(self.article_id) + offset if self.article_id in ids else 0
        if 0 <= at < len(ids):
            self.open_article(ids[at])
            self.view.reading.setFocus()
        else:
            self.session.said.emit(
                "This is the last article of the list." if offset > 0 else "This is the first one.", "info"
            )

    # Deciding

    def accept(self) -> None:
        """Accept the selected suggestion and go on to the next; a resize under way is taken over first."""
        if self.resizing is not None:
            self.finish_resize()
            return
        thing = self.selected
        if thing is None:
            self.next_suggestion()
        elif isinstance(thing, Entity | Quote):
            self.session.said.emit("This is confirmed already. N goes on to the next suggestion.", "info")
        else:
            self._decide(annotation.accept, [thing.id])

    def reject(self) -> None:
        """Reject the selected suggestion and go on to the next, or withdraw the selected record."""
        thing = self.selected
        if thing is None:
            self.session.said.emit("Select something first: N, or a click.", "info")
        elif isinstance(thing, Entity | Quote):
            if self.session.act(annotation.withdraw, thing.id):
                self.select("")
        else:
            self._decide(annotation.reject, [thing.id])

    def _decide(self, service: object, ids: Sequence[str]) -> None:
        here = self._position()
        if self.session.act(service, ids) is None:  # type: ignore[arg-type]
            return
        following = next((one for one in self._suggestions() if one > here), None)
        if following is not None:
            self.select_and_reveal(following[2])
        else:
            self._step(forward=True)

    def accept_paragraph(self) -> None:
        """Accept every open suggestion that begins in the paragraph of the selection or the caret, as one act."""
        start, _, _ = self._position()
        paragraph = self.view.reading.paragraph_at(start)
        ids = [one for at, _, one in self._suggestions() if paragraph.start <= at < paragraph.end]
        if ids:
            self._decide(annotation.accept, ids)
        else:
            self.session.said.emit("No suggestion is open in this paragraph.", "info")

    def put_label(self, name: str) -> None:
        """Mark the selected words as an entity; without any, relabel the selected entity or mark the caret's word."""
        if self.shown is None:
            return
        span = self.view.reading.selection()
        thing = self.selected
        if span is None and thing is not None and hasattr(body_of(thing), "label"):
            self._relabel(thing, name)
            return
        span = span or word_at(self._text(), self.view.reading.caret())
        if span is None:
            self.session.said.emit("Put the caret into a word, or select words, to mark them.", "info")
            return
        changes = self.session.act(annotation.add_entity, self.article_id, span, name)
        self._select_made(changes)

    def add_quote(self) -> None:
        """Mark the selected words as a quote; without a selection, the quotation at the caret."""
        if self.shown is None:
            return
        text = self._text()
        span = self.view.reading.selection()
        place = self.view.reading.caret()
        if span is None:
            span = next((one for one in quotations(text) if one.start <= place <= one.end), None)
        if span is None:
            self.session.said.emit("Select the words of the quote, or put the caret between quotation marks.", "info")
            return
        span = snap(text, span)
        form = form_of(text, [span])
        self._select_made(self.session.act(annotation.add_quote, self.article_id, [span], form=form))

    def _relabel(self, thing: Thing, name: str) -> None:
        if isinstance(thing, Entity | Quote):
            self.session.act(annotation.relabel, thing.id, name)
            return
        here = self._position()
        if self.session.act(annotation.relabel, thing.id, name) is not None:
            following = next((one for one in self._suggestions() if one > here), None)
            self.select_and_reveal(following[2]) if following else self._step(forward=True)

    def _select_made(self, changes: Changes | None) -> None:
        made = [one for one in (changes.changes if changes else ()) if one.before is None and one.kind != "rejection"]
        if made:
            self.view.reading.clear_selection()
            self.select(made[0].id)

    def mark_done(self) -> None:
        """Mark the article done and open the next one that is to do."""
        if self.shown is None:
            return
        ids = self.view.queue.shown_ids()
        at = ids.index(self.article_id) if self.article_id in ids else -1
        left = {one.id for one in self.view.queue.model.rows if one.state != "done"} - {self.article_id}
        following = next((one for one in ids[at + 1 :] + ids[: max(at, 0)] if one in left), None)
        if self.session.act(annotation.set_status, self.article_id, state="done") is None:
            return
        if following is None:
            self.session.said.emit("All articles of the list are done.", "good")
        else:
            self.open_article(following)

    def mark_to_do(self) -> None:
        """Take "done" back."""
        if self.shown is not None:
            self.session.act(annotation.set_status, self.article_id, state="in_progress")

    def toggle_flag(self) -> None:
        """Flag the article, or take the flag off."""
        row = queries.article_row(self.session.project, self.article_id) if self.shown else None
        if row is not None:
            self.session.act(annotation.set_status, self.article_id, is_flagged=not row.is_flagged)

    # Bounds

    def start_resize(self) -> None:
        """Begin to move the bounds of the selected thing with the arrow keys."""
        thing = self.selected
        if thing is None:
            self.session.said.emit("Select something first, then X changes its bounds.", "info")
            return
        self.resizing = Resizing.of(thing, self._text(), self.view.reading.caret())
        self.session.said.emit(
            "Shift+arrows move the end, arrows the beginning, Ctrl a word at a time. Enter keeps, Esc leaves.",
            "info",
        )
        self.moved.emit()

    def move_edge(self, *, edge: str, forward: bool, by_word: bool) -> None:
        """Move an edge of the thing whose bounds are being changed; the view shows it at once."""
        if self.resizing is None:
            return
        self.resizing = self.resizing.moved(self._text(), edge=edge, forward=forward, by_word=by_word)
        self.view.reading.select(self.resizing.span)

    def finish_resize(self) -> None:
        """Keep the new bounds, as one act."""
        resizing, self.resizing = self.resizing, None
        if resizing is None:
            return
        self.view.reading.clear_selection()
        self.view.reading.set_caret(resizing.span.start)
        if resizing.is_changed:
            self._select_made_or_keep(
                self.session.act(annotation.resize, resizing.thing_id, resizing.span, fragment=resizing.fragment)
            )
        self.moved.emit()

    def cancel_resize(self) -> None:
        """Leave the bounds as they were."""
        if self.resizing is not None:
            self.resizing = None
            self.view.reading.clear_selection()
            self.moved.emit()

    def _on_mark_resized(self, thing_id: str, start: int, end: int) -> None:
        thing = next((one for one in self.things if one.id == thing_id), None)
        if thing is None or not 0 <= start < end <= len(self._text()):
            return
        fragment = Resizing.of(thing, self._text(), start).nearest(Span(start, end), thing)
        self._select_made_or_keep(self.session.act(annotation.resize, thing_id, Span(start, end), fragment=fragment))

    def _select_made_or_keep(self, changes: Changes | None) -> None:
        if changes is not None and any(one.before is None for one in changes.changes):
            self._select_made(changes)

    def escape(self) -> None:
        """Leave a resize; else clear the selection."""
        if self.resizing is not None:
            self.cancel_resize()
        elif self.view.reading.selection() is not None:
            self.view.reading.clear_selection()
        else:
            self.select("")
