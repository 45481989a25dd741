"""Which records were last touched before a moment of the journal's clock."""

from __future__ import annotations

import sqlite3

from annotator.domain.records import Entity, Quote, Stance
from annotator.store import rows

KINDS = ("entity", "quote", "stance")

_SINCE = "SELECT 1 FROM touched t JOIN event e ON e.n = t.n WHERE t.record = r.id AND e.clock >= ?"


def last_clock(conn: sqlite3.Connection, record_id: str) -> int:
    """The clock of the last event that touched a record; 0 where there is none."""
    row = conn.execute(
        "SELECT max(e.clock) FROM touched t JOIN event e ON e.n = t.n WHERE t.record = ?", (record_id,)
    ).fetchone()
    return int(row[0] or 0)


def before(
    conn: sqlite3.Connection, kind: str, clock: int, *, author: str, limit: int, after: str = ""
) -> list[Entity | Quote | Stance]:
    """An author's records of a kind that no event has touched from that clock on, by id: the next after one of them."""
    fitting = f"r.author = ? AND r.id > ? AND NOT EXISTS ({_SINCE}) ORDER BY r.id LIMIT ?"
    found = rows.select(conn, kind, f"id IN (SELECT r.id FROM {kind} r WHERE {fitting})", (author, after, clock, limit))
    return [one for one in found if isinstance(one, Entity | Quote | Stance)]


def count_before(conn: sqlite3.Connection, clock: int, *, author: str) -> int:
    """How many of an author's records of all three kinds no event has touched from that clock on."""
    # By what was touched since, which is read once and mostly short: asking of each record takes ten times as long.
    since = "SELECT DISTINCT record FROM touched WHERE n IN (SELECT n FROM event WHERE clock >= ?)"
    all_ = " + ".join(f"(SELECT count(*) FROM {kind} WHERE author = ?)" for kind in KINDS)
    later = " + ".join(f"(SELECT count(*) FROM {kind} WHERE author = ? AND id IN since)" for kind in KINDS)
    sql = f"WITH since AS MATERIALIZED ({since}) SELECT {all_} - ({later})"
    return int(conn.execute(sql, (clock, *[author] * 2 * len(KINDS))).fetchone()[0])
