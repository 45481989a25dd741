"""Undo, redo, and who did what to a record."""

from __future__ import annotations

import pytest

from annotator.domain.errors import CannotUndo
from annotator.services import annotation, history, record_history
from annotator.store.project import open_project
from tests.services.making import (
    entities,
    entity_suggestion,
    everything,
    first_article,
    ids,
    open_ones,
    quote_suggestion,
    word_span,
)


def add(project, word, label="ORG"):
    annotation.add_entity(project, first_article(project), word_span(project, word), label)
    return entities(project)


def test_undo_text_names_the_last_act_and_redo_text_the_last_undo(suggested):
    assert (history.undo_text(suggested), history.redo_text(suggested)) == ("imported articles", "")
    annotation.accept(suggested, entity_suggestion(suggested).id)
    annotation.reject(suggested, quote_suggestion(suggested).id)
    said = [(history.undo_text(suggested), history.redo_text(suggested))]
    for act in (history.undo, history.undo, history.redo):
        act(suggested)
        said.append((history.undo_text(suggested), history.redo_text(suggested)))
    assert said == [
        ("rejected a quote", ""),
        ("accepted an entity", "rejected a quote"),
        ("imported articles", "accepted an entity"),
        ("accepted an entity", "rejected a quote"),
    ]


def test_several_acts_are_undone_one_by_one_and_redone_in_order(suggested):
    states = [everything(suggested)]
    for one in ids(open_ones(suggested))[:3]:
        annotation.accept(suggested, one)
        states.append(everything(suggested))
    for expected in reversed(states[:-1]):
        history.undo(suggested)
        assert everything(suggested) == expected
    for expected in states[1:]:
        history.redo(suggested)
        assert everything(suggested) == expected


def test_undo_goes_on_after_the_project_was_closed_and_opened_again(suggested):
    before = everything(suggested)
    annotation.accept(suggested, ids(open_ones(suggested)))
    after = everything(suggested)
    path, author = suggested.path, suggested.author
    suggested.close()
    with open_project(path, author) as again:
        assert history.undo_text(again) == "accepted several suggestions"
        history.undo(again)
        assert everything(again) == before
    with open_project(path, author) as again:
        history.redo(again)
        assert everything(again) == after


def test_a_new_act_rules_a_redo_out(project):
    add(project, "NATO")
    history.undo(project)
    add(project, "Ukraine", "GPE")
    assert history.redo_text(project) == ""
    with pytest.raises(CannotUndo, match="nothing to redo"):
        history.redo(project)


def test_undo_ends_where_the_project_was_made(project):
    history.undo(project)
    assert history.undo_text(project) == ""
    with pytest.raises(CannotUndo, match="nothing to undo"):
        history.undo(project)
    assert project.codebook().codebook.labels


def test_a_colleague_s_act_is_not_mine_to_undo(project, colleague):
    add(project, "NATO")
    path = project.path
    project.close()
    with open_project(path, colleague) as theirs:
        assert history.undo_text(theirs) == ""
        with pytest.raises(CannotUndo):
            history.undo(theirs)


def test_the_history_of_a_record_has_a_line_for_every_act(project, colleague):
    (made,) = add(project, "NATO")
    annotation.relabel(project, made.id, "GPE")
    history.undo(project)
    history.redo(project)
    annotation.withdraw(project, made.id)
    rows = record_history.whole(project, made.id)
    assert [(row.who, row.what, row.is_undone) for row in rows] == [
        ("Ana", "added an entity", False),
        ("Ana", "changed a label", False),
        ("Ana", "undid: changed a label", True),
        ("Ana", "redid: changed a label", False),
        ("Ana", "withdrew an entity", False),
    ]
    assert [row.time for row in rows] == sorted(row.time for row in rows)
    path = project.path
    project.close()
    with open_project(path, colleague) as theirs:
        assert {row.who for row in record_history.whole(theirs, made.id)} == {"Ana"}


def test_every_verb_that_a_service_writes_has_words(suggested):
    article = first_article(suggested)
    annotation.accept(suggested, ids(open_ones(suggested))[:3])
    annotation.reject(suggested, ids(open_ones(suggested))[:3])
    annotation.accept(suggested, quote_suggestion(suggested).id)
    annotation.add_quote(suggested, article, [word_span(suggested, "NATO")], form="indirect")
    annotation.set_status(suggested, article, state="done")
    annotation.set_status(suggested, article, is_flagged=True)
    history.undo(suggested)
    verbs = {row[0] for row in suggested.conn.execute("SELECT DISTINCT verb FROM event")}
    assert len(verbs) >= 8 and verbs <= history.VERBS.keys()
