"""A quote within a quote says so once both are accepted, in whatever order, and the annotator's word counts."""

from __future__ import annotations

import pytest

from annotator.domain.drafts import QuoteDraft
from annotator.domain.nesting import around
from annotator.services import annotation, history, quoting
from tests.services.making import everything, open_ones, quotes


def pair(project):
    """The first suggested quote that stands within another one, and that one."""
    found = [one for one in open_ones(project) if isinstance(one.draft, QuoteDraft)]
    drafts = [one.draft for one in found]
    for one in found:
        outer = around(one.draft, drafts)
        if outer is not None:
            return one, next(other for other in found if other.draft is outer)
    raise AssertionError("no nested quote is suggested for the seeds")


def nested(project):
    return {one.content[0].text: one.nested_in for one in quotes(project)}


@pytest.mark.parametrize("is_inner_first", [True, False])
def test_quotes_accepted_one_after_the_other_are_nested(suggested, is_inner_first):
    inner, outer = pair(suggested)
    for one in (inner, outer) if is_inner_first else (outer, inner):
        annotation.accept(suggested, one.id)
    ids = {one.content[0].text: one.id for one in quotes(suggested)}
    assert nested(suggested) == {
        inner.draft.content[0].text: ids[outer.draft.content[0].text],
        outer.draft.content[0].text: None,
    }


def test_quotes_accepted_in_one_act_are_nested_and_one_undo_takes_both_back(suggested):
    before = everything(suggested)
    inner, outer = pair(suggested)
    annotation.accept(suggested, [inner.id, outer.id])
    assert sum(one is not None for one in nested(suggested).values()) == 1
    history.undo(suggested)
    assert everything(suggested) == before
    history.redo(suggested)
    assert sum(one is not None for one in nested(suggested).values()) == 1


def test_a_quote_alone_stands_in_none(suggested):
    inner, _ = pair(suggested)
    annotation.accept(suggested, inner.id)
    assert list(nested(suggested).values()) == [None]


def test_a_corrected_quote_is_nested(suggested):
    inner, outer = pair(suggested)
    annotation.accept(suggested, outer.id)
    annotation.edit(suggested, inner.id, verb="quote.form", form="mixed")
    assert sum(one is not None for one in nested(suggested).values()) == 1


def test_what_the_annotator_has_taken_out_of_a_quote_stays_out(suggested):
    inner, outer = pair(suggested)
    annotation.accept(suggested, [inner.id, outer.id])
    (made,) = (one for one in quotes(suggested) if one.nested_in is not None)
    quoting.nest(suggested, made.id, None)
    other = next(one for one in open_ones(suggested) if isinstance(one.draft, QuoteDraft))
    annotation.accept(suggested, other.id)
    assert set(nested(suggested).values()) == {None}
