"""A BERT of a few thousand weights with a vocabulary of the made-up corpus; run it to make the tagger that tests use.

    python -m tests.suggest.tagging.tiny

trains one with torch and writes it to `tests/suggest/tagging/tiny/`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from annotator.domain.corpus import LabelledArticle
from annotator.suggest.cards import write_card
from annotator.suggest.tagging.card import Card, HeldOut
from annotator.suggest.tagging.hints import RuledArticle
from tests.labelled import CONTENTS, CUES, PLAIN, SPEAKERS, labelled_articles, scored

TINY = Path(__file__).parent / "tiny"
# Made when networks did not read the rules yet; people have such.
BEFORE = Path(__file__).parent / "tiny_before"
_SHAPE = {
    "vocab_size": 0,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
}


def write_base(folder: Path) -> Path:
    """A folder with weights by chance and a tokenizer, as `--base` takes them."""
    import torch
    from safetensors.torch import save_file
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    spoken = " ".join((*SPEAKERS, *CUES, *CONTENTS, *PLAIN, "that")).lower()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted(set(re.findall(r"\w+|[^\w\s]", f"{spoken} “ ” , .")))]
    tokenizer = Tokenizer(models.WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    shape = {**_SHAPE, "vocab_size": len(words)}
    (folder / "config.json").write_bytes(msgspec.json.encode(shape))
    torch.manual_seed(0)
    save_file({name: torch.randn(size) * 0.1 for name, size in _weights(len(words))}, folder / "model.safetensors")
    return folder


def _weights(vocabulary: int) -> list[tuple[str, tuple[int, ...]]]:
    width, wide = _SHAPE["hidden_size"], _SHAPE["intermediate_size"]
    sizes: list[tuple[str, tuple[int, ...]]] = [
        ("embeddings.word_embeddings.weight", (vocabulary, width)),
        ("embeddings.position_embeddings.weight", (512, width)),
        ("embeddings.token_type_embeddings.weight", (2, width)),
        ("embeddings.LayerNorm.weight", (width,)),
        ("embeddings.LayerNorm.bias", (width,)),
    ]
    layer = "encoder.layer.0"
    dense = [(f"attention.self.{name}", width, width) for name in ("query", "key", "value")]
    dense += [
        ("attention.output.dense", width, width),
        ("intermediate.dense", wide, width),
        ("output.dense", width, wide),
    ]
    for name, out, into in dense:
        sizes += [(f"{layer}.{name}.weight", (out, into)), (f"{layer}.{name}.bias", (out,))]
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        sizes += [(f"{layer}.{name}.weight", (width,)), (f"{layer}.{name}.bias", (width,))]
    return sizes


def ruled(articles: Sequence[LabelledArticle]) -> list[RuledArticle]:
    """Articles in which the rules have found every second quote."""
    return [RuledArticle(one, tuple(scored(one)[::2])) for one in articles]


def make(out: Path, *, epochs: int = 60) -> None:
    """Train a network on the made-up corpus, with higher rates than one that has learnt a language needs."""
    from annotator.suggest.tagging.making import make_network
    from annotator.suggest.tagging.training import Recipe

    out.mkdir(parents=True, exist_ok=True)
    # Of every second quote it hears from the rules, and finds the others by itself.
    learnt, held_out = ruled(labelled_articles(80)), ruled(labelled_articles(10, seed=1))
    recipe = Recipe(epochs=epochs, rate=3e-3, head_rate=1e-2, threads=1)
    with tempfile.TemporaryDirectory() as scratch:
        base = write_base(Path(scratch) / "base")
        make_network(base, learnt, held_out, out, recipe=recipe, say=lambda share, text: print(f"{share:.2f} {text}"))
    tested = HeldOut(articles=0, quotes=0, precision=0.0, recall=0.0, f1=0.0)
    quotes = sum(len(one.article.quotes) for one in learnt)
    write_card(
        out,
        Card(
            kind="network",
            name="tiny",
            version="1",
            made_on="2026-11-25",
            data="made up",
            articles=len(learnt),
            quotes=quotes,
            held_out=tested,
        ),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else TINY)
