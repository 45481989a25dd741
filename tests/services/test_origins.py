"""What becomes of a suggestion: the record, the rejection, and whether the record still is what was suggested."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.records import Origin, draft_of
from annotator.domain.spans import Passage
from annotator.services.origins import judged, record_of, rejection_of

DRAFTS = [
    EntityDraft(start=0, end=4, text="Ruth", label="PERSON"),
    QuoteDraft(
        content=(Passage(10, 16, "it did"),),
        source=(Passage(0, 4, "Ruth"),),
        cue=Passage(5, 9, "said"),
        form="indirect",
        source_kind="named",
    ),
]


@pytest.fixture(params=DRAFTS, ids=["entity", "quote"])
def suggestion(request):
    return Suggestion(id="s", article="a", draft=request.param, model="reader", version="3", score=0.5)


def test_the_record_of_a_suggestion_says_the_same_and_where_it_came_from(suggestion):
    made = record_of(suggestion, author="me", act="accepted")
    assert draft_of(made) == suggestion.draft == made.origin.suggested
    assert (made.article, made.author, made.id != suggestion.id) == ("a", "me", True)
    assert (made.origin.by, made.origin.name, made.origin.version, made.origin.score) == ("model", "reader", "3", 0.5)


def test_the_rejection_of_a_suggestion_and_of_its_record_hold_the_same(suggestion):
    plain = rejection_of(suggestion, author="me")
    later = rejection_of(record_of(suggestion, author="me", act="corrected"), author="me")
    assert msgspec.structs.replace(plain, id="") == msgspec.structs.replace(later, id="")
    assert plain.suggested == suggestion.draft and plain.name == "reader"


def test_a_record_that_no_model_suggested_has_no_rejection(suggestion):
    own = msgspec.structs.replace(record_of(suggestion, author="me", act="accepted"), origin=Origin())
    assert rejection_of(own, author="me") is None and judged(own) == own


def test_a_record_is_corrected_exactly_while_it_differs_from_what_was_suggested():
    suggestion = Suggestion(id="s", article="a", draft=DRAFTS[0], model="reader", version="3", score=0.5)
    made = record_of(suggestion, author="me", act="accepted")
    other = judged(msgspec.structs.replace(made, label="ORG"))
    assert other.origin.act == "corrected"
    assert judged(msgspec.structs.replace(other, label="PERSON")) == made
