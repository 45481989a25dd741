"""How likely a quote of the rules or of the tagger is right, seen what the other one says there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from annotator.domain.drafts import QuoteDraft
from annotator.suggest.quotes import TAGGED, ScoredQuote
from annotator.suggest.tagging.calibration import fitted, log_odds
from annotator.suggest.tagging.scoring import dice, words_of

Factors = tuple[float, float, float, float, float]
_Worded = tuple[ScoredQuote, frozenset[int]]

_EDGE = 1e-3


class Weighing(msgspec.Struct, frozen=True, kw_only=True):
    """What counts for a quote: a base, its own score, how much of the other's content it shares, the same where the
    sources agree too, and that it has no source. Set by hand, until training has seen how often each is right.
    """

    rules: Factors = (-0.5, 0.5, 0.5, 1.5, 0.0)
    tagger: Factors = (-0.2, 0.7, 0.5, 1.0, -0.3)

    def chance(self, quote: ScoredQuote, factors: Factors) -> float:
        """How likely a quote is right, 0 to 1; `factors` are those of `factors_of`."""
        weights = self.tagger if quote.pattern == TAGGED else self.rules
        return 1 / (1 + math.exp(-sum(one * other for one, other in zip(weights, factors, strict=True))))


class Evidence(msgspec.Struct, frozen=True):
    """A quote, what counts for it, its words, and the quote of the other voice that shares most of them."""

    quote: ScoredQuote
    factors: Factors
    words: frozenset[int]
    other: ScoredQuote | None = None


def evidence(text: str, rules: Iterable[ScoredQuote], tagged: Iterable[ScoredQuote]) -> list[Evidence]:
    """All quotes of both voices with what counts for them."""
    ours, theirs = ([(quote, words_of(text, quote.draft.content)) for quote in voice] for voice in (rules, tagged))
    found = []
    for voice, others in ((ours, theirs), (theirs, ours)):
        by_word = {word: one for one in others for word in one[1]}
        found += [_of(text, quote, words, by_word) for quote, words in voice]
    return found


def learnt(seen: Sequence[tuple[Evidence, bool]]) -> Weighing:
    """The weighing that fits how often quotes were right."""
    start = Weighing()
    rules, tagger = (
        fitted([one.factors for one, _ in voice], [is_right for _, is_right in voice], before)
        for voice, before in (
            ([pair for pair in seen if pair[0].quote.pattern != TAGGED], start.rules),
            ([pair for pair in seen if pair[0].quote.pattern == TAGGED], start.tagger),
        )
    )
    return msgspec.convert({"rules": rules, "tagger": tagger}, Weighing)


def _of(text: str, quote: ScoredQuote, words: frozenset[int], others: dict[int, _Worded]) -> Evidence:
    rivals = {id(others[word][0]): others[word] for word in sorted(words) if word in others}
    best = max(rivals.values(), key=lambda rival: dice(words, rival[1]), default=None)
    shared = dice(words, best[1]) if best else 0.0
    agrees = best is not None and _same_source(text, quote.draft, best[0].draft)
    odds = log_odds(min(max(quote.score, _EDGE), 1 - _EDGE))
    factors = (1.0, odds, shared, shared * agrees, float(not quote.draft.source))
    return Evidence(quote, factors, words, best[0] if best else None)


def _same_source(text: str, one: QuoteDraft, other: QuoteDraft) -> bool:
    ours, theirs = words_of(text, one.source), words_of(text, other.source)
    return bool(ours & theirs) or not ours | theirs
