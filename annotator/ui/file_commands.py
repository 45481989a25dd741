"""What the actions of the File menu run.

Windows and services that only one command needs are imported by it: the first paint does not wait for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from annotator.services import projects
from annotator.ui.command_group import CommandGroup

if TYPE_CHECKING:
    from annotator.services import checking
    from annotator.services.import_choices import Choices
    from annotator.ui.exporting.acts import ExportActs

_PROJECTS = f"Annotator projects (*{projects.SUFFIX})"


def _articles() -> str:
    from annotator.services import importing

    return f"Articles ({' '.join(f'*{one}' for one in importing.SUFFIXES)});;All files (*)"


class FileCommands(CommandGroup):
    """The commands of one window that open projects, bring work in and take it out."""

    _export_acts: ExportActs | None = None

    def new_project(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "New project", "", _PROJECTS)
        if name:
            self._session.create(Path(name))

    def open_project(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open project", "", _PROJECTS)
        if name:
            self._session.open_path(Path(name))

    def close_project(self) -> None:
        self._session.close()

    def import_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import articles", "", _articles())
        if names:
            self.take_articles([Path(name) for name in names])

    def import_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder of articles")
        if name:
            self.take_articles([Path(name)])

    def import_with_choices(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import with choices", "", _articles())
        if names:
            self.take_articles([Path(name) for name in names], asks=True)

    def offer_lines(self, lines: Sequence[str]) -> None:
        """Let the user open all that the message which is shown has no room for."""
        self._window.message.offer({"Show all": partial(self._show_lines, self._window.message.text, lines)})

    def _show_lines(self, title: str, lines: Sequence[str]) -> None:
        from annotator.ui.lines_dialog import LinesDialog

        LinesDialog(self._window, title, lines).exec()

    def take_articles(self, paths: Sequence[Path], *, asks: bool = False) -> None:
        """Import files and folders; without a project one is made first. Asks only where there is something to decide,
        or where it shall."""
        if not self._session.is_open:
            self.new_project()
        if not self._session.is_open:
            return
        from annotator.services import importing

        if asks or importing.has_tables(paths):
            from annotator.services import import_choices

            job = import_choices.choices(paths, worker=self._session.worker())
            # Not inside the job's end: its progress must go first.
            self._session.run_job(
                "Looking", job, lambda found: QTimer.singleShot(0, lambda: self._choose(paths, found, asks=asks))
            )
        else:
            self._session.import_articles(paths)

    def _choose(self, paths: Sequence[Path], found: Choices, *, asks: bool) -> None:
        if not (asks or found.preview.headers):
            self._session.import_articles(paths)
            return
        from annotator.ui.import_dialog import ImportDialog

        dialog = ImportDialog(self._window, found)
        if dialog.exec():
            self._session.import_articles(paths, options=dialog.options())
        else:
            self._session.suggest()

    def import_encoded(self) -> None:
        from annotator.services import importing
        from annotator.ui.encoding_dialog import EncodingDialog

        kinds = f"Text files ({' '.join(f'*{one}' for one in importing.TEXT_SUFFIXES)})"
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import in another encoding", "", kinds)
        if not names:
            return
        paths = [Path(name) for name in names]
        dialog = EncodingDialog(self._window, paths)
        if dialog.exec():
            self._session.import_articles(paths, encoding=dialog.chosen())

    def import_annotations(self) -> None:
        from annotator.services.foreign_formats import FORMATS
        from annotator.ui.exchange.foreign_acts import ForeignActs

        suffixes = " ".join(sorted({f"*{suffix}" for one in FORMATS.values() for suffix in one.suffixes}))
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Import annotations", "", f"Annotations ({suffixes});;All files (*)"
        )
        if names:
            ForeignActs(self._window, [Path(name) for name in names]).start()

    def export(self) -> None:
        if self._export_acts is None:
            from annotator.ui.exporting.acts import ExportActs

            self._export_acts = ExportActs(self._window)
        self._export_acts.export()

    def check_project(self) -> None:
        from annotator.services import checking

        job = checking.check_project(self._session.project)
        self._session.run_job("Checking", job, self._show_check)

    def _show_check(self, result: checking.CheckResult) -> None:
        found = [one for rule in result.rules for one in rule.findings if not one.is_warning]
        if result.is_sound:
            self._session.said.emit(f"The project file is sound: {len(result.rules)} rules were checked.", "good")
        else:
            more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
            self._session.said.emit(f"{found[0].rule}: {found[0].text}{more} Work on in the latest backup.", "bad")
