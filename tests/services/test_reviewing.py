"""Reviews of a project that two people have labelled: comparing, deciding, gold, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from annotator.domain.errors import NotAllowed
from annotator.domain.gold import BY_POLICY
from annotator.domain.progress import drain
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import passage
from annotator.ingest.jsonl import read_lines
from annotator.services import exporting, history, reviewing
from annotator.services.reviewing import Case, Review
from annotator.store import articles
from annotator.store.journal import new_id
from annotator.store.project import Author, Project, open_project
from annotator.suggest.client import Worker
from tests.exchange import ANA, BELA, copy, receive, send, united
from tests.store.making import entity_at, put, withdraw


def quote_at(project: Project, article: str, start: int, end: int) -> Quote:
    text = articles.text_of(project.conn, article)
    return Quote(
        id=new_id(),
        author=project.author.id,
        article=article,
        content=(passage(text, start, end),),
        form="indirect",
        source_kind="none",
    )


@pytest.fixture
def reviewed(project_copy: Path, author: Author, colleague: Author) -> Iterator[Project]:
    """A project in which Ana and Bela have marked the first article: one entity alike, one with another label, a quote
    with other bounds, one entity that Ana alone has. It is open as Ana's."""
    for who in (author, colleague):
        with open_project(project_copy, who) as project:
            article = articles.ids(project.conn)[0]
            put(project, entity_at(project, article, 4, 17, "GPE"))
            put(project, entity_at(project, article, 38, 46, "NORP" if who is author else "GPE"))
            put(project, quote_at(project, article, 100, 140 if who is author else 150))
            if who is author:
                put(project, entity_at(project, article, 200, 204))
    with open_project(project_copy, author) as opened:
        yield opened


def review(project: Project, colleague: Author) -> Review:
    return drain(reviewing.review(project, project.author.id, colleague.id))


def case(found: Review, kind: str) -> Case:
    (one,) = [one for one in found.cases if one.difference.kind == kind]
    return one


def gold(project: Project) -> list[tuple[int, str]]:
    (article, *_) = articles.ids(project.conn)
    records = [one.record for one in reviewing.gold_records(project, article)]
    return sorted(
        (one.start, one.label) if isinstance(one, Entity) else (one.content[0].end, "quote") for one in records
    )


def test_a_review_names_what_differs_and_counts_what_is_alike(reviewed: Project, colleague: Author) -> None:
    found = review(reviewed, colleague)
    assert [one.difference.kind for one in found.cases] == ["label", "boundary", "missing"]
    assert len(found.alike) == 1 and found.pairs == 4 and len(found.articles) == 1
    assert found.why() == [("Only A marked it", 1), ("Overlap, other boundary", 1), ("Same span, other label", 1)]
    assert [one.standing for one in found.cases] == ["open"] * 3


def test_layers_say_who_has_marked_how_much(reviewed: Project) -> None:
    assert [(one.name, one.articles, one.records) for one in reviewing.layers(reviewed)] == [
        ("Ana", 1, 4),
        ("Bela", 1, 3),
    ]


def test_an_article_that_only_one_has_worked_on_is_not_compared(project: Project, colleague: Author) -> None:
    put(project, entity_at(project, articles.ids(project.conn)[0], 4, 17))
    assert review(project, colleague) == Review(layers=(project.author.id, colleague.id))


def test_each_decision_is_one_act_that_undo_takes_back(reviewed: Project, colleague: Author) -> None:
    one = case(review(reviewed, colleague), "label").difference
    reviewing.decide(reviewed, one, "b", rule="2.1")
    assert gold(reviewed) == [(38, "GPE")]
    assert case(review(reviewed, colleague), "label").standing == "decided"
    reviewing.decide(reviewed, one, "a")
    assert gold(reviewed) == [(38, "NORP")]
    drain(history.undo_job(reviewed))
    assert gold(reviewed) == [(38, "GPE")]
    drain(history.undo_job(reviewed))
    assert gold(reviewed) == [] and case(review(reviewed, colleague), "label").standing == "open"


def test_both_neither_and_an_edit(reviewed: Project, colleague: Author) -> None:
    found = review(reviewed, colleague)
    reviewing.decide(reviewed, case(found, "label").difference, "both")
    reviewing.decide(reviewed, case(found, "missing").difference, "neither")
    boundary = case(found, "boundary").difference
    made = msgspec.structs.replace(
        boundary.sides[0], id=new_id(), content=quote_at(reviewed, boundary.article, 100, 145).content
    )
    reviewing.decide(reviewed, boundary, "edited", result=made)
    assert gold(reviewed) == [(38, "GPE"), (38, "NORP"), (145, "quote")]


