"""Training a network; left out where torch is not installed."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxscript")

from annotator.suggest.messages import ArticleText  # noqa: E402
from annotator.suggest.tagging.hints import RuledArticle  # noqa: E402
from annotator.suggest.tagging.making import load_tokenizer, make_network, recipe  # noqa: E402
from annotator.suggest.tagging.network import Network, based_on  # noqa: E402
from annotator.suggest.tagging.onnx_runner import load_predictor  # noqa: E402
from annotator.suggest.tagging.predicting import Batch  # noqa: E402
from annotator.suggest.tagging.training import Recipe, Training, examples_of  # noqa: E402
from tests.labelled import labelled_articles, scored  # noqa: E402
from tests.suggest.tagging.tiny import ruled, write_base  # noqa: E402

FAST = Recipe(epochs=4, rate=3e-3, head_rate=1e-2, threads=1)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def tokenizer(base):
    return load_tokenizer((base / "tokenizer.json").read_text("utf-8"))


def ruled_articles(count: int, *, seed: int = 0) -> list[RuledArticle]:
    return ruled(labelled_articles(count, seed=seed))


def batch_of(tokenizer) -> Batch:
    return Batch.of([window for article in ruled_articles(3) for window, _ in examples_of(tokenizer, article)])


def test_training_brings_the_loss_down_and_tells_the_held_out_score_after_each_epoch(base, tokenizer):
    slow = msgspec.structs.replace(FAST, epochs=40)
    training = Training(based_on(base), tokenizer, ruled_articles(20), slow)
    steps = list(training.steps(ruled_articles(3, seed=1)))
    assert steps[-1].loss < steps[0].loss / 2
    assert [step.epoch for step in steps if step.held_out is not None] == list(range(1, 41))
    assert steps[-1].share == 1 and [step.share for step in steps] == sorted(step.share for step in steps)


def test_the_same_seed_gives_the_same_network(base, tokenizer):
    def trained() -> dict[str, object]:
        training = Training(based_on(base), tokenizer, ruled_articles(12), msgspec.structs.replace(FAST, epochs=1))
        list(training.steps([]))
        return training.average.state_dict()

    one, other = trained(), trained()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_training_ends_when_its_minutes_are_over(base, tokenizer):
    short = msgspec.structs.replace(FAST, epochs=100_000, minutes=0.01)
    training = Training(based_on(base), tokenizer, ruled_articles(12), short)
    assert list(training.steps([]))[-1].share >= 1


def test_padding_changes_nothing(base, tokenizer):
    network: Network = based_on(base).eval()
    batch = batch_of(tokenizer)
    short = int(np.argmin((batch.lines >= 0).sum(axis=1)))
    size = int((batch.lines[short] >= 0).sum())
    with torch.inference_mode():
        together = network(*(torch.from_numpy(part) for part in batch))
        alone = network(*(torch.from_numpy(part[short : short + 1, ..., :size]) for part in batch))
    assert torch.allclose(together[0][short, :size], alone[0][0], atol=1e-5)
    assert torch.allclose(together[1][short, :, :size, :size], alone[1][0], atol=1e-4)


def test_what_is_written_finds_what_the_network_found(base, tmp_path):
    heard: list[tuple[float, str]] = []
    make_network(
        base,
        ruled_articles(20),
        ruled_articles(3, seed=1),
        tmp_path,
        recipe=FAST,
        say=lambda share, text: heard.append((share, text)),
    )
    assert heard[-1][1] == "Writing the network" and "held-out F1" in heard[-2][1]
    article = labelled_articles(1, seed=2)[0]
    load_predictor(tmp_path).quotes(ArticleText(id="a", text=article.text), scored(article))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.onnx", "tokenizer.json"]


def test_few_articles_are_learnt_from_more_slowly():
    few, many = recipe(articles=100, epochs=7), recipe(articles=800, epochs=7)
    assert few.epochs == many.epochs == 7
    assert few.rate < many.rate and few.head_rate < many.head_rate
