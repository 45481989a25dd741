"""A real window on a project with three long articles, and how its frames are waited for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from annotator.services import queries
from annotator.services.projects import Project
from annotator.ui import theme
from annotator.ui.session import Session
from annotator.ui.window import MainWindow
from benchmarks import corpus

SIZES_KB = (5, 50, 500)
SIZE_PX = (1440, 900)


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.Paint
        return False


class Window:
    """The main window with an open project."""

    def __init__(self, project: Project) -> None:
        self.session = Session()
        self.main = MainWindow(self.session, theme.load_theme("light"))
        self.main.resize(*SIZE_PX)
        self.label = self.main.label
        self.acts = self.main.acts
        self.reading = self.main.label_view.reading
        self.queue = self.main.label_view.queue
        self.main.show()
        self.session.take(project, is_temporary=True)
        self.paints = Paints(self.reading.viewport())
        self.settle()

    def paint(self) -> None:
        """Draw what is out of date, as Qt does when it comes back to its events; the article must be part of it."""
        before = self.paints.count
        QApplication.sendPostedEvents()
        while self.paints.count == before:
            QApplication.processEvents()

    def settle(self) -> None:
        """Let everything that waits be done: the rest of a long article is laid out bit by bit."""
        self.reading.document().size()
        for _ in range(5):
            QApplication.processEvents()


def application() -> QApplication:
    """The application, with the program's own fonts and look."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, theme.load_theme("light"))
    return app


@contextmanager
def long_articles(folder: Path) -> Iterator[tuple[Window, dict[int, str]]]:
    """A window on a project of three articles, with suggestions half of which are accepted; their ids by size."""
    application()
    contents = [corpus.texts(1, chars=kb * 1_000, seed=kb)[0] for kb in SIZES_KB]
    project = corpus.filled_project(folder / "long.annot", contents)
    corpus.put_suggestions(project)
    ids = [row.id for row in queries.article_rows(project)]
    window = Window(project)
    try:
        yield window, dict(zip(SIZES_KB, ids, strict=True))
    finally:
        window.session.shut_down()
        window.main.hide()
        window.main.deleteLater()
        QApplication.processEvents()
