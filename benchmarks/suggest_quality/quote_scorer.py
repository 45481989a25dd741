"""Scores proposed quotes against labelled ones: precision, recall and F1, over words, summed over all articles.

**full**: pairs, one to one, best overlap first, whose contents share four fifths of their words (Dice) and whose
sources are the same: neither has one, or the head of each lies in the other. **content**: the same without the source.
**source**: all words of a source, each different source of an article once. **regions**: stretches in marks
that overlap a quote, found where four fifths of their words are covered. Of a type (direct, mixed, indirect, by the
marks in the content) recall is over the labelled quotes of it and precision over the proposed ones.
**speech**, **act**: `full` among the quotes of that kind alone, where the labels tell them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.domain.corpus import LabelledQuote
from annotator.domain.drafts import Reported
from benchmarks.suggest_quality.quoted_words import Type, Words, head_of, regions, type_of, words_in
from benchmarks.suggest_quality.table import Figure

ENOUGH = 0.8
TYPES: tuple[Type, ...] = ("direct", "mixed", "indirect")
KINDS: tuple[Reported, ...] = ("speech", "act")


@dataclass(frozen=True)
class _Quote:
    content: Words
    source: Words
    cue: Words
    head: int | None
    type: Type
    reported: Reported | None


class QuoteScorer:
    """Counts article by article; `figure` gives what came of it."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, text: str, labelled: Sequence[LabelledQuote], proposed: Sequence[LabelledQuote]) -> None:
        """Count an article."""
        quoted = words_in(text, regions(text))
        gold = [one for one in (_quote(text, quoted, quote) for quote in labelled) if one.content]
        ours = [one for one in (_quote(text, quoted, quote) for quote in proposed) if one.content]
        self._count_pairs("full", gold, ours, _same_source)
        self._count_pairs("content", gold, ours, lambda a, b: True)
        for kind in KINDS:
            labelled = [one for one in gold if one.reported == kind]
            self._count_pairs(kind, labelled, [one for one in ours if one.reported == kind], _same_source)
        sources = ({one.source for one in gold if one.source}, {one.source for one in ours if one.source})
        self._count("source", len(sources[0] & sources[1]), *map(len, sources))
        covered = (_covered(text, gold), _covered(text, ours))
        self._count("regions", sum(a and b for a, b in zip(*covered, strict=True)), *map(sum, covered))

    def figure(self, name: str) -> Figure:
        """Precision, recall and F1 of `full`, `content`, `source`, `regions`, or of `full direct` and so on."""
        found = self._counts
        return Figure.of(found[name, "hit"], found[name, "good"], found[name, "gold"], found[name, "ours"])

    def _count(self, name: str, right: int, gold: int, ours: int, good: int | None = None) -> None:
        self._counts.update({(name, "hit"): right, (name, "good"): right if good is None else good})
        self._counts.update({(name, "gold"): gold, (name, "ours"): ours})

    def _count_pairs(
        self, name: str, gold: list[_Quote], ours: list[_Quote], is_same: Callable[[_Quote, _Quote], bool]
    ) -> None:
        found = _pairs(gold, ours, is_same)
        self._count(name, len(found), len(gold), len(ours))
        for kind in TYPES:
            self._count(
                f"{name} {kind}",
                sum(a.type == kind for a, _ in found),
                sum(one.type == kind for one in gold),
                sum(one.type == kind for one in ours),
                sum(b.type == kind for _, b in found),
            )


def _quote(text: str, quoted: Words, quote: LabelledQuote) -> _Quote:
    content = words_in(text, quote.content)
    return _Quote(
        content=content,
        source=words_in(text, quote.source),
        cue=words_in(text, [quote.cue] if quote.cue else []),
        head=head_of(text, quote.source),
        type=type_of(content, quoted) if content else "indirect",
        reported=quote.reported,
    )


def _same_source(one: _Quote, other: _Quote) -> bool:
    if one.head is None or other.head is None:
        return one.head is other.head
    return one.head in other.source and other.head in one.source


def _pairs(
    gold: list[_Quote], ours: list[_Quote], is_same: Callable[[_Quote, _Quote], bool]
) -> list[tuple[_Quote, _Quote]]:
    candidates = []
    for a, one in enumerate(gold):
        for b, other in enumerate(ours):
            shared = 2 * len(one.content & other.content) / (len(one.content) + len(other.content))
            if shared >= ENOUGH and is_same(one, other):
                candidates.append((-shared, -len(one.source & other.source), -len(one.cue & other.cue), a, b))
    found: list[tuple[_Quote, _Quote]] = []
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for *_, a, b in sorted(candidates):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            found.append((gold[a], ours[b]))
    return found


def _covered(text: str, quotes: list[_Quote]) -> list[bool]:
    everything = frozenset[int]().union(*(one.content for one in quotes))
    inside = (words_in(text, [region]) for region in regions(text))
    return [len(words & everything) >= ENOUGH * len(words) for words in inside if words]
