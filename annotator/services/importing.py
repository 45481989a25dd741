"""Taking articles into a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from annotator.domain.articles import NewArticle
from annotator.domain.errors import UnreadableArticle
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import ArticleStatus
from annotator.ingest.files import as_article, find_files, guess_encoding, read_text_file
from annotator.store import articles, backup, rows
from annotator.store.journal import Step, new_id
from annotator.store.project import Project


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did; `problems` has a sentence for each file that was refused."""

    added: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    left_out: int = 0
    changes: Changes = Changes()

    @property
    def summary(self) -> str:
        """One sentence for the message bar and the terminal."""
        parts = [f"{len(self.added)} article{'' if len(self.added) == 1 else 's'} added"]
        if self.duplicates:
            parts.append(f"{len(self.duplicates)} there already")
        if self.problems:
            parts.append(f"{len(self.problems)} refused")
        if self.left_out:
            parts.append(f"{self.left_out} of other kinds left out")
        return ", ".join(parts) + "."


def add_articles(project: Project, paths: Sequence[Path], *, encoding: str | None = None) -> Job[ImportResult]:
    """A job that adds all articles of some files and folders in one act; cancelled, it leaves nothing behind.

    An article whose text is in the project already is named and not added again. A file that cannot be read is named
    and left out, unless nothing else could be added.

    Raises:
        AnnotatorError: no file could be added and at least one was refused, or the project cannot be written.
    """
    found = find_files(paths)
    files = found.files
    yield Progress(0, len(files), "Reading articles")
    if len(files) > 1 and not project.is_read_only and articles.ids(project.conn):
        backup.back_up(project)
    added: list[str] = []
    duplicates: list[str] = []
    problems: list[UnreadableArticle] = []
    with project.step("article.import") as step:
        for number, file in enumerate(files, start=1):
            try:
                article = as_article(read_text_file(file, encoding=encoding))
            except UnreadableArticle as problem:
                problems.append(problem)
            else:
                (added if take_in(step, article, time=project.now()) else duplicates).append(article.name)
            yield Progress(number, len(files), file.name)
        if problems and not added and not duplicates:
            raise problems[0] if len(problems) == 1 else _all_refused(problems)
    return ImportResult(
        added=tuple(added),
        duplicates=tuple(duplicates),
        problems=tuple(str(problem) for problem in problems),
        left_out=len(found.left_out),
        changes=step.changes,
    )


def _all_refused(problems: Sequence[UnreadableArticle]) -> UnreadableArticle:
    return UnreadableArticle(
        f"None of {len(problems)} files could be read: {problems[0].message}", hint=problems[0].hint
    )


def likely_encoding(path: Path) -> str:
    """The encoding that a file is most likely in; empty where nothing fits or it cannot be read."""
    try:
        return guess_encoding(path.read_bytes()) or ""
    except OSError:
        return ""


def preview(path: Path, encoding: str, *, max_chars: int = 1500) -> tuple[str, str]:
    """The beginning of a file in an encoding, and an empty text; or an empty text, and why it cannot be read so."""
    try:
        return read_text_file(path, encoding=encoding).text[:max_chars], ""
    except UnreadableArticle as problem:
        return "", str(problem)


def take_in(step: Step, article: NewArticle, *, time: str) -> bool:
    """Put an article into the queue; `False` when it is there already."""
    articles.add(step.conn, article, imported=time)
    queued = step.conn.execute("SELECT 1 FROM article_status WHERE article = ?", (article.id,)).fetchone()
    if queued:
        return False
    step.put_new([ArticleStatus(id=new_id(), author=step.author, article=article.id)])
    return True


def status_of(project: Project, article: str) -> ArticleStatus | None:
    """The author's own status record of an article, or `None`."""
    found = rows.select(project.conn, "article_status", "article = ? AND author = ?", (article, project.author.id))
    return next((one for one in found if isinstance(one, ArticleStatus)), None)
