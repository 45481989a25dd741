"""The tagger without torch, trained and run on made-up articles."""

from __future__ import annotations

import itertools
import subprocess
import sys

import msgspec
import numpy as np
import pytest

from annotator.domain.errors import AnnotatorError
from annotator.suggest.quotes import find_quotes
from annotator.suggest.tagging.crf import CrfPredictor, Weights, _marginals, load_weights, save_weights
from annotator.suggest.tagging.crf_training import CrfRecipe, CrfTraining
from annotator.suggest.tagging.jobs import parsed
from annotator.suggest.tagging.labels import LABELS
from annotator.suggest.tagging.scoring import score
from tests.labelled import labelled_articles


@pytest.fixture(scope="module")
def heard() -> list[str]:
    return []


@pytest.fixture(scope="module")
def weights(nlp, heard) -> Weights:
    training = CrfTraining(CrfRecipe(iterations=30), heard.append)
    for article in labelled_articles(30):
        training.add(article, parsed(nlp, article))
    return training.weights()


def test_a_crf_finds_most_quotes_of_articles_that_it_has_not_seen(nlp, weights):
    predictor = CrfPredictor(weights)
    found = []
    for article in labelled_articles(10, seed=7):
        parts = parsed(nlp, article)
        found.append((article, predictor.quotes(article.text, parts, find_quotes(article.text, parts))))
    assert score(found).f1 > 0.8


def test_its_training_says_again_and_again_that_it_lives(weights, heard):
    assert len(heard) > 30


def test_what_it_has_learnt_is_read_as_it_was_written(tmp_path, weights):
    save_weights(tmp_path, weights)
    assert load_weights(tmp_path) == weights


@pytest.mark.parametrize("content", [None, b"{", b"[]", b'{"state":{"a":[1]},"transitions":[],"pairs":{}}'])
def test_damaged_weights_are_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "crf.json").write_bytes(content)
    with pytest.raises(AnnotatorError, match="Train it again"):
        load_weights(tmp_path)


def test_an_article_without_words_has_no_quotes(weights):
    assert CrfPredictor(weights).quotes("", [], []) == []


def test_how_sure_it_is_of_a_label_counts_all_sequences():
    dice = np.random.default_rng(0)
    scores = dice.normal(size=(3, len(LABELS))).astype(np.float32)
    follow = dice.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    sums = np.zeros((3, len(LABELS)))
    for way in itertools.product(range(len(LABELS)), repeat=3):
        weight = np.exp(scores[[0, 1, 2], way].sum() + follow[way[0], way[1]] + follow[way[1], way[2]])
        sums[[0, 1, 2], way] += weight
    assert np.exp(_marginals(scores, follow)) == pytest.approx(sums / sums.sum(axis=1, keepdims=True), abs=1e-4)


def test_prediction_does_not_need_crfsuite(tmp_path, weights):
    file = tmp_path / "w.json"
    file.write_bytes(msgspec.json.encode(weights))
    code = (
        "import sys, msgspec; from pathlib import Path;"
        "from annotator.suggest.tagging.crf import CrfPredictor, Weights;"
        f"CrfPredictor(msgspec.json.decode(Path({str(file)!r}).read_bytes(), type=Weights)).quotes('', [], []);"
        "print('pycrfsuite' in sys.modules)"
    )
    code = f"import sys; sys.path[:0] = {[entry for entry in sys.path if entry]!r}; {code}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
