"""The whole history of a record: what each act changed, where it came from, and what reviews decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Change, Event
from annotator.domain.records import Actor, Decision, Target
from annotator.services.history import said
from annotator.store import deciding, journal, rows
from annotator.store.project import Project

_LEFT_OUT = ("id", "author", "article")
_SHORT = 120
_NAMED = ("actor", "speaker", "holder", "via", "target")
_OUTCOMES = {
    "a": "took it",
    "b": "took it",
    "other": "took it",
    "both": "took both",
    "neither": "declined it",
    "edited": "took an edited version of it",
    "deferred": "put it off or returned it",
}


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One act on a record: who, what and when (UTC), the fields that it changed in words, and where that came from.

    `codebook` is the version that was in force; `is_undone` says that the act was taken back later, and stays so.
    """

    who: str
    author: str
    what: str
    time: str
    event: str
    codebook: int = 0
    changes: tuple[str, ...] = ()
    origin: str = ""
    is_undone: bool = False


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
    events = journal.events_of(project.conn, record_id)
    images = [image for event in events for image in _images(_change(event, record_id))]
    article = next((str(one["article"]) for one in images if one.get("article")), "")
    found = [(event, record_id) for event in events]
    for decision in deciding.about(project.conn, article, record_id):
        found += [(event, decision.id) for event in journal.events_of(project.conn, decision.id)]
    return _Teller(project, record_id).told(sorted(found, key=lambda pair: pair[0].clock))


def _change(event: Event, record_id: str) -> Change:
    return next(one for one in event.changes if one.id == record_id)


def _images(change: Change) -> Iterator[dict[str, object]]:
    yield from (one for one in (change.before, change.after) if one is not None)


class _Teller:
    """Puts the acts on one record, and on the decisions about it, into words."""

    def __init__(self, project: Project, record_id: str) -> None:
        self._project = project
        self._record_id = record_id
        self._names = project.author_names()
        self._codebooks = journal.codebooks(project.conn)

    def told(self, found: Sequence[tuple[Event, str]]) -> list[HistoryEntry]:
        undone: set[str] = set()
        for event, _ in reversed(found):
            # What took something back does not count where it was itself taken back.
            if event.undoes and event.id not in undone:
                undone.add(event.undoes)
        return [self._entry(event, _change(event, one), is_undone=event.id in undone) for event, one in found]

    def _entry(self, event: Event, change: Change, *, is_undone: bool) -> HistoryEntry:
        is_own = change.id == self._record_id
        what, changes = (said(self._project, event), self._changes(change)) if is_own else self._review(change)
        return HistoryEntry(
            who=self._names.get(event.author, event.author),
            author=event.author,
            what=what,
            time=event.time,
            event=event.id,
            codebook=max((version for version, clock in self._codebooks if clock <= event.clock), default=0),
            changes=changes,
            origin=_origin((change.after or {}).get("origin")) if is_own and change.before is None else "",
            is_undone=is_undone,
        )

    def _changes(self, change: Change) -> tuple[str, ...]:
        before, after = change.before or {}, change.after or {}
        fields = [name for name in {**before, **after} if name not in (*_LEFT_OUT, "origin")]
        return tuple(
            f"{name}: {self._words(name, before.get(name))} → {self._words(name, after.get(name))}"
            for name in fields
            if before.get(name) != after.get(name)
            and (before.get(name) or after.get(name))
            # Where a new one stands is in its words.
            and (change.before is not None or name not in ("start", "end"))
        )

    def _review(self, change: Change) -> tuple[str, tuple[str, ...]]:
        decision = msgspec.convert(change.after or change.before, Decision)
        what = _OUTCOMES.get(decision.outcome, "took another one")
        if decision.takes and self._record_id not in {one.record for one in decision.takes}:
            what = "took another one"
        told = (f"{name}: {value}" for name, value in (("rule", decision.rule), ("comment", decision.comment)) if value)
        return f"reviewed: {what}" if change.after else f"took the review back: {what}", tuple(told)

    def _words(self, name: str, value: object) -> str:
        """A value in words: actors and targets by name."""
        if name in _NAMED and isinstance(value, str):
            one = rows.get(self._project.conn, "target" if name == "target" else "actor", value)
            value = one.label if isinstance(one, Target) else one.name if isinstance(one, Actor) else value
        return _words(value)


def _origin(plain: object) -> str:
    """From which suggestion, by which model."""
    if not isinstance(plain, dict) or plain.get("by", "person") == "person":
        return ""
    score = f", score {plain['score']}" if plain.get("score") is not None else ""
    return f"{plain.get('act', 'added')} from {plain.get('name', '')} {plain.get('version', '')}{score}".replace(
        "  ", " "
    )


def _words(value: object) -> str:
    """A value of a record in words: passages as their text."""
    if value in (None, "", [], False):
        return "nothing"
    if isinstance(value, str):
        text = value
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
        return _words(pieces)
    return str(value)
