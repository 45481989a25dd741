"""From articles to quotes by a trained network, whatever runs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.domain.spans import Span
from annotator.suggest.messages import ArticleText
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.tagging.hints import hinted_windows
from annotator.suggest.tagging.labels import RoleSpan, best_paths, decoded
from annotator.suggest.tagging.linking import LINKS, Link, linked, log_softmax
from annotator.suggest.tagging.tagged import TaggedQuote
from annotator.suggest.tagging.targets import NOTHING
from annotator.suggest.tagging.windows import Window

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class Batch(NamedTuple):
    """Windows side by side, the shorter ones padded with line -1; `leads` by windows, kinds of links and pieces."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    lines: NDArray[np.int64]
    hints: NDArray[np.int64]
    leads: NDArray[np.int64]

    @classmethod
    def of(cls, batch: Sequence[Window]) -> Batch:
        """The batch of some windows."""
        count, length = len(batch), max(len(window) for window in batch)
        ids, shapes, hints = (np.zeros((count, length), np.int64) for _ in range(3))
        arrays = cls(ids, shapes, np.full_like(ids, -1), hints, np.full((count, len(LINKS), length), NOTHING, np.int64))
        for number, window in enumerate(batch):
            for name in ("ids", "shapes", "lines", "hints"):
                values = getattr(window, name)
                getattr(arrays, name)[number, : len(values)] = values
            for kind, leads in enumerate(window.leads):
                arrays.leads[number, kind, : len(leads)] = leads
        return arrays


Run = Callable[[Batch], tuple[NDArray[np.float32], NDArray[np.float32]]]


class Predictor:
    """Finds quotes with a tokenizer and a function that runs the network on a batch."""

    def __init__(self, tokenizer: Tokenizer, run: Run) -> None:
        self._tokenizer = tokenizer
        self._run = run

    def quotes(self, article: ArticleText, rules: Sequence[ScoredQuote]) -> list[TaggedQuote]:
        """The quotes of an article in which the rules find some, by position.

        A window at a time: on a processor several side by side take longer and more memory.
        """
        windows = hinted_windows(self._tokenizer, article, rules)
        found = [quote for window in windows for quote in self._of(window)]
        return sorted(found, key=lambda quote: (quote.content, quote.source))

    def _of(self, window: Window) -> list[TaggedQuote]:
        labels, links = self._run(Batch.of([window]))
        labels = log_softmax(labels)
        return quotes_of(window, best_paths(labels)[0], labels[0], links[0])


def quotes_of(
    window: Window, path: NDArray[np.int64], labels: NDArray[np.float32], links: NDArray[np.float32]
) -> list[TaggedQuote]:
    """The quotes of a window: from its best sequence of labels, their logarithms, and the scores of links."""
    links = log_softmax(links)

    def pointing(kind: Link, span: RoleSpan, targets: Sequence[RoleSpan]) -> NDArray[np.float32]:
        # Piece 0 stands for none.
        ours = links[LINKS.index(kind), span.first : span.last]
        means = [np.logaddexp.reduce(ours[:, one.first : one.last], axis=1).mean() for one in targets]
        return np.array([*means, ours[:, 0].mean()], np.float32)

    def place(span: RoleSpan) -> Span:
        places = [place for place in window.spans[span.first : span.last] if place[0] >= 0]
        return Span(places[0][0], places[-1][1])

    spans = decoded(path.tolist(), labels)
    return linked([one for one in spans if _is_in_text(window, one)], pointing, place)


def _is_in_text(window: Window, span: RoleSpan) -> bool:
    return any(start >= 0 for start, _ in window.spans[span.first : span.last])
