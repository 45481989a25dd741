"""Journal events: what they hold, how they are chained, and how they are replayed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.records import KINDS, SHARED_KINDS, Record

FIRST = "0" * 64


class Change(msgspec.Struct, frozen=True, array_like=True):
    """One record before and after an act; `None` means that it was not there."""

    kind: str
    id: str
    before: dict[str, object] | None
    after: dict[str, object] | None


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act of one person.

    `seq` counts the author's own events from 1; `clock` is a logical clock over all authors (one more than the
    highest seen); `previous` is the hash of the author's event before, 64 zeros for the first.
    """

    id: str
    author: str
    seq: int
    clock: int
    previous: str
    time: str
    verb: str
    undoes: str | None
    changes: tuple[Change, ...]
    hash: str = ""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What an act did: the change notice that every view refreshes itself from."""

    verb: str = ""
    event: str = ""
    changes: tuple[Change, ...] = ()
    articles: frozenset[str] = frozenset()

    def records(self, kind: str) -> list[Record]:
        """The records of one kind that are there after the act."""
        return [
            record_of(change.kind, change.after)
            for change in self.changes
            if change.kind == kind and change.after is not None
        ]


def event_hash(event: Event) -> str:
    """`sha256(previous hash || canonical body)`, the body being all fields but the hash itself."""
    body = {name: getattr(event, name) for name in event.__struct_fields__ if name != "hash"}
    return sha256_hex(event.previous.encode("ascii") + canonical_json(body))


def image(record: Record) -> dict[str, object]:
    """A record as the plain values that the journal holds, just as JSON gives them back (lists, no tuples)."""
    plain: dict[str, object] = msgspec.json.decode(msgspec.json.encode(record))
    return plain


def record_of(kind: str, plain: dict[str, object]) -> Record:
    """The record of a journalled image.

    Raises:
        msgspec.ValidationError: the image is not of that kind.
    """
    return msgspec.convert(plain, KINDS[kind])


def chain_problems(events: Iterable[Event]) -> list[str]:
    """One sentence for each broken link; the events must come in the order in which each author wrote them."""
    heads: dict[str, tuple[int, str]] = {}
    problems: list[str] = []
    for event in events:
        seq, previous = heads.get(event.author, (0, FIRST))
        if event.seq != seq + 1:
            problems.append(f"Event {event.id}: number {event.seq} of its author follows number {seq}.")
        if event.previous != previous:
            problems.append(f"Event {event.id}: it does not name the hash of the event before it.")
        if event.hash != event_hash(event):
            problems.append(f"Event {event.id}: its content does not fit its hash.")
        heads[event.author] = (event.seq, event.hash)
    return problems


def order_of(event: Event) -> tuple[int, str]:
    """Where an event stands among all authors' events, the same in every copy of a project."""
    return event.clock, event.author


def replay(events: Iterable[Event]) -> dict[tuple[str, str], dict[str, object]]:
    """The records that a journal leaves, by kind and id, in whatever order its events came in.

    Of a shared record the latest version counts; what another author's act names is never gone.
    """
    state: dict[tuple[str, str], dict[str, object]] = {}
    gone: dict[tuple[str, str], tuple[str, dict[str, object]]] = {}
    ordered = sorted(events, key=order_of)
    for event in ordered:
        for change in event.changes:
            key = (change.kind, change.id)
            if change.after is not None:
                state[key] = change.after
                gone.pop(key, None)
            elif (last := state.pop(key, gone.get(key, ("", None))[1])) is not None and change.kind in SHARED_KINDS:
                gone[key] = (event.author, last)
    for key, (author, last) in gone.items():
        if is_named(key[1], author, ordered):
            state[key] = last
    return state


def is_named(record_id: str, author: str, events: Iterable[Event]) -> bool:
    """Whether anybody but the author has an act that names a record: then the record cannot go any more."""
    name = record_id.encode("utf-8")
    return any(event.author != author and name in canonical_json(event.changes) for event in events)