def test_what_cannot_be_decided_is_refused_and_changes_nothing(reviewed: Project, colleague: Author) -> None:
    one = case(review(reviewed, colleague), "missing").difference
    for outcome in ("b", "both"):
        with pytest.raises(NotAllowed, match="B has marked nothing here"):
            reviewing.decide(reviewed, one, outcome)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="needs a comment"):
        reviewing.decide(reviewed, one, "deferred", comment="  ")
    with pytest.raises(NotAllowed, match="no edited annotation"):
        reviewing.decide(reviewed, one, "edited")
    assert case(review(reviewed, colleague), "missing").standing == "open"


def test_a_deferred_case_stays_to_be_decided(reviewed: Project, colleague: Author) -> None:
    reviewing.decide(reviewed, case(review(reviewed, colleague), "label").difference, "deferred", comment="ask Bela")
    found = case(review(reviewed, colleague), "label")
    assert found.standing == "deferred" and found.is_to_decide and gold(reviewed) == []


def test_a_decision_is_stale_when_a_side_changes_and_gold_keeps_what_was_seen(
    reviewed: Project, colleague: Author
) -> None:
    one = case(review(reviewed, colleague), "label").difference
    reviewing.decide(reviewed, one, "a")
    assert isinstance(one.sides[0], Entity)
    put(reviewed, msgspec.structs.replace(one.sides[0], label="PERSON"))
    found = case(review(reviewed, colleague), "label")
    assert found.standing == "stale" and found.is_to_decide and gold(reviewed) == [(38, "NORP")]
    reviewing.decide(reviewed, found.difference, "a")
    assert gold(reviewed) == [(38, "PERSON")] and case(review(reviewed, colleague), "label").standing == "decided"


def test_a_decision_is_stale_when_a_side_is_withdrawn(reviewed: Project, colleague: Author) -> None:
    one = case(review(reviewed, colleague), "label").difference
    reviewing.decide(reviewed, one, "a")
    assert isinstance(one.sides[0], Entity)
    withdraw(reviewed, one.sides[0])
    (left,) = [each for each in review(reviewed, colleague).cases if one.sides[1] in each.difference.records]
    assert left.standing == "stale" and gold(reviewed) == [(38, "NORP")]


def test_what_is_alike_becomes_gold_in_one_act_and_one_undo(reviewed: Project, colleague: Author) -> None:
    changes = drain(reviewing.accept_alike(reviewed, review(reviewed, colleague)))
    assert len(changes.changes) == 1 and gold(reviewed) == [(4, "GPE")]
    (one,) = reviewing.gold_records(reviewed, articles.ids(reviewed.conn)[0])
    assert one.decision.rule == BY_POLICY
    assert review(reviewed, colleague).alike == ()
    drain(history.undo_job(reviewed))
    assert gold(reviewed) == [] and len(review(reviewed, colleague).alike) == 1


def test_gold_is_exported_as_a_layer(reviewed: Project, colleague: Author, worker: Worker, tmp_path: Path) -> None:
    reviewing.decide(reviewed, case(review(reviewed, colleague), "label").difference, "b")
    out = tmp_path / "gold.jsonl"
    drain(exporting.export(reviewed, "jsonl", out, exporting.ExportOptions(layer="gold"), worker=worker))
    lines = list(read_lines(out))
    assert {one.layer for one in lines} == {"gold"}
    assert [(one.text, one.label) for line in lines for one in line.entities] == [("European", "GPE")]


def test_gold_is_the_same_in_both_copies_whoever_merges_first(project_file: Path, tmp_path: Path) -> None:
    """Two analysts label and decide apart, then send each other everything: one after the other, in either order."""
    with copy(project_file, tmp_path / "a", ANA) as ana, copy(project_file, tmp_path / "b", BELA) as bela:
        for one, label in ((ana, "NORP"), (bela, "GPE")):
            for article in articles.ids(one.conn):
                put(one, entity_at(one, article, 4, 17, "GPE"), entity_at(one, article, 38, 46, label))
        exchange(ana, bela, tmp_path, "1")
        for one, outcome in ((ana, "a"), (bela, "b")):
            found = drain(reviewing.review(one, ANA.id, BELA.id))
            drain(reviewing.accept_alike(one, found))
            for case_ in found.cases[: 2 if one is ana else 1]:
                reviewing.decide(one, case_.difference, outcome)  # type: ignore[arg-type]
        exchange(bela, ana, tmp_path, "2")
        assert united(ana) == united(bela)
        gold_of = [
            [
                (one.record, one.decision.id)
                for article in articles.ids(each.conn)
                for one in reviewing.gold_records(each, article)
            ]
            for each in (ana, bela)
        ]
        assert gold_of[0] == gold_of[1] and len(gold_of[0]) == 4


