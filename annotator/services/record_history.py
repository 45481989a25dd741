"""The whole history of a record: what each act changed, where it came from, and what reviews decided about it."""

from __future__ import annotations

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Change, Event
from annotator.domain.records import Decision
from annotator.services import reviewing
from annotator.services.history import VERBS
from annotator.store import journal, rows
from annotator.store.project import Project

_LEFT_OUT = ("id", "author", "article")
_SHORT = 120
_OUTCOMES = {
    "a": "took it",
    "b": "took it",
    "both": "took both",
    "neither": "declined it",
    "edited": "took an edited version of it",
    "deferred": "put it off or returned it",
}


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One act on a record: who, what and when (UTC), the fields that it changed in words, and where that came from."""

    who: str
    what: str
    time: str
    event: str
    changes: tuple[str, ...] = ()
    origin: str = ""


def record_id_of(project: Project, start: str) -> str:
    """The id of the only record that ever was whose id begins so.

    Raises:
        AnnotatorError: there is none, or there are several.
    """
    found = journal.records_like(project.conn, start, limit=2) if start else []
    if len(found) == 1 or start in found:
        return start if start in found else found[0]
    problem = f"Several records begin with {start}." if found else f"No record {start} was ever in this project."
    raise AnnotatorError(
        problem, hint="Ids stand in the jsonl export; the first letters are enough where they are unique."
    )


def whole(project: Project, record_id: str) -> list[HistoryEntry]:
    """Everything that happened to a record and was decided about it, oldest first; empty for one that never was."""
    names = project.author_names()
    called = reviewing.called(project)
    found: list[tuple[int, HistoryEntry]] = []
    for event in journal.events_of(project.conn, record_id):
        change = next(one for one in event.changes if one.id == record_id)
        found.append((event.clock, _entry(event, change, names, called)))
    for decision in _decisions(project, record_id):
        for event in journal.events_of(project.conn, decision.id):
            change = next(one for one in event.changes if one.id == decision.id)
            found.append((event.clock, _review(event, change, record_id, names)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _decisions(project: Project, record_id: str) -> list[Decision]:
    found = rows.select(project.conn, "decision", "a = ? OR b = ?", (record_id, record_id))
    return [one for one in found if isinstance(one, Decision)]


def _entry(event: Event, change: Change, names: dict[str, str], called: dict[str, str]) -> HistoryEntry:
    before, after = change.before or {}, change.after or {}
    fields = [name for name in {**before, **after} if name not in (*_LEFT_OUT, "origin")]
    changes = [
        f"{name}: {_words(before.get(name), called)} → {_words(after.get(name), called)}"
        for name in fields
        if before.get(name) != after.get(name)
        and (before.get(name) or after.get(name))
        # Where a new one stands is in its words.
        and (change.before is not None or name not in ("start", "end"))
    ]
    return HistoryEntry(
        who=names.get(event.author, event.author),
        what=VERBS.get(event.verb, event.verb),
        time=event.time,
        event=event.id,
        changes=tuple(changes),
        origin=_origin(after.get("origin")) if change.before is None else "",
    )


def _review(event: Event, change: Change, record_id: str, names: dict[str, str]) -> HistoryEntry:
    plain = change.after or change.before or {}
    outcome = str(plain.get("outcome"))
    other = {"a": "b", "b": "a"}.get(outcome)
    what = "took the other one" if other and plain.get(other) == record_id else _OUTCOMES.get(outcome, outcome)
    told = [f"{name}: {plain[name]}" for name in ("rule", "comment") if plain.get(name)]
    return HistoryEntry(
        who=names.get(event.author, event.author),
        what=f"reviewed: {what}" if change.after else f"took the review back: {what}",
        time=event.time,
        event=event.id,
        changes=tuple(told),
    )


def _origin(plain: object) -> str:
    """From which suggestion, by which model."""
    if not isinstance(plain, dict) or plain.get("by", "person") == "person":
        return ""
    score = f", score {plain['score']}" if plain.get("score") is not None else ""
    return f"{plain.get('act', 'added')} from {plain.get('name', '')} {plain.get('version', '')}{score}".replace(
        "  ", " "
    )


def _words(value: object, called: dict[str, str]) -> str:
    """A value of a record in words: passages as their text, actors and targets by name."""
    if value in (None, "", [], False):
        return "nothing"
    if isinstance(value, str):
        text = called.get(value, value)
    elif isinstance(value, list):
        text = " … ".join(_piece(one) for one in value)
    else:
        text = str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else f"{flat[: _SHORT - 1]}…"


def _piece(value: object) -> str:
    if isinstance(value, list) and len(value) == 3 and isinstance(value[2], str):
        return f"“{value[2]}”"
    if isinstance(value, dict):
        pieces = value.get("spans") or value.get("title") or ""
        return _words(pieces, {})
    return str(value)
