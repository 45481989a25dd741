"""Training of the network on labelled articles; needs torch, the extra `train`."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from annotator.suggest.tagging.hints import RuledArticle, hinted_windows
from annotator.suggest.tagging.linking import LINKS
from annotator.suggest.tagging.network import Network
from annotator.suggest.tagging.predicting import Batch, Predictor
from annotator.suggest.tagging.scoring import Scores, score
from annotator.suggest.tagging.targets import NOTHING, Targets, targets
from annotator.suggest.tagging.windows import Window

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_LABEL_PADDING = -100
# The links are easy once the labels are right: the labels come first.
_LINK_WEIGHT = 0.3
_CLIP = 1.0
_RISE = 0.08


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How the network is trained: for so many epochs, or until the minutes are over (0: no matter how long).

    The rate rises at the beginning and then falls to nothing in a line; each layer below the uppermost
    one has `layer_decay` of the rate above it, the new parts have `head_rate`. What is kept are the means of the
    weights over about `1 / (1 - average)` steps. Of the word pieces a share of `masked` is hidden, others each time, so
    that the network learns from what stands around them, too.
    """

    epochs: int = 5
    minutes: float = 0.0
    windows_a_step: int = 4
    rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    average: float = 0.99
    masked: float = 0.1
    seed: int = 0
    threads: int = 2


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Where a training stands: its share, 0 to 1, the epoch, the loss lately, after each epoch the held-out scores."""

    share: float
    done: int
    epoch: int
    loss: float
    held_out: Scores | None = None


Example = tuple[Window, Targets]


class Training:
    """The training of one network on labelled articles; `average` is what has been learnt so far."""

    def __init__(
        self, network: Network, tokenizer: Tokenizer, articles: Sequence[RuledArticle], recipe: Recipe
    ) -> None:
        self.network, self.tokenizer, self.recipe = network, tokenizer, recipe
        self.average = copy.deepcopy(network).eval()
        self._shuffled = random.Random(recipe.seed)
        self._examples = [example for article in articles for example in examples_of(tokenizer, article)]
        self._total = recipe.epochs * math.ceil(len(self._examples) / recipe.windows_a_step)
        self._optimizer = torch.optim.AdamW(_groups(network, recipe), fused=True)
        self._rates = [float(group["lr"]) for group in self._optimizer.param_groups]
        mask = tokenizer.token_to_id("[MASK]")
        self._mask = tokenizer.token_to_id("[UNK]") if mask is None else mask
        self._started = time.monotonic()
        self._done, self._loss = 0, 0.0

    def steps(self, held_out: Sequence[RuledArticle]) -> Iterator[Step]:
        """Train, a step at a time, until the epochs or the minutes are over; after each epoch the scores are taken."""
        torch.manual_seed(self.recipe.seed)
        torch.set_num_threads(self.recipe.threads)
        for epoch in range(1, self.recipe.epochs + 1):
            for batch in _batches(self._examples, self.recipe.windows_a_step, self._shuffled):
                if self._share_done() < 1:
                    self._step(batch)
                    yield self._report(epoch)
            yield self._report(epoch, evaluate(self.average, self.tokenizer, held_out))
            if self._share_done() >= 1:
                return

    def _report(self, epoch: int, held_out: Scores | None = None) -> Step:
        return Step(share=self._share_done(), done=self._done, epoch=epoch, loss=self._loss, held_out=held_out)

    def _share_done(self) -> float:
        share = self._done / self._total
        if self.recipe.minutes:
            share = max(share, (time.monotonic() - self._started) / 60 / self.recipe.minutes)
        return share

    def _hide(self, ids: Tensor) -> Tensor:
        """The pieces with some of them hidden, but not the first one, to which links lead that lead nowhere."""
        hidden = torch.rand(ids.shape) < self.recipe.masked
        hidden[:, 0] = False
        return torch.where(hidden, self._mask, ids)

    def _step(self, batch: Sequence[Example]) -> None:
        factor = _rate(self._share_done())
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor
        self.network.train()
        with half_precision():
            lost = _loss(self.network, batch, self._hide)
        self._optimizer.zero_grad()
        lost.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimizer.step()
        self._done += 1
        _follow(self.average, self.network, min(self.recipe.average, self._done / (self._done + 10)))
        value = float(lost.detach())
        self._loss = 0.95 * self._loss + 0.05 * value if self._done > 1 else value


def examples_of(tokenizer: Tokenizer, ruled: RuledArticle) -> Iterator[Example]:
    """The windows of an article with what is to be learnt of them."""
    for window in hinted_windows(tokenizer, ruled.text, ruled.rules):
        yield window, targets(window, ruled.article.quotes)


def evaluate(network: Network, tokenizer: Tokenizer, articles: Sequence[RuledArticle]) -> Scores:
    """The scores of a network on articles."""
    network.eval()

    def run(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
        with torch.inference_mode():
            labels, links = network(*(torch.from_numpy(part) for part in batch))
        return labels.numpy(), links.numpy()

    predictor = Predictor(tokenizer, run)
    return score((one.article, predictor.quotes(one.text, one.rules)) for one in articles)


def half_precision() -> AbstractContextManager[None]:
    """Numbers of 16 bits within where the processor multiplies them faster: two thirds of the time for a step."""
    able: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()
    return torch.autocast("cpu", torch.bfloat16, enabled=able.get("avx512_bf16", False) or able.get("amx_bf16", False))


def _groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    groups = []
    for name, weights in network.named_parameters():
        head = name.startswith(("labels", "link", "by_", "shapes", "hints"))
        if name.startswith("words"):
            # Words that the corpus lacks are to stay where they are beside those that it has.
            weights.requires_grad_(False)
            continue
        depth = int(name.split(".")[1]) + 1 if name.startswith("layers.") else 0
        rate = recipe.head_rate if head else recipe.rate * recipe.layer_decay ** (len(network.layers) - depth)
        # Biases and norms are left as they are.
        decay = recipe.weight_decay if weights.dim() > 1 else 0.0
        groups.append({"params": [weights], "lr": rate, "weight_decay": decay})
    return groups


def _rate(share: float) -> float:
    """The part of the full rate after that share of the training."""
    return min(share / _RISE + 0.01, (1 - share) / (1 - _RISE), 1.0)


def _batches(examples: Sequence[Example], size: int, shuffled: random.Random) -> Iterator[list[Example]]:
    """All examples once, in another order each time, those of about the same length together."""
    order = list(examples)
    shuffled.shuffle(order)
    pool = 16 * size
    batches = []
    for at in range(0, len(order), pool):
        near = sorted(order[at : at + pool], key=lambda example: len(example[0]))
        batches += [near[first : first + size] for first in range(0, len(near), size)]
    shuffled.shuffle(batches)
    return iter(batches)


def _loss(network: Network, batch: Sequence[Example], hide: Callable[[Tensor], Tensor]) -> Tensor:
    arrays = Batch.of([window for window, _ in batch])
    length = arrays.ids.shape[1]
    ids, *others = (torch.from_numpy(part) for part in arrays)
    labels, links = (scores.float() for scores in network(hide(ids), *others))
    wanted = torch.tensor([one.labels + [_LABEL_PADDING] * (length - len(one.labels)) for _, one in batch])
    lost = functional.cross_entropy(labels.flatten(0, 1), wanted.flatten(), ignore_index=_LABEL_PADDING)
    leads = torch.tensor([[link + [NOTHING] * (length - len(link)) for link in one.links] for _, one in batch])
    for kind in range(len(LINKS)):
        goes_out = leads[:, kind] != NOTHING
        if goes_out.any():
            lost = lost + _LINK_WEIGHT * functional.cross_entropy(links[:, kind][goes_out], leads[:, kind][goes_out])
    return lost


def _follow(average: Network, network: Network, share: float) -> None:
    with torch.no_grad():
        for ours, theirs in zip(average.parameters(), network.parameters(), strict=True):
            if theirs.requires_grad:
                ours.lerp_(theirs, 1 - share)
