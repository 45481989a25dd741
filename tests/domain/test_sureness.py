"""Steps of sureness: each shows what the surer one shows, and more."""

from __future__ import annotations

from typing import get_args

import pytest

from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, Suggestion
from annotator.domain.spans import Passage
from annotator.domain.sureness import THRESHOLDS, TITLES, Kind, Sureness, kind_of, sure_ones

ENTITY = EntityDraft(start=0, end=4, text="West", label="GPE")
SPEECH = QuoteDraft(content=(Passage(0, 4, "West"),), form="indirect", source_kind="named")
ACT = QuoteDraft(content=(Passage(0, 4, "West"),), form="indirect", source_kind="named", reported="act")


def proposals(draft: Draft) -> list[Suggestion]:
    return [
        Suggestion(id=str(score), article="a", draft=draft, model="m", version="1", score=score / 100)
        for score in range(101)
    ]


@pytest.mark.parametrize("draft", [ENTITY, SPEECH, ACT])
def test_each_step_shows_what_the_surer_one_shows_and_more(draft):
    few, balanced, everything = (sure_ones(proposals(draft), step) for step in TITLES)
    assert few and set(few) < set(balanced) < set(everything) and everything == proposals(draft)


@pytest.mark.parametrize(("draft", "kind"), [(ENTITY, "entity"), (SPEECH, "speech"), (ACT, "act")])
def test_each_kind_has_its_own_threshold(draft, kind):
    assert kind_of(draft) == kind
    lowest = sure_ones(proposals(draft), "few")[0]
    assert lowest.score >= THRESHOLDS["few"][kind] > lowest.score - 0.01


def test_every_step_has_a_title_and_a_threshold_for_every_kind():
    steps = get_args(Sureness)
    assert tuple(TITLES) == steps == tuple(THRESHOLDS)
    assert all(set(THRESHOLDS[step]) == set(get_args(Kind)) for step in steps)
