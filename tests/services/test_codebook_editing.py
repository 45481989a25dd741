"""Editing the codebook: versions, what is refused, and what was decided under an older one."""

from __future__ import annotations

import msgspec
import pytest

from annotator import paths
from annotator.domain.codebook import Rule, parse_codebook
from annotator.domain.errors import NotAllowed
from annotator.domain.progress import drain
from annotator.domain.spans import Span
from annotator.services import annotation, checking, history, projects, queries, stances
from annotator.services import codebook_editing as editing
from tests.services.making import entities, everything, first_article, word_span
from tests.services.talk import added, text_of


def book(project):
    return project.codebook().codebook


def label(project, name):
    return book(project).label(name)


def rule(project, rule_id):
    return next(one for one in book(project).rules if one.id == rule_id)


def worded(project, rule_id, text):
    return editing.put_rule(project, msgspec.structs.replace(rule(project, rule_id), text=text))


ACTS = {
    "add label": lambda project: editing.add_label(project, "WEAPON", title="Weapon", hue="other"),
    "change label": lambda project: editing.change_label(project, "ORG", title="Body", hue="place"),
    "retire label": lambda project: editing.retire_label(project, "ORG"),
    "add rule": lambda project: editing.put_rule(project, Rule(id="9.1", text="Mark no headings.")),
    "change rule": lambda project: worded(project, "1.1", "An entity is a name."),
    "retire rule": lambda project: editing.retire_rule(project, "1.1"),
    "good example": lambda project: editing.add_example(project, "1.1", "[NATO] met", is_good=True),
    "bad example": lambda project: editing.add_example(project, "1.1", "[the NATO]", is_good=False),
    "drop examples": lambda project: editing.put_rule(project, msgspec.structs.replace(rule(project, "1.1"), good=())),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_change_is_a_new_version_in_one_act_and_the_old_one_stays(project, act):
    old, before = project.codebook(), everything(project)
    changes = ACTS[act](project)
    new = project.codebook()
    assert changes.verb == "codebook.change" and len(changes.changes) == 1
    assert new.version == old.version + 1 and new.codebook != old.codebook
    assert editing.versions(project) == [old, new]
    assert parse_codebook(editing.export_toml(project)) == new.codebook
    history.undo(project)
    assert everything(project) == before and project.codebook() == old


def test_a_change_of_nothing_is_no_act(project):
    old = label(project, "ORG")
    assert not editing.change_label(project, "ORG", title=old.title, hue=old.hue, hotkey=old.hotkey).changes
    assert not editing.restore_label(project, "ORG").changes and project.codebook().version == 1


def test_a_new_label_is_at_once_in_use(project):
    editing.add_label(project, " war  crime ", title=" War crime ", hue="other")
    assert (label(project, "war_crime").title, label(project, "war_crime").hotkey) == ("War crime", "")
    annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "war_crime")
    assert entities(project)[0].label == "war_crime"


def test_a_retired_label_stays_on_records_frees_its_key_and_comes_back(project):
    annotation.add_entity(project, first_article(project), word_span(project, "NATO"), "ORG")
    editing.retire_label(project, "ORG")
    assert label(project, "ORG").is_retired and entities(project)[0].label == "ORG"
    with pytest.raises(NotAllowed, match="no label ORG in use"):
        annotation.add_entity(project, first_article(project), word_span(project, "Pentagon"), "ORG")
    with pytest.raises(NotAllowed, match="is retired"):
        editing.change_label(project, "ORG", hotkey="2")
    editing.change_label(project, "LAW", hotkey="2")
    assert book(project).label_of_hotkey("2").name == "LAW"
    editing.restore_label(project, "ORG")
    assert not label(project, "ORG").is_retired and label(project, "ORG").hotkey == ""


def test_the_last_label_in_use_stays(project):
    *others, last = [one.name for one in book(project).labels]
    for name in others:
        editing.retire_label(project, name)
    with pytest.raises(NotAllowed, match="last label in use"):
        editing.retire_label(project, last)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda project: editing.add_label(project, "ORG"), "the label ORG is there twice"),
        (lambda project: editing.add_label(project, " "), "needs a name"),
        (lambda project: editing.add_label(project, "NEW", hotkey="1"), "the hotkey 1 is there twice"),
        (lambda project: editing.add_label(project, "NEW", hotkey="x"), "the hotkey x is not a digit"),
        (lambda project: editing.change_label(project, "ORG", hotkey="1"), "the hotkey 1 is there twice"),
        (lambda project: editing.change_label(project, "ORG", hotkey="0"), "not a digit from 1 to 9"),
        (lambda project: editing.change_label(project, "NOTHING", title="x"), "no label NOTHING"),
        (lambda project: editing.retire_label(project, "NOTHING"), "no label NOTHING"),
        (lambda project: editing.put_rule(project, Rule(id=" ", text="Once more.")), "needs a number and a text"),
        (lambda project: editing.put_rule(project, Rule(id="9", text=" ")), "needs a number and a text"),
        (lambda project: worded(project, "1.1", ""), "needs a number and a text"),
        (lambda project: editing.retire_rule(project, "9.9"), "no rule 9.9"),
        (lambda project: editing.add_example(project, "1.1", " \n", is_good=True), "example is empty"),
        (lambda project: editing.add_example(project, "1.1", "the [Pentagon]", is_good=False), "that example already"),
        (lambda project: editing.add_example(project, "9.9", "x", is_good=True), "no rule 9.9"),
        (lambda project: drain(editing.decided_under(project, 7)), "no version 7"),
        (lambda project: editing.decided_under_count(project, 0), "no version 0"),
    ],
)
def test_what_the_codebook_cannot_hold_is_refused_with_a_way_out(project, act, says):
    before = everything(project)
    with pytest.raises(NotAllowed, match=says) as refused:
        act(project)
    assert refused.value.hint and everything(project) == before


