"""`annotator agreement`: printed, as JSON, as a table, as a paragraph; and what it needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.app import run
from annotator.store import articles
from annotator.store.project import Author, open_project
from tests.store.making import entity_at, put


@pytest.fixture
def labelled_file(project_copy: Path, author: Author, colleague: Author) -> Path:
    for who in (author, colleague):
        with open_project(project_copy, who) as project:
            article = articles.ids(project.conn)[0]
            put(project, entity_at(project, article, 4, 17, "GPE"))
            put(project, entity_at(project, article, 38, 46, "NORP" if who is author else "GPE"))
    return project_copy


def test_agreement_is_printed_and_written(
    labelled_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreement", str(labelled_file)]) == 0
    assert "Entities, exact F1" in capsys.readouterr().out
    assert run(["agreement", str(labelled_file), "--layers", "Ana,Bela", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert next(one["value"] for one in figures if one["measure"] == "exact F1" and one["label"] == "all") == 0.5
    assert run(["agreement", str(labelled_file), "--methods"]) == 0
    assert "Ana and Bela" in capsys.readouterr().out
    assert run(["agreement", str(labelled_file), "--csv", str(tmp_path / "a.csv")]) == 0
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("layers,what,measure")


def test_three_layers_are_measured_together_and_two_by_two(
    labelled_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(labelled_file, Author(id="33333333-3333-4333-8333-333333333333", name="Carl")) as project:
        put(project, entity_at(project, articles.ids(project.conn)[0], 4, 17, "GPE"))
    assert run(["agreement", str(labelled_file)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Ana, Bela and Carl, 1 articles that all have begun") and "Bela and Carl, 1 articles" in out
    assert run(["agreement", str(labelled_file), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["pairs"]) == 3
    assert run(["agreement", str(labelled_file), "--csv", str(tmp_path / "a.csv")]) == 0
    assert "Ana / Bela / Carl" in (tmp_path / "a.csv").read_text("utf-8")


def test_a_layer_that_is_not_there_is_named(labelled_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", str(labelled_file), "--layers", "Ana,Carl"]) == 1
    assert "There is no layer called Carl." in capsys.readouterr().err


def test_two_layers_are_needed(project_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", str(project_copy)]) == 1
    assert "Two layers or more are compared" in capsys.readouterr().err
