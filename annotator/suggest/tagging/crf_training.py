"""Training of the CRF on labelled articles that spaCy has parsed; needs crfsuite."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from annotator.domain.corpus import LabelledArticle
from annotator.domain.spans import Span
from annotator.suggest.quotes import find_quotes
from annotator.suggest.reading import Part, Reading
from annotator.suggest.tagging.crf import APART, LINKED, Weights, labels_of, pair_weights, rule_labels, token_spans
from annotator.suggest.tagging.features import pair_features, token_features
from annotator.suggest.tagging.labels import LABELS, Role, RoleSpan
from annotator.suggest.tagging.linking import Link

_ROUNDED = 4


class CrfRecipe(msgspec.Struct, frozen=True, kw_only=True):
    """How the CRF is trained: iterations of L-BFGS, and how much weights are held down (L1 and L2)."""

    iterations: int = 100
    l1: float = 0.1
    l2: float = 0.02


class CrfTraining:
    """Gathers what is to be learnt, article by article, then trains."""

    def __init__(self, recipe: CrfRecipe, tick: Callable[[str], None]) -> None:
        import pycrfsuite

        class Reporting(pycrfsuite.BaseTrainer):  # type: ignore[misc]  # it has no types
            def message(self, message: str) -> None:
                tick(message.strip())

        self._tags, self._pairs = Reporting(verbose=True), Reporting(verbose=True)
        for trainer, iterations in ((self._tags, recipe.iterations), (self._pairs, 2 * recipe.iterations)):
            trainer.select("lbfgs")
            trainer.set_params({"c1": recipe.l1, "c2": recipe.l2, "max_iterations": iterations})

    def add(self, article: LabelledArticle, parts: Sequence[Part]) -> None:
        """Take one article in, as spaCy has parsed it."""
        reading = Reading(article.text, list(parts))
        for part, roles in zip(reading.parts, rule_labels(reading, find_quotes(article.text, parts)), strict=True):
            if len(part.doc) == 0:
                continue
            labels = labels_of(part, _roles(article))
            self._tags.append(token_features(reading, part, roles), [LABELS[label] for label in labels])
            for features, is_linked in pairs(reading, part, article):
                self._pairs.append([features], [LINKED if is_linked else APART])

    def weights(self) -> Weights:
        """Train on all that was taken in."""
        state, transitions = _trained(self._tags)
        rows: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(LABELS))
        for (name, label), weight in state.items():
            rows[name][LABELS.index(label)] = round(weight, _ROUNDED)
        follow = [[transitions.get((one, other), 0.0) for other in LABELS] for one in LABELS]
        return Weights(state=dict(rows), transitions=follow, pairs=pair_weights(_trained(self._pairs)[0]))


def _trained(trainer: object) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Train, and give the weights of features and of transitions."""
    import pycrfsuite

    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file)  # type: ignore[attr-defined]  # crfsuite has no types
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
        tagger.close()
    return info.state_features, info.transitions


def _roles(article: LabelledArticle) -> list[tuple[Span, Role]]:
    roles: list[tuple[Span, Role]] = []
    for quote in article.quotes:
        roles += [(span, "content") for span in quote.content] + [(span, "source") for span in quote.source]
        roles += [(quote.cue, "cue")] if quote.cue else []
    return roles


def pairs(reading: Reading, part: Part, article: LabelledArticle) -> Iterator[tuple[list[str], bool]]:
    """The pairs of spans of a part, each with whether one belongs to the other."""
    owned: list[tuple[RoleSpan, int]] = []
    for number, quote in enumerate(article.quotes):
        spans = token_spans(part, _roles(LabelledArticle(id="", text="", quotes=(quote,))))
        owned += [(RoleSpan(*span), number) for span in spans]
    spans_only = sorted({span for span, _ in owned})
    owners: defaultdict[RoleSpan, set[int]] = defaultdict(set)
    for span, number in owned:
        owners[span].add(number)
    links: tuple[tuple[Link, str, str], ...] = (
        ("content to cue", "content", "cue"),
        ("content to source", "content", "source"),
        ("cue to source", "cue", "source"),
    )
    for link, ours, theirs in links:
        for span in (one for one in spans_only if one.role == ours):
            for target in (one for one in spans_only if one.role == theirs):
                yield (
                    pair_features(reading, part, link, span, target, spans_only),
                    bool(owners[span] & owners[target]),
                )
