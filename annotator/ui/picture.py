"""Drawing the window into a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain.drafts import QuoteDraft
from annotator.domain.errors import AnnotatorError
from annotator.services.projects import Project
from annotator.ui import theme as themes
from annotator.ui.label.cards import body_of
from annotator.ui.session import Session
from annotator.ui.window import MainWindow

_SETTLE_MS = 300


def draw(
    app: QApplication, project: Project, out: Path, *, view: str, theme: str, size: tuple[int, int], keep_open: bool
) -> None:
    """Save a picture: of the Label view with the last imported article and its first quote selected, or of the Review
    view at its first case.

    Raises:
        AnnotatorError: the picture cannot be written.
    """
    session = Session()
    window = MainWindow(session, themes.load_theme("dark" if theme == "dark" else "light"))
    window.resize(*size)
    session.take(project, is_temporary=True)
    _show(window, view)
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    saved = window.grab().save(str(out))
    if keep_open:
        session.release()
    else:
        session.shut_down()
    window.hide()
    window.deleteLater()
    if not saved:
        raise AnnotatorError(f"{out} cannot be written.", hint="Check the folder, and that the name ends in .png.")


def _show(window: MainWindow, view: str) -> None:
    rows = window.label_view.queue.model.rows
    if rows:
        window.label.open_article(rows[-1].id)
    window.show()
    if view == "review":
        window.show_view(view)
        return
    if window.label.shown is not None:
        quotes = [one for one in window.label.things if isinstance(body_of(one), QuoteDraft)]
        if quotes:
            window.label.select_and_reveal(quotes[0].id)
