"""Agreement of three people at once, on the seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.progress import drain
from annotator.services import agreement_texts, reviewing
from annotator.services.agreement import Agreement
from annotator.services.agreement_of_all import AgreementOfAll, agreement_of_all
from annotator.services.figures import Figure
from annotator.store import articles
from annotator.store.project import Author, Project, open_project
from tests.services.test_reviewing import quote_at
from tests.store.making import entity_at, put

CARL = Author(id="33333333-3333-4333-8333-333333333333", name="Carl")


@pytest.fixture
def labelled(project_copy: Path, author: Author, colleague: Author) -> Iterator[Project]:
    """Both seeds: all three mark two entities, of which Carl labels the second differently, and one quote, in which
    Bela's form is another; Ana has one entity more."""
    for who in (author, colleague, CARL):
        with open_project(project_copy, who) as project:
            for article in articles.ids(project.conn):
                put(project, entity_at(project, article, 4, 17, "GPE"))
                put(project, entity_at(project, article, 38, 46, "GPE" if who is CARL else "NORP"))
                if who is author:
                    put(project, entity_at(project, article, 200, 204, "GPE"))
                put(project, quote_at(project, article, 100, 150 if who is colleague else 140))
    with open_project(project_copy, author) as opened:
        yield opened


@pytest.fixture
def found(labelled: Project, author: Author, colleague: Author) -> AgreementOfAll:
    return drain(agreement_of_all(labelled, [author.id, colleague.id, CARL.id]))


def figure(found: Agreement, what: str, measure: str, label: str = "all") -> Figure:
    (one,) = [one for one in found.figures if (one.what, one.measure, one.label) == (what, measure, label)]
    return one


def test_each_figure_has_the_cases_of_all_three_behind_it(found: AgreementOfAll, labelled: Project) -> None:
    review = drain(reviewing.review(labelled, *found.together.layers))
    by_kind = {
        kind: {
            one.difference.key for one in review.cases if kind in one.difference.kinds and one.difference.what == what
        }
        for what, kind in (("entity", "label"), ("entity", "missing"), ("quote", "boundary"))
    }
    assert all(len(keys) == 2 for keys in by_kind.values())
    assert set(figure(found.together, "Labels of the same span", "alpha").items) == by_kind["label"]
    assert set(figure(found.together, "Entities", "exact F1").items) == by_kind["label"] | by_kind["missing"]
    assert set(figure(found.together, "Entities", "overlap F1").items) == by_kind["missing"]
    assert set(figure(found.together, "Entities", "exact F1", "NORP").items) == by_kind["label"]
    assert set(figure(found.together, "Quotes, content", "exact F1").items) == by_kind["boundary"]
    assert figure(found.together, "Quotes, content", "overlap F1").items == ()


def test_f1_is_that_of_all_pairs_counted_together(found: AgreementOfAll) -> None:
    # In each article Ana has three entities, Bela and Carl two. Ana and Bela share two, the others one each.
    exact = figure(found.together, "Entities", "exact F1")
    assert exact.value == pytest.approx(2 * (2 + 1 + 1) / (5 + 5 + 4), abs=1e-4)
    assert figure(found.together, "Quotes, content", "exact F1").value == pytest.approx(1 / 3, abs=1e-4)
    assert figure(found.together, "Quotes, content", "overlap F1").value == 1.0


def test_alpha_is_that_of_all_coders_and_leaves_out_what_one_alone_marked(found: AgreementOfAll) -> None:
    labels = figure(found.together, "Labels of the same span", "alpha")
    assert (labels.units, labels.excluded) == (4, 2)
    # Krippendorff's alpha by hand: twelve values (GPE 8, NORP 4), 4 of 12 coincidences apart:
    # expected (144 - 64 - 16) / 11.
    assert labels.value == pytest.approx(1 - 4 / (64 / 11), abs=1e-4)


def test_each_two_are_measured_as_by_themselves(found: AgreementOfAll, author: Author, colleague: Author) -> None:
    assert [one.layers for one in found.pairs] == [
        (author.id, colleague.id),
        (author.id, CARL.id),
        (colleague.id, CARL.id),
    ]
    assert figure(found.pairs[0], "Entities", "exact F1").value == pytest.approx(4 / 5, abs=1e-4)


def test_kappa_is_not_given_of_three(found: AgreementOfAll) -> None:
    assert "kappa" not in {one.measure for one in found.together.figures}


def test_table_and_paragraph_name_all(found: AgreementOfAll, tmp_path: Path) -> None:
    names = ("Ana", "Bela", "Carl")
    assert "Agreement of Ana, Bela and Carl" in agreement_texts.methods(found.together, names)
    out = tmp_path / "all.csv"
    agreement_texts.write_csv([(found.together, names), (found.pairs[0], names[:2])], out)
    assert {line.split(",")[0] for line in out.read_text("utf-8").splitlines()[1:]} == {
        "Ana / Bela / Carl",
        "Ana / Bela",
    }
