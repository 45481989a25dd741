"""What the tests of the services pick out of a project, and put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import Span
from annotator.services import queries, showing
from annotator.store import rows
from annotator.store.project import Project


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of files with these contents."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def first_article(project: Project) -> str:
    """The article that was imported first."""
    return queries.article_rows(project)[0].id


def open_ones(project: Project) -> list[Suggestion]:
    """The open suggestions of the first article."""
    return queries.open_suggestions(project, first_article(project))


def entity_suggestion(project: Project) -> Suggestion:
    """The first open suggestion of an entity."""
    return next(one for one in open_ones(project) if isinstance(one.draft, EntityDraft))


def quote_suggestion(project: Project) -> Suggestion:
    """The first open suggestion of a quote."""
    return next(one for one in open_ones(project) if isinstance(one.draft, QuoteDraft))


def entities(project: Project) -> list[Entity]:
    """The author's entities in the first article."""
    return queries.entities(project, first_article(project))


def quotes(project: Project) -> list[Quote]:
    """The author's quotes in the first article."""
    return queries.quotes(project, first_article(project))


def word_span(project: Project, word: str) -> Span:
    """Where a word first stands in the first article."""
    start = queries.article(project, first_article(project)).text.index(word)
    return Span(start, start + len(word))


def state(project: Project) -> str:
    """How far the author is with the first article."""
    return queries.article_rows(project)[0].state


def everything(project: Project) -> list[object]:
    """All records of a project and its queue: what must be as before when an act was refused or undone."""
    if showing.is_count_due(project):
        list(showing.recount(project))
    kinds = ("entity", "quote", "stance", "note", "rejection", "actor", "target", "codebook")
    records: list[object] = [one for kind in kinds for one in rows.select(project.conn, kind)]
    return records + list(queries.article_rows(project))


def told(job: Job[object]) -> list[Progress]:
    """All that a job tells of its progress, run to its end."""
    return list(job)


def run_until(job: Job[object], is_enough: Callable[[Progress], bool]) -> None:
    """Drive a job until something is true of its progress, then stop it as a user would."""
    for progress in job:
        if is_enough(progress):
            job.close()
            return
    raise AssertionError("the job ended first")


def ids(suggestions: Iterable[Suggestion]) -> list[str]:
    """The ids of suggestions."""
    return [one.id for one in suggestions]
