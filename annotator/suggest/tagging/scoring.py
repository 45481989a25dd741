"""How good a tagger is on articles that it has not seen: precision, recall and F1 of whole quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import QuoteDraft
from annotator.domain.spans import Passage, Span
from annotator.suggest.tagging.tagged import TaggedQuote

_WORD = re.compile(r"\w+")
_ENOUGH = 0.8

Quote = TaggedQuote | QuoteDraft


class Scores(msgspec.Struct, frozen=True):
    """How many quotes there are, how many were found, and how many of these are right."""

    there: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """How many of the found ones are right, 0 to 1."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """How many of those that are there were found, 0 to 1."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.there + self.found) if self.there + self.found else 0.0


def score(pairs: Iterable[tuple[LabelledArticle, Sequence[TaggedQuote]]]) -> Scores:
    """The scores over articles, each with what was found in it.

    A quote is right when its content shares four fifths of its words (Dice) with that of a labelled one and the
    sources of both share a word, or neither has one. Each is counted once.
    """
    there = found = right = 0
    for article, quotes in pairs:
        there += len(article.quotes)
        found += len(quotes)
        right += sum(right_ones(article, quotes))
    return Scores(there, found, right)


def right_ones(article: LabelledArticle, quotes: Sequence[Quote]) -> list[bool]:
    """Which of the quotes found are right."""
    open_ones = [(words_of(article.text, one.content), words_of(article.text, one.source)) for one in article.quotes]
    result = []
    for quote in quotes:
        content, source = words_of(article.text, quote.content), words_of(article.text, quote.source)
        matches = (
            number
            for number, (words, speaker) in enumerate(open_ones)
            if dice(words, content) >= _ENOUGH and (speaker & source or not speaker | source)
        )
        number = next(matches, None)
        if number is not None:
            del open_ones[number]
        result.append(number is not None)
    return result


def words_of(text: str, spans: Iterable[Span | Passage]) -> frozenset[int]:
    """Where the words begin that some spans hold."""
    return frozenset(word.start() for span in spans for word in _WORD.finditer(text, span.start, span.end))


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """How much two sets of words share, 0 to 1; nothing if both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
