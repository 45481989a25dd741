"""How likely quotes are, seen what the other voice says."""

from __future__ import annotations

import pytest

from annotator.domain.drafts import QuoteDraft
from annotator.domain.spans import Span, passages
from annotator.suggest.quotes import TAGGED, ScoredQuote
from annotator.suggest.tagging.weighing import Weighing, evidence, learnt

TEXT = "Anna said that one two three four. Ben said five six."


def quote(content: str, source: str = "", *, pattern: str = "clause of a verb") -> ScoredQuote:
    def of(words: str) -> list[Span]:
        return [Span(TEXT.index(words), TEXT.index(words) + len(words))] if words else []

    draft = QuoteDraft(
        content=passages(TEXT, of(content)), source=passages(TEXT, of(source)), form="indirect", source_kind="named"
    )
    return ScoredQuote(draft=draft, score=0.5, pattern=pattern)


def test_what_counts_is_how_much_is_shared_and_whether_the_sources_agree():
    rules = [quote("one two three four", "Anna"), quote("five six", "Ben")]
    tagged = [quote("one two", "Anna", pattern=TAGGED), quote("five six", "Anna", pattern=TAGGED)]
    first, second, *_ = evidence(TEXT, rules, tagged)
    assert first.factors == pytest.approx((1.0, 0.0, 2 / 3, 2 / 3, 0.0)) and first.other == tagged[0]
    assert second.factors == pytest.approx((1.0, 0.0, 1.0, 0.0, 0.0))


def test_a_quote_that_nobody_else_has_found_stands_alone():
    (alone,) = evidence(TEXT, [quote("five six")], [])
    assert alone.factors == (1.0, 0.0, 0.0, 0.0, 1.0) and alone.other is None


def test_a_voice_that_was_often_wrong_counts_less():
    (one,) = evidence(TEXT, [quote("five six", "Ben")], [])
    trusted, doubted = (learnt([(one, is_right)] * 50) for is_right in (True, False))
    assert trusted.chance(one.quote, one.factors) > 0.8 > 0.2 > doubted.chance(one.quote, one.factors)
    assert trusted.tagger == Weighing().tagger


def test_nothing_seen_leaves_what_was_set_by_hand():
    assert learnt([]) == Weighing()
