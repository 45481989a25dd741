"""Importing annotations in the window: read, show what comes, take it over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.domain.errors import AnnotatorError
from annotator.services import foreign_formats
from annotator.services.foreign_reading import Incoming, read_foreign
from annotator.services.foreign_taking import ForeignResult, take_records, take_suggestions
from annotator.ui.exchange.foreign_dialog import ANNOTATIONS, SUGGESTIONS, ForeignDialog

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class ForeignActs:
    """One import of one main window."""

    def __init__(self, window: MainWindow, paths: Sequence[Path]) -> None:
        self._window, self._session, self._paths = window, window.session, list(paths)

    def start(self) -> None:
        """Read the files behind a modal progress, then show what comes."""
        job = read_foreign(self._session.project, self._paths)
        # The progress of the job has to be gone before a dialog can open.
        self._session.run_job("Reading annotations", job, lambda read: QTimer.singleShot(0, lambda: self._show(read)))

    def _show(self, incoming: Incoming) -> None:
        dialog = ForeignDialog(self._window, incoming)
        if not dialog.exec():
            self._session.said.emit("Nothing was changed.", "info")
            self._session.suggest()
            return
        own = set(incoming.formats) == {foreign_formats.OWN}
        if own and dialog.kind == ANNOTATIONS:
            # They come back whole: with their ids, notes, rejections and states.
            self._session.import_annotations(self._paths_of_own())
            return
        take = take_suggestions if dialog.kind == SUGGESTIONS else take_records
        name = ", ".join(incoming.formats)
        job = take(self._session.project, incoming, mapping=dialog.mapping, name=name, who=dialog.who)
        self._session.run_job("Importing annotations", job, self._on_taken)

    def _paths_of_own(self) -> list[Path]:
        try:
            return [path for path, _ in foreign_formats.sources(self._paths)]
        except AnnotatorError:
            # A file went away meanwhile: reading it says so.
            return self._paths

    def _on_taken(self, result: ForeignResult) -> None:
        self._session.changed.emit(result.changes)
        self._session.shown.emit()
        more = f" Refused: {result.problems[0]}" if result.problems else ""
        undo = " Undo takes it back." if result.changes.event else ""
        self._session.said.emit(f"{result.summary}{undo}{more}", "bad" if result.problems else "good")
        self._session.suggest()
