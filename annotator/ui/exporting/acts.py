"""Exports by hand: counts and previews what the dialog chooses, writes it, and says where it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from annotator.domain.errors import AnnotatorError
from annotator.export.peek import Peeked
from annotator.services import export_choices, export_preview, exporting, queries, suggesting
from annotator.services.auditing import Audited
from annotator.services.export_choices import LastExport
from annotator.services.export_preview import Counted
from annotator.services.exporting import ExportResult
from annotator.suggest.client import Worker
from annotator.ui.exporting.dialog import ExportDialog
from annotator.ui.exporting.losses import LossesDialog, rows_of
from annotator.ui.jobs import JobRunner

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_WAIT_MS = 250
_OF_AUDIT = "Every act of everybody will be written."
_IN_AUDIT = (
    "The acts as JSON Lines with their hashes and signatures, the articles, the codebooks and a manifest."
    " An audit is all that happened: there is nothing to choose, and it goes to a new folder."
)
_MAKING = "Making the preview…"


class Looking(QObject):
    """Counts and previews what a dialog chooses, a moment after it was changed last, until `stop`."""

    def __init__(self, window: MainWindow, dialog: ExportDialog) -> None:
        super().__init__(dialog)
        self._project = window.session.project
        self._dialog = dialog
        # Not the session's worker: that may be reading articles, and its replies are for its own job.
        self._worker: Worker = suggesting.new_worker()
        self._counting = JobRunner(self)
        self._previewing = JobRunner(self)
        self._is_stale = False
        self._shown = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._look)
        self._counting.failed.connect(lambda error: dialog.show_count(str(error)))
        self._previewing.failed.connect(self._on_failed)
        dialog.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def is_busy(self) -> bool:
        """Whether a count or a preview is still to come."""
        return self._timer.isActive() or self._counting.is_running or self._previewing.is_running

    def stop(self) -> None:
        """Let go of what is under way, and end the worker process."""
        self._timer.stop()
        self._counting.cancel()
        self._previewing.cancel()
        self._worker.stop()

    def _on_changed(self) -> None:
        self._counting.cancel()
        self._dialog.show_count("Counting…")
        self._timer.start()

    def _look(self) -> None:
        if self._dialog.format_name() == exporting.AUDIT:
            self._is_stale, self._shown = False, exporting.AUDIT
            self._dialog.show_count(_OF_AUDIT)
            self._dialog.preview.say(_IN_AUDIT)
            return
        if self._dialog.filters.problem():
            self._dialog.show_count("")
            return
        name, options = self._dialog.format_name(), self._dialog.options()
        self._counting.start(export_preview.count(self._project, name, options), self._on_counted)
        if self._previewing.is_running:
            # Stopping it would stop its process, whose start takes longer than its end.
            self._is_stale = True
            return
        self._preview()

    def _preview(self) -> None:
        self._is_stale = False
        name, options = self._dialog.format_name(), self._dialog.options()
        if name != self._shown:
            # The same format with other articles is shown over the old ones: nothing flickers.
            self._dialog.preview.say(_MAKING)
        self._shown = name
        job = export_preview.preview(self._project, name, options, stem=self._dialog.stem, worker=self._worker)
        self._previewing.start(job, self._on_previewed)

    def _on_counted(self, found: Counted) -> None:
        self._dialog.show_count(found.summary)

    def _on_previewed(self, found: Sequence[Peeked]) -> None:
        if self._dialog.format_name() == self._shown:
            self._dialog.preview.show_found(found)
        self._go_on()

    def _on_failed(self, error: AnnotatorError) -> None:
        self._dialog.preview.say(str(error))
        self._go_on()

    def _go_on(self) -> None:
        if self._is_stale and self._dialog.format_name() != exporting.AUDIT:
            self._preview()


class ExportActs(QObject):
    """The exports of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        window.session.exported.connect(self._on_exported)

    def export(self) -> None:
        """Ask what to export and where to, and do it."""
        project = self._session.project
        dialog = ExportDialog(self._window, export_choices.offered(project), export_choices.last_export(project))
        looking = Looking(self._window, dialog)
        is_wanted = dialog.exec()
        looking.stop()
        if is_wanted:
            self._remember(LastExport(format=dialog.format_name(), out=str(dialog.out()), options=dialog.options()))
            self._session.export(dialog.format_name(), dialog.out(), dialog.options())
        dialog.deleteLater()

    def _remember(self, last: LastExport) -> None:
        # What is chosen is written all the same where it cannot be remembered.
        if self._session.is_lasting:
            with suppress(AnnotatorError):
                export_choices.remember_export(self._session.project, last)

    def _on_exported(self, result: ExportResult | Audited) -> None:
        out = Path(result.out)
        folder = out if out.is_dir() else out.parent
        offers: dict[str, Callable[[], None]] = {}
        if isinstance(result, ExportResult) and result.counts.losses:
            lost = len(result.counts.losses)
            offers[f"Show what was lost ({lost:,})"] = partial(self._show_losses, result)
        offers["Open folder"] = partial(self._open, folder)
        self._window.message.offer(offers)

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._session.said.emit(f"Nothing on this computer opens folders. It is {folder}.", "info")

    def _show_losses(self, result: ExportResult) -> None:
        if not self._session.is_open:
            return
        titles = {one.id: one.title for one in queries.article_rows(self._session.project)}
        dialog = LossesDialog(self._window, rows_of(result.counts.losses, titles))
        dialog.article_asked.connect(self._open_article)
        dialog.article_asked.connect(dialog.close)
        self._session.closing.connect(dialog.drop)
        dialog.show()

    def _open_article(self, article: str, record: str) -> None:
        self._window.show_view("label")
        self._window.label.open_article(article)
        self._window.label.select_and_reveal(record)
