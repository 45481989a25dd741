"""Names in an article: a span with a label and how far to trust it, and where given names stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.domain.spans import Span

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found: offsets in the article, label, and score from 0 to 1."""

    start: int
    end: int
    label: str
    score: float

    def overlaps(self, other: Name) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Name) -> bool:
        """Whether the other lies inside this one, or is equal to it."""
        return self.start <= other.start and other.end <= self.end


class Finder:
    """Finds given names as whole words; the longest one at a place wins. Blanks in a name match any white space.

    With `folds` capitals do not matter, as in headlines that are all capitals.
    """

    def __init__(self, names: Iterable[str], *, folds: bool = False) -> None:
        self._folds = folds
        by_word: dict[str, list[str]] = {}
        for name in names:
            word = _WORD.search(name)
            if word is not None:
                by_word.setdefault(self._key(word.group()), []).append(name)
        self._by_word = {word: (self._pattern(some), _lead(some[0])) for word, some in by_word.items()}

    def _key(self, word: str) -> str:
        return word.casefold() if self._folds else word

    def _pattern(self, names: list[str]) -> re.Pattern[str]:
        ordered = sorted(names, key=lambda one: (-len(one), one))
        spelled = "|".join(r"\s+".join(map(re.escape, one.split())) for one in ordered)
        return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE if self._folds else 0)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """Where the names stand between two offsets, in order; none overlaps another."""
        limit, after = len(text) if end is None else end, start
        for word in _WORD.finditer(text, start, limit):
            known = self._by_word.get(self._key(word.group()))
            if known is None or word.start() < after:
                continue
            found = known[0].match(text, max(word.start() - known[1], after), limit)
            if found:
                yield Span(found.start(), found.end())
                after = found.end()


def _lead(name: str) -> int:
    """How many signs stand before a name's first word, as the @ of @POTUS."""
    word = _WORD.search(name)
    return word.start() if word else 0


def longest_first(names: Iterable[Name]) -> list[Name]:
    """Of names that overlap the longest, then the surest, then the first; in the order of the text."""
    starts: list[int] = []
    kept: list[Name] = []
    for one in sorted(names, key=lambda name: (name.start - name.end, -name.score, name.start)):
        # What is kept lies apart, so that only the neighbours can overlap.
        at = bisect_left(starts, one.end)
        if at == 0 or kept[at - 1].end <= one.start:
            starts.insert(at, one.start)
            kept.insert(at, one)
    return kept


def label_counts(names: Iterable[Name], text: str) -> Mapping[str, dict[str, float]]:
    """For each spelling the sum of the scores that each label has in the article."""
    counts: dict[str, dict[str, float]] = {}
    for one in names:
        of_text = counts.setdefault(text[one.start : one.end], {})
        of_text[one.label] = of_text.get(one.label, 0.0) + one.score
    return counts
