"""What reviews need of the project file: decisions with their clocks, and records as they once were."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from annotator.domain.gold import Decided, seen_as
from annotator.domain.journal import record_of
from annotator.domain.records import Annotation, Decision, Entity, Quote, Stance, kind_of
from annotator.store import journal, rows

KINDS = ("entity", "quote", "stance")


def marked_by(conn: sqlite3.Connection, author: str, article: str) -> list[Annotation]:
    """What an author has marked in an article."""
    found = (one for kind in KINDS for one in rows.select(conn, kind, "article = ? AND author = ?", (article, author)))
    return [one for one in found if isinstance(one, Entity | Quote | Stance)]


def marked_in(conn: sqlite3.Connection, article: str) -> dict[str, Annotation]:
    """What everybody has marked in an article, by id."""
    found = (one for kind in KINDS for one in rows.select(conn, kind, "article = ?", (article,)))
    return {one.id: one for one in found if isinstance(one, Entity | Quote | Stance)}


def decided(conn: sqlite3.Connection, article: str | None = None) -> list[Decided]:
    """The decisions that are there, of one article or of all, each with the clock of its latest act."""
    where, values = ("article = ?", (article,)) if article else ("1", ())
    found = [one for one in rows.select(conn, "decision", where, values) if isinstance(one, Decision)]
    clocks = _clocks(conn, [one.id for one in found])
    return [Decided(decision=one, clock=clocks.get(one.id, 0)) for one in found]


def about(conn: sqlite3.Connection, article: str, record_id: str) -> list[Decision]:
    """The decisions that are there about a record of an article."""
    found = rows.select(conn, "decision", "article = ?", (article,))
    return [one for one in found if isinstance(one, Decision) and record_id in {side.record for side in one.sides}]


def _clocks(conn: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    clocks: dict[str, int] = {}
    query = "SELECT max(e.clock) FROM touched t JOIN event e ON e.n = t.n WHERE t.record = ?"
    for one in ids:
        (clock,) = conn.execute(query, (one,)).fetchone()
        clocks[one] = clock or 0
    return clocks


def versions(conn: sqlite3.Connection, wanted: Iterable[Decision]) -> dict[str, Annotation]:
    """The records that decisions have seen, by what they were seen as: of now, else from the journal."""
    found: dict[str, Annotation] = {}
    for decision in wanted:
        for side in decision.sides:
            if side.seen not in found:
                for one in _versions_of(conn, side.record):
                    found.setdefault(seen_as(one), one)
    return found


def _versions_of(conn: sqlite3.Connection, record_id: str) -> list[Annotation]:
    images = [
        record_of(change.kind, change.after)
        for event in journal.events_of(conn, record_id)
        for change in event.changes
        if change.id == record_id and change.after is not None and change.kind in KINDS
    ]
    return [one for one in images if isinstance(one, Entity | Quote | Stance)]


def layers(conn: sqlite3.Connection) -> list[tuple[str, str, int, int]]:
    """Everybody who has marked something: id, name, in how many articles, and how many records; by name and id."""
    union = " UNION ALL ".join(f"SELECT author, article FROM {kind}" for kind in KINDS)
    return conn.execute(
        f"SELECT m.author, coalesce(a.name, m.author), count(DISTINCT m.article), count(*) FROM ({union}) m"
        " LEFT JOIN author a ON a.id = m.author GROUP BY m.author ORDER BY 2, 1"
    ).fetchall()


def finished_by_all(conn: sqlite3.Connection, authors: Collection[str]) -> list[str]:
    """The articles that all of these authors have marked as done, in order of import."""
    wanted = sorted(set(authors))
    found = conn.execute(
        "SELECT n.id FROM article n WHERE (SELECT count(DISTINCT s.author) FROM article_status s WHERE s.article = n.id"
        f" AND s.state = 'done' AND s.author IN ({', '.join('?' * len(wanted))})) = ? ORDER BY n.n",
        (*wanted, len(wanted)),
    )
    return [row[0] for row in found]


def marked_by_all(conn: sqlite3.Connection, authors: Collection[str]) -> list[str]:
    """The articles in which all of these have marked something, or said that they are done; in order of import."""
    wanted = sorted(set(authors))
    worked = " UNION ".join(
        [
            *(f"SELECT article, author FROM {kind}" for kind in KINDS),
            "SELECT article, author FROM article_status WHERE state = 'done'",
        ]
    )
    found = conn.execute(
        f"WITH worked AS ({worked}) SELECT n.id FROM article n WHERE (SELECT count(DISTINCT w.author) FROM worked w"
        f" WHERE w.article = n.id AND w.author IN ({', '.join('?' * len(wanted))})) = ? ORDER BY n.n",
        (*wanted, len(wanted)),
    )
    return [row[0] for row in found]


def record(conn: sqlite3.Connection, one: Annotation) -> Annotation | None:
    """A record as it is now; `None` where it was withdrawn."""
    found = rows.get(conn, kind_of(one), one.id)
    return found if isinstance(found, Entity | Quote | Stance) else None


def is_answered(conn: sqlite3.Connection, record_id: str, author: str, *, after: int) -> bool:
    """Whether an author has written a note on a record later than that clock."""
    found = conn.execute(
        "SELECT 1 FROM note n JOIN touched t ON t.record = n.id JOIN event e ON e.n = t.n"
        " WHERE n.subject = ? AND n.author = ? AND e.clock > ? LIMIT 1",
        (record_id, author, after),
    )
    return found.fetchone() is not None


def last_clock(conn: sqlite3.Connection, author: str, article: str) -> int:
    """The clock of the last act of an author on the state of an article; 0 where there is none."""
    (clock,) = conn.execute(
        "SELECT max(e.clock) FROM article_status s JOIN touched t ON t.record = s.id JOIN event e ON e.n = t.n"
        " WHERE s.article = ? AND s.author = ?",
        (article, author),
    ).fetchone()
    return int(clock or 0)


def still_to_label(conn: sqlite3.Connection, author: str) -> set[str]:
    """The articles that somebody is assigned to label and has not marked as done."""
    found = conn.execute(
        "SELECT DISTINCT a.article FROM assignment a WHERE a.task = 'label' AND a.assignee = ? AND NOT EXISTS ("
        "SELECT 1 FROM article_status s WHERE s.article = a.article AND s.author = a.assignee AND s.state = 'done')",
        (author,),
    )
    return {row[0] for row in found}
