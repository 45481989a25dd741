"""What writers are told besides lines: labels, who did what and when, and what was decided."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from annotator.domain.progress import drain
from annotator.services import annotation, exporting, reviewing
from annotator.services.exporting import ExportOptions
from annotator.services.lines import lines
from annotator.services.trail import trail
from annotator.store import articles
from annotator.store.project import Author, Project, open_project
from annotator.suggest.client import Worker
from tests.services.making import ids, open_ones
from tests.store.making import entity_at, put


@pytest.fixture
def reviewed(project_copy: Path, author: Author, colleague: Author) -> Iterator[Project]:
    """Ana and Bela have labelled one entity differently, and each has one that the other has not."""
    for who in (author, colleague):
        is_ana = who is author
        with open_project(project_copy, who) as project:
            article = articles.ids(project.conn)[0]
            put(project, entity_at(project, article, 4, 17, "GPE" if is_ana else "ORG"))
            put(project, entity_at(project, article, 38, 46) if is_ana else entity_at(project, article, 200, 204))
    with open_project(project_copy, author) as opened:
        yield opened


def decide_all(project: Project, colleague: Author) -> None:
    """Bela's label edited, Ana's own entity taken, Bela's own one declined."""
    found = drain(reviewing.review(project, project.author.id, colleague.id))
    for case in found.cases:
        one = case.difference
        if one.kind == "label":
            result = msgspec.structs.replace(one.sides[1], label="NORP")
            reviewing.decide(project, one, "edited", result=result, rule="1.1", comment="a people")
        else:
            reviewing.decide(project, one, "a" if one.sides[1] is None else "neither")


def first(project: Project, layer: str):  # type: ignore[no-untyped-def]
    line = next(one for one in lines(project, layer=layer) if one.article.id == articles.ids(project.conn)[0])
    return line, trail(project).of(line)


def test_every_record_has_its_acts_with_who_and_when(suggested: Project) -> None:
    annotation.accept(suggested, ids(open_ones(suggested))[:3])
    line, past = first(suggested, "mine")
    found = {one.id for one in (*line.entities, *line.quotes, *line.stances)}
    assert len(found) == 3 and found <= past.acts.keys()
    assert {(act.who, act.what) for one in found for act in past.acts[one]} == {("Ana", "accepted several suggestions")}
    assert all(act.time.endswith("Z") for one in found for act in past.acts[one])


def test_labels_are_those_of_the_codebook(suggested: Project) -> None:
    assert trail(suggested).labels["PERSON"].hue == "person"


def test_suggestions_have_no_past(suggested: Project) -> None:
    _, past = first(suggested, "suggestions")
    assert past.acts == {} and past.rulings == ()


def test_a_layer_is_told_what_was_decided_about_it_and_no_more(reviewed: Project, colleague: Author) -> None:
    decide_all(reviewed, colleague)
    line, past = first(reviewed, "mine")
    assert sorted(one.outcome for one in past.rulings) == ["a", "edited"]
    mine = {one.id for one in line.entities}
    assert all(mine & set(one.records) for one in past.rulings)
    _, of_bela = first(reviewed, "Bela")
    assert sorted(one.outcome for one in of_bela.rulings) == ["edited", "neither"]


def test_gold_is_told_all_decisions_and_an_edited_record_has_the_acts_of_its_decision(
    reviewed: Project, colleague: Author
) -> None:
    decide_all(reviewed, colleague)
    line, past = first(reviewed, "gold")
    assert {one.outcome: one.text for one in past.rulings} == {
        "edited": "United States",
        "a": line.text[38:46],
        "neither": line.text[200:204],
    }
    (edited,) = [one for one in line.entities if one.label == "NORP"]
    (ruling,) = [one for one in past.rulings if one.outcome == "edited"]
    assert ruling.taken == (edited.id,) and (ruling.rule, ruling.comment) == ("1.1", "a people")
    assert [act.what for act in past.acts[edited.id]] == ["took an edited version where layers differ"]


def test_the_tables_of_an_export_say_who_when_and_what_was_decided(
    reviewed: Project, colleague: Author, tmp_path: Path, worker: Worker
) -> None:
    decide_all(reviewed, colleague)
    drain(exporting.export(reviewed, "csv", tmp_path / "out", ExportOptions(layer="gold"), worker=worker))
    rows = {
        name: list(csv.DictReader((tmp_path / "out" / f"{name}.csv").read_text("utf-8-sig").splitlines()))
        for name in ("entities", "decisions")
    }
    assert {row["made_by"] for row in rows["entities"]} == {"Ana"} and all(row["made"] for row in rows["entities"])
    assert {row["reviewer"] for row in rows["decisions"]} == {"Ana"} and len(rows["decisions"]) == 3
