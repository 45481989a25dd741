"""Choosing what reads a project, and measuring it on confirmed work."""

from __future__ import annotations

import pytest

from annotator import settings
from annotator.cli.progress import run
from annotator.domain.errors import AnnotatorError
from annotator.domain.spans import Span
from annotator.services import annotation, history, pipelines, queries
from annotator.services.suggesting import DEFAULT_PIPELINE, new_worker


@pytest.fixture(scope="module")
def worker():
    with new_worker() as made:
        yield made


def article_on(project, words):
    ids = [one.id for one in queries.article_rows(project)]
    return next(one for one in ids if words in queries.article(project, one).text)


def other_article(project, words):
    return next(one.id for one in queries.article_rows(project) if one.id != article_on(project, words))


def confirm(project, words, label):
    article = article_on(project, "Hegseth")
    start = queries.article(project, article).text.index(words)
    annotation.add_entity(project, article, Span(start, start + len(words)), label=label)


def row(project, name):
    return next(one for one in pipelines.rows(project, pipelines.work(project)) if one.name == name)


def test_a_project_is_read_by_the_users_pipeline_until_it_has_its_own(project):
    assert pipelines.chosen(project) == DEFAULT_PIPELINE
    settings.change(pipeline="blank:fr")
    assert pipelines.chosen(project) == "blank:fr"
    pipelines.choose(project, "blank:de")
    assert pipelines.chosen(project) == "blank:de" and row(project, "blank:de").is_chosen


def test_a_pipeline_that_is_not_installed_is_not_chosen_and_says_how_to_install_it(project):
    with pytest.raises(AnnotatorError, match="python -m spacy download de_core_news_md"):
        pipelines.choose(project, "de_core_news_md")
    settings.change(pipeline="de_core_news_md")
    assert "python -m spacy download" in row(project, "de_core_news_md").problem


def test_nothing_is_measured_where_nothing_is_confirmed(project, worker):
    assert "Nothing is confirmed yet" in pipelines.basis(pipelines.work(project))
    with pytest.raises(AnnotatorError, match="Nothing is confirmed"):
        run(pipelines.score(project, worker, [DEFAULT_PIPELINE]))


def test_articles_that_are_done_are_measured_on_before_others(project):
    confirm(project, "Pete Hegseth", "PERSON")
    assert "No article is marked as done, so scores are on 1 article in which" in pipelines.basis(
        pipelines.work(project)
    )
    other = other_article(project, "Hegseth")
    annotation.set_status(project, other, state="done")
    assert pipelines.work(project).articles == (other,)
    assert "on 1 article that you marked as done" in pipelines.basis(pipelines.work(project))


def test_scores_are_remembered_until_the_confirmed_work_changes(project, worker):
    confirm(project, "Pete Hegseth", "PERSON")
    result = run(pipelines.score(project, worker, [DEFAULT_PIPELINE, "blank:de"]))
    whole, blank = result.scores
    assert whole.entities.there == 1 and whole.entities.right == 1 and whole.entities.found > 10
    # Names of the gazetteer need no pipeline; this one is not among them.
    assert (blank.entities.there, blank.entities.right) == (1, 0) and blank.entities.found < whole.entities.found
    assert row(project, DEFAULT_PIPELINE).score == whole and row(project, "blank:de").score == blank
    annotation.set_status(project, other_article(project, "Hegseth"), state="in_progress")
    assert row(project, DEFAULT_PIPELINE).score == whole
    confirm(project, "Europe", "LOC")
    assert row(project, DEFAULT_PIPELINE).score is None
    history.undo(project)
    assert pipelines.work(project).stamp == whole.stamp


def test_a_pipeline_that_cannot_be_loaded_is_told_and_the_others_are_measured(project, worker):
    confirm(project, "Pete Hegseth", "PERSON")
    result = run(pipelines.score(project, worker, ["blank:zzz", "blank:de"]))
    assert [one.pipeline for one in result.scores] == ["blank:de"]
    assert "spaCy knows no language zzz" in result.problems[0]


def test_measuring_shows_how_far_it_is(project, worker):
    confirm(project, "Pete Hegseth", "PERSON")
    told = list(pipelines.score(project, worker, ["blank:de", "blank:fr"]))
    assert (told[-1].done, told[-1].total) == (2, 2)
    assert "Measuring blank:fr" in {one.text for one in told}
