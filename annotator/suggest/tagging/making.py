"""Makes a network: base weights, training, and the files that run without torch; needs the extra `train`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from tokenizers import Tokenizer

from annotator.suggest.tagging.hints import RuledArticle
from annotator.suggest.tagging.network import based_on
from annotator.suggest.tagging.onnx_export import export
from annotator.suggest.tagging.onnx_runner import MODEL, TOKENIZER
from annotator.suggest.tagging.training import Recipe, Step, Training

_EXPORTING = 0.97
_FEW = 300


def recipe(*, articles: int, epochs: int = 0, minutes: float = 0.0, seed: int = 0) -> Recipe:
    """The recipe for a corpus of that size with what was chosen in place of its own; a bound of 0 leaves the recipe's.

    Few articles teach less than the rules know: on them the network moves away from the rules a quarter as fast.
    """
    chosen = Recipe(minutes=minutes, seed=seed, threads=os.cpu_count() or 1)
    if articles < _FEW:
        chosen = msgspec.structs.replace(chosen, rate=chosen.rate / 4, head_rate=chosen.head_rate / 2)
    return msgspec.structs.replace(chosen, epochs=epochs) if epochs else chosen


def make_network(
    base: Path,
    learnt: Sequence[RuledArticle],
    held_out: Sequence[RuledArticle],
    out: Path,
    *,
    recipe: Recipe,
    say: Callable[[float, str], None],
) -> None:
    """Train a network and write it and its tokenizer into a folder; `say` hears how far it is, 0 to 1."""
    tokenizer = load_tokenizer((base / TOKENIZER).read_text("utf-8"))
    training = Training(based_on(base, seed=recipe.seed), tokenizer, learnt, recipe)
    heard = ""
    for step in training.steps(held_out):
        if step.held_out is not None:
            heard = f", held-out F1 {step.held_out.f1:.3f}"
        say(step.share * _EXPORTING, _told(step, recipe) + heard)
    say(_EXPORTING, "Writing the network")
    export(training.average, out / MODEL)
    (out / TOKENIZER).write_text(tokenizer.to_str(), "utf-8")


def load_tokenizer(json: str) -> Tokenizer:
    """A tokenizer that neither cuts nor pads."""
    tokenizer = Tokenizer.from_str(json)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _told(step: Step, recipe: Recipe) -> str:
    return f"Epoch {step.epoch} of {recipe.epochs}, loss {step.loss:.3f}"
