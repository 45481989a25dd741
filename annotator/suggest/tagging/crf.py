"""The tagger without torch: a CRF over spaCy's tokens and a logistic regression for the links.

`crfsuite` trains both; what it has learnt is kept as JSON and applied here, so that prediction needs nothing but numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from annotator.domain.errors import AnnotatorError
from annotator.domain.spans import Span
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.reading import Part, Reading, token_end, token_start
from annotator.suggest.tagging.features import pair_features, token_features
from annotator.suggest.tagging.labels import LABELS, Role, RoleSpan, best_paths, decoded, encoded
from annotator.suggest.tagging.linking import Link, linked
from annotator.suggest.tagging.tagged import TaggedQuote

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = "crf.json"
LINKED, APART = "1", "0"
# What a span points to when no pair is likelier than this, as a probability.
_NONE = 0.2


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What the CRF has learnt: weights of features for each label, of labels that follow each other, and of pairs."""

    state: dict[str, list[float]]
    transitions: list[list[float]]
    pairs: dict[str, float]


def load_weights(folder: Path) -> Weights:
    """The weights in a folder.

    Raises:
        AnnotatorError: they are missing or damaged.
    """
    try:
        weights = msgspec.json.decode((folder / WEIGHTS).read_bytes(), type=Weights)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise AnnotatorError(
            f"The tagger in {folder.name} cannot be loaded ({str(error).splitlines()[0]}).", hint="Train it again."
        ) from error
    size = len(LABELS)
    rows = [*weights.state.values(), *weights.transitions]
    if len(weights.transitions) != size or any(len(row) != size for row in rows):
        raise AnnotatorError(f"The tagger in {folder.name} has other labels.", hint="Train it again.")
    return weights


def save_weights(folder: Path, weights: Weights) -> None:
    """Write the weights into a folder."""
    (folder / WEIGHTS).write_bytes(msgspec.json.encode(weights))


class CrfPredictor:
    """Finds quotes with the weights of a CRF."""

    def __init__(self, weights: Weights) -> None:
        self._state = {name: np.array(row, np.float32) for name, row in weights.state.items()}
        self._transitions = np.array(weights.transitions, np.float32)
        self._pairs = weights.pairs

    def quotes(self, text: str, parts: Sequence[Part], rules: Sequence[ScoredQuote]) -> list[TaggedQuote]:
        """The quotes of an article from its parsed lines and what the rules find in them, by position."""
        reading = Reading(text, list(parts))
        found = [
            quote
            for part, roles in zip(reading.parts, rule_labels(reading, rules), strict=True)
            if len(part.doc)
            for quote in self._of(reading, part, roles)
        ]
        return sorted(found, key=lambda quote: (quote.content, quote.source))

    def _of(self, reading: Reading, part: Part, roles: Sequence[str]) -> list[TaggedQuote]:
        scores = self._scores(token_features(reading, part, roles))
        path = best_paths(scores[None], self._transitions)[0]
        spans = decoded(path.tolist(), _marginals(scores, self._transitions))

        def pointing(link: Link, span: RoleSpan, targets: Sequence[RoleSpan]) -> NDArray[np.float32]:
            odds = [self._odds(pair_features(reading, part, link, span, one, spans)) for one in targets]
            return -np.logaddexp(0, -np.array([*odds, np.log(_NONE / (1 - _NONE))], np.float32))

        def place(span: RoleSpan) -> Span:
            return Span(token_start(part, part.doc[span.first]), token_end(part, part.doc[span.last - 1]))

        return linked(spans, pointing, place)

    def _scores(self, features: Iterable[Iterable[str]]) -> NDArray[np.float32]:
        known, nothing = self._state, np.zeros(len(LABELS), np.float32)
        return np.stack([sum((known[one] for one in token if one in known), nothing) for token in features])

    def _odds(self, features: Iterable[str]) -> float:
        return sum(self._pairs.get(one, 0.0) for one in features)


def _marginals(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logarithms of the probabilities of each token's labels, over all sequences."""
    forward, backward = scores.copy(), np.zeros_like(scores)
    for at in range(1, len(scores)):
        forward[at] += np.logaddexp.reduce(forward[at - 1][:, None] + transitions, axis=0)
    for at in range(len(scores) - 2, -1, -1):
        backward[at] = np.logaddexp.reduce(transitions + (scores[at + 1] + backward[at + 1])[None], axis=1)
    both = forward + backward
    result: NDArray[np.float32] = both - np.logaddexp.reduce(both, axis=1, keepdims=True)
    return result


def rule_labels(reading: Reading, rules: Iterable[ScoredQuote]) -> list[list[str]]:
    """What the rules make of each token of each part, as labels."""
    spans: list[tuple[Span, Role]] = []
    for quote in rules:
        draft = quote.draft
        spans += [(one.span, "content") for one in draft.content] + [(one.span, "source") for one in draft.source]
        spans += [(draft.cue.span, "cue")] if draft.cue else []
    return [[LABELS[label] for label in labels_of(part, spans)] for part in reading.parts]


def labels_of(part: Part, spans: Iterable[tuple[Span, Role]]) -> list[int]:
    """The label of each token of a part, from spans of the article with their roles."""
    return encoded(len(part.doc), [(first, last, role) for first, last, role in token_spans(part, spans)])


def token_spans(part: Part, spans: Iterable[tuple[Span, Role]]) -> list[tuple[int, int, Role]]:
    """The spans that share characters with tokens of a part, in its tokens."""
    end = part.start + len(part.doc.text)
    found = []
    for span, role in spans:
        if span.start < end and span.end > part.start:
            inside = [
                token.i
                for token in part.doc
                if not token.is_space and token_start(part, token) < span.end and token_end(part, token) > span.start
            ]
            if inside:
                found.append((inside[0], inside[-1] + 1, role))
    return found


def pair_weights(features: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """The weights of features of pairs, from those that crfsuite has for either answer."""
    names = {name for name, _ in features}
    return {name: features.get((name, LINKED), 0.0) - features.get((name, APART), 0.0) for name in sorted(names)}
