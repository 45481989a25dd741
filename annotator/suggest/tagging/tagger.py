"""A trained tagger from its folder: one interface, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from annotator.suggest.messages import ArticleText
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.reading import Part
from annotator.suggest.tagging.calibration import calibrated
from annotator.suggest.tagging.card import Card, read_card
from annotator.suggest.tagging.tagged import TaggedQuote

Find = Callable[[ArticleText, Sequence[Part], Sequence[ScoredQuote]], list[TaggedQuote]]


class Tagger:
    """Finds the quotes of articles; `card` says what it was made of and how good it is."""

    def __init__(self, card: Card, find: Find) -> None:
        self.card = card
        self._find = find

    def quotes(self, article: ArticleText, parts: Sequence[Part], rules: Sequence[ScoredQuote]) -> list[TaggedQuote]:
        """The quotes of an article, by position, from its parsed lines and what the rules find in them.

        Scores say how many of such quotes were right on articles that the tagger had not seen.
        """
        return [
            msgspec.structs.replace(quote, score=calibrated(quote.score, self.card.slope, self.card.offset))
            for quote in self._find(article, parts, rules)
        ]


def load_tagger(folder: Path) -> Tagger:
    """The tagger in a folder that training has made. Nothing in it is run as code.

    Raises:
        AnnotatorError: there is none, or it is damaged.
    """
    card = read_card(folder)
    if card.kind == "crf":
        return Tagger(card, crf_find(folder))
    return Tagger(card, network_find(folder))


def network_find(folder: Path) -> Find:
    """What a network in a folder finds, before calibration."""
    from annotator.suggest.tagging.onnx_runner import load_predictor

    predictor = load_predictor(folder)
    return lambda article, parts, rules: predictor.quotes(article, rules)


def crf_find(folder: Path) -> Find:
    """What a CRF in a folder finds, before calibration."""
    from annotator.suggest.tagging.crf import CrfPredictor, load_weights

    predictor = CrfPredictor(load_weights(folder))
    return lambda article, parts, rules: predictor.quotes(article.text, parts, rules)
