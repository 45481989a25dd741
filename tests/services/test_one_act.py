"""What several services do as one act."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotAllowed
from annotator.services import actors, history
from annotator.services.projects import Project
from annotator.store import journal


def test_steps_inside_one_act_are_one_event_and_one_undo(project: Project) -> None:
    before, _ = journal.head(project.conn, project.author.id)
    with project.one_act("quote.speaker") as act:
        first = actors.create(project, "Ann")
        actors.create(project, "Ben")
    assert [getattr(one, "name", "") for one in first.records("actor")] == ["Ann"]
    assert journal.head(project.conn, project.author.id)[0] == before + 1
    assert [one.kind for one in act.changes.changes] == ["actor", "actor"]
    history.undo(project)
    assert actors.Registry(project).all() == []


def test_one_act_that_fails_leaves_nothing_and_the_next_act_stands_alone(project: Project) -> None:
    def both() -> None:
        with project.one_act("quote.speaker"):
            actors.create(project, "Ann")
            actors.create(project, "ann")

    with pytest.raises(NotAllowed):
        both()
    assert actors.Registry(project).all() == []
    actors.create(project, "Ann")
    assert [one.name for one in actors.Registry(project).all()] == ["Ann"]
