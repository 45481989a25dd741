"""Starting the window, and drawing it into a picture."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import settings
from annotator.domain.errors import AnnotatorError
from annotator.services import projects
from annotator.services.projects import Project

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from annotator.ui.session import Session
    from annotator.ui.window import MainWindow


def _application() -> QApplication:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication

    from annotator.ui import theme as themes

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QCoreApplication.setOrganizationName("annotator")
        QCoreApplication.setApplicationName("annotator")
        app = QApplication(sys.argv[:1])
    themes.load_fonts()
    return app


def run_window(path: Path | None, *, project: Project | None = None) -> int:
    """Open the window on a project file, a project that is open already, or the start page; gives the exit code."""
    from annotator.ui import theme as themes
    from annotator.ui.crash import install
    from annotator.ui.session import Session
    from annotator.ui.single import Doorbell, hand_over
    from annotator.ui.window import MainWindow

    app = _application()
    if project is None and hand_over(path):
        return 0
    install()
    choice = settings.load().theme
    name = themes.system_theme(app) if choice == "system" else choice
    session = Session()
    window = MainWindow(session, themes.load_theme(name))
    window.show()
    doorbell = Doorbell(window)
    doorbell.rung.connect(window.come_forward)
    session.opened.connect(lambda: _ask_name_once(window))
    # The first paint comes before the file is opened and long before spaCy is loaded.
    if project is not None:
        window.first_painted.connect(lambda: session.take(project))
    elif path is not None:
        window.first_painted.connect(lambda: session.open_path(path))
    _spare_the_collector()
    code = int(app.exec())
    doorbell.stop()
    session.shut_down()
    return code


def _ask_name_once(window: MainWindow) -> None:
    """Ask who one is when the first project of one's own is open; the demo asks nothing."""
    from PySide6.QtCore import QTimer

    from annotator.services import identity

    if window.session.is_lasting and not identity.is_asked():
        QTimer.singleShot(0, window.commands.ask_name)


def _spare_the_collector() -> None:
    # What was imported stays for good: looking through it again and again cost a quarter of opening a long article.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def open_demo(session: Session) -> None:
    """Open a fresh demo project in a temporary folder, which goes when the project is closed."""
    folder = tempfile.TemporaryDirectory(prefix="annotator-demo-", ignore_cleanup_errors=True)
    try:
        session.take(projects.demo(Path(folder.name)), folder=folder)
    except AnnotatorError as error:
        folder.cleanup()
        session.say_error(error)


def save_picture(
    project: Project, out: Path, *, theme: str, size: tuple[int, int], view: str = "label", keep_open: bool = False
) -> None:
    """Draw a view of a project without a display, and save it as PNG.

    Raises:
        AnnotatorError: the picture cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from annotator.ui.picture import draw

    draw(_application(), project, out, view=view, theme=theme, size=size, keep_open=keep_open)
