"""Training a tagger of quotes by command, and suggesting with it."""

from __future__ import annotations

import pytest

from annotator import paths
from annotator.services import annotation, projects, queries
from annotator.suggest.tagging.card import read_card
from tests.labelled import labelled_articles, write_standoff
from tests.named import named_articles, write_jsonl


@pytest.fixture
def corpus(tmp_path):
    return write_standoff(tmp_path / "corpus", labelled_articles(14))


def models_of_quotes(path):
    """The models behind the open quotes of a project."""
    with projects.open_at(path) as project:
        ids = [row.id for row in queries.article_rows(project)]
        found = [one for article in ids for one in queries.open_suggestions(project, article)]
    return {one.model for one in found if one.draft.__struct_config__.tag == "quote"}


def test_a_trained_tagger_proposes_quotes_by_its_name(here, made, corpus):
    trained = here("train", "quotes", corpus, "mine", "--method", "crf", "--epochs", "15", "--licence", "made up")
    assert trained.code == 0 and trained.out.startswith("Trained a CRF on ") and trained.out.count("\n") == 1
    card = read_card(paths.data_dir() / "taggers" / "mine")
    assert (card.licence, card.articles + card.held_out.articles) == ("made up", 14)

    assert here("suggest", made, "--again", "--tagger", "mine").code == 0
    assert "mine" in models_of_quotes(made)


def test_a_project_teaches_what_was_confirmed_in_it(here, made, corpus, tmp_path):
    with projects.open_at(made) as project:
        for row in queries.article_rows(project):
            annotation.accept(project, [one.id for one in queries.open_suggestions(project, row.id)])
    here("export", made, "jsonl", tmp_path / "work.jsonl")
    for source in (made, tmp_path / "work.jsonl"):
        out = tmp_path / f"from {source.suffix}"
        trained = here("train", "quotes", source, corpus, out, "--method", "crf", "--epochs", "5", "--held-out", "0.2")
        card = read_card(out)
        assert trained.code == 0 and card.articles + card.held_out.articles == 16 and source.name in card.data


def test_a_tagger_that_is_not_there_is_one_clear_sentence(here, made):
    assert "no trained tagger" in here("suggest", made, "--again", "--tagger", "nobody").refusal


def test_a_corpus_that_is_none_is_refused(here, tmp_path):
    (tmp_path / "poem.txt").write_text("Roses are red.", "utf-8")
    assert "poem.txt" in here("train", "quotes", tmp_path / "poem.txt", "mine").refusal
    assert "is no corpus" in here("train", "quotes", tmp_path, "mine").refusal


def test_a_trained_pipeline_proposes_entities_by_its_name_and_can_read_a_project(here, made, tmp_path):
    corpus = write_jsonl(tmp_path / "towns.jsonl", named_articles(12))
    blank = ("--pipeline", "blank:en", "--epochs", "4")
    trained = here("train", "entities", corpus, "towns", *blank, "--use", made)
    assert trained.code == 0 and trained.out.startswith("Trained “towns” from blank:en on ")
    assert "PERSON" in trained.out and "One article says next to nothing" in trained.out
    assert "* towns" in here("pipelines", made).out

    assert here("suggest", made, "--again").code == 0
    with projects.open_at(made) as project:
        ids = [row.id for row in queries.article_rows(project)]
        assert {one.model for article in ids for one in queries.open_suggestions(project, article)} == {"en_towns"}


def test_a_name_that_leads_elsewhere_is_refused(here, tmp_path):
    corpus = write_jsonl(tmp_path / "towns.jsonl", named_articles(12))
    assert "cannot be the name" in here("train", "entities", corpus, "../towns").refusal
