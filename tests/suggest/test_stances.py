"""Who stands where, by rules: made-up sentences, their holders, positions and targets, and what is no stance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from annotator.domain.drafts import StanceDraft
from annotator.domain.sections import find_sections
from annotator.suggest.messages import ArticleText, KnownTarget
from annotator.suggest.pipeline import suggest_articles

if TYPE_CHECKING:
    from spacy.language import Language

Stances = Callable[..., list[StanceDraft]]

CAST = "Prime Minister Anna Meyer met Boris Johnson and Karl Braun in Berlin on Monday. "
TOLLS = KnownTarget(id="t", label="Road tolls", statement="Germany should introduce road tolls.", kind="policy")


@pytest.fixture(scope="session")
def found(nlp: Language) -> Stances:
    """All stances that are proposed for a text after the sentence that brings in its people."""

    def stances(text: str, *targets: KnownTarget) -> list[StanceDraft]:
        article = ArticleText(id="a", text=CAST + text, sections=find_sections(CAST + text))
        ((_, suggestions),) = suggest_articles(nlp, [article], targets=targets)
        return [one.draft for one in suggestions if isinstance(one.draft, StanceDraft)]

    return stances


@pytest.fixture(scope="session")
def sure(found: Stances) -> Stances:
    """Only those that are shown."""
    return lambda text, *targets: [one for one in found(text, *targets) if one.is_sure]


def told(one: StanceDraft) -> str:
    holder = one.holder.name if one.holder else "?"
    via = f" via {one.via.name}" if one.via else ""
    return f"{holder}{via}: {one.position}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meyer backed the proposed tax reform.", "Anna Meyer: support"),
        ("Meyer opposes the proposed tax reform.", "Anna Meyer: oppose"),
        ("Johnson criticised Karl Braun.", "Boris Johnson: oppose"),
        ("Johnson praised Karl Braun.", "Boris Johnson: support"),
        ("Meyer called for a new climate law.", "Anna Meyer: support"),
        ("Meyer urged European states to raise their contributions.", "Anna Meyer: support"),
        ("“European states must raise their contributions,” Meyer said.", "Anna Meyer: support"),
        ("“European states should not raise their contributions,” Meyer said.", "Anna Meyer: oppose"),
        ("Meyer said that the proposed tax reform is a mistake.", "Anna Meyer: oppose"),
        ("Meyer ruled out higher income taxes.", "Anna Meyer: oppose"),
        ("Meyer said that Johnson opposes the nuclear deal.", "Boris Johnson via Anna Meyer: oppose"),
        ("Meyer declined to comment on the nuclear deal.", "Anna Meyer: no_position"),
        ("Meyer declared the new climate law “unrealistic” on Monday.", "Anna Meyer: oppose"),
        ("Meyer demanded that European states raise their contributions.", "Anna Meyer: support"),
        ("Meyer left early, calling for European states to raise their contributions.", "Anna Meyer: support"),
        ("“We must stay,” Meyer explained, ruling out US troop deployment.", "Anna Meyer: oppose"),
    ],
)
def test_holder_and_position_of_a_plain_sentence(sure: Stances, text: str, expected: str) -> None:
    assert [told(one) for one in sure(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Meyer would support the proposed tax reform if it included cuts.",
        "Meyer said that she could support the proposed tax reform.",
        "Did Meyer oppose the proposed tax reform?",
        "Meyer denied that she opposed the proposed tax reform.",
        "Meyer did not rule out higher income taxes.",
        "Meyer asked whether the proposed tax reform is a mistake.",
        "Meyer said that the proposed tax reform was debated on Monday.",
    ],
)
def test_conditions_possibilities_questions_and_denials_have_no_position(sure: Stances, text: str) -> None:
    assert sure(text) == []


def test_whose_call_is_passed_on_holds_it_and_the_one_who_passes_it_on_is_via(sure: Stances) -> None:
    (one,) = sure("Meyer echoed calls by Johnson for European states to raise their contributions.")
    assert told(one) == "Boris Johnson via Anna Meyer: support"
    assert one.target is not None and one.target.statement == "European states should raise their contributions."


def test_a_new_target_is_a_full_positive_sentence_with_a_short_label(sure: Stances) -> None:
    (one,) = sure("“European states should not raise their contributions,” Meyer said.")
    assert one.target is not None and one.target.id is None
    assert (one.target.label, one.target.statement, one.target.kind) == (
        "European states should raise their…",
        "European states should raise their contributions.",
        "policy",
    )


def test_a_known_target_is_meant_before_a_new_one(sure: Stances) -> None:
    (one,) = sure("“Germany should introduce road tolls,” Meyer said.", TOLLS)
    assert one.target is not None and (one.target.id, one.position) == ("t", "support")


def test_to_be_for_the_opposite_of_a_known_target_is_to_oppose_it(sure: Stances) -> None:
    target = KnownTarget(id="t", label="Mali", statement="The German army should stay in Mali.", kind="policy")
    (one,) = sure("“The German army should leave Mali,” Meyer said.", target)
    assert one.target is not None
    assert (one.target.id, one.position) in (("t", "oppose"), (None, "support"))


def test_a_quote_without_a_sure_stance_is_prepared_with_likely_targets_and_no_position(found: Stances) -> None:
    (one,) = found("Meyer said that the road tolls in Germany were debated on Monday.", TOLLS)
    assert one.position is None and [guess.id for guess in one.targets] == ["t"]
    assert one.holder is not None and one.holder.name == "Anna Meyer" and "shares" in one.targets[0].reason


def test_a_stance_rests_on_the_passage_of_its_quote(nlp: Language) -> None:
    text = CAST + "“European states must raise their contributions,” Meyer said."
    article = ArticleText(id="a", text=text, sections=find_sections(text))
    ((_, suggestions),) = suggest_articles(nlp, [article])
    (stance,) = [one.draft for one in suggestions if isinstance(one.draft, StanceDraft)]
    assert stance.quote in {one.draft.key for one in suggestions}
    assert stance.evidence_type == "direct_quote" and stance.explicitness == "stated"
    assert all(text[piece.start : piece.end] == piece.text for piece in stance.evidence)


def test_no_text_has_no_stance_and_an_aside_no_holder(sure: Stances) -> None:
    assert sure("") == [] == sure("It rained. Nobody came.")


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Meyer opposes Germany’s NATO membership.", "Germany should have NATO membership."),
        ("Meyer ruled out higher income taxes.", "There should be higher income taxes."),
        ("Meyer backed the proposed tax reform.", "The proposed tax reform deserves support."),
    ],
)
def test_the_sentence_of_a_thing_says_that_it_should_be(sure: Stances, text: str, statement: str) -> None:
    one = sure(text)[0]
    assert one.target is not None and one.target.statement == statement


def test_who_tells_of_a_quote_within_a_quote_is_via(found: Stances) -> None:
    stances = found("Meyer said that Johnson thinks road tolls should be introduced.", TOLLS)
    assert [(one.holder.name, one.via.name if one.via else "") for one in stances if one.holder] == [
        ("Boris Johnson", "Anna Meyer")
    ]


def test_what_is_said_in_passing_is_no_part_of_the_target(found: Stances) -> None:
    (one,) = found(
        "Meyer urged allies to spend more on defence by 2027, a timeline that many officials find too short."
    )
    assert one.targets[0].statement == "Allies should spend more on defence by 2027."
