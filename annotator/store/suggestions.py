"""Suggestions in the project file, and the tally of what is decided and open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from annotator.domain.drafts import Draft, Suggestion
from annotator.domain.records import Entity, Quote, Rejection
from annotator.domain.review import open_suggestions
from annotator.store import rows

_DRAFT: msgspec.json.Decoder[Draft] = msgspec.json.Decoder(Draft)


def replace(
    conn: sqlite3.Connection, article: str, suggestions: Iterable[Suggestion], *, pipeline: str, time: str
) -> None:
    """Put a new run's suggestions in place of all that the article had."""
    conn.execute("DELETE FROM suggestion WHERE article = ?", (article,))
    conn.executemany(
        "INSERT INTO suggestion (id, article, kind, draft, model, version, score) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.id,
                one.article,
                one.draft.__struct_config__.tag,
                msgspec.json.encode(one.draft).decode("utf-8"),
                one.model,
                one.version,
                one.score,
            )
            for one in suggestions
        ],
    )
    conn.execute(
        "INSERT INTO suggestion_run (article, pipeline, time) VALUES (?, ?, ?)"
        " ON CONFLICT (article) DO UPDATE SET pipeline = excluded.pipeline, time = excluded.time",
        (article, pipeline, time),
    )


def _suggestion(row: tuple[str, str, str, str, str, float]) -> Suggestion:
    suggestion_id, article, draft, model, version, score = row
    return Suggestion(
        id=suggestion_id, article=article, draft=_DRAFT.decode(draft), model=model, version=version, score=score
    )


def of_article(conn: sqlite3.Connection, article: str) -> list[Suggestion]:
    """All that models propose for an article, decided or not, in the order of the text."""
    found = conn.execute(
        "SELECT id, article, draft, model, version, score FROM suggestion WHERE article = ?", (article,)
    )
    return sorted(map(_suggestion, found), key=lambda one: (one.draft.span, one.id))


def get(conn: sqlite3.Connection, suggestion_id: str) -> Suggestion | None:
    """The suggestion of that id, or `None`."""
    row = conn.execute(
        "SELECT id, article, draft, model, version, score FROM suggestion WHERE id = ?", (suggestion_id,)
    ).fetchone()
    return None if row is None else _suggestion(row)


def open_of(conn: sqlite3.Connection, article: str, author: str) -> list[Suggestion]:
    """The suggestions of an article that an author has not decided about, in the order of the text."""
    return open_suggestions(of_article(conn, article), *_decided(conn, article, author))


def _decided(conn: sqlite3.Connection, article: str, author: str) -> tuple[list[Entity], list[Quote], list[Rejection]]:
    mine = "article = ? AND author = ?"
    entities = [one for one in rows.select(conn, "entity", mine, (article, author)) if isinstance(one, Entity)]
    quotes = [one for one in rows.select(conn, "quote", mine, (article, author)) if isinstance(one, Quote)]
    rejected = [one for one in rows.select(conn, "rejection", mine, (article, author)) if isinstance(one, Rejection)]
    return entities, quotes, rejected


def renew_tally(conn: sqlite3.Connection, article: str, author: str) -> None:
    """Count an article's decided and open suggestions anew; own annotations count as decided."""
    entities, quotes, rejected = _decided(conn, article, author)
    decided = len(entities) + len(quotes) + len(rejected)
    if decided:
        left = len(open_suggestions(of_article(conn, article), entities, quotes, rejected))
    else:
        (left,) = conn.execute("SELECT count(*) FROM suggestion WHERE article = ?", (article,)).fetchone()
    conn.execute(
        "INSERT INTO tally (article, decided, open) VALUES (?, ?, ?)"
        " ON CONFLICT (article) DO UPDATE SET decided = excluded.decided, open = excluded.open",
        (article, decided, left),
    )


def without_run(conn: sqlite3.Connection, *, pipeline: str | None = None) -> list[str]:
    """The articles in the queue that have no suggestions yet, or none of that pipeline, in the order of import."""
    missing = "r.article IS NULL" if pipeline is None else "r.pipeline IS NOT ?"
    values = () if pipeline is None else (pipeline,)
    found = conn.execute(
        "SELECT a.id FROM article a LEFT JOIN suggestion_run r ON r.article = a.id"
        f" WHERE {missing} AND EXISTS (SELECT 1 FROM article_status q WHERE q.article = a.id) ORDER BY a.n",
        values,
    )
    return [row[0] for row in found]


def models(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """The names and versions of the models whose suggestions are in the project."""
    return [(row[0], row[1]) for row in conn.execute("SELECT DISTINCT model, version FROM suggestion ORDER BY 1, 2")]
