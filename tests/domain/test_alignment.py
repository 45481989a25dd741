"""Alignment: which records of two layers are partners."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.alignment import Names, align_entities, align_quotes, align_stances, grouped, share
from annotator.domain.measures import f1
from annotator.domain.records import Actor, Entity, Evidence, Quote, Stance, Target
from annotator.domain.spans import Passage

TEXT = "abcdefghijklmnopqrstuvwxyz" * 4


def entity(name: str, start: int, end: int, label: str = "ORG") -> Entity:
    return Entity(id=name, author="x", article="n", start=start, end=end, text=TEXT[start:end], label=label)


def quote(name: str, *ranges: tuple[int, int]) -> Quote:
    content = tuple(Passage(start, end, TEXT[start:end]) for start, end in ranges)
    return Quote(id=name, author="x", article="n", content=content, form="direct", source_kind="none")


def stance(name: str, start: int, end: int, holder: str = "h", target: str = "t") -> Stance:
    spans = (Passage(start, end, TEXT[start:end]),)
    return Stance(
        id=name,
        author="x",
        article="n",
        holder=holder,
        target=target,
        evidence=(Evidence(spans=spans, type="direct_quote"),),
        is_submitted=True,
    )


def ids(pairs: list) -> list[tuple[str, str]]:
    return [(pair.a.id if pair.a else "", pair.b.id if pair.b else "") for pair in pairs]


def test_the_same_span_is_a_partner_before_a_longer_overlap() -> None:
    pairs = align_entities([entity("a1", 0, 10), entity("a2", 2, 4)], [entity("b1", 2, 4), entity("b2", 0, 9)])
    assert ids(pairs) == [("a1", "b2"), ("a2", "b1")]


def test_of_two_on_the_same_span_the_label_decides() -> None:
    pairs = align_entities([entity("a1", 0, 4, "GPE")], [entity("b1", 0, 4, "ORG"), entity("b2", 0, 4, "GPE")])
    assert ids(pairs) == [("a1", "b2"), ("", "b1")]


def test_entities_that_share_nothing_stand_alone() -> None:
    assert ids(align_entities([entity("a", 0, 3)], [entity("b", 3, 6)])) == [("a", ""), ("", "b")]


def test_quotes_are_partners_from_half_of_what_either_covers() -> None:
    assert ids(align_quotes([quote("a", (0, 10))], [quote("b", (0, 5))])) == [("a", "b")]
    assert sorted(ids(align_quotes([quote("a", (0, 10))], [quote("b", (0, 4))]))) == [("", "b"), ("a", "")]


def test_the_sum_of_what_is_shared_decides_not_the_first_best() -> None:
    # Alone a1 fits b1 best, but then a2 has nobody.
    pairs = align_quotes([quote("a1", (0, 20)), quote("a2", (8, 20))], [quote("b1", (3, 20)), quote("b2", (0, 12))])
    assert ids(pairs) == [("a1", "b2"), ("a2", "b1")]


def test_fragments_count_as_one_content() -> None:
    assert share([(0, 5), (10, 15)], [(0, 5), (10, 15)]) == 1.0
    assert ids(align_quotes([quote("a", (0, 5), (10, 15))], [quote("b", (0, 5))])) == [("a", "b")]


def test_stances_need_common_evidence_and_a_common_holder_or_target() -> None:
    names = Names()
    assert ids(align_stances([stance("a", 0, 9)], [stance("b", 5, 12, target="u")], names)) == [("a", "b")]
    assert ids(align_stances([stance("a", 0, 9)], [stance("b", 9, 12)], names)) == [("a", ""), ("", "b")]
    other = stance("b", 0, 9, holder="g", target="u")
    assert sorted(ids(align_stances([stance("a", 0, 9)], [other], names))) == [("", "b"), ("a", "")]


def test_actors_are_the_same_by_name_and_by_what_they_were_merged_into() -> None:
    def actor(name: str, called: str, into: str | None = None) -> Actor:
        return Actor(id=name, author="x", type="person", name=called, merged_into=into)

    names = Names([actor("1", "Pete Hegseth"), actor("2", "pete hegseth"), actor("3", "Hegseth", into="1")])
    assert names.actor("1") == names.actor("2") == names.actor("3")
    assert names.actor(None) is None and names.actor("unknown") == "unknown"
    targets = Names(targets=[Target(id="t", author="x", kind="policy", label="Road Tolls", statement="…")])
    assert targets.target("t") == "road tolls"


spans = st.tuples(st.integers(0, 90), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_everybody_is_in_one_pair_and_the_sides_may_be_swapped(
    ours: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    a = [entity(f"a{at}", *one) for at, one in enumerate(ours)]
    b = [entity(f"b{at}", *one) for at, one in enumerate(theirs)]
    pairs, swapped = ids(align_entities(a, b)), ids(align_entities(b, a))
    assert sorted(one for pair in pairs for one in pair if one) == sorted(one.id for one in (*a, *b))
    assert sum(bool(x and y) for x, y in pairs) == sum(bool(x and y) for x, y in swapped)


def test_no_better_sum_of_others_parts_an_exact_pair() -> None:
    a = [entity("a1", 1, 4), entity("a2", 1, 5, "GPE"), entity("a3", 1, 5)]
    b = [entity("b1", 0, 2, "GPE"), entity("b2", 1, 2), entity("b3", 1, 5, "GPE")]
    assert ("a2", "b3") in ids(align_entities(a, b))


def test_pieces_of_evidence_that_overlap_count_once() -> None:
    one = stance("a", 0, 9)
    twice = msgspec.structs.replace(one, id="b", evidence=(*one.evidence, *one.evidence))
    more = msgspec.structs.replace(twice, id="c")
    assert ids(align_stances([twice], [more], Names())) == [("b", "c")]


def test_figures_of_semeval_2013_on_its_six_rows() -> None:
    """SemEval-2013 task 9.1, the classic six rows: F1 strict .2, type .4."""
    gold = [("g1", 0, 5, "BRAND"), ("g2", 20, 31, "DRUG"), ("g3", 40, 51, "DRUG")]
    gold += [("g4", 60, 65, "DRUG"), ("g5", 80, 99, "GROUP")]
    told = [("p1", 10, 15, "BRAND"), ("p2", 17, 31, "DRUG"), ("p3", 40, 51, "BRAND")]
    told += [("p4", 60, 65, "DRUG"), ("p5", 80, 84, "DRUG")]
    ours, theirs = [entity(*one) for one in gold], [entity(*one) for one in told]
    pairs = [(one.a, one.b) for one in align_entities(ours, theirs) if one.a is not None and one.b is not None]
    strict = [(x, y) for x, y in pairs if (x.start, x.end, x.label) == (y.start, y.end, y.label)]
    same_type = [(x, y) for x, y in pairs if x.label == y.label]
    assert f1(len(strict), 5, 5) == pytest.approx(0.2) and f1(len(same_type), 5, 5) == pytest.approx(0.4)
    assert len(pairs) == 4


def test_groups_of_three_layers_hold_one_of_each_at_most() -> None:
    layers = [
        [quote("a", (0, 10))],
        [quote("b", (0, 12)), quote("b2", (50, 60))],
        [quote("c", (2, 12)), quote("c2", (50, 61))],
    ]
    groups = [[one and one.id for one in group] for group in grouped(layers, align_quotes)]
    assert groups == [["a", "b", "c"], [None, "b2", "c2"]]


def test_a_chain_never_brings_two_of_one_layer_together() -> None:
    layers = [[quote("a", (0, 10))], [quote("b", (3, 13))], [quote("c", (0, 10)), quote("c2", (5, 15))]]
    groups = [[one and one.id for one in group] for group in grouped(layers, align_quotes)]
    # B's partner in the last layer is c2, but A's is c.
    assert groups == [["a", "b", "c"], [None, None, "c2"]]


def scored(ours: list[Entity], theirs: list[Entity]) -> dict[str, float]:
    """F1 by scheme, as the package nervaluate counts it; its ends are the last characters."""
    from nervaluate import Evaluator

    sides = [
        [[{"label": one.label, "start": one.start, "end": one.end - 1} for one in side]] for side in (ours, theirs)
    ]
    found = Evaluator(*sides, tags=["ORG", "GPE"], loader="dict").evaluate()["overall"]
    return {scheme: result.f1 for scheme, result in found.items()}


def own_f1(ours: list[Entity], theirs: list[Entity]) -> tuple[float | None, float | None]:
    """Exact F1, and F1 of partners of the same label."""
    pairs = [(one.a, one.b) for one in align_entities(ours, theirs) if one.a is not None and one.b is not None]
    exact = [(x, y) for x, y in pairs if (x.start, x.end, x.label) == (y.start, y.end, y.label)]
    same = [(x, y) for x, y in pairs if x.label == y.label]
    return f1(len(exact), len(ours), len(theirs)), f1(len(same), len(ours), len(theirs))


def test_five_entities_of_which_two_have_the_same_bounds_as_nervaluate_counts_them() -> None:
    ours = [entity(f"a{at}", at * 10, at * 10 + 6) for at in range(5)]
    theirs = [entity(f"b{at}", at * 10, at * 10 + (6 if at < 2 else 4)) for at in range(5)]
    found = scored(ours, theirs)
    assert found["strict"] == found["exact"] == pytest.approx(0.4) and found["partial"] == pytest.approx(0.7)
    assert own_f1(ours, theirs) == (pytest.approx(found["strict"]), pytest.approx(found["ent_type"]))


apart = st.lists(
    st.tuples(st.integers(0, 19), st.integers(1, 5), st.sampled_from(["ORG", "GPE"])), unique_by=lambda x: x[0]
)


@given(apart, apart)
def test_exact_f1_is_that_of_nervaluate(ours: list[tuple[int, int, str]], theirs: list[tuple[int, int, str]]) -> None:
    a, b = (
        [entity(f"{side}{at}", at * 5, at * 5 + length, label) for at, length, label in spans]
        for side, spans in (("a", ours), ("b", theirs))
    )
    found = scored(a, b) if a and b else {"strict": 0.0, "ent_type": 0.0}
    exact, same = own_f1(a, b)
    assert (exact or 0.0) == pytest.approx(found["strict"]) and (same or 0.0) == pytest.approx(found["ent_type"])
