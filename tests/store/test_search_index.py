"""The search index over quotes, stances and notes follows every act."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.records import Evidence, Note, Quote, Stance
from annotator.domain.spans import passage
from annotator.store import articles, search_index
from annotator.store.finding import found_records
from annotator.store.journal import new_id
from annotator.store.project import open_project
from tests.store.making import entity, problems, put, redo, undo, withdraw


@pytest.fixture
def article(project) -> str:
    return articles.ids(project.conn)[0]


def words(project, article, wanted):
    text = articles.text_of(project.conn, article)
    return (passage(text, text.index(wanted), text.index(wanted) + len(wanted)),)


@pytest.fixture
def quote(project, article) -> Quote:
    content = words(project, article, "privately urged European allies")
    return Quote(
        id=new_id(),
        author=project.author.id,
        article=article,
        content=content,
        form="indirect",
        source_kind="none",
    )


def found(project, wanted, kind="quote"):
    return [one.id for one in found_records(project.conn, kind, wanted, limit=9)]


def test_a_quote_is_found_by_its_content_source_and_cue(project, article, quote):
    (cue,) = words(project, article, "warned")
    full = msgspec.structs.replace(quote, source=words(project, article, "Pentagon officials"), cue=cue)
    put(project, full)
    for wanted in ("urged", "EUROPEAN alli", "pentagon", "warned", "urged pentagon"):
        assert found(project, wanted) == [quote.id]
    assert found(project, "ministers") == found(project, "urg pentagon") == found(project, " ") == []


def test_a_stance_is_found_by_its_evidence_and_rationale_and_a_note_by_its_text(project, article):
    me = project.author.id
    evidence = (Evidence(spans=words(project, article, "privately urged"), type="inference"),)
    stance = Stance(id=new_id(), author=me, article=article, evidence=evidence, rationale="He nodded.")
    note = Note(id=new_id(), author=me, article=article, text="Privately? Ask Žofia.")
    put(project, stance, note)
    assert found(project, "privately", "stance") == found(project, "nodded", "stance") == [stance.id]
    assert found(project, "privately", "note") == found(project, "zofia", "note") == [note.id]
    assert found(project, "privately") == []


def test_the_index_follows_changes_withdrawals_undo_and_redo(project, article, quote):
    put(project, quote)
    put(project, msgspec.structs.replace(quote, content=words(project, article, "bulk of NATO")))
    assert found(project, "urged") == [] and found(project, "bulk") == [quote.id]
    undo(project)
    assert found(project, "urged") == [quote.id] and found(project, "bulk") == []
    redo(project)
    assert found(project, "urged") == [] and found(project, "bulk") == [quote.id]
    withdraw(project, quote)
    assert found(project, "bulk") == []
    undo(project)
    assert found(project, "bulk") == [quote.id] and problems(project.conn) == {}


def test_an_act_that_failed_leaves_the_index_as_it_was(project, quote):
    put(project, quote)
    with pytest.raises(RuntimeError), project.step("quote.withdraw") as step:
        step.withdraw(quote)
        raise RuntimeError
    assert found(project, "urged") == [quote.id]


def test_entities_are_not_in_the_index(project):
    put(project, entity(project))
    assert search_index.listed(project.conn) == set()


def test_the_better_hit_comes_first_and_others_layers_only_when_asked(project, article, quote, colleague):
    long = msgspec.structs.replace(quote, id=new_id(), cue=words(project, article, "assume responsibility for")[0])
    put(project, long, quote)
    assert found(project, "urged") == [quote.id, long.id]
    assert found_records(project.conn, "quote", "urged", limit=1) == [quote]
    assert found_records(project.conn, "quote", "urged", author=colleague.id, limit=9) == []


@pytest.mark.parametrize("odd", ['"', "*", "NEAR(", "\x00", "\ud800", "words:", "-", "'"])
def test_odd_signs_are_no_query_language(project, quote, odd):
    put(project, quote)
    assert found(project, f"{odd} urged") in ([quote.id], [])
    assert found(project, odd) == []


def test_a_text_with_odd_signs_goes_in_and_out(project, article):
    note = Note(id=new_id(), author=project.author.id, article=article, text="a\x00b \uffff zebra")
    put(project, note)
    assert found(project, "zebra", "note") == [note.id]
    withdraw(project, note)
    assert found(project, "zebra", "note") == [] and problems(project.conn) == {}


def test_the_index_is_there_when_the_project_is_opened_again(project, quote):
    put(project, quote)
    project.close()
    with open_project(project.path, project.author, read_only=True) as again:
        assert found(again, "urged") == [quote.id]


def test_a_check_finds_what_the_index_does_not_list(project, quote):
    put(project, quote)
    project.conn.execute("DELETE FROM found")
    assert problems(project.conn) == {
        "I3": ["The search index does not list the quotes, stances and notes that are there."]
    }
