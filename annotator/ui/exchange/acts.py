"""Sending and receiving work in the window, and who one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from annotator.domain.errors import AnnotatorError
from annotator.services import auditing, authors, bundling, identity, merging, projects, waiting
from annotator.services.merging import Incoming, Merged, Preview
from annotator.services.projects import Project
from annotator.ui.exchange.authors_dialog import AuthorsDialog
from annotator.ui.exchange.identity_dialog import IdentityDialog
from annotator.ui.exchange.preview_dialog import KEPT, PreviewDialog

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_BUNDLES = f"Bundles (*{bundling.SUFFIX} *{bundling.SUFFIX}.gz);;All files (*)"
_PROJECTS = f"Annotator projects (*{projects.SUFFIX})"


class ExchangeActs(QObject):
    """What one main window does to exchange work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._authors: AuthorsDialog | None = None
        self._session.closed.connect(self._close)

    def _close(self) -> None:
        if self._authors is not None:
            self._authors.drop()
            self._authors.deleteLater()
        self._authors = None

    # Sending

    def send(self) -> None:
        """Write a bundle of the project's work where the user says."""
        project = self._session.project
        name, _ = QFileDialog.getSaveFileName(self._window, "Send work", bundling.default_name(project), _BUNDLES)
        if name:
            self._session.run_job("Sending work", bundling.bundle(project, Path(name)), self._on_sent)

    def _on_sent(self, made: bundling.Bundled) -> None:
        self._session.said.emit(f"Wrote {made.summary} Send that file to your colleagues.", "good")
        self._session.suggest()

    def audit(self) -> None:
        """Write an audit export where the user says."""
        project = self._session.project
        name, _ = QFileDialog.getSaveFileName(self._window, "Export for audit: a new folder", f"{project.name}-audit")
        if name:
            self._session.run_job("Exporting for audit", auditing.audit(project, Path(name)), self._on_audited)

    def _on_audited(self, made: auditing.Audited) -> None:
        self._session.said.emit(made.summary, "good")
        self._session.suggest()

    # Receiving

    def receive(self, paths: Sequence[Path] = ()) -> None:
        """Read bundles, show what they bring, and take them over when the user says so."""
        found = list(paths)
        if not found:
            names, _ = QFileDialog.getOpenFileNames(self._window, "Receive work", "", _BUNDLES)
            found = [Path(one) for one in names]
        if found:
            job = merging.receive(self._session.project, found)
            self._session.run_job(
                "Reading the bundle", job, lambda incoming: _later(lambda: self._show_incoming(incoming, found))
            )

    def _show_incoming(self, incoming: Incoming, paths: Sequence[Path]) -> None:
        preview = incoming.preview
        if not preview.is_news:
            incoming.close()
            self._wait_for(waiting.forget, paths)
            self._session.said.emit(preview.summary, "info")
            self._session.suggest()
            return
        dialog = PreviewDialog(self._window, preview, title="Receive work", action="Take it over", can_wait=True)
        answer = dialog.exec()
        if answer != QDialog.DialogCode.Accepted:
            incoming.close()
            is_kept = answer == KEPT and self._wait_for(waiting.keep, paths)
            told = "The bundle waits under Authors and keys. " if is_kept else ""
            self._session.said.emit(f"{told}Nothing was changed in the project.", "info")
            self._session.suggest()
            return
        job = merging.merge(self._session.project, incoming, accept=dialog.accepted_keys)
        self._session.run_job("Merging", job, lambda merged: self._on_merged(incoming, paths, merged))

    def _wait_for(self, act: Callable[[Project, Sequence[Path]], object], paths: Sequence[Path]) -> bool:
        try:
            act(self._session.project, paths)
        except AnnotatorError as error:
            self._session.say_error(error)
            return False
        if self._authors is not None:
            self._authors.show_waiting(waiting.waiting(self._session.project))
        return True

    def _on_merged(self, incoming: Incoming, paths: Sequence[Path], merged: Merged) -> None:
        incoming.close()
        self._wait_for(waiting.forget, paths)
        self._session.changed.emit(merged.changes)
        self._session.shown.emit()
        self._session.said.emit(f"Taken over: {merged.summary}", "good")
        self._session.suggest()

    def open_bundle(self, paths: Sequence[Path] = ()) -> None:
        """Make a project of one's own from a colleague's bundle, and open it."""
        found = list(paths)
        if not found:
            names, _ = QFileDialog.getOpenFileNames(self._window, "Open a colleague's bundle", "", _BUNDLES)
            found = [Path(one) for one in names]
        if found:
            job = merging.preview_new(found)
            self._session.run_job(
                "Reading the bundle", job, lambda preview: _later(lambda: self._show_new(found, preview))
            )

    def _show_new(self, paths: Sequence[Path], preview: Preview) -> None:
        dialog = PreviewDialog(self._window, preview, title="Open a colleague's bundle", action="Make the project…")
        if not dialog.exec():
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Where to keep the project", f"{preview.project}{projects.SUFFIX}", _PROJECTS
        )
        if name:
            job = merging.new_from(Path(name), paths, accept=dialog.accepted_keys)
            self._session.run_job("Making the project", job, self._open)

    def _open(self, path: Path) -> None:
        self._session.open_path(path)

    # Who is who

    def show_authors(self) -> None:
        """Open the window of authors and keys."""
        if self._authors is None:
            self._authors = AuthorsDialog(self._window)
            self._authors.look_asked.connect(lambda path: self.receive([path]))
            self._authors.forget_asked.connect(lambda path: self._wait_for(waiting.forget, [path]))
        self._authors.show_authors(authors.author_rows(self._session.project))
        self._authors.show_waiting(waiting.waiting(self._session.project))
        self._authors.show()
        self._authors.raise_()
        self._authors.activateWindow()

    def show_identity(self, *, is_first: bool = False) -> None:
        """Open the dialog of name and key; at the first start it only asks for the name."""
        dialog = IdentityDialog(self._window, is_first=is_first)

        def keep(name: str) -> None:
            project = self._session.project if self._session.is_open else None
            try:
                identity.rename(name, project=project)
            except AnnotatorError as error:
                dialog.show_problem(str(error))
            else:
                dialog.accept()

        dialog.named.connect(keep)
        if not dialog.exec() and is_first:
            identity.skip()
        self._window.show_who()


def _later(run: Callable[[], None]) -> None:
    """Run something when the progress of the job that has just ended is gone."""
    QTimer.singleShot(0, run)