def exchange(first: Project, second: Project, folder: Path, name: str) -> None:
    """Each sends everything, and receives what the other sent before that."""
    bundles = [send(one, folder / f"{name}-{one.author.name}.bundle") for one in (first, second)]
    receive(first, bundles[1])
    receive(second, bundles[0])


CARLA = Author(id="44444444-4444-4444-8444-444444444444", name="Carla")


@pytest.fixture
def of_three(project_copy: Path, author: Author, colleague: Author) -> Iterator[Project]:
    """One entity that all three have alike, one with a label of each, one that two have alike. Ana's to decide."""
    for who, label in ((author, "NORP"), (colleague, "GPE"), (CARLA, "LOC")):
        with open_project(project_copy, who) as project:
            article = articles.ids(project.conn)[0]
            put(project, entity_at(project, article, 4, 17, "GPE"))
            put(project, entity_at(project, article, 38, 46, label))
            if who is not colleague:
                put(project, entity_at(project, article, 200, 204))
    with open_project(project_copy, author) as opened:
        yield opened


def test_three_layers_are_compared_decided_and_accepted_at_once(of_three: Project, colleague: Author) -> None:
    layers = (of_three.author.id, colleague.id, CARLA.id)
    found = drain(reviewing.review(of_three, *layers))
    assert [one.difference.kind for one in found.cases] == ["label", "missing"] and len(found.alike) == 1
    assert found.why() == [("Only A and C marked it", 1), ("Same span, other label", 1)]
    label, lone = (one.difference for one in found.cases)
    reviewing.decide(of_three, label, "other", taken=2)
    assert gold(of_three) == [(38, "LOC")]
    drain(reviewing.accept_alike(of_three, found))
    reviewing.decide(of_three, lone, "a")
    assert gold(of_three) == [(4, "GPE"), (38, "LOC"), (200, "ORG")]
    after = drain(reviewing.review(of_three, *layers))
    assert [one.standing for one in after.cases] == ["decided", "decided"] and after.alike == ()
    # Two of the three beside each other: decided, too.
    assert [one.standing for one in drain(reviewing.review(of_three, *layers[:2])).cases] == ["decided", "decided"]
    reviewing.decide(of_three, label, "b")
    assert gold(of_three) == [(4, "GPE"), (38, "GPE"), (200, "ORG")]
    drain(history.undo_job(of_three))
    assert gold(of_three) == [(4, "GPE"), (38, "LOC"), (200, "ORG")]


def test_a_decision_of_two_does_not_settle_what_a_third_says(of_three: Project, colleague: Author) -> None:
    two = drain(reviewing.review(of_three, of_three.author.id, colleague.id))
    reviewing.decide(of_three, case(two, "label").difference, "a")
    found = drain(reviewing.review(of_three, of_three.author.id, colleague.id, CARLA.id))
    again = case(found, "label")
    assert again.standing == "stale" and again.is_of_others and again.is_to_decide


def test_of_three_layers_what_is_not_there_cannot_be_taken_nor_both(of_three: Project, colleague: Author) -> None:
    found = drain(reviewing.review(of_three, of_three.author.id, CARLA.id, colleague.id))
    lone = case(found, "missing").difference
    with pytest.raises(NotAllowed, match="C has marked nothing here"):
        reviewing.decide(of_three, lone, "other", taken=2)
    with pytest.raises(NotAllowed, match="D has marked nothing here"):
        reviewing.decide(of_three, lone, "other", taken=3)
    with pytest.raises(NotAllowed, match="more than two layers"):
        reviewing.decide(of_three, lone, "both")


def test_agreement_of_three_layers_counts_all_pairs_of_them(of_three: Project, colleague: Author) -> None:
    layers = (of_three.author.id, colleague.id, CARLA.id)
    figures = dict(reviewing.agreement_of(of_three, articles.ids(of_three.conn)[0], layers))
    # Exact: 3 pairs on the first, none on the second, 1 on the third; entities: 3 + 2 + 3, each in two pairs.
    assert figures["Entities, exact F1"] == pytest.approx(2 * 4 / 16)
    assert figures["Entities, overlap F1"] == pytest.approx(2 * 7 / 16) and figures["Quotes, exact F1"] is None
