"""Making, opening and closing projects."""

from __future__ import annotations

import os
from pathlib import Path

from annotator import paths, settings
from annotator.domain.codebook import Codebook, parse_codebook
from annotator.domain.errors import AnnotatorError, ProjectUnavailable
from annotator.domain.progress import drain
from annotator.domain.records import CodebookVersion, Target
from annotator.services import identity, importing, showing
from annotator.store import backup, journal, migrate, schema
from annotator.store.connection import left_open, translated
from annotator.store.journal import new_id
from annotator.store.project import SUFFIX, Author, Project, create_project, open_project

__all__ = [
    "SUFFIX",
    "Author",
    "Project",
    "close",
    "copy_to",
    "demo",
    "latest_backup",
    "new",
    "open_at",
    "read_codebook",
]


def read_codebook(path: Path | None = None) -> Codebook:
    """The codebook of a TOML file; without one, the shipped codebook for news.

    Raises:
        AnnotatorError: the file cannot be read or is no codebook.
    """
    file = path or paths.resources() / "codebooks" / "news.toml"
    try:
        return parse_codebook(file.read_bytes(), name=file.name)
    except OSError as error:
        raise AnnotatorError(f"{file} cannot be read ({error.strerror}).", hint="Check the name.") from None


def new(path: Path, *, codebook: Path | None = None, author: Author | None = None, name: str = "") -> Project:
    """Make a project with a codebook and its targets, and open it.

    Raises:
        AnnotatorError: the codebook is not one, or the file cannot be made.
    """
    book = read_codebook(codebook)
    path = with_suffix(path)
    # A file name need not be text; the project's name is.
    shown = path.stem.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    project = create_project(path, author or identity.author(), name=name or shown)
    try:
        _fill(project, book)
    except BaseException:
        # Without a codebook it would be of no use.
        project.close()
        path.unlink(missing_ok=True)
        raise
    return _as_chosen(project)


def with_suffix(path: Path) -> Path:
    """The path of a project file: it ends in .annot.

    Raises:
        ProjectUnavailable: it is a folder.
    """
    if path.name in ("", ".."):
        raise ProjectUnavailable(f"{path} is a folder.", hint="Give the project a name of its own, NAME.annot.")
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def _fill(project: Project, book: Codebook) -> None:
    with project.step("project.create") as step:
        me = step.author
        step.put_new([CodebookVersion(id=new_id(), author=me, version=1, codebook=book)])
        step.put_new(
            Target(id=new_id(), author=me, kind=one.kind, label=one.label, statement=one.statement)
            for one in book.targets
        )


def open_at(path: Path, *, read_only: bool = False, author: Author | None = None) -> Project:
    """Open a project; an older file is brought up to date first, with a backup.

    Raises:
        ProjectUnavailable, NotAProject: see `store.connection.open_file`.
    """
    me = author or (identity.reader() if read_only else identity.author())
    try:
        project = open_project(path, me, read_only=read_only)
    except ProjectUnavailable as problem:
        raise _with_backup(problem, path) from None
    (version,) = project.conn.execute("PRAGMA user_version").fetchone()
    if version >= schema.VERSION or read_only:
        return _as_chosen(project)
    kept = backup.folder_of(project.id) / f"version-{version}{SUFFIX}"
    project.close()
    migrate.migrate(path, kept)
    return _as_chosen(open_project(path, me))


def _as_chosen(project: Project) -> Project:
    showing.choose(project, settings.load().sureness)
    return project


def _with_backup(problem: ProjectUnavailable, path: Path) -> ProjectUnavailable:
    copy = latest_backup(path)
    if copy is None or "backup" not in problem.hint:
        return problem
    return type(problem)(problem.message, hint=f"{problem.hint.rstrip('.')}: {copy}")


def interrupted_since(path: Path) -> str:
    """Since when the project was open in a program that never closed it (a crash, a power cut); else empty."""
    holder = left_open(path)
    return holder.since if holder else ""


def last_act(project: Project) -> str:
    """When the last act of anybody was recorded (UTC), or an empty text."""
    found = journal.last(project.conn)
    return found.time if found else ""


def latest_backup(path: Path) -> Path | None:
    """The newest backup of the project that was last opened at this place, or `None`."""
    project_id = settings.load().project_ids.get(str(path.resolve()), "")
    return next(iter(backup.backups(project_id)), None) if project_id else None


def remember(project: Project) -> None:
    """Note a project as the latest one used."""
    settings.remember_project(project.path.resolve(), project.id)


def close(project: Project, *, backs_up: bool = True) -> None:
    """Close a project, with a backup first when it was changed.

    Raises:
        ProjectUnavailable: the backup could not be written; the project is closed all the same.
    """
    try:
        if backs_up and project.is_changed and not project.is_read_only:
            backup.back_up(project)
    finally:
        project.close()


def copy_to(project: Project, out: Path) -> None:
    """Write a checked copy of an open project; a file of that name is replaced.

    Raises:
        ProjectUnavailable: it cannot be written.
    """
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        with translated(out):
            backup.copy_checked(project.conn, partial)
        partial.replace(out)
    except OSError as error:
        raise ProjectUnavailable(
            f"{out} cannot be written ({error.strerror}).", hint="Choose a folder that you can write to."
        ) from None
    finally:
        partial.unlink(missing_ok=True)


def demo(folder: Path) -> Project:
    """A new demo project in a folder: the two seed articles and the demo codebook."""
    project = new(folder / f"demo{SUFFIX}", codebook=paths.seeds() / "codebook.toml", name="NATO burden-sharing")
    drain(importing.add_articles(project, sorted(paths.seeds().glob("*.txt"))))
    return project


def back_up_if_due(project: Project) -> None:
    """Write a backup when there is something new and the last one is older than half an hour.

    Raises:
        ProjectUnavailable: it cannot be written; the project itself is safe.
    """
    if project.is_changed and not project.is_read_only and backup.is_due(project):
        backup.back_up(project)
