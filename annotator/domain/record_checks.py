"""What must hold of a record and of the event that brings it, whoever wrote them."""

from __future__ import annotations

import re

from annotator.domain.journal import Change, Event, event_hash, record_of
from annotator.domain.records import (
    KINDS,
    SHARED_KINDS,
    Assignment,
    CodebookVersion,
    Quote,
    Record,
    Stance,
    passages_of,
)

_ID = re.compile(r"[!-~]{1,200}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_VERB = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40})?")
_UNDOING = ("undo", "redo")
_MAX_VERSION = 2**31


def record_problem(record: Record, text: str | None) -> str:
    """The first thing that is wrong with a record, as a clause; `text` is its article's, `None` where it has none."""
    for piece in passages_of(record):
        if text is None or not 0 <= piece.start < piece.end <= len(text):
            return "a span does not lie in its article"
        if text[piece.start : piece.end] != piece.text:
            return "a span does not hold the text that was marked"
    if isinstance(record, Quote) and not record.content:
        return "the quote has no content"
    if isinstance(record, Stance):
        return _stance_problem(record)
    if isinstance(record, Assignment) and not _is_assignment(record):
        return "the assignment has no assignee, or its date is none"
    if isinstance(record, CodebookVersion) and not 0 < record.version < _MAX_VERSION:
        return "the codebook has no version"
    return ""


def _is_assignment(one: Assignment) -> bool:
    return bool(_ID.fullmatch(one.assignee)) and (one.due is None or bool(_DAY.fullmatch(one.due)))


def _stance_problem(stance: Stance) -> str:
    if stance.confidence not in (None, 1, 2, 3):
        return "a confidence is not 1 to 3"
    needed = (stance.holder, stance.target, stance.position, stance.evidence)
    return "" if all(needed) or not stance.is_submitted else "a submitted stance is not complete"


def event_problem(event: Event) -> str:
    """The first thing that is wrong with an event by itself, as a clause; empty where all is well."""
    if not (_ID.fullmatch(event.id) and _ID.fullmatch(event.author)):
        return "its id is none"
    if not _TIME.fullmatch(event.time) or not _VERB.fullmatch(event.verb):
        return "its time or its verb is none"
    if (event.undoes is not None) != (event.verb in _UNDOING):
        return "it undoes what cannot be undone"
    if not event.changes or len({(one.kind, one.id) for one in event.changes}) < len(event.changes):
        return "it changes nothing, or a record twice"
    if event.hash != event_hash(event):
        return "its content does not fit its hash"
    return next(filter(None, (_change_problem(event.author, one) for one in event.changes)), "")


def _change_problem(author: str, change: Change) -> str:
    if not _ID.fullmatch(change.id):
        return "a record's id is none"
    if change.kind not in KINDS:
        return f"this version of Annotator does not know what “{change.kind[:40]}” is"
    if change.before is None and change.after is None:
        return "it changes nothing"
    for plain in (change.before, change.after):
        if plain is not None:
            record = record_of(change.kind, plain)
            if record.id != change.id:
                return "a record has another id than its change"
            if record.author != author and change.kind not in SHARED_KINDS:
                return "it changes another author's work"
    return ""
