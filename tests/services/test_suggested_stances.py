"""Suggested stances: what accepting, changing, rejecting and undoing them does to a project."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.drafts import (
    EntityDraft,
    QuoteDraft,
    SpeakerGuess,
    StanceDraft,
    Suggestion,
    TargetGuess,
)
from annotator.domain.errors import NotAllowed
from annotator.domain.progress import drain
from annotator.domain.spans import passage
from annotator.ingest.jsonl import read_lines
from annotator.services import actors, annotation, exporting, history, queries, quoting, stance_beginning, stances
from annotator.services.exporting import ExportOptions
from annotator.services.targets import NewTarget
from annotator.store import rows, suggestions
from tests.services.making import everything, first_article, ids, open_ones, quotes
from tests.services.talk import text_of

WILSON = SpeakerGuess(name="Kingsley Wilson", type="person", score=0.9, reason="the source names this person")
WASHINGTON = SpeakerGuess(name="Washington", type="state_body", score=0.9, reason="holds the call")
LEAD = TargetGuess(
    label="Europe leads",
    statement="Europe should lead on its own defence.",
    kind="policy",
    score=0.5,
    reason="new: what is said here",
)
WORDS = "Washington’s call for Europe to lead on its own defense"


def put(project, *drafts):
    """Suggest these drafts for the first article, and nothing else."""
    article = first_article(project)
    made = [
        Suggestion(id=f"s{n}", article=article, draft=one, model="m", version="1", score=0.85)
        for n, one in enumerate(drafts)
    ]
    suggestions.replace(project.conn, article, made, pipeline="m", time=project.now())
    project.tallies.renew_many(project.conn, [article])
    return made


def drafted(project, **fields):
    """A quote of Wilson’s, and the stance in it that is Washington’s."""
    text = text_of(project)
    start = text.index(WORDS)
    content = (passage(text, start, start + len(WORDS)),)
    quote = QuoteDraft(content=content, form="indirect", source_kind="named", speakers=(WILSON,))
    known = {
        "quote": quote.key, "holder": WASHINGTON, "via": WILSON, "targets": (LEAD,), "dimension": "policy",
        "position": "support", "evidence": content, "evidence_type": "indirect_quote", "reason": "“call”",
    }  # fmt: skip
    return quote, StanceDraft(**{**known, **fields})


@pytest.fixture
def proposed(project):
    """The suggested quote and the suggested stance on it."""
    return put(project, *drafted(project))


def names(project, stance):
    registry = actors.Registry(project)
    return tuple(registry.name(one) for one in (stance.holder, stance.via))


def mine(project):
    return stances.of_article(project, first_article(project))


def test_accepting_a_stance_makes_it_with_its_quote_its_people_and_its_target_in_one_act(project, proposed):
    before = everything(project)
    annotation.accept(project, proposed[1].id)
    (quote,), (stance,) = quotes(project), mine(project)
    assert names(project, stance) == ("Washington", "Kingsley Wilson") and quote.speaker == stance.via
    assert stance.evidence[0].quote == quote.id and stance.evidence[0].spans == quote.content
    assert (stance.position, stance.dimension, stance.explicitness, stance.confidence) == (
        "support",
        "policy",
        "stated",
        None,
    )
    assert stance.is_submitted and (stance.origin.act, stance.origin.suggested) == ("accepted", proposed[1].draft)
    assert open_ones(project) == [] and queries.article_rows(project)[0].decided == 2
    history.undo(project)
    assert everything(project) == before and ids(open_ones(project)) == ["s0", "s1"]


def test_a_stance_comes_after_its_quote_and_waits_when_the_quote_is_accepted_alone(project, proposed):
    assert ids(open_ones(project)) == ["s0", "s1"]
    annotation.accept(project, proposed[0].id)
    assert ids(open_ones(project)) == ["s1"] and mine(project) == []
    annotation.accept(project, proposed[1].id)
    assert len(quotes(project)) == 1 == len(mine(project))


def test_accepting_all_at_once_makes_each_record_once(project, proposed):
    annotation.accept(project, ids(proposed))
    assert len(quotes(project)) == 1 == len(mine(project)) and len(rows.select(project.conn, "actor")) == 2


def test_whom_the_annotator_linked_to_the_quote_is_who_puts_it_into_words(project, proposed):
    annotation.accept(project, proposed[0].id)
    (other,) = actors.create(project, "Somebody Else").records("actor")
    quoting.set_speaker(project, quotes(project)[0].id, other.id)
    annotation.accept(project, proposed[1].id)
    assert names(project, mine(project)[0]) == ("Washington", "Somebody Else")


def test_how_the_annotator_says_the_quote_reports_is_the_type_of_the_evidence(project, proposed):
    annotation.accept(project, proposed[0].id)
    quoting.set_reported(project, quotes(project)[0].id, "act")
    annotation.accept(project, proposed[1].id)
    assert mine(project)[0].evidence[0].type == "reported_action"


def test_a_target_and_an_actor_of_the_registry_are_used_rather_than_made_again(project, proposed):
    (known,) = stances.add_target(project, "europe leads").records("target")
    (holder,) = actors.create(project, "Washington").records("actor")
    annotation.accept(project, proposed[1].id)
    assert (mine(project)[0].target, mine(project)[0].holder) == (known.id, holder.id)


@pytest.mark.parametrize("missing", [{"holder": None}, {"targets": ()}])
def test_an_accepted_stance_that_lacks_something_is_a_draft(project, missing):
    found = put(project, *drafted(project, **missing))
    annotation.accept(project, found[1].id)
    (stance,) = mine(project)
    assert not stance.is_submitted and stances.missing(project, stance) is not None


def test_a_rejected_stance_stays_rejected_when_the_models_run_again(project, proposed):
    annotation.reject(project, proposed[1].id)
    again = put(project, *drafted(project))
    assert ids(open_ones(project)) == ["s0"] and mine(project) == []
    with pytest.raises(NotAllowed, match="no suggestion to decide about"):
        annotation.accept(project, again[1].id)
    history.undo(project)
    assert ids(open_ones(project)) == ["s0", "s1"]


def test_rejecting_a_quote_takes_the_stance_on_it_along(project, proposed):
    annotation.reject(project, proposed[0].id)
    assert open_ones(project) == []


def test_withdrawing_an_accepted_stance_rejects_what_was_suggested_and_keeps_the_quote(project, proposed):
    annotation.accept(project, proposed[1].id)
    stances.withdraw(project, mine(project)[0].id)
    assert mine(project) == [] == open_ones(project) and len(quotes(project)) == 1
    history.undo(project)
    assert len(mine(project)) == 1


def test_a_changed_position_makes_the_acceptance_a_correction_and_changing_it_back_an_acceptance(project, proposed):
    annotation.accept(project, proposed[1].id)
    (stance,) = mine(project)
    acts = []
    for position in ("oppose", "support"):
        stances.change(project, stance.id, position=position)
        acts.append(mine(project)[0].origin.act)
    assert acts == ["corrected", "accepted"] and mine(project)[0].origin.suggested == proposed[1].draft


def test_a_stance_without_a_quote_rests_on_the_words_themselves(project):
    _, draft = drafted(project, quote="", via=None, evidence_type="reported_action")
    (found,) = put(project, draft)
    annotation.accept(project, found.id)
    (stance,) = mine(project)
    assert quotes(project) == [] and stance.evidence[0].quote is None and stance.evidence[0].spans == draft.evidence
    assert stance.is_submitted and stance.via is None


def test_a_prepared_stance_is_nothing_to_decide_about_but_offers_what_is_known(project):
    found = put(project, *drafted(project, position=None))
    assert ids(open_ones(project)) == ["s0"] and queries.article_rows(project)[0].open_count == 1
    annotation.accept(project, found[0].id)
    prepared = stance_beginning.prepared_for(project, quotes(project)[0].id)
    assert prepared == found[1]
    ((target, guess),) = stance_beginning.guessed_targets(project, prepared)
    assert (target, guess) == (NewTarget(LEAD.label, LEAD.statement, "policy"), LEAD)
    decided = queries.article_rows(project)[0].decided
    stance_beginning.begin(project, prepared.id, target=target, position=None)
    (stance,) = mine(project)
    assert names(project, stance) == ("Washington", "Kingsley Wilson")
    assert stance.position is None and not stance.is_submitted and stance.origin.act == "corrected"
    assert queries.article_rows(project)[0].decided == decided
    assert stance_beginning.prepared_for(project, quotes(project)[0].id) is None


def test_another_position_than_the_suggested_one_decides_about_the_suggestion(project, proposed):
    stance_beginning.begin(project, proposed[1].id, target=NewTarget("Other", "Other.", "policy"), position="oppose")
    (stance,) = mine(project)
    assert (stance.position, stance.origin.act, stance.is_submitted) == ("oppose", "corrected", True)
    assert open_ones(project) == [] and len(quotes(project)) == 1


def test_known_targets_are_offered_before_a_new_one(project):
    (known,) = stances.add_target(project, "Burden").records("target")
    guess = TargetGuess(id=known.id, label="Burden", statement="Burden", kind="policy", score=0.4, reason="shares")
    found = put(project, *drafted(project, targets=(LEAD, guess)))
    offered = stance_beginning.guessed_targets(project, found[1])
    assert [one if isinstance(one, str) else one.label for one, _ in offered] == [known.id, "Europe leads"]


def test_nobody_is_linked_by_a_guess_that_is_not_sure(project):
    unsure = msgspec.structs.replace(WASHINGTON, score=0.5)
    found = put(project, *drafted(project, holder=unsure, position=None))
    annotation.accept(project, found[0].id)
    stance_beginning.begin(project, found[1].id, target=NewTarget("Other", "Other.", "policy"), position="support")
    (stance,) = mine(project)
    assert stance.holder is None and not stance.is_submitted


def test_bounds_and_labels_do_not_go_with_a_suggested_stance(project, proposed):
    span = proposed[1].draft.span
    for act, value in ((annotation.resize, span), (annotation.relabel, "PERSON")):
        with pytest.raises(NotAllowed):
            act(project, proposed[1].id, value)
    assert mine(project) == [] and not any(isinstance(one.draft, EntityDraft) for one in open_ones(project))


def test_the_suggestions_layer_has_the_sure_stances_with_their_quotes(project, proposed, worker, tmp_path):
    out = tmp_path / "proposed.jsonl"
    drain(exporting.export(project, "jsonl", out, ExportOptions(layer="suggestions"), worker=worker))
    line = next(one for one in read_lines(out) if one.article.id == first_article(project))
    (stance,), (quote,) = line.stances, line.quotes
    assert (stance.position, stance.evidence[0].quote) == ("support", quote.id)
    assert stance.origin.suggested == proposed[1].draft
