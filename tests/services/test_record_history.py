"""The whole history of a record: what changed, where it came from, what reviews decided about it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from annotator.domain.progress import drain
from annotator.services import record_history, reviewing
from annotator.store import articles
from annotator.store.project import Author, Project, open_project
from tests.store.making import accepted, entity_at, proposal, put, undo


def test_each_act_says_what_it_changed(project: Project) -> None:
    article = articles.ids(project.conn)[0]
    one = entity_at(project, article, 4, 17, "GPE")
    put(project, one)
    put(project, msgspec.structs.replace(one, label="ORG"), verb="entity.relabel")
    undo(project)
    added, changed, undone = record_history.whole(project, one.id)
    assert (added.who, added.what) == ("Ana", "added an entity") and "label: nothing → GPE" in added.changes
    assert (changed.what, changed.changes) == ("changed a label", ("label: GPE → ORG",))
    assert undone.changes == ("label: ORG → GPE",) and undone.what == "undid: changed a label"
    assert [one.is_undone for one in (added, changed, undone)] == [False, True, False]
    assert {one.codebook for one in (added, changed, undone)} == {1}


def test_an_accepted_suggestion_says_which_model_it_is_from(project: Project) -> None:
    one = accepted(project, proposal(project))
    put(project, one, verb="entity.accept")
    (entry,) = record_history.whole(project, one.id)
    assert entry.origin == "accepted from m 1, score 0.5"


def test_what_a_reviewer_decided_is_part_of_it(project_copy: Path, author: Author, colleague: Author) -> None:
    with open_project(project_copy, author) as project:
        one = entity_at(project, articles.ids(project.conn)[0], 4, 17, "GPE")
        put(project, one)
    with open_project(project_copy, colleague) as project:
        (case,) = drain(reviewing.review(project, author.id, reviewing.NOBODY)).cases
        reviewing.decide(project, case.difference, "deferred", comment="No state.", rule="2.1")
        *_, last = record_history.whole(project, one.id)
    assert (last.who, last.what) == ("Bela", "reviewed: put it off or returned it")
    assert last.changes == ("rule: 2.1", "comment: No state.")


def test_a_record_that_never_was_has_no_history(project: Project) -> None:
    assert record_history.whole(project, "nobody") == []
