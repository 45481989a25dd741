"""Taking articles into a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.articles import NewArticle
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadOptions
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import ArticleStatus
from annotator.ingest.files import find_files, guess_encoding, has_tables, read_text_file
from annotator.ingest.readers import READERS, SINGLE
from annotator.store import articles, backup, rows
from annotator.store.journal import Step, new_id
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.suggest.client import Worker
    from annotator.suggest.pool import Pool

__all__ = ["ImportResult", "add_articles", "has_tables", "likely_encoding", "preview", "status_of", "take_in"]

MAX_ARTICLES = 100_000
SUFFIXES = tuple(READERS)
"""What the names of article files end in."""
TEXT_SUFFIXES = tuple(suffix for suffix, reader in READERS.items() if reader.is_text)
"""What the names of those end in that have an encoding."""


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did; `problems` has a sentence for each file, row or line that was refused, `remarks` one for each
    thing that was left empty."""

    added: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: int = 0
    changes: Changes = Changes()

    @property
    def details(self) -> tuple[str, ...]:
        """All that there is to say beside the summary, a sentence each: the worst first."""
        return (*self.problems, *self.remarks, *(f"{name} is there already." for name in self.duplicates))

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
        if self.remarks:
            parts.append(f"{len(self.remarks)} remark{'' if len(self.remarks) == 1 else 's'}")
        return ", ".join(parts) + "."


def add_articles(
    project: Project,
    paths: Sequence[Path],
    *,
    encoding: str | None = None,
    options: ReadOptions | None = None,
    worker: Worker | Pool | None = None,
) -> Job[ImportResult]:
    """A job that adds all articles of some files and folders in one act; cancelled, it leaves nothing behind.

    An article whose text is in the project already is named and not added again. What cannot be read, a file or a row
    of one, is named and left out, unless nothing else could be added.

    Raises:
        AnnotatorError: nothing could be added and something was refused, the pattern of names is none, or the project
            cannot be written.
    """
    # With it comes all that talks to the worker, which the window needs later.
    from annotator.services.reading import read_items

    chosen = msgspec.structs.replace(options or ReadOptions(), latest=project.now()[:10])
    chosen = msgspec.structs.replace(chosen, encoding=encoding) if encoding else chosen
    found = find_files(paths)
    files = found.files
    yield Progress(0, len(files), "Reading articles")
    are_many = len(files) > 1 or files[0].suffix.lower() not in SINGLE
    if are_many and not project.is_read_only and articles.ids(project.conn):
        backup.back_up(project)
    taken = _Taken()
    with project.step("article.import") as step:
        done = 0
        for read in read_items(files, chosen, worker=worker):
            if read is None:
                yield Progress(done, len(files), files[done].name, is_waiting=True)
                continue
            number, item = read
            if number > done or (number == done and taken.count):
                done = number
                yield Progress(done, len(files), files[number].name)
            if item.article is None:
                taken.problems.append(item.problem)
            elif take_in(step, item.article, time=project.now()):
                taken.added.append(item.article.name)
                taken.remarks += item.remarks
            else:
                taken.duplicates.append(item.article.name)
            taken.check_count()
        yield Progress(len(files), len(files), files[-1].name)
        taken.check_any(len(files))
    return taken.result(left_out=len(found.left_out), changes=step.changes)


class _Taken:
    """What an import has taken in so far."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.duplicates: list[str] = []
        self.problems: list[UnreadableArticle] = []
        self.remarks: list[str] = []

    @property
    def count(self) -> int:
        return len(self.added) + len(self.duplicates) + len(self.problems)

    def check_count(self) -> None:
        if self.count > MAX_ARTICLES:
            raise UnreadableArticle(
                f"There are more than {MAX_ARTICLES:,} articles.", hint="Import a part of them at a time."
            )

    def check_any(self, files: int) -> None:
        if not self.problems or self.added or self.duplicates:
            return
        first = self.problems[0]
        if len(self.problems) == 1:
            raise first
        what = "files" if len(self.problems) == files else "articles"
        raise UnreadableArticle(
            f"None of {len(self.problems)} {what} could be read: {first.message}",
            hint=first.hint,
            details=[str(problem) for problem in self.problems],
        )

    def result(self, *, left_out: int, changes: Changes) -> ImportResult:
        return ImportResult(
            added=tuple(self.added),
            duplicates=tuple(self.duplicates),
            problems=tuple(str(problem) for problem in self.problems),
            remarks=tuple(self.remarks),
            left_out=left_out,
            changes=changes,
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
