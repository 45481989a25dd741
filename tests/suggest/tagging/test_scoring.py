"""When a quote that was found is right."""

from __future__ import annotations

import pytest

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.spans import Span
from annotator.suggest.tagging.scoring import Scores, right_ones, score
from annotator.suggest.tagging.tagged import TaggedQuote

TEXT = "Anna said one two three four five six seven eight. Ben left."
CONTENT = Span(10, 49)
ARTICLE = LabelledArticle(
    id="a", text=TEXT, quotes=(LabelledQuote(content=(CONTENT,), source=(Span(0, 4),), cue=Span(5, 9)),)
)


def found(start: int, end: int, *source: Span) -> TaggedQuote:
    return TaggedQuote(content=(Span(start, end),), source=source, score=1.0)


@pytest.mark.parametrize(
    ("quote", "is_right"),
    [
        (found(10, 49, Span(0, 4)), True),
        (found(10, 50, Span(0, 4)), True),
        (found(10, 43, Span(0, 4)), True),
        (found(10, 27, Span(0, 4)), False),
        (found(10, 49, Span(51, 54)), False),
        (found(10, 49), False),
    ],
)
def test_a_quote_is_right_with_most_of_its_words_and_the_source(quote, is_right):
    assert right_ones(ARTICLE, [quote]) == [is_right]


def test_a_labelled_quote_makes_one_found_quote_right():
    quote = found(10, 49, Span(0, 4))
    assert right_ones(ARTICLE, [quote, quote]) == [True, False]


def test_scores_are_taken_over_all_articles():
    scores = score([(ARTICLE, [found(10, 49, Span(0, 4))]), (ARTICLE, [found(10, 20)]), (ARTICLE, [])])
    assert scores == Scores(3, 2, 1) and scores.f1 == pytest.approx(0.4)
    assert (scores.precision, scores.recall) == (0.5, pytest.approx(1 / 3))


def test_nothing_found_and_nothing_there_is_no_division_by_zero():
    assert (Scores(0, 0, 0).f1, Scores(0, 0, 0).precision, Scores(0, 0, 0).recall) == (0, 0, 0)
