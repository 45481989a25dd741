"""Review of one colleague's work, what its author gets to see, and what was changed most often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from annotator.domain.errors import NotAllowed
from annotator.domain.progress import drain
from annotator.domain.records import Entity
from annotator.services import feedback, history, reviewing
from annotator.services.feedback import Feedback
from annotator.services.reviewing import NOBODY, Case
from annotator.store import articles, rows
from annotator.store.project import Author, Project, open_project
from tests.store.making import entity_at, put


@pytest.fixture
def reviewed(project_copy: Path, author: Author, colleague: Author) -> Iterator[Path]:
    """Bela has marked three entities of the first article; Ana has approved the first, fixed the second, returned the
    third."""
    with open_project(project_copy, colleague) as project:
        article = articles.ids(project.conn)[0]
        for start, end in ((4, 17), (38, 46), (100, 104)):
            put(project, entity_at(project, article, start, end, "ORG"))
    with open_project(project_copy, author) as project:
        first, second, third = cases(project, colleague)
        reviewing.decide(project, first.difference, "a")
        fixed = msgspec.structs.replace(second.difference.sides[0], label="NORP")
        reviewing.decide(project, second.difference, "edited", result=fixed, rule="2.1")
        reviewing.decide(project, third.difference, "deferred", comment="No name.", rule="2.3")
    yield project_copy


def cases(project: Project, colleague: Author) -> list[Case]:
    return list(drain(reviewing.review(project, colleague.id, NOBODY)).cases)


def inbox(project: Project) -> dict[str, Feedback]:
    return {one.outcome: one for one in feedback.inbox(project)}


def labels(project: Project) -> list[str]:
    found = [one for one in rows.select(project.conn, "entity") if isinstance(one, Entity)]
    return [one.label for one in sorted(found, key=lambda one: one.start)]


def test_each_annotation_of_one_colleague_is_a_case(reviewed: Path, author: Author, colleague: Author) -> None:
    with open_project(reviewed, author) as project:
        found = cases(project, colleague)
        assert [one.standing for one in found] == ["decided", "decided", "deferred"]
        assert not any(one.is_to_decide for one in found), "what was returned waits for its author"
        assert found[0].difference.question == "Is this entity right?"
        gold = reviewing.gold_records(project, found[0].difference.article)
        assert sorted(one.record.label for one in gold if isinstance(one.record, Entity)) == ["NORP", "ORG"]


def test_the_author_sees_before_and_after_reason_and_rule(reviewed: Path, colleague: Author) -> None:
    with open_project(reviewed, colleague) as project:
        found = inbox(project)
        assert set(found) == {"changed", "returned"} and all(one.is_open for one in found.values())
        changed, returned = found["changed"], found["returned"]
        assert isinstance(changed.before, Entity) and isinstance(changed.after, Entity)
        assert (changed.before.label, changed.after.label, changed.decision.rule) == ("ORG", "NORP", "2.1")
        assert (returned.decision.comment, returned.decision.rule, returned.reviewer) == ("No name.", "2.3", "Ana")


def test_taking_a_fix_over_changes_ones_own_record_and_can_be_undone(reviewed: Path, colleague: Author) -> None:
    with open_project(reviewed, colleague) as project:
        one = inbox(project)["changed"]
        feedback.take(project, one)
        assert labels(project) == ["ORG", "NORP", "ORG"]
        assert not inbox(project)["changed"].is_open
        with pytest.raises(NotAllowed, match="changed this annotation since"):
            feedback.take(project, one)
        drain(history.undo_job(project))
        assert labels(project) == ["ORG", "ORG", "ORG"] and inbox(project)["changed"].is_open


def test_what_was_returned_is_answered_or_changed_by_its_author(
    reviewed: Path, author: Author, colleague: Author
) -> None:
    with open_project(reviewed, colleague) as project:
        one = inbox(project)["returned"]
        with pytest.raises(NotAllowed, match="was returned"):
            feedback.take(project, one)
        feedback.keep(project, one, "It is the name of a body.")
        assert not inbox(project)["returned"].is_open
        assert isinstance(one.before, Entity)
        put(project, msgspec.structs.replace(one.before, label="GPE"))
    with open_project(reviewed, author) as project:
        third = cases(project, colleague)[2]
        assert third.standing == "stale" and third.is_to_decide, "the changed annotation comes back to the reviewer"


def test_nobody_gets_feedback_on_others_or_from_himself(reviewed: Path, author: Author) -> None:
    with open_project(reviewed, author) as project:
        assert feedback.inbox(project) == []


def test_what_was_turned_down_can_be_withdrawn(reviewed: Path, author: Author, colleague: Author) -> None:
    with open_project(reviewed, author) as project:
        reviewing.decide(project, cases(project, colleague)[0].difference, "neither")
    with open_project(reviewed, colleague) as project:
        feedback.take(project, inbox(project)["declined"])
        assert len(labels(project)) == 2


def test_changes_are_counted_by_kind_and_value(reviewed: Path, author: Author) -> None:
    with open_project(reviewed, author) as project:
        found = [
            (one.author, one.what, one.kind, one.before, one.after, one.rules, one.count)
            for one in feedback.changed_most(project)
        ]
    assert found == [
        ("Bela", "entity", "declined or returned", "ORG", "", "2.3", 1),
        ("Bela", "entity", "same span, other label", "ORG", "NORP", "2.1", 1),
    ]


def test_a_layer_is_compared_with_gold(reviewed: Path, author: Author, colleague: Author) -> None:
    with open_project(reviewed, author) as project:
        found = drain(reviewing.review(project, colleague.id, reviewing.GOLD))
    assert [one.difference.kind for one in found.cases] == ["label", "missing"] and found.same == {"entity": 1}


def test_who_said_the_same_as_what_was_taken_hears_nothing(
    project_copy: Path, author: Author, colleague: Author
) -> None:
    for who in (author, colleague):
        with open_project(project_copy, who) as project:
            put(project, entity_at(project, articles.ids(project.conn)[0], 4, 17, "GPE"))
    with open_project(project_copy, author) as project:
        drain(reviewing.accept_alike(project, drain(reviewing.review(project, author.id, colleague.id))))
    with open_project(project_copy, colleague) as project:
        assert feedback.inbox(project) == []
