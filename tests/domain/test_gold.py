"""Gold is a pure function of the decisions and of what they have seen."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.gold import Decided, edited, gold_of, ids_of, in_force, is_stale, seen_as
from annotator.domain.records import Annotation, Decision, Outcome, Seen

from .test_alignment import entity

A, B = entity("a", 0, 4), entity("b", 0, 6)
VERSIONS: dict[str, Annotation] = {seen_as(one): one for one in (A, B)}


def decided(
    name: str,
    outcome: Outcome,
    *,
    clock: int = 1,
    author: str = "r",
    a: Annotation | None = A,
    b: Annotation | None = B,
) -> Decided:
    made = Decision(
        id=name,
        author=author,
        article="n",
        a=a.id if a else None,
        b=b.id if b else None,
        seen_a=seen_as(a) if a else None,
        seen_b=seen_as(b) if b else None,
        outcome=outcome,
        result=edited(entity("mine", 0, 5)) if outcome == "edited" else None,
        comment="why",
    )
    return Decided(decision=made, clock=clock)


def taken(*decisions: Decided) -> list[str]:
    return [one.record.id for one in gold_of(decisions, VERSIONS)]


def test_each_outcome_takes_what_it_says() -> None:
    assert taken(decided("1", "a")) == ["a"]
    assert taken(decided("1", "b")) == ["b"]
    assert taken(decided("1", "both")) == ["a", "b"]
    assert taken(decided("1", "neither")) == [] == taken(decided("1", "deferred"))
    assert taken(decided("1", "edited")) == ["mine"]
    assert taken() == []


def test_of_two_decisions_about_a_record_the_later_counts_whoever_made_it() -> None:
    first, second = decided("1", "a", clock=3, author="r"), decided("2", "b", clock=4, author="s")
    assert taken(first, second) == taken(second, first) == ["b"]
    # At the same time, as after a merge, the author's id decides, and every copy of the project says the same.
    tie = decided("3", "neither", clock=4, author="t")
    assert taken(second, tie) == taken(tie, second) == []


def test_a_later_decision_about_one_side_replaces_the_one_about_both() -> None:
    alone = decided("2", "neither", clock=2, b=None)
    assert taken(decided("1", "a"), alone) == [] and [one.id for one in in_force([decided("1", "a"), alone])] == ["2"]


def test_gold_keeps_what_was_seen_though_a_side_changes_later() -> None:
    changed = msgspec.structs.replace(A, end=3, text=A.text[:3])
    decision = decided("1", "a")
    assert taken(decision) == ["a"] and gold_of([decision], VERSIONS)[0].record == A
    assert not is_stale(decision.decision, {"a": A, "b": B})
    assert is_stale(decision.decision, {"a": changed, "b": B}) and is_stale(decision.decision, {"a": A})


outcomes: st.SearchStrategy[Outcome] = st.sampled_from(["a", "b", "both", "neither", "edited", "deferred"])
made = st.builds(
    lambda at, outcome, clock, author, side: decided(
        f"{at}", outcome, clock=clock, author=author, a=None if side == "b" else A, b=None if side == "a" else B
    ),
    st.integers(0, 50),
    outcomes,
    st.integers(1, 4),
    st.sampled_from("rst"),
    st.sampled_from(["a", "b", "ab"]),
)


@given(st.lists(made, max_size=8, unique_by=lambda one: one.decision.id), st.randoms())
def test_the_order_in_which_decisions_come_does_not_matter(decisions: list[Decided], order: object) -> None:
    shuffled = list(decisions)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert gold_of(decisions, VERSIONS) == gold_of(shuffled, VERSIONS)


C = entity("c", 0, 5)


def of_three(outcome: Outcome, taken: str | None = None, *, a: Annotation | None = A) -> Decided:
    one = decided("1", outcome, a=a)
    others = (Seen(record=C.id, seen=seen_as(C)),)
    return msgspec.structs.replace(one, decision=msgspec.structs.replace(one.decision, others=others, taken=taken))


def test_of_three_layers_the_one_that_was_taken_is_gold() -> None:
    versions = VERSIONS | {seen_as(C): C}
    assert [one.record.id for one in gold_of([of_three("other", "c")], versions)] == ["c"]
    assert [one.record.id for one in gold_of([of_three("a")], versions)] == ["a"]
    assert gold_of([of_three("neither")], versions) == [] == gold_of([of_three("deferred")], versions)


def test_a_decision_of_three_is_stale_when_the_third_changes() -> None:
    one, now = of_three("a").decision, {"a": A, "b": B, "c": C}
    assert not is_stale(one, now) and is_stale(one, now | {"c": msgspec.structs.replace(C, label="GPE")})
    assert ids_of(one) == {"a", "b", "c"} and ids_of(of_three("b", a=None).decision) == {"b", "c"}


def test_a_later_decision_about_two_replaces_the_one_about_three() -> None:
    assert [one.id for one in in_force([of_three("other", "c"), decided("2", "b", clock=2)])] == ["2"]
