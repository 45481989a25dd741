"""The registry of targets: labels, changes, merges."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotAllowed
from annotator.services import actors, history, quoting, stances
from tests.services.making import quotes
from tests.services.talk import added


def actor(project, name):
    return actors.create(project, name).records("actor")[0].id


def target(project, label, kind="policy"):
    return stances.add_target(project, label, kind=kind).records("target")[0].id


@pytest.fixture
def quote(project):
    """A quote with a speaker."""
    made = added(project, "“Allies have recognized the need", form="direct")
    quoting.set_speaker(project, made.id, actor(project, "NATO spokesperson"))
    return quotes(project)[0]


@pytest.fixture
def draft(project, quote):
    """The id of a draft that starts from the quote."""
    return stances.add_from_quote(project, quote.id).records("stance")[0].id


def submitted(project, quote_id, position, *, target_id, holder=None):
    changes = stances.add_from_quote(project, quote_id, target=target_id, position=position, holder=holder)
    return changes.records("stance")[0]


def test_a_target_without_a_statement_has_its_label_as_one(project):
    one = stances.get_target(project, target(project, "  Burden \n shifting "))
    assert (one.label, one.statement) == ("Burden shifting", "Burden shifting")
    stances.change_target(
        project, one.id, label="BURDEN shifting", statement="The  burden\nshould shift.", kind="issue"
    )
    changed = stances.get_target(project, one.id)
    assert (changed.label, changed.statement, changed.kind) == ("BURDEN shifting", "The burden should shift.", "issue")


def test_a_target_s_label_is_given_and_its_own(project):
    one, _ = target(project, "Burden shifting"), target(project, "Ukraine in NATO?")
    for act in (
        lambda: stances.add_target(project, "burden  SHIFTING"),
        lambda: stances.change_target(project, one, label="ukraine in nato?", statement="", kind="policy"),
    ):
        with pytest.raises(NotAllowed, match="already"):
            act()
    for act in (
        lambda: stances.add_target(project, " "),
        lambda: stances.change_target(project, one, label=" ", statement="", kind="policy"),
    ):
        with pytest.raises(NotAllowed, match="needs a label"):
            act()


def test_merged_targets_are_one_in_lists_labels_and_counts(project, quote):
    gone, middle, kept = (target(project, label) for label in ("A", "B", "C"))
    submitted(project, quote.id, "support", target_id=gone)
    before = [one.label for one in stances.targets(project)]
    stances.merge_targets(project, gone, middle)
    stances.merge_targets(project, middle, kept)
    labels = stances.target_labels(project)
    assert labels[gone] == labels[middle] == labels[kept] == "C"
    assert {"A", "B"} & {one.label for one in stances.targets(project)} == set()
    top = stances.target_rows(project)[0]
    assert (top.id, top.uses) == (kept, 1)
    with pytest.raises(NotAllowed, match="same target already"):
        stances.merge_targets(project, kept, gone)
    history.undo(project)
    history.undo(project)
    assert [one.label for one in stances.targets(project)] == before


def test_a_merged_target_that_is_chosen_is_the_kept_one(project, draft):
    gone, kept = target(project, "A"), target(project, "B")
    stances.merge_targets(project, gone, kept)
    stances.change(project, draft, target=gone)
    assert stances.get(project, draft).target == kept
