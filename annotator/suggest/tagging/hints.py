"""What the rules have found in an article, as the network reads it beside the words.

The network so begins with what the rules know, and learns where they are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.suggest.messages import ArticleText
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.reading import pieces
from annotator.suggest.tagging.labels import LABELS, begin
from annotator.suggest.tagging.targets import link, no_links, runs_of
from annotator.suggest.tagging.windows import Window, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Between these the rules are right about equally often; see `quotes.SCORES`.
_TRUST = (0.4, 0.65, 0.82)
_LABELS = len(LABELS) - 1
HINTS = 1 + _LABELS * (len(_TRUST) + 1)
"""Nothing, or one of the labels from a quote of one of four degrees of trust."""


class RuledArticle(msgspec.Struct, frozen=True):
    """A labelled article with what the rules find in it."""

    article: LabelledArticle
    rules: tuple[ScoredQuote, ...] = ()

    @property
    def text(self) -> ArticleText:
        return ArticleText(id=self.article.id, text=self.article.text, sections=self.article.sections)


def label_of(hint: int) -> int:
    """The label that a hint stands for."""
    return 1 + (hint - 1) % _LABELS if hint else 0


def hinted_windows(tokenizer: Tokenizer, article: ArticleText, rules: Sequence[ScoredQuote]) -> Iterator[Window]:
    """The windows of an article with the hints of the rules."""
    quotes = [(_labelled(one), one.score) for one in rules]
    for window in windows(tokenizer, article.text, pieces(article)):
        yield _hinted(window, quotes)


def _hinted(window: Window, quotes: Sequence[tuple[LabelledQuote, float]]) -> Window:
    hints, leads = [0] * len(window), no_links(window)
    painted = []
    for quote, score in quotes:
        runs = runs_of(window, quote)
        link(leads, runs)
        trust = _LABELS * sum(score >= edge for edge in _TRUST)
        painted += [(last - first, first, begin(role) + trust) for role, found in runs.items() for first, last in found]
    # The shorter ones last, so that a source within somebody else's words is seen.
    for length, first, hint in sorted(painted, reverse=True):
        hints[first : first + length] = [hint, *[hint + 1] * (length - 1)]
    return msgspec.structs.replace(window, hints=hints, leads=leads)


def _labelled(quote: ScoredQuote) -> LabelledQuote:
    draft = quote.draft
    return LabelledQuote(
        content=tuple(one.span for one in draft.content),
        source=tuple(one.span for one in draft.source),
        cue=draft.cue.span if draft.cue else None,
    )
