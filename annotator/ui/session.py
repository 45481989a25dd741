"""The one object that knows the open project: services go down through it, changes come up from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator import settings
from annotator.domain.errors import AnnotatorError, NotAllowed
from annotator.domain.importing import ReadOptions
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.sureness import Sureness
from annotator.services import projects, showing, waiting
from annotator.services.projects import Author, Project
from annotator.ui.clock import local_time
from annotator.ui.jobs import JobRunner

if TYPE_CHECKING:
    # Imported where they are used: none is needed before the first paint.
    from annotator.services import exporting, importing, suggesting
    from annotator.services.auditing import Audited

P = ParamSpec("P")
T = TypeVar("T")
_BACKUP_CHECK_MS = 5 * 60 * 1000
_BUSY = "Wait for the running job, or cancel it."
# An act takes half a millisecond a record: more than these would be felt in the window.
MANY = 200


class Session(QObject):
    """An open project, the worker processes, and the job in the foreground.

    `changed` comes once after each act; `suggested` when new suggestions are stored; `said` carries a message and its
    tone (`info`, `good`, `bad`). `shown` comes when other suggestions are to be shown, `counted` when the counts of the
    queue are new. `closing` comes while the project can still be asked. `exported` carries what an export has written,
    after it was said.
    """

    opened = Signal()
    closing = Signal()
    closed = Signal()
    changed = Signal(object)
    suggested = Signal()
    said = Signal(str, str)
    # All the sentences that the message before has no room for.
    listed = Signal(object)
    model_state = Signal(str)
    shown = Signal()
    counted = Signal()
    busy = Signal(object)
    exported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._workers: suggesting.Pool | None = None
        self.foreground = JobRunner(self)
        self.background = JobRunner(self)
        self.counting = JobRunner(self)
        self._titles: dict[JobRunner, str] = {}
        self.foreground.failed.connect(self._on_failed)
        self.counting.failed.connect(self.say_error)
        self.foreground.cancelled.connect(self._on_cancelled)
        self.background.failed.connect(self._on_background_failed)
        self.background.progressed.connect(self._on_background_progressed)
        self._stored = 0
        # The article that somebody looks at: the models read it before all others.
        self.awaited = ""
        self._is_temporary = False
        self._folder: TemporaryDirectory[str] | None = None
        self._backups = QTimer(self)
        self._backups.setInterval(_BACKUP_CHECK_MS)
        self._backups.timeout.connect(self._on_backup_due)

    @property
    def is_open(self) -> bool:
        """Whether there is a project."""
        return self._project is not None

    @property
    def project(self) -> Project:
        """The open project; only to be asked for while there is one."""
        assert self._project is not None
        return self._project

    @property
    def is_lasting(self) -> bool:
        """Whether there is a project, and no temporary one."""
        return self._project is not None and not self._is_temporary

    # Opening and closing

    def open_path(self, path: Path, *, read_only: bool = False, author: Author | None = None) -> bool:
        """Open a project in place of the one that is open; `False` and a message when that cannot be."""
        since = projects.interrupted_since(path)
        is_open = self._take(lambda: projects.open_at(path, read_only=read_only, author=author))
        if is_open and since:
            last = projects.last_act(self.project)
            told = f" The last act that was saved is of {local_time(last)}." if last else ""
            self.said.emit(f"Annotator did not close last time; nothing that was saved is lost.{told}", "info")
        elif is_open and (waits := waiting.told(self.project)):
            self.said.emit(waits, "info")
        return is_open

    def reopen_as(self, author: Author) -> None:
        """Open the open project once more, as somebody else: as oneself in the second pass, or back."""
        path = self.project.path
        self.close()
        self.open_path(path, author=author)

    def create(self, path: Path) -> bool:
        """Make a project and open it; `False` and a message when that cannot be."""
        return self._take(lambda: projects.new(path))

    def take(
        self, project: Project, *, is_temporary: bool = True, folder: TemporaryDirectory[str] | None = None
    ) -> None:
        """Take over a project that is open already; a temporary one is neither remembered nor backed up.

        With the project goes its folder, where one is given.
        """
        self._take(lambda: project, is_temporary=is_temporary, folder=folder)

    def release(self) -> Project | None:
        """Let go of the project without closing it."""
        self._pause()
        project, self._project = self._project, None
        return project

    def _pause(self) -> None:
        self.background.cancel()
        self.counting.cancel()

    def _take(
        self,
        opener: Callable[[], Project],
        *,
        is_temporary: bool = False,
        folder: TemporaryDirectory[str] | None = None,
    ) -> bool:
        try:
            project = opener()
        except AnnotatorError as error:
            self.say_error(error)
            return False
        self.close()
        self._project, self._is_temporary, self._folder = project, is_temporary, folder
        if not is_temporary:
            with suppress(AnnotatorError):
                projects.remember(project)
            self._backups.start()
        self.opened.emit()
        self.suggest()
        return True

    def close(self) -> None:
        """Stop what runs, back up, close."""
        if self._project is not None:
            self.closing.emit()
        self.foreground.cancel()
        self._pause()
        self._backups.stop()
        self._rest()
        project, self._project = self._project, None
        if project is None:
            return
        try:
            projects.close(project, backs_up=not self._is_temporary)
        except AnnotatorError as error:
            self.say_error(error)
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()
        self.closed.emit()

    def shut_down(self) -> None:
        """Close the project and end the worker processes."""
        self.close()
        if self._workers is not None:
            self._workers.stop()
            self._workers = None

    # Acts

    def act(
        self, service: Callable[Concatenate[Project, P], Changes], *args: P.args, **options: P.kwargs
    ) -> Changes | None:
        """Let a service change the project; `None` and a message when it refuses."""
        try:
            return self.attempt(service, *args, **options)
        except AnnotatorError as error:
            self.say_error(error)
            return None

    def attempt(
        self, service: Callable[Concatenate[Project, P], Changes], *args: P.args, **options: P.kwargs
    ) -> Changes:
        """Let a service change the project.

        Raises:
            AnnotatorError: it refuses, or a job has the project.
        """
        if self.foreground.is_running:
            raise NotAllowed(_BUSY)
        changes = service(self.project, *args, **options)
        if changes.changes:
            self.changed.emit(changes)
            self._count()
        return changes

    def act_as_job(self, title: str, job: Job[Changes]) -> None:
        """Let an act on more than `MANY` records run behind a modal progress; all of it or nothing."""
        if self.foreground.is_running:
            self.say_error(NotAllowed(_BUSY))
        else:
            self._run(title, job, self._on_acted)

    def _on_acted(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.suggest()

    def say_error(self, error: AnnotatorError) -> None:
        """Put an expected failure into the message bar."""
        self.said.emit(str(error), "bad")

    # Jobs

    def import_articles(
        self, paths: Sequence[Path], *, encoding: str | None = None, options: ReadOptions | None = None
    ) -> None:
        """Import files and folders behind a modal progress, then suggest."""
        from annotator.services import importing

        job = importing.add_articles(self.project, paths, encoding=encoding, options=options, worker=self.worker())
        self._run("Importing", job, self._on_imported)

    def import_annotations(self, paths: Sequence[Path]) -> None:
        """Take exported annotations over behind a modal progress."""
        from annotator.services import exporting

        self._run("Importing annotations", exporting.take_annotations(self.project, paths), self._on_imported)

    def export(self, name: str, out: Path, options: exporting.ExportOptions) -> None:
        """Export behind a modal progress."""
        from annotator.services import exporting

        job = exporting.export(self.project, name, out, options, worker=self.worker())
        self._run("Exporting", job, self._on_exported)

    def run_job(self, title: str, job: Job[T], then: Callable[[T], None]) -> None:
        """Run any other job behind a modal progress."""
        self._run(title, job, then)

    def _run(self, title: str, job: Job[T], then: Callable[[T], None]) -> None:
        # The database has one writer: the background job goes on afterwards, where it stopped.
        self._pause()
        self.busy.emit(title)
        self.foreground.start(job, then)

    def _on_imported(self, result: importing.ImportResult | exporting.TakeResult) -> None:
        problems: tuple[str, ...] = getattr(result, "problems", ())
        first = f" {problems[0]}" if problems else ""
        self.said.emit(result.summary + first, "bad" if problems else "good")
        details: tuple[str, ...] = getattr(result, "details", ())
        if len(details) > len(problems[:1]):
            self.listed.emit(details)
        self.changed.emit(result.changes)
        self.suggest()

    def _on_exported(self, result: exporting.ExportResult | Audited) -> None:
        self.said.emit(result.summary, "good")
        self.exported.emit(result)
        self.suggest()

    def _on_failed(self, error: AnnotatorError) -> None:
        self.say_error(error)
        if error.details:
            self.listed.emit(error.details)
        self.suggest()

    def _on_cancelled(self) -> None:
        if self._project is not None:
            self.said.emit("Stopped. Nothing was changed.", "info")
            self.suggest()

    # Suggestions

    def worker(self) -> suggesting.Pool:
        """The worker processes, of which one is used unless many articles wait; each starts with its first job."""
        from annotator.services import suggesting

        if self._workers is None:
            self._workers = suggesting.new_pool(suggesting.MOST_WORKERS)
            self._workers.share_among(1)
        return self._workers

    def _rest(self) -> None:
        # One model in memory is enough while a person works.
        if self._workers is not None:
            self._workers.share_among(1)

    def show_sure(self, sureness: Sureness) -> None:
        """Show the suggestions of that step from now on, at once; the counts of the queue follow in the background."""
        if self.foreground.is_running:
            self.say_error(NotAllowed(_BUSY))
            return
        showing.choose(self.project, sureness)
        self.shown.emit()
        self.counting.cancel()
        self._count()

    def _count(self) -> None:
        if self._project is not None and not self.counting.is_running and showing.is_count_due(self._project):
            self.counting.start(showing.recount(self._project), self._on_counted)

    def _on_counted(self, _: None) -> None:
        self.counted.emit()
        # Acts in the meantime may have changed what the same words mean once more.
        QTimer.singleShot(0, self._count)

    def renew_suggestions(self) -> int:
        """Let the models read anew what is not done yet, in place of what they read now; gives how many articles."""
        from annotator.services import suggesting

        if self.foreground.is_running:
            self.say_error(NotAllowed(_BUSY))
            return 0
        only = suggesting.unfinished(self.project)
        self.background.cancel()
        self.suggest(only=only)
        return len(only)

    def suggest(self, *, again: bool = False, only: Sequence[str] | None = None) -> None:
        """Let the models read the articles that have no suggestions yet, in the background; or all, or some."""
        from annotator.services import pipelines, suggesting

        self._count()
        if self._project is None or self._project.is_read_only or self.background.is_running:
            return
        waiting = only if only is not None else suggesting.pending(self._project, again=again)
        if not waiting:
            self.model_state.emit("ready")
            return
        self._stored = 0
        chosen = settings.load()
        self.worker().share_among(suggesting.workers_for(len(waiting), chosen.workers))
        job = suggesting.suggest(
            self._project,
            self.worker(),
            pipeline=pipelines.chosen(self._project),
            tagger=chosen.tagger,
            again=again,
            only=only,
            first=lambda: self.awaited,
        )
        self.model_state.emit("loading the model…")
        self.background.start(job, self._on_suggested)

    def _on_background_progressed(self, progress: Progress) -> None:
        if progress.total:
            self.model_state.emit(f"suggesting: {progress.done} of {progress.total} articles")
        if progress.done > self._stored:
            self._stored = progress.done
            self.suggested.emit()

    def _on_suggested(self, result: suggesting.SuggestResult) -> None:
        from annotator.services import suggesting

        self._rest()
        self.model_state.emit("ready")
        self.suggested.emit()
        problem = suggesting.as_error(result)
        if problem:
            self.say_error(problem)

    def _on_background_failed(self, error: AnnotatorError) -> None:
        self._rest()
        self.model_state.emit("no suggestions: see the message")
        self.say_error(error)

    def _on_backup_due(self) -> None:
        if self._project is not None and not self.foreground.is_running:
            try:
                projects.back_up_if_due(self._project)
            except AnnotatorError as error:
                self.say_error(error)
