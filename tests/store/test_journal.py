"""Steps, undo and redo: what they write and what they refuse."""

from __future__ import annotations

import sqlite3

import msgspec
import pytest

from annotator.domain.errors import CannotUndo, NotAllowed
from annotator.domain.journal import FIRST, chain_problems, event_hash, image, replay
from annotator.domain.records import KINDS, Actor
from annotator.store import articles, journal, rows
from annotator.store.journal import new_id
from annotator.store.project import Project, open_project
from tests.store.making import accepted, add_articles, entities, entity, proposal, put, redo, undo, withdraw


def actor(project: Project, name: str = "Mark Rutte") -> Actor:
    return Actor(id=new_id(), author=project.author.id, type="person", name=name)


def as_colleague(project: Project, colleague) -> Project:
    """The same open file in a colleague's hands."""
    return Project(project.path, project.conn, colleague)


def tables(project: Project) -> dict[tuple[str, str], dict[str, object]]:
    return {(kind, one.id): image(one) for kind in KINDS for one in rows.select(project.conn, kind)}


def test_an_act_is_one_event_that_says_who_when_and_what(project_copy, author):
    with open_project(project_copy, author, now=lambda: "2026-03-01T08:00:00.000Z") as project:
        number, head = journal.head(project.conn, author.id)
        record = entity(project)
        changes = put(project, record)
        event = list(journal.events(project.conn))[-1]
    assert (event.author, event.seq, event.previous) == (author.id, number + 1, head)
    assert (event.time, event.verb, event.id) == ("2026-03-01T08:00:00.000Z", "entity.add", changes.event)
    assert [(one.before, one.after) for one in event.changes] == [(None, image(record))]
    assert changes.records("entity") == [record] and changes.articles == {record.article}


def test_events_are_chained_from_zeros_on_and_each_author_on_its_own(project, colleague):
    record = entity(project)
    put(project, record)
    other = as_colleague(project, colleague)
    put(other, entity(other, "Pentagon"))
    withdraw(project, record)
    found = list(journal.events(project.conn))
    assert chain_problems(found) == [] and [one.clock for one in found] == list(range(1, len(found) + 1))
    assert found[0].previous == FIRST and all(one.hash == event_hash(one) for one in found)
    assert journal.heads(project.conn)[colleague.id] == (1, found[-2].hash) and found[-2].previous == FIRST


def test_replaying_the_journal_gives_the_tables(project):
    record = entity(project)
    put(project, record)
    put(project, msgspec.structs.replace(record, label="GPE"))
    undo(project)
    put(project, actor(project))
    withdraw(project, record)
    assert replay(journal.events(project.conn)) == tables(project)


@pytest.mark.parametrize("nothing", ["no change", "the same again", "there and back"])
def test_an_act_that_changes_nothing_leaves_no_event(project, nothing):
    record = entity(project)
    put(project, record)
    before = journal.heads(project.conn)
    with project.step("entity.relabel") as step:
        if nothing == "the same again":
            step.put(record)
        elif nothing == "there and back":
            step.put(msgspec.structs.replace(record, label="GPE"))
            step.put(record)
            fresh = entity(project, "Pentagon")
            step.put(fresh)
            step.withdraw(fresh)
    assert step.changes.event == "" and journal.heads(project.conn) == before and entities(project) == [record]


def test_an_act_that_fails_leaves_nothing(project):
    before = tables(project), journal.heads(project.conn)
    with pytest.raises(ZeroDivisionError), project.step("entity.add") as step:
        step.put(entity(project))
        1 / 0  # noqa: B018
    assert (tables(project), journal.heads(project.conn)) == before
    put(project, entity(project))


def test_a_colleague_s_record_is_refused(project, colleague):
    record = entity(project)
    put(project, record)
    other = as_colleague(project, colleague)
    taken_over = msgspec.structs.replace(record, author=colleague.id)
    for change in (record, taken_over, msgspec.structs.replace(entity(project), label="GPE")):
        with pytest.raises(NotAllowed, match="colleague"):
            put(other, change)
    for change in (record, taken_over):
        with pytest.raises(NotAllowed, match="colleague"):
            withdraw(other, change)
    with pytest.raises(NotAllowed, match="colleague"), other.step("entity.add") as step:
        step.put_new([entity(project)])
    assert entities(project) == [record] and colleague.id not in journal.heads(project.conn)


def test_nobody_gives_a_record_away(project, colleague):
    record = entity(project)
    put(project, record)
    with pytest.raises(NotAllowed, match="colleague"):
        put(project, msgspec.structs.replace(record, author=colleague.id))
    assert entities(project) == [record]