def test_a_rule_is_worded_anew_retired_and_taken_back(project):
    worded(project, "1.1", "  An entity\nis a name. ")
    assert rule(project, "1.1").text == "An entity is a name." and rule(project, "1.1").good
    editing.retire_rule(project, "1.1")
    assert rule(project, "1.1").is_retired
    editing.restore_rule(project, "1.1")
    assert not rule(project, "1.1").is_retired


def test_words_of_the_corpus_become_an_example_in_brackets(project):
    span = word_span(project, " a timeline ")
    example = editing.example_of(project, first_article(project), span)
    assert "[a timeline]" in example and len(example) < 150
    assert example.replace("[", "").replace("]", "") in text_of(project)
    editing.add_example(project, "2.1", example, is_good=False)
    assert rule(project, "2.1").bad == (example,)
    for wrong in (word_span(project, " "), Span(0, 10**7)):
        with pytest.raises(NotAllowed):
            editing.example_of(project, first_article(project), wrong)


def test_an_example_does_not_reach_into_another_line(project):
    end = text_of(project).index("\n")
    example = editing.example_of(project, first_article(project), Span(end - 5, end))
    assert example.endswith(f"[{text_of(project)[end - 5 : end]}]")
    example = editing.example_of(project, first_article(project), Span(end + 1, end + 4))
    assert example.startswith(f"[{text_of(project)[end + 1 : end + 4]}]")


def listed(project, version):
    return [(one.kind, one.id) for one in drain(editing.decided_under(project, version))]


def test_a_rule_change_lists_what_was_decided_under_the_old_version(project):
    article = first_article(project)
    old = annotation.add_entity(project, article, word_span(project, "NATO"), "ORG").records("entity")[0]
    again = annotation.add_entity(project, article, word_span(project, "Pentagon"), "ORG").records("entity")[0]
    quote = added(project, "privately urged")
    stance = stances.add_from_quote(project, quote.id).records("stance")[0]
    assert listed(project, 1) == []
    worded(project, "1.1", "An entity is a name.")
    annotation.add_entity(project, article, word_span(project, "Europe"), "GPE")
    annotation.relabel(project, again.id, "FAC")
    assert listed(project, 2) == [("entity", old.id), ("quote", quote.id), ("stance", stance.id)]
    assert editing.decided_under_count(project, 2) == 3 and editing.decided_under_count(project, 1) == 0
    first = drain(editing.decided_under(project, 2))[0]
    assert (first.words, first.place, first.article) == ("NATO", word_span(project, "NATO").start, article)
    assert first.title == queries.article_rows(project)[0].title


def test_each_version_has_its_own_list_and_undo_is_a_decision(project):
    article = first_article(project)
    one = annotation.add_entity(project, article, word_span(project, "NATO"), "ORG").records("entity")[0]
    worded(project, "1.1", "An entity is a name.")
    two = annotation.add_entity(project, article, word_span(project, "Pentagon"), "ORG").records("entity")[0]
    editing.retire_rule(project, "1.1")
    assert listed(project, 2) == [("entity", one.id)]
    assert set(listed(project, 3)) == {("entity", one.id), ("entity", two.id)}
    annotation.relabel(project, one.id, "GPE")
    history.undo(project)
    assert listed(project, 2) == [] and listed(project, 3) == [("entity", two.id)]


def test_a_colleague_s_and_withdrawn_records_are_not_listed(project, colleague):
    article = first_article(project)
    for words in ("NATO", "Pentagon", "Europe"):
        annotation.add_entity(project, article, word_span(project, words), "ORG")
    gone = entities(project)[0]
    editing.retire_rule(project, "1.1")
    annotation.withdraw(project, gone.id)
    assert len(listed(project, 2)) == 2
    project.author = colleague
    assert listed(project, 2) == [] and editing.decided_under_count(project, 2) == 0


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_all_that_was_decided_before_is_listed_however_many_are_read_at_a_time(project, batch):
    article = first_article(project)
    for words in ("NATO", "Pentagon", "Europe"):
        annotation.add_entity(project, article, word_span(project, words), "ORG")
    editing.retire_rule(project, "1.1")
    job = editing.decided_under(project, 2, batch=batch)
    assert sorted(one.words for one in drain(job)) == ["Europe", "NATO", "Pentagon"]


def test_an_exported_codebook_begins_a_new_project(project, tmp_path, author):
    editing.add_example(project, "2.2", '“Say "no"” \\ [‘x’] = {"a"}', is_good=True)
    editing.retire_label(project, "LAW")
    file = tmp_path / "book.toml"
    file.write_bytes(editing.export_toml(project))
    with projects.new(tmp_path / "next", codebook=file, author=author) as other:
        assert other.codebook().codebook == book(project)
    assert parse_codebook((paths.seeds() / "codebook.toml").read_bytes()) != book(project)
    assert drain(checking.check_project(project)).is_sound
