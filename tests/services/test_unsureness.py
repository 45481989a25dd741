"""How unsure the models are of an article."""

from __future__ import annotations

import pytest

from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.services import annotation, queries, unsureness
from annotator.store import suggestions


@pytest.fixture
def scored(project):
    """The two articles, each with two suggested entities: one with unsure scores, one with sure ones."""
    ids = [row.id for row in queries.article_rows(project)]
    with project.transaction() as conn:
        for article, scores in zip(ids, ((0.5, 0.9), (0.97, 0.99)), strict=True):
            text = queries.article(project, article).text
            made = [
                Suggestion(
                    id=f"{article[7:20]}-{at}",
                    article=article,
                    draft=EntityDraft(start=at, end=at + 4, text=text[at : at + 4], label="ORG"),
                    model="m",
                    version="1",
                    score=score,
                )
                for at, score in zip((20, 40), scores, strict=True)
            ]
            suggestions.replace(conn, article, made, pipeline="p", time=project.now())
        project.tallies.renew_many(conn, ids)
    return ids


def test_the_mean_of_4p_1_minus_p_says_how_unsure_the_models_are(project, scored):
    unsure, sure = scored
    assert unsureness.of_queue(project) == {
        unsure: pytest.approx((1.0 + 0.36) / 2),
        sure: pytest.approx((4 * 0.97 * 0.03 + 4 * 0.99 * 0.01) / 2),
    }


def test_what_is_decided_no_longer_counts_and_done_articles_are_missing(project, scored):
    unsure, sure = scored
    first = queries.open_suggestions(project, unsure)[0]
    annotation.accept(project, [first.id])
    annotation.set_status(project, sure, state="done")
    assert unsureness.of_queue(project) == {unsure: pytest.approx(0.36)}


def test_suggestions_that_are_not_shown_do_not_count(project, scored):
    project.tallies.sureness = "few"
    with project.transaction() as conn:
        project.tallies.renew_many(conn, scored)
    assert unsureness.of_queue(project)[scored[0]] == pytest.approx(0.36)
