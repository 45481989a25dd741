"""The main window: bars, menus, the start page and the Label view."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator import settings
from annotator.domain.sureness import TITLES
from annotator.services import bundling, history, projects, queries
from annotator.ui import theme as themes
from annotator.ui.action import Action
from annotator.ui.bars import MessageBar, StatusBar, TopBar
from annotator.ui.bindings import Keys
from annotator.ui.bound_actions import BoundActions
from annotator.ui.commands import Commands
from annotator.ui.hints import LABEL_HINTS, RESIZE_HINTS, REVIEW_HINTS_BY_LAYERS, hints_of
from annotator.ui.job_progress import JobProgress
from annotator.ui.keys import plain
from annotator.ui.label.acts import LabelActs
from annotator.ui.label.caret_speaker import CaretSpeaker
from annotator.ui.label.controller import LabelController
from annotator.ui.label.note_acts import NoteActs
from annotator.ui.label.quote_acts import QuoteActs
from annotator.ui.label.stance_acts import StanceActs
from annotator.ui.label.view import LabelView
from annotator.ui.palette import Entry
from annotator.ui.session import Session
from annotator.ui.start import StartPage

if TYPE_CHECKING:
    from annotator.ui.review.controller import ReviewController

_MIN_SIZE = (860, 560)
_FIRST_SIZE = (1440, 900)
# One notch of a mouse wheel, in eighths of a degree; touchpads send less at a time.
_NOTCH = 120
# Title bars take about this much.
_FRAME_PX = 40


class MainWindow(QMainWindow):
    """One window, one session. `first_painted` comes once, when the window has been seen."""

    first_painted = Signal()

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self._follows_system = True
        self._turned = 0
        self._is_painted = False
        self.setWindowTitle("Annotator")
        self.setMinimumSize(*_MIN_SIZE)
        self.setAcceptDrops(True)
        self.top = TopBar()
        self.start = StartPage()
        self.label_view = LabelView(theme)
        kept = settings.load()
        self.label_view.reading.set_text_size(kept.text_size_px)
        self.label_view.reading.set_line_width(kept.line_width_px)
        self.label_view.reading.set_typeface(themes.TYPEFACES[kept.typeface])
        self.status = StatusBar()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.label_view)
        self._lay_out()
        self.label = LabelController(session, self.label_view)
        self.speaker = CaretSpeaker(self.label)
        self.acts = LabelActs(self.label)
        self.quote_acts = QuoteActs(self.label)
        self.stance_acts = StanceActs(self.label)
        self.note_acts = NoteActs(self.label)
        self._review: ReviewController | None = None
        self.commands = Commands(self)
        self.bound = BoundActions(self, self._run)
        self._build_recent()
        self._bind(kept.shortcuts)
        self._connect()
        self.set_theme(theme)
        self._restore()
        self._show_project()

    def _lay_out(self) -> None:
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.status)
        self.message = MessageBar(middle)
        self.setCentralWidget(middle)

    def _build_recent(self) -> None:
        self._recent = QMenu("Open recent", self)
        self._recent.aboutToShow.connect(self._fill_recent)
        self.bound.menus["File"].insertMenu(self.bound.by_id["file.import"], self._recent)

    def _bind(self, chosen: Mapping[str, Keys]) -> None:
        self.bound.bind(chosen)
        self.top.show_theme_key(self.bound.first_key("view.theme"))

    def choose_keys(self, chosen: Mapping[str, Keys]) -> None:
        """Let commands have other keys than the registry's, now and at the next start.

        Raises:
            AnnotatorError: the choice cannot be saved; the keys stay as they were.
        """
        settings.change(shortcuts=dict(chosen))
        self._bind(chosen)
        self.label.select(self.label.selected_id)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in settings.load().recent:
            made = self._recent.addAction(plain(Path(path).stem))
            made.triggered.connect(lambda _=False, path=path: self.session.open_path(Path(path)))
        if self._recent.isEmpty():
            self._recent.addAction("No project yet").setEnabled(False)

    def _run(self, action: Action) -> None:
        if self.message.text:
            self.message.hide()
        action.run(self.commands)

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._show_project)
        session.closed.connect(self._show_project)
        session.changed.connect(lambda _: self._show_state())
        session.suggested.connect(self._show_state)
        session.shown.connect(self._show_state)
        session.said.connect(self.message.say)
        session.listed.connect(self.commands.offer_lines)
        session.model_state.connect(self._show_model)
        self._progress = JobProgress(self, session, self._show_state)
        self.label.moved.connect(self._show_state)
        self.top.find_asked.connect(self.commands.show_palette)
        self.top.theme_asked.connect(self.commands.toggle_theme)
        self.top.view_asked.connect(self.show_view)
        self.start.new_chosen.connect(self.commands.new_project)
        self.start.open_chosen.connect(self.commands.open_project)
        self.start.bundle_chosen.connect(self.commands.open_bundle)
        self.start.demo_chosen.connect(self._open_demo)
        self.start.recent_chosen.connect(lambda path: session.open_path(Path(path)))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    # What is shown

    @property
    def review(self) -> ReviewController:
        """What runs the Review view; it is made when it is first asked for."""
        if self._review is None:
            from annotator.ui.review.controller import ReviewController
            from annotator.ui.review.noting import ReviewNotes
            from annotator.ui.review.view import ReviewView

            view = ReviewView(self.theme)
            kept = settings.load()
            for side in view.sides.all:
                side.reading.set_text_size(kept.text_size_px)
                side.reading.set_typeface(themes.TYPEFACES[kept.typeface])
            self.pages.addWidget(view)
            view.fit(self.width())
            self._review = ReviewController(self.session, view)
            self._review.moved.connect(self._show_state)
            ReviewNotes(self._review)
            view.panel.asked.connect(lambda action: self.bound.by_id[action].trigger())
            view.cases.alike_asked.connect(self.commands.accept_alike)
        return self._review

    @property
    def is_reviewing(self) -> bool:
        """Whether the Review view is shown."""
        return self._review is not None and self.pages.currentWidget() is self._review.view

    def show_view(self, name: str) -> None:
        """Show the Label view or the Review view of the open project."""
        if not self.session.is_open:
            return
        if name == "review":
            self.pages.setCurrentWidget(self.review.view)
            self.review.enter()
        else:
            self.pages.setCurrentWidget(self.label_view)
            self.label_view.reading.setFocus()
        self.top.show_view(name)
        self._show_state()

    def _show_project(self) -> None:
        is_open = self.session.is_open
        self.pages.setCurrentWidget(self.label_view if is_open else self.start)
        self.top.show_view("label" if is_open else "")
        self.status.setVisible(is_open)
        if is_open:
            project = self.session.project
            self._show_facts()
            self.setWindowTitle(f"{project.name} – Annotator")
            self.label_view.reading.setFocus()
        else:
            self.start.show_recent(settings.load().recent)
            self.top.show_project("", "", saved="")
            self.setWindowTitle("Annotator")
        self._show_state()

    def show_who(self) -> None:
        """Show the user's name anew."""
        if self.session.is_open:
            self._show_facts()

    def _show_facts(self) -> None:
        project = self.session.project
        saved = "Read-only" if project.is_read_only else "All changes saved"
        self.top.show_project(project.name, project.author.name, saved=saved, is_writable=not project.is_read_only)

    def _show_state(self) -> None:
        is_open = self.session.is_open
        is_reviewing = is_open and self.is_reviewing
        has_article = is_open and not is_reviewing and self.label.shown is not None
        is_resizing = self.label.resizing is not None
        undo = history.undo_text(self.session.project) if is_open else ""
        redo = history.redo_text(self.session.project) if is_open else ""
        self.bound.enable(
            {
                "always": True,
                "project": is_open,
                "article": has_article,
                "thing": has_article and self.label.selected is not None,
                "resizing": is_resizing,
                "undo": bool(undo) and not is_resizing,
                "redo": bool(redo) and not is_resizing,
                "review": is_reviewing and self.review.review is not None,
                "case": is_reviewing and self.review.case is not None,
            }
        )
        self.bound.name_history(undo, redo)
        if is_open:
            self.bound.name_labels(queries.codebook(self.session.project))
        labelling = RESIZE_HINTS if is_resizing else LABEL_HINTS if has_article else ()
        table = REVIEW_HINTS_BY_LAYERS[self.review.number] if is_reviewing else labelling
        self.status.show_hints(hints_of(table, self.bound.by_id))
        self.status.show_place(self.review.place() if is_reviewing else self._place())

    def _place(self) -> str:
        shown = self.label.shown
        if shown is None:
            return ""
        places = [one.id for one in shown.open]
        sureness = self.session.project.sureness
        told = "" if sureness == "balanced" else f" · {TITLES[sureness].lower()}"
        if not places:
            return f"No suggestion open{told}"
        if self.label.selected_id in places:
            return f"Suggestion {places.index(self.label.selected_id) + 1} of {len(places)} open{told}"
        return f"{len(places)} suggestion{'' if len(places) == 1 else 's'} open{told}"

    def _show_model(self, state: str) -> None:
        self.status.show_model(f"{settings.load().pipeline} · {state}")

    # What else there is to go to

    def article_entries(self) -> list[Entry]:
        """All articles of the queue."""
        return [
            Entry(one.id, "Article", one.title, "", partial(self.label.open_article, one.id))
            for one in self.label_view.queue.model.rows
        ]

    def come_forward(self, path: str) -> None:
        """Come to the front, and open the project that a second start named."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        is_open_already = self.session.is_open and str(self.session.project.path.resolve()) == path
        if path and not is_open_already:
            self.label.remember_place()
            self.session.open_path(Path(path))

    # Theme

    def choose_theme(self, choice: str) -> None:
        """Use a theme by its name, or the system's, now and at the next start."""
        settings.change(theme=choice)
        self._follows_system = choice == "system"
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        name = themes.system_theme(app) if self._follows_system else choice
        self.set_theme(themes.load_theme("dark" if name == "dark" else "light"))

    def set_theme(self, theme: themes.Theme) -> None:
        """Draw everything in this theme."""
        self.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        themes.apply(app, theme)
        self.top.set_theme(theme)
        self.label_view.set_theme(theme)
        if self._review is not None:
            self._review.view.set_theme(theme)
        self.bound.set_theme(theme)

    def _on_scheme_changed(self) -> None:
        if settings.load().theme == "system":
            self.choose_theme("system")

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize() != event.size():
            self.label_view.fit(event.size().width(), event.size().height())
            if self._review is not None:
                self._review.view.fit(event.size().width())
            self.message.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        opened = next((one for one in paths if one.suffix == projects.SUFFIX), None)
        if opened is not None:
            self.session.open_path(opened)
        elif paths and all(bundling.is_bundle(one) for one in paths):
            self.commands.take_bundles(paths)
        elif paths:
            self.commands.take_articles(paths)

    def _open_demo(self) -> None:
        from annotator.ui.main import open_demo

        open_demo(self.session)

    def _restore(self) -> None:
        kept = QSettings().value("window/geometry")
        if kept is None or not self.restoreGeometry(kept):
            room = self.screen().availableSize()
            self.resize(min(_FIRST_SIZE[0], room.width()), min(_FIRST_SIZE[1], room.height() - _FRAME_PX))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The reading view leaves Ctrl with the wheel to its window.
        if not self.session.is_open or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        turned, self._turned = self._turned + event.angleDelta().y(), 0
        if abs(turned) < _NOTCH:
            self._turned = turned
        else:
            self.bound.by_id["view.larger" if turned > 0 else "view.smaller"].trigger()
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.label.remember_place()
        QSettings().setValue("window/geometry", self.saveGeometry())
        QTimer.singleShot(0, self.session.shut_down)
        event.accept()