def test_a_new_record_never_takes_the_place_of_another(project):
    record = entity(project)
    put(project, record)
    with pytest.raises(sqlite3.IntegrityError), project.step("entity.add") as step:
        step.put_new([msgspec.structs.replace(record, label="GPE")])
    assert entities(project) == [record]


def test_withdrawing_journals_what_is_there_and_refuses_what_is_not(project):
    record = entity(project)
    put(project, record)
    changed = msgspec.structs.replace(record, label="GPE")
    put(project, changed)
    withdraw(project, record)
    assert list(journal.events(project.conn))[-1].changes[0].before == image(changed)
    with pytest.raises(NotAllowed, match="not there any more"):
        withdraw(project, record)


def test_undo_goes_back_act_by_act_and_redo_forth_again(project):
    states = [tables(project)]
    record = entity(project)
    for act in (record, msgspec.structs.replace(record, label="GPE"), entity(project, "Pentagon")):
        put(project, act)
        states.append(tables(project))
    for expected in reversed(states[:-1]):
        undo(project)
        assert tables(project) == expected
    for expected in states[1:]:
        redo(project)
        assert tables(project) == expected
    assert journal.redo_target(project.conn, project.author.id) is None


def test_a_new_act_after_an_undo_rules_redo_out_and_is_undone_first(project):
    first, second, third = (entity(project, word) for word in ("NATO", "Pentagon", "Europe"))
    put(project, first)
    put(project, second)
    undo(project)
    put(project, third)
    assert journal.redo_target(project.conn, project.author.id) is None
    undo(project)
    undo(project)
    assert entities(project) == []
    redo(project)
    redo(project)
    assert {one.id for one in entities(project)} == {first.id, third.id}


def test_undo_and_redo_mixed_come_to_where_they_should(project):
    first, second = entity(project), entity(project, "Pentagon")
    put(project, first)
    put(project, second)
    undo(project)
    redo(project)
    undo(project)
    undo(project)
    redo(project)
    assert entities(project) == [first]
    redo(project)
    undo(project)
    undo(project)
    assert entities(project) == []


def test_undo_and_redo_survive_reopening(project_copy, author):
    with open_project(project_copy, author) as project:
        record = entity(project)
        put(project, record)
        put(project, msgspec.structs.replace(record, label="GPE"))
    with open_project(project_copy, author) as project:
        undo(project)
        assert entities(project) == [record]
    with open_project(project_copy, author) as project:
        redo(project)
        assert entities(project) == [msgspec.structs.replace(record, label="GPE")]


def test_undo_takes_back_one_s_own_acts_only(project, colleague):
    record = entity(project)
    put(project, record)
    other = as_colleague(project, colleague)
    theirs = entity(other, "Pentagon")
    put(other, theirs)
    undo(project)
    assert entities(project) == [theirs]
    undo(other)
    assert journal.undo_target(project.conn, colleague.id) is None


def test_undo_is_refused_when_a_colleague_changed_the_shared_record_since(project, colleague):
    mine = actor(project)
    put(project, mine, verb="actor.add")
    other = as_colleague(project, colleague)
    put(other, msgspec.structs.replace(mine, name="Mark Rutte (NATO)"), verb="actor.change")
    with pytest.raises(CannotUndo, match=f"{colleague.name} changed the same record at 20"):
        undo(project)
    undo(other)
    # Other copies of the project may rest on what the colleague did meanwhile.
    with pytest.raises(NotAllowed, match="A colleague's work rests on this"):
        undo(project)
    assert rows.get(project.conn, "actor", mine.id) == mine


def test_undo_is_refused_when_the_tables_were_tampered_with(project):
    record = entity(project)
    put(project, record)
    project.conn.execute("UPDATE entity SET label = 'GPE'")
    with pytest.raises(CannotUndo, match="do not fit its journal"):
        undo(project)


def test_undoing_an_import_takes_its_articles_out_of_the_queue_and_keeps_their_text(project):
    ids = articles.ids(project.conn)
    added = add_articles(project, ["One more.", "And another."])
    undo(project)
    assert articles.ids(project.conn) == ids
    assert all(articles.get(project.conn, one) for one in added.articles)


def test_the_history_of_a_record_has_every_event_that_touched_it(project):
    record = accepted(project, proposal(project))
    put(project, record, verb="entity.accept")
    put(project, entity(project, "Pentagon"))
    put(project, msgspec.structs.replace(record, label="GPE"), verb="entity.relabel")
    withdraw(project, record)
    undo(project)
    verbs = [one.verb for one in journal.events_of(project.conn, record.id)]
    assert verbs == ["entity.accept", "entity.relabel", "entity.withdraw", "undo"]
    assert rows.get(project.conn, "entity", record.id) is not None
