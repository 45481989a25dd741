"""Training a tagger of quotes from labelled work, in the worker process."""

from __future__ import annotations

import pytest

from annotator.cli.progress import run
from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.services.suggesting import new_worker
from annotator.services.training import TrainOptions, read_corpus, train_quotes
from annotator.suggest.tagging.card import read_card
from tests.labelled import labelled_articles, write_standoff

CRF = TrainOptions(method="crf", epochs=20, held_out=0.2, licence="made up")


@pytest.fixture
def corpus(tmp_path):
    return write_standoff(tmp_path / "corpus", labelled_articles(20))


def test_a_tagger_is_trained_from_a_folder_and_says_on_its_card_how_good_it_is(corpus, tmp_path):
    out = tmp_path / "mine"
    with new_worker() as worker:
        result = run(train_quotes(worker, [corpus], str(out), CRF))
    card = read_card(out)
    assert (card.name, card.kind, card.data, card.licence) == ("mine", "crf", "corpus", "made up")
    assert (card.articles, card.held_out.articles) == (16, 4) and card.held_out.f1 == pytest.approx(
        result.done.f1, abs=1e-4
    )
    assert card.held_out.rules_f1 == pytest.approx(result.done.rules_f1, abs=1e-4)
    assert card.held_out.chain_f1 == pytest.approx(result.done.chain_f1, abs=1e-4)
    assert f"The rules alone: F1 {result.done.rules_f1:.1%}" in result.summary
    assert card.held_out.f1 > 0.5 and str(out) in result.summary
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "mine"]


def test_training_shows_how_far_it_is(corpus, tmp_path):
    with new_worker() as worker:
        told = list(train_quotes(worker, [corpus], str(tmp_path / "mine"), CRF))
    assert {one.text for one in told} >= {"Reading corpus", "Training the CRF"}
    shares = [one.done for one in told]
    assert shares == sorted(shares)


def test_a_cancelled_training_leaves_nothing_and_stops_the_process(corpus, tmp_path):
    with new_worker() as worker:
        job = train_quotes(worker, [corpus], str(tmp_path / "mine"), CRF)
        while next(job).text != "Training the CRF":
            pass
        job.close()
        assert not worker.is_running
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_too_few_articles_are_refused_and_the_old_tagger_stays(corpus, tmp_path):
    out = tmp_path / "mine"
    with new_worker() as worker:
        run(train_quotes(worker, [corpus], str(out), CRF))
        few = write_standoff(tmp_path / "few", labelled_articles(3))
        with pytest.raises(WorkerFailed, match="too little to learn from: 3"):
            run(train_quotes(worker, [few], str(out), CRF))
    assert read_card(out).articles == 16


def test_a_folder_that_is_no_tagger_is_never_replaced(corpus, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", "utf-8")
    with new_worker() as worker, pytest.raises(AnnotatorError, match="is no tagger"):
        run(train_quotes(worker, [corpus], str(tmp_path / "mine"), CRF))


def test_a_folder_without_texts_is_no_corpus(tmp_path):
    with pytest.raises(AnnotatorError, match="is no corpus"):
        list(read_corpus(tmp_path))


def test_a_split_corpus_is_read_from_all_its_parts(tmp_path):
    write_standoff(tmp_path / "train", labelled_articles(2))
    write_standoff(tmp_path / "dev", labelled_articles(1, seed=1))
    assert len(list(read_corpus(tmp_path))) == 3
