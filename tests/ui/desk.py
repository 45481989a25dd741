"""A person at the window: presses keys, clicks, and reads what there is to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator import settings
from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import Span
from annotator.services import queries
from annotator.services.projects import Project
from annotator.store.project import Author
from annotator.ui.session import Session
from annotator.ui.theme import load_theme
from annotator.ui.window import MainWindow

D = TypeVar("D", bound=QDialog)


class Desk:
    """One window of the program, and what one does with it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.session = window.session
        self._has_left = False
        self.reading = window.label_view.reading
        self.queue = window.label_view.queue
        self.inspector = window.label_view.inspector

    @staticmethod
    def start(qtbot: QtBot, author: Author) -> Desk:
        """Start the program without a project, as its main function does."""
        settings.change(author_id=author.id, author_name=author.name)
        choice = settings.load().theme
        window = MainWindow(Session(), load_theme("dark" if choice == "dark" else "light"))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Desk(qtbot, window)

    def leave(self) -> None:
        """End the program, if it has not ended."""
        if self._has_left:
            return
        self._has_left = True
        self.window.label.remember_place()
        self.session.shut_down()
        self.window.hide()
        self.window.deleteLater()

    def open(self, path: Path) -> None:
        """Open a project; there is nothing to suggest in it."""
        assert self.session.open_path(path), self.message
        self.settle()

    @staticmethod
    def settle() -> None:
        """Let the window do what it has to do by now."""
        QApplication.processEvents()

    # Hands

    def next_entity(self) -> None:
        """Press N until a suggested entity is selected."""
        self.press("N")
        while not (isinstance(self.selected, Suggestion) and isinstance(self.selected.draft, EntityDraft)):
            self.press("N")

    def press(self, *keys: str, times: int = 1) -> int:
        """Press keys, written as in menus, where the focus is; gives how many key presses it took."""
        for _ in range(times):
            for one in keys:
                combination = QKeySequence(one)[0]
                QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
        return times * len(keys)

    def type(self, text: str) -> None:
        """Type letters where the focus is."""
        QTest.keyClicks(self.focus, text)

    @property
    def focus(self) -> QWidget:
        """What the next key goes to."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def run(self, action_id: str) -> None:
        """Choose a command in its menu."""
        self.window.bound.by_id[action_id].trigger()

    def click_text(self, index: int) -> None:
        """Click on a character of the article."""
        QTest.mouseClick(self.reading.viewport(), Qt.MouseButton.LeftButton, pos=self.point_of(index))

    def point_of(self, index: int) -> QPoint:
        """Where a character of the article is, in the reading view."""
        self.reading.set_caret(index)
        self.reading.reveal(Span(index, index + 1))
        return self.reading.cursorRect().center() + QPoint(3, 0)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag in the reading view."""
        viewport = self.reading.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)

    def drop(self, paths: Sequence[Path]) -> None:
        """Drop files onto the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
        place, buttons, keys = QPoint(400, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(self.window, entering)
        assert entering.isAccepted()
        dropping = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(self.window, dropping)

    def during(self, kind: type[D], opening: Callable[[], object], act: Callable[[D], object]) -> None:
        """Open a dialog that waits for an answer, and act in it; it must be closed by the act."""
        failures: list[BaseException] = []
        timer = QTimer()

        def inside() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                return
            timer.stop()
            try:
                assert isinstance(dialog, kind), dialog
                act(dialog)
                assert not dialog.isVisible(), "the dialog is still open"
            except BaseException as error:
                failures.append(error)
                if isinstance(dialog, QDialog):
                    dialog.done(0)

        timer.timeout.connect(inside)
        timer.start(10)
        opening()
        assert not timer.isActive(), "no dialog was opened"
        self.come_back()
        if failures:
            raise failures[0]

    def wait_for_job(self) -> None:
        """Wait until the job in the foreground has ended."""
        self.qtbot.waitUntil(lambda: not self.session.foreground.is_running, timeout=20_000)
        self.settle()
        self.come_back()

    def wait_for_models(self) -> None:
        """Wait until the models have read all articles."""
        self.qtbot.waitUntil(lambda: not self.session.background.is_running, timeout=60_000)
        self.settle()

    def come_back(self) -> None:
        """Look at the window again after a dialog; without a window manager nobody else brings it back."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    # Eyes

    @property
    def message(self) -> str:
        """What the message bar says; empty when there is none."""
        return self.window.message.text

    def words_of(self, widget: QWidget) -> str:
        """All that the labels of a widget say where they can be seen."""
        return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))

    @property
    def card(self) -> str:
        """What the inspector says."""
        return self.words_of(self.inspector)

    @property
    def titles(self) -> list[str]:
        """The titles in the queue, as listed."""
        proxy = self.queue.proxy
        return [proxy.index(number, 1).data() for number in range(proxy.rowCount())]

    # The project

    @property
    def project(self) -> Project:
        """The open project."""
        return self.session.project

    @property
    def article_id(self) -> str:
        """The open article."""
        return self.window.label.article_id

    @property
    def text(self) -> str:
        """The open article's text, from the project."""
        return queries.article(self.project, self.article_id).text

    @property
    def entities(self) -> list[tuple[str, str]]:
        """The words and the label of each confirmed entity of the open article."""
        return [(one.text, one.label) for one in queries.entities(self.project, self.article_id)]

    @property
    def quotes(self) -> list[Quote]:
        """The confirmed quotes of the open article."""
        return queries.quotes(self.project, self.article_id)

    @property
    def open_suggestions(self) -> list[Suggestion]:
        """The suggestions of the open article that nobody has decided."""
        return queries.open_suggestions(self.project, self.article_id)

    @property
    def selected(self) -> Entity | Quote | Suggestion | None:
        """What is selected."""
        return self.window.label.selected

    def select_words(self, words: str, *, after: str = "") -> Span:
        """Select words of the article, the first ones after some others."""
        start = self.text.index(words, self.text.index(after) if after else 0)
        span = Span(start, start + len(words))
        self.reading.setFocus()
        self.reading.select(span)
        return span

    def put_caret(self, words: str) -> int:
        """Put the caret before words of the article."""
        self.reading.setFocus()
        self.reading.set_caret(self.text.index(words))
        return self.text.index(words)
