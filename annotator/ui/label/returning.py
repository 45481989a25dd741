"""Where an undo or a redo leads back to: the article and the thing that it changed."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.journal import Changes, record_of
from annotator.domain.records import Entity, Quote, Record, Rejection, Stance, draft_of
from annotator.ui.label.cards import Thing, body_of, span_of


def touched(changes: Changes) -> list[Record]:
    """What an act changed, as it is now; as it was, where it is not there any more."""
    found = [(one.kind, one.after or one.before) for one in changes.changes]
    return [record_of(kind, plain) for kind, plain in found if plain is not None]


def thing_of(changes: Changes, things: Sequence[Thing]) -> str:
    """The id of the thing among these that an act is about, the first in the text; empty when there is none.

    A quote is what a stance is about; a suggestion stands for the record that an undo has taken away.
    """
    ids: set[str] = set()
    keys: set[str] = set()
    for record in touched(changes):
        ids |= _ids_of(record)
        if isinstance(record, Entity | Quote):
            keys.add((record.origin.suggested or draft_of(record)).key)
        elif isinstance(record, Rejection):
            keys.add(record.suggested.key)
    meant = [one for one in things if one.id in ids or _key(one) in keys]
    exact = [one for one in meant if one.id in ids] or meant
    return min(exact, key=span_of).id if exact else ""


def _ids_of(record: Record) -> set[str]:
    if isinstance(record, Stance):
        return {one.quote for one in record.evidence if one.quote}
    return {record.id} if isinstance(record, Entity | Quote) else set()


def _key(thing: Thing) -> str:
    body = body_of(thing)
    return draft_of(body).key if isinstance(body, Entity | Quote) else body.key
