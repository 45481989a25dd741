"""Records, articles and processes that the tests of the project file are made of."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from annotator.domain.articles import new_article
from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.journal import Changes
from annotator.domain.records import ArticleStatus, Entity, Origin, Record, Rejection
from annotator.store import articles, check, journal, rows
from annotator.store.journal import new_id
from annotator.store.project import Project

ROOT = Path(__file__).resolve().parents[2]


def entity_at(project: Project, article: str, start: int, end: int, label: str = "ORG") -> Entity:
    """An entity that is not in the project yet."""
    text = articles.text_of(project.conn, article)[start:end]
    return Entity(id=new_id(), author=project.author.id, article=article, start=start, end=end, text=text, label=label)


def entity(project: Project, word: str = "NATO", label: str = "ORG", *, article: int = 0) -> Entity:
    """An entity on the first place of a word in an article, not in the project yet."""
    chosen = articles.ids(project.conn)[article]
    start = articles.text_of(project.conn, chosen).index(word)
    return entity_at(project, chosen, start, start + len(word), label)


def put(project: Project, *records: Record, verb: str = "entity.add") -> Changes:
    """One act that puts records."""
    with project.step(verb) as step:
        for record in records:
            step.put(record)
    return step.changes


def withdraw(project: Project, record: Record) -> Changes:
    """One act that takes a record back."""
    with project.step("entity.withdraw") as step:
        step.withdraw(record)
    return step.changes


def add_articles(project: Project, texts: Sequence[str]) -> Changes:
    """One act that adds articles to the queue."""
    with project.step("article.import") as step:
        for number, text in enumerate(texts):
            article = new_article(text, name=f"{number}.txt")
            articles.add(step.conn, article, imported=project.now())
            step.put_new([ArticleStatus(id=new_id(), author=step.author, article=article.id)])
    return step.changes


def undo(project: Project) -> Changes:
    """Take the author's last act back; it must be there."""
    target = journal.undo_target(project.conn, project.author.id)
    assert target is not None
    with project.step(journal.UNDO, undoes=target.id) as step:
        deque(journal.reverse(step, target), maxlen=0)
    return step.changes


def redo(project: Project) -> Changes:
    """Do again what was undone last; it must be there."""
    target = journal.redo_target(project.conn, project.author.id)
    assert target is not None
    with project.step(journal.REDO, undoes=target.id) as step:
        deque(journal.reverse(step, target), maxlen=0)
    return step.changes


def proposal(project: Project, word: str = "NATO", *, article: int = 0) -> Suggestion:
    """A model's suggestion, not in the project yet."""
    made = entity(project, word, article=article)
    draft = EntityDraft(start=made.start, end=made.end, text=made.text, label="ORG")
    name = f"s-{made.article}-{word}"
    return Suggestion(id=name, article=made.article, draft=draft, model="m", version="1", score=0.5)


def accepted(project: Project, one: Suggestion) -> Entity:
    """What accepting a suggestion puts."""
    assert isinstance(one.draft, EntityDraft)
    suggested = one.draft
    origin = Origin(
        by="model", name=one.model, version=one.version, score=one.score, act="accepted", suggested=suggested
    )
    return Entity(
        id=new_id(),
        author=project.author.id,
        article=one.article,
        start=one.draft.start,
        end=one.draft.end,
        text=one.draft.text,
        label=one.draft.label,
        origin=origin,
    )


def rejected(project: Project, one: Suggestion) -> Rejection:
    """What rejecting a suggestion puts."""
    return Rejection(
        id=new_id(),
        author=project.author.id,
        article=one.article,
        suggested=one.draft,
        name=one.model,
        version=one.version,
        score=one.score,
    )


def entities(project: Project) -> list[Record]:
    """All entities, by id."""
    return rows.select(project.conn, "entity")


def problems(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """What a check finds, by rule; nothing for a rule that holds."""
    return {rule: [one.text for one in found] for rule, found in check.findings(conn) if found}


def names(folder: Path) -> list[str]:
    """The names in a folder, in order."""
    return sorted(path.name for path in folder.iterdir())


def contents(path: Path) -> list[str]:
    """Everything in a project file, as SQL."""
    with closing(sqlite3.connect(path)) as conn:
        return list(conn.iterdump())


def run_python(code: str, *args: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """What a Python process of its own makes of some code; it finds the program and these tests."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environ},
    )
