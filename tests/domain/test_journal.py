"""Events: their images, their chain, and their replay."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from annotator.domain.journal import FIRST, Change, Event, chain_problems, event_hash, image, record_of, replay
from annotator.domain.records import Note, kind_of
from tests.domain.strategies import any_record


def chain(*changes: Change, author: str = "a") -> list[Event]:
    made: list[Event] = []
    for number, change in enumerate(changes, start=1):
        event = Event(
            id=f"{author}{number}",
            author=author,
            seq=number,
            clock=number,
            previous=made[-1].hash if made else FIRST,
            time="2026-01-01T00:00:00.000Z",
            verb="note.add",
            undoes=None,
            changes=(change,),
        )
        made.append(msgspec.structs.replace(event, hash=event_hash(event)))
    return made


def note(name: str, text: str) -> dict[str, object]:
    return image(Note(id=name, author="a", text=text))


ADDED = Change("note", "n", None, note("n", "one"))
CHANGED = Change("note", "n", note("n", "one"), note("n", "two"))
GONE = Change("note", "n", note("n", "two"), None)


@given(any_record())
def test_a_record_comes_back_from_its_image(record):
    assert record_of(kind_of(record), image(record)) == record


def test_the_chains_of_several_authors_are_sound_side_by_side():
    ours, theirs = chain(ADDED, CHANGED), chain(ADDED, GONE, author="b")
    mixed = [ours[0], theirs[0], theirs[1], ours[1]]
    assert chain_problems(mixed) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "x"),
        ("clock", 7),
        ("time", "2025-01-01T00:00:00.000Z"),
        ("verb", "note.drop"),
        ("undoes", "a0"),
        ("changes", (GONE,)),
        ("hash", FIRST),
    ],
)
def test_every_field_of_an_event_is_held_by_its_hash(field, value):
    events = chain(ADDED, CHANGED)
    events[1] = msgspec.structs.replace(events[1], **{field: value})
    assert any("does not fit its hash" in problem for problem in chain_problems(events))


def test_a_rewritten_event_breaks_the_link_of_the_next():
    events = chain(ADDED, CHANGED)
    forged = msgspec.structs.replace(events[0], verb="note.drop")
    events[0] = msgspec.structs.replace(forged, hash=event_hash(forged))
    assert chain_problems(events) == ["Event a2: it does not name the hash of the event before it."]


def test_a_missing_event_is_a_gap_in_its_author_s_numbers():
    events = chain(ADDED, CHANGED, GONE)
    assert "number 3 of its author follows number 1" in chain_problems([events[0], events[2]])[0]


def test_replay_gives_what_the_last_change_left():
    assert replay(chain(ADDED, CHANGED)) == {("note", "n"): note("n", "two")}
    assert replay(chain(ADDED, CHANGED, GONE)) == {}
