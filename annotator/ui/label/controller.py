"""Between the project and the Label view: what is open, what is selected, and what the keys do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from annotator import settings
from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Changes
from annotator.domain.records import SHARED_KINDS, Stance
from annotator.domain.spans import Span
from annotator.services import queries, unsureness
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import Thing, span_of
from annotator.ui.label.order import Place, place_of
from annotator.ui.label.presenting import Presenter
from annotator.ui.label.resizing import Resizing
from annotator.ui.label.returning import thing_of
from annotator.ui.label.shown import ShownArticle
from annotator.ui.label.stance_cards import focused
from annotator.ui.label.view import LabelView
from annotator.ui.session import Session

_PATIENCE_MS = 150
# The verbs of `services.history`.
_TAKING_BACK = frozenset({"undo", "redo"})
# Where more rows change, the whole queue is read: with ten thousand articles that takes a tenth of a second.
_MANY_ROWS = 50


class LabelController(QObject):
    """Runs the Label view. `moved` comes when something else is open or selected."""

    moved = Signal()

    def __init__(self, session: Session, view: LabelView) -> None:
        super().__init__(view)
        self.session = session
        self.view = view
        self._presenter = Presenter(session, view)
        self.shown: ShownArticle | None = None
        self.selected_id = ""
        self.resizing: Resizing | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._take_suggestions)
        self._is_moving_on = False
        self._suggested_at = ""
        session.opened.connect(self._on_opened)
        session.closing.connect(self.remember_place)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_changed)
        session.suggested.connect(self._on_suggested)
        session.shown.connect(self._refresh)
        session.counted.connect(self._refresh_queue)
        view.queue.article_picked.connect(self.open_article)
        view.queue.searched.connect(self._on_searched)
        view.queue.unsureness_asked.connect(self._on_unsureness_asked)
        view.queue.text_asked.connect(view.reading.setFocus)
        view.outline.section_picked.connect(self._on_section_picked)
        view.outline.layers_changed.connect(view.reading.set_layers)
        view.reading.mark_picked.connect(self.select)
        view.reading.caret_moved.connect(lambda _: self.moved.emit())
        view.inspector.thing_picked.connect(self.select_and_reveal)

    # What is there

    @property
    def article_id(self) -> str:
        """The open article's id; empty when none is open."""
        return self.shown.article.id if self.shown else ""

    @property
    def things(self) -> list[Thing]:
        """Records and open suggestions of the article, in the order of the text."""
        return self.shown.things if self.shown else []

    @property
    def selected(self) -> Thing | None:
        """The selected thing."""
        return self.shown.get(self.selected_id) if self.shown else None

    @property
    def stances(self) -> list[Stance]:
        """The stances that the inspector shows: of the selected quote, or the loose ones."""
        return self.shown.stances_at(self.selected_id) if self.shown else []

    @property
    def stance(self) -> Stance | None:
        """The stance that the keys change."""
        return focused(self.stances, self._presenter.stance_id)

    def focus_stance(self, stance_id: str) -> None:
        """Let the keys change this stance, and show it."""
        self._presenter.stance_id = stance_id
        self._presenter.show_thing(self.shown, self.selected)
        self.view.inspector.show_stance()

    # Opening

    def _on_opened(self) -> None:
        self.shown, self.selected_id = None, ""
        self._suggested_at = self.session.project.now()
        rows = queries.article_rows(self.session.project)
        self.view.queue.show_rows(rows)
        article_id, caret = settings.load().places.get(self.session.project.id, ("", 0))
        known = {one.id for one in rows}
        if article_id in known:
            self.open_article(article_id)
            self.view.reading.set_caret(min(caret, len(self.text())))
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
        self.view.show_text(is_there=False)
        self.view.reading.show_article("", heading="", meta="", sections=())
        self.view.reading.show_marks([])
        self.view.outline.show_sections("", ())
        self._presenter.show_thing(None, None)
        self.view.inspector.show_ledger((), drafts=0)
        self.moved.emit()

    def open_article(self, article_id: str) -> None:
        """Show an article from its beginning."""
        self.resizing = None
        try:
            self.shown = self._read(article_id)
        except AnnotatorError as error:
            self.session.say_error(error)
            return
        article = self.shown.article
        self.session.awaited = article_id
        self.selected_id = ""
        self.view.queue.show_current(article_id)
        self.view.show_text(is_there=True)
        self.view.outline.show_sections(article.text, article.sections)
        self.view.reading.show_article(
            article.text, heading=article.title, meta=self._meta(), sections=article.sections
        )
        self._presenter.show_all(self.shown)
        self._show_selected()

    def _read(self, article_id: str) -> ShownArticle:
        project = self.session.project
        return ShownArticle(queries.article_view(project, article_id), project.author.id)

    def _meta(self) -> str:
        assert self.shown is not None
        article = self.shown.article
        words = len(article.text.split())
        facts = [
            article.name,
            article.language or "",
            article.outlet or "",
            article.author or "",
            article.published or "",
            f"{words:,} words",
        ]
        return " · ".join(fact for fact in facts if fact)

    def text(self) -> str:
        """The open article's text; empty when none is open."""
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

    def _show_selected(self) -> None:
        self._presenter.show_thing(self.shown, self.selected)
        self.moved.emit()

    def _refresh(self) -> None:
        """Read the open article's records anew and show them."""
        if self.shown is None:
            return
        self.shown = self._read(self.article_id)
        if self.selected is None:
            self.selected_id = ""
        self._presenter.show_all(self.shown)
        self._show_selected()

    def _follow(self, changes: Changes) -> None:
        """Show what an act changed in the open article, and no more."""
        assert self.shown is not None
        self._presenter.show_difference(self.shown, self.shown.apply(changes))
        if self.selected is None:
            self.selected_id = ""
        if not self._is_moving_on:
            self._show_selected()

    def _on_changed(self, changes: Changes) -> None:
        is_about_queue = not self._are_listed(changes.articles) or any(
            one.kind == "article_status" and (one.before is None or one.after is None) for one in changes.changes
        )
        if is_about_queue or len(changes.articles) > _MANY_ROWS:
            self._refresh_queue()
        else:
            self._refresh_rows(sorted(changes.articles))
        if any(one.kind in SHARED_KINDS for one in changes.changes):
            self._refresh()
        elif self.article_id in changes.articles:
            self._follow(changes)
        if changes.verb in _TAKING_BACK:
            self._return_to(changes)

    def _return_to(self, changes: Changes) -> None:
        """Go to what an undo or a redo has changed: it may be in another article, or out of sight."""
        known = {one.id for one in self.view.queue.model.rows}
        if len(changes.articles) == 1 and changes.articles <= known and self.article_id not in changes.articles:
            self.open_article(next(iter(changes.articles)))
        thing_id = thing_of(changes, self.things)
        if thing_id:
            self.select_and_reveal(thing_id)

    def _are_listed(self, article_ids: Collection[str]) -> bool:
        return all(self.view.queue.model.index_of(one).isValid() for one in article_ids)

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
        # What is stored meanwhile is asked for again the next time.
        since, self._suggested_at = self._suggested_at, self.session.project.now()
        fresh = queries.suggested_since(self.session.project, since)
        if len(fresh) <= _MANY_ROWS and self._are_listed(fresh):
            self._refresh_rows(fresh)
        else:
            self.view.queue.show_rows(queries.article_rows(self.session.project))
        self._take_suggestions()

    def _take_suggestions(self) -> None:
        """Show suggestions that have come in, but not while the user has something in hand."""
        if self.shown is None or not self._has_new_suggestions():
            return
        if self.resizing is not None or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._patience.start()
        else:
            self._refresh()

    def _has_new_suggestions(self) -> bool:
        assert self.shown is not None
        fresh = queries.open_suggestions(self.session.project, self.article_id)
        return fresh != self.shown.open

    def _on_searched(self, words: str) -> None:
        if self.session.is_open:
            found = frozenset(queries.search(self.session.project, words)) if words else None
            self.view.queue.show_matches(found)

    def _on_unsureness_asked(self) -> None:
        if self.session.is_open:
            self.view.queue.show_unsureness(unsureness.of_queue(self.session.project))

    def _on_section_picked(self, start: int) -> None:
        self.view.reading.set_caret(start)
        self.view.reading.reveal(Span(start, start + 1))
        self.view.reading.setFocus()

    # Moving

    @contextmanager
    def moving_on(self) -> Iterator[None]:
        """For an act after which the caller selects the next thing: what is selected in between is not shown."""
        self._is_moving_on = True
        try:
            yield
        finally:
            self._is_moving_on = False

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

    def position(self) -> Place:
        """Where one is: at the selected thing, else at the caret."""
        thing = self.selected
        if thing is not None:
            return place_of(thing)
        return Place(self.view.reading.caret(), -1, False, "")

    def open_places(self) -> Sequence[Place]:
        """The places of the open suggestions, in the order of the text."""
        return self.shown.places() if self.shown else ()

    def next_suggestion(self) -> None:
        """Select the next open suggestion; after the last one comes the first."""
        self.step(forward=True)

    def previous_suggestion(self) -> None:
        """Select the open suggestion before; before the first one comes the last."""
        self.step(forward=False)

    def step(self, *, forward: bool) -> None:
        """Select the open suggestion that follows or comes before, round the end."""
        places = self.open_places()
        if not places:
            self.select("")
            self.session.said.emit(self._nothing_left(), "good")
            return
        here = self.position()
        if forward:
            target = next((one for one in places if one > here), places[0])
        else:
            target = next((one for one in reversed(places) if one < here), places[-1])
        self.select_and_reveal(target.id)

    def _nothing_left(self) -> str:
        row = queries.article_row(self.session.project, self.article_id) if self.shown else None
        if row is not None and not row.is_suggested:
            return "The models have not read this article yet."
        told = "No suggestion is left in this article. {article.done} marks it done and opens the next one."
        return with_keys(self.view, told)

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

    def cancel_resize(self) -> None:
        """Leave the bounds as they were."""
        if self.resizing is not None:
            self.resizing = None
            self.view.reading.clear_selection()
            self.moved.emit()
