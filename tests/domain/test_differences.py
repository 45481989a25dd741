"""Differences of two layers: their kinds, their questions, and what is no difference."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from annotator.domain.alignment import Names
from annotator.domain.differences import Comparison, compare
from annotator.domain.records import Annotation
from annotator.domain.spans import Passage

from .test_alignment import TEXT, entity, quote, stance


def between(a: Annotation | None, b: Annotation | None) -> Comparison:
    return compare("n", [[a] if a else [], [b] if b else []], Names())


def kinds(a: Annotation | None, b: Annotation | None) -> list[tuple[str, ...]]:
    return [one.kinds for one in between(a, b).differences]


def test_the_same_is_no_difference_whoever_made_it() -> None:
    found = between(entity("a", 0, 4), entity("b", 0, 4))
    assert found.differences == () and [(a.id, b.id) for a, b in found.alike] == [("a", "b")]
    assert between(quote("a", (0, 9)), quote("b", (0, 9))).differences == ()
    assert between(stance("a", 0, 9), stance("b", 0, 9)).differences == ()


def test_an_entity_differs_by_bounds_label_or_stands_alone() -> None:
    assert kinds(entity("a", 0, 4), entity("b", 0, 6)) == [("boundary",)]
    assert kinds(entity("a", 0, 4), entity("b", 0, 4, "GPE")) == [("label",)]
    assert kinds(entity("a", 0, 4), entity("b", 0, 6, "GPE")) == [("boundary", "label")]
    assert kinds(entity("a", 0, 4), None) == [("missing",)]


P = Passage(12, 15, TEXT[12:15])


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"speaker": "somebody"}, "speaker"),
        ({"source": (P,)}, "source"),
        ({"cue": P}, "cue"),
        ({"form": "mixed"}, "form"),
        ({"reported": "act"}, "reported"),
        ({"content": (Passage(0, 8, TEXT[:8]),)}, "boundary"),
    ],
)
def test_a_quote_differs_by_each_of_its_parts(change: dict[str, Any], kind: str) -> None:
    one = quote("a", (0, 9))
    assert kinds(one, msgspec.structs.replace(one, id="b", **change)) == [(kind,)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"position": "oppose"}, "position"),
        ({"target": "u"}, "target"),
        ({"holder": "g"}, "holder"),
        ({"via": "g"}, "via"),
        ({"dimension": "belief"}, "dimension"),
        ({"explicitness": "implied"}, "explicitness"),
        ({"evidence": stance("x", 0, 5).evidence}, "evidence"),
    ],
)
def test_a_stance_differs_by_each_of_its_parts(change: dict[str, Any], kind: str) -> None:
    one = stance("a", 0, 9)
    assert kinds(one, msgspec.structs.replace(one, id="b", **change)) == [(kind,)]


def test_a_draft_of_a_stance_is_no_work_to_compare() -> None:
    draft = msgspec.structs.replace(stance("b", 0, 9), is_submitted=False)
    assert kinds(stance("a", 0, 9), draft) == [("missing",)]
    assert between(None, draft).differences == ()


def test_the_question_asks_for_what_differs() -> None:
    (begin,) = between(quote("a", (0, 9)), quote("b", (2, 9))).differences
    (end,) = between(quote("a", (0, 9)), quote("b", (0, 7))).differences
    assert begin.question == "Where does the content of this quote begin?" and begin.title == "Boundary of a quote"
    assert end.question == "Where does the content of this quote end?"
    (label,) = between(entity("a", 0, 4), entity("b", 0, 4, "GPE")).differences
    assert label.question == "Which label has “abcd”?" and label.title == "Label of an entity"
    (alone,) = between(None, quote("b", (0, 9))).differences
    assert alone.question == "Is this a quote?" and alone.title == "Only B has this quote"


def test_differences_stand_in_the_order_of_the_text() -> None:
    a = [quote("q", (50, 60)), entity("e", 70, 72), entity("f", 2, 4)]
    found = compare("n", [a, []], Names())
    assert [one.records[0].id for one in found.differences] == ["f", "q", "e"]


def test_three_layers_stand_beside_each_other_and_what_differs_is_that_of_any_two() -> None:
    layers = [[entity("a", 0, 4)], [entity("b", 0, 4)], [entity("c", 0, 6, "GPE")]]
    (one,) = compare("n", layers, Names()).differences
    assert [side and side.id for side in one.sides] == ["a", "b", "c"] and one.kinds == ("boundary", "label")
    (lone,) = compare("n", [*layers[:2], []], Names()).differences
    assert lone.kinds == ("missing",) and lone.who == "A and B" and lone.title == "Only A and B have this entity"
    assert lone.sides[2] is None and lone.key == "a|b|"
    found = compare("n", [layers[0], layers[1], [entity("c", 0, 4)]], Names())
    assert found.differences == () and [[one.id for one in group] for group in found.alike] == [["a", "b", "c"]]
