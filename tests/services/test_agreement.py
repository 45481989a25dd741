"""Agreement of two people on the seeds: figures, what they rest on, the cases behind them, the table, the paragraph."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.progress import drain
from annotator.services import agreement, agreement_texts, annotation, reviewing
from annotator.services.agreement import Agreement
from annotator.services.figures import Figure
from annotator.store import articles
from annotator.store.project import Author, Project, open_project
from tests.services.test_reviewing import quote_at
from tests.store.making import entity_at, put


@pytest.fixture
def labelled(project_copy: Path, author: Author, colleague: Author) -> Iterator[Project]:
    """Both seeds, in each of which Ana and Bela agree on one entity, label one differently and bound a quote apart."""
    for who in (author, colleague):
        with open_project(project_copy, who) as project:
            for article in articles.ids(project.conn):
                put(project, entity_at(project, article, 4, 17, "GPE"))
                put(project, entity_at(project, article, 38, 46, "NORP" if who is author else "GPE"))
                put(project, quote_at(project, article, 100, 140 if who is author else 150))
            if who is author:
                put(project, entity_at(project, articles.ids(project.conn)[0], 200, 204, "GPE"))
    with open_project(project_copy, author) as opened:
        yield opened


@pytest.fixture
def found(labelled: Project, author: Author, colleague: Author) -> Agreement:
    return drain(agreement.agreement(labelled, author.id, colleague.id))


def figure(found: Agreement, what: str, measure: str, label: str = "all") -> Figure:
    (one,) = [one for one in found.figures if (one.what, one.measure, one.label) == (what, measure, label)]
    return one


def test_figures_are_pooled_over_articles(found: Agreement) -> None:
    assert found.articles == 2
    # Ana has five entities, Bela four; two are exactly alike, four lie over one another.
    assert figure(found, "Entities", "exact F1").value == pytest.approx(4 / 9, abs=1e-4)
    assert figure(found, "Entities", "overlap F1").value == pytest.approx(8 / 9, abs=1e-4)
    assert figure(found, "Quotes, content", "exact F1").value == 0.0
    assert figure(found, "Quotes, content", "overlap F1").value == 1.0


def test_a_figure_is_also_there_for_each_article(found: Agreement, labelled: Project) -> None:
    first, second = articles.ids(labelled.conn)
    by_article = figure(found, "Entities", "exact F1").by_article
    assert by_article == {first: pytest.approx(2 / 5, abs=1e-4), second: 0.5}


def test_a_measure_says_what_it_rests_on_and_what_it_leaves_out(found: Agreement) -> None:
    kappa = figure(found, "Labels of the same span", "kappa")
    assert (kappa.units, kappa.excluded) == (4, 1) and kappa.value is not None
    assert figure(found, "Quotes, form", "kappa").value is None, "one form alone: not defined"
    assert figure(found, "Stances, position", "alpha").value is None
    speakers = figure(found, "Quotes, speaker", "alpha")
    assert (speakers.value, speakers.units, speakers.excluded) == (None, 0, 2), "linked by neither is no agreement"


def test_the_cases_behind_a_figure_are_those_of_the_review(
    found: Agreement, labelled: Project, author: Author, colleague: Author
) -> None:
    cases = drain(reviewing.review(labelled, author.id, colleague.id)).cases
    by_kind = {
        kind: {one.difference.key for one in cases if kind in one.difference.kinds} for kind in ("label", "boundary")
    }
    assert set(figure(found, "Labels of the same span", "kappa").items) == by_kind["label"]
    assert set(figure(found, "Quotes, content", "exact F1").items) == by_kind["boundary"]


def test_swapping_the_sides_changes_no_figure(
    found: Agreement, labelled: Project, author: Author, colleague: Author
) -> None:
    swapped = drain(agreement.agreement(labelled, colleague.id, author.id))
    assert [(one.title, one.value) for one in found.figures] == [(one.title, one.value) for one in swapped.figures]


def test_somebody_agrees_with_himself(labelled: Project, author: Author) -> None:
    alone = drain(agreement.agreement(labelled, author.id, author.id))
    assert {one.value for one in alone.figures if one.value is not None} == {1.0}


def test_the_table_and_the_paragraph_say_the_same(found: Agreement, tmp_path: Path) -> None:
    out = tmp_path / "agreement.csv"
    agreement_texts.write_csv([(found, ("=Ana", "Bela"))], out)
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert len(rows) == len(found.figures) and rows[0]["layers"] == "'=Ana / Bela"
    exact = next(one for one in rows if (one["what"], one["measure"], one["label"]) == ("Entities", "exact F1", "all"))
    assert float(exact["value"]) == figure(found, "Entities", "exact F1").value
    told = agreement_texts.methods(found, ("Ana", "Bela"))
    assert "over 2 articles" in told and "Entities, exact F1 0.44" in told and "not defined" in told


def test_only_finished_articles_count_once_there_are_some(
    labelled: Project, project_copy: Path, author: Author, colleague: Author
) -> None:
    article = articles.ids(labelled.conn)[1]
    assert not drain(agreement.agreement(labelled, author.id, colleague.id)).is_finished
    annotation.set_status(labelled, article, state="done")
    labelled.close()
    with open_project(project_copy, colleague) as project:
        annotation.set_status(project, article, state="done")
        found = drain(agreement.agreement(project, author.id, colleague.id))
    assert found.is_finished and found.articles == 1 and figure(found, "Entities", "exact F1").value == 0.5
