"""From labelled spans and what points to what to quotes: which content belongs to which cue and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from annotator.domain.spans import Span
from annotator.suggest.tagging.labels import RoleSpan
from annotator.suggest.tagging.tagged import TaggedQuote

if TYPE_CHECKING:
    from numpy.typing import NDArray

Link = Literal["content to cue", "content to source", "cue to source"]

LINKS: tuple[Link, ...] = ("content to cue", "content to source", "cue to source")

Pointing = Callable[[Link, RoleSpan, Sequence[RoleSpan]], "NDArray[np.float32]"]
"""How much a span points to each of some others, and last to none of them, in logarithms."""

_Pieces = list[tuple[RoleSpan, float]]


def linked(spans: Sequence[RoleSpan], pointing: Pointing, place: Callable[[RoleSpan], Span]) -> list[TaggedQuote]:
    """The quotes that spans make; `place` says where a span stands in the article.

    Each piece of content goes to the cue that it points to most; what points to one cue is one quote. A quote has the
    source that its content and its cue point to most.
    """
    cues = [span for span in spans if span.role == "cue"]
    sources = [span for span in spans if span.role == "source"]
    quotes: defaultdict[int, _Pieces] = defaultdict(list)
    for number, span in enumerate(span for span in spans if span.role == "content"):
        chosen, score = _best(pointing("content to cue", span, cues))
        # Content without a cue is a quote of its own.
        quotes[chosen if chosen >= 0 else -1 - number].append((span, score))
    return [
        _quote(pieces, cues[chosen] if chosen >= 0 else None, sources, pointing, place)
        for chosen, pieces in quotes.items()
    ]


def _quote(
    pieces: _Pieces,
    cue: RoleSpan | None,
    sources: Sequence[RoleSpan],
    pointing: Pointing,
    place: Callable[[RoleSpan], Span],
) -> TaggedQuote:
    pointed = np.mean([pointing("content to source", span, sources) for span, _ in pieces], axis=0)
    if cue is not None:
        pointed = pointed + pointing("cue to source", cue, sources)
    chosen, source_score = _best(pointed)
    parts = [min(span.score * score for span, score in pieces), source_score]
    if cue is not None:
        parts.append(cue.score)
    if chosen >= 0:
        parts.append(sources[chosen].score)
    return TaggedQuote(
        content=tuple(place(span) for span, _ in pieces),
        source=(place(sources[chosen]),) if chosen >= 0 else (),
        cue=place(cue) if cue is not None else None,
        score=float(np.prod(parts)),
    )


def _best(pointed: NDArray[np.float32]) -> tuple[int, float]:
    """The target most pointed to, -1 for none, and its share of the pointing."""
    shares = np.exp(log_softmax(pointed))
    best = int(shares.argmax())
    return (best if best < len(shares) - 1 else -1), float(shares[best])


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logarithms of the probabilities that scores mean, over the last axis."""
    less = scores - scores.max(axis=-1, keepdims=True)
    result: NDArray[np.float32] = less - np.log(np.exp(less).sum(axis=-1, keepdims=True))
    return result
