"""Who signed which events, and which keys of which authors are accepted in this project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from annotator.domain.signing import Signature, Signer, is_signed


def add(conn: sqlite3.Connection, event: str, signatures: Iterable[Signature]) -> None:
    """Put signatures beside an event that exists; those that are there already stay as they are."""
    conn.executemany(
        "INSERT INTO signature (event, public_key, signature) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(event, one.public_key, one.signature) for one in signatures],
    )


def of_event(conn: sqlite3.Connection, event: str) -> list[Signature]:
    """The signatures of an event, by public key; mostly one, none for an older event."""
    found = conn.execute("SELECT public_key, signature FROM signature WHERE event = ? ORDER BY public_key", (event,))
    return [Signature(*row) for row in found]


def each(conn: sqlite3.Connection) -> Iterator[tuple[str, str, Signature]]:
    """Every signature with the id and the hash of its event."""
    found = conn.execute(
        "SELECT e.id, e.hash, s.public_key, s.signature FROM signature s JOIN event e ON e.id = s.event ORDER BY e.n, 3"
    )
    for event, digest, public_key, signature in found:
        yield event, digest, Signature(public_key, signature)


def sign_head(conn: sqlite3.Connection, author: str, signer: Signer, *, time: str) -> None:
    """Sign an author's last event with the author's own key, where it is not signed with it yet.

    Through the chain that covers all events before it too.
    """
    row = conn.execute("SELECT id, hash FROM event WHERE author = ? ORDER BY seq DESC LIMIT 1", (author,)).fetchone()
    if row is not None:
        event, digest = row
        accept(conn, author, signer.public_key, time=time)
        add(conn, event, [signer.sign("event", digest)])


def last_signed(conn: sqlite3.Connection, author: str) -> int:
    """The number of the author's last signed event: what came after it nobody vouches for; 0 where none is signed."""
    (seq,) = conn.execute(
        "SELECT coalesce(max(e.seq), 0) FROM event e JOIN signature s ON s.event = e.id WHERE e.author = ?", (author,)
    ).fetchone()
    return int(seq)


def keys_of(conn: sqlite3.Connection, author: str) -> list[str]:
    """The public keys of an author that are accepted in this project, the latest accepted last."""
    return [key for key, _ in accepted_keys(conn, author)]


def accepted_keys(conn: sqlite3.Connection, author: str) -> list[tuple[str, str]]:
    """The public keys of an author that are accepted in this project, and since when (UTC), the latest last."""
    found = conn.execute(
        "SELECT public_key, accepted FROM author_key WHERE author = ? ORDER BY accepted, public_key", (author,)
    )
    return [(row[0], row[1]) for row in found]


def accept(conn: sqlite3.Connection, author: str, public_key: str, *, time: str) -> None:
    """Let a key count as that author's in this project; an empty one stands for work that nobody signed."""
    conn.execute(
        "INSERT INTO author_key (author, public_key, accepted) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (author, public_key, time),
    )


def problems(conn: sqlite3.Connection) -> Iterator[str]:
    """One sentence for each signature that is not its event's."""
    for event, digest, signature in each(conn):
        if not is_signed("event", digest, signature):
            yield f"Event {event}: its signature does not fit its hash."
