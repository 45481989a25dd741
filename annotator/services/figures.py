"""Figures of agreement: what a measure counted article by article, pooled, with an interval drawn from the articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from annotator.domain import measures
from annotator.domain.measures import Counts
from annotator.domain.progress import Job, Progress

ALL = "all"
_DIGITS = 4


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure of two or more layers. `value` and its 95 % interval are `None` where they are not defined.

    `units` are what was compared, `excluded` what could not be (a side has nothing there); `items` are the keys of the
    differences behind it (`Difference.key`); `by_article` is the same measure of each article by itself.
    """

    what: str
    measure: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    excluded: int
    items: tuple[str, ...] = ()
    by_article: dict[str, float | None] = {}

    @property
    def title(self) -> str:
        """What is measured, in words."""
        return f"{self.what}, {self.measure}" if self.label == ALL else f"{self.what} {self.label}, {self.measure}"


@dataclass
class _Tally:
    """What one measure counts, an entry an article."""

    what: str
    measure: str
    label: str
    of: Callable[[Counts], float | None]
    counts: list[Counts] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    units: int = 0
    excluded: int = 0
    items: list[str] = field(default_factory=list)


class Tallies:
    """What all measures count, in the order in which they were first counted."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str], _Tally] = {}
        # The article that is counted now.
        self.article = ""

    def add(
        self,
        place: tuple[str, str, str],
        of: Callable[[Counts], float | None],
        counts: Counts,
        *,
        units: int,
        excluded: int = 0,
        items: Sequence[str] = (),
    ) -> None:
        """Count in the current article; what is counted there again, of other layers, is added to it."""
        tally = self.found.setdefault(place, _Tally(*place, of=of))
        if tally.articles[-1:] == [self.article]:
            tally.counts[-1] = tally.counts[-1] + counts
        else:
            tally.counts.append(counts)
            tally.articles.append(self.article)
        tally.units += units
        tally.excluded += excluded
        tally.items += items

    def keep(self, of: Callable[[Counts], float | None]) -> None:
        """Forget all but one kind of measure."""
        self.found = {place: tally for place, tally in self.found.items() if tally.of is of}

    def figures(self) -> Job[tuple[Figure, ...]]:
        made: list[Figure] = []
        for number, tally in enumerate(self.found.values()):
            yield Progress(number, len(self.found), "Drawing articles anew")
            made.append(_figure(tally))
        return tuple(made)


def _figure(tally: _Tally) -> Figure:
    value = tally.of(np.sum(tally.counts, axis=0))
    limits = measures.interval(tally.counts, tally.of) if value is not None else None
    return Figure(
        what=tally.what,
        measure=tally.measure,
        label=tally.label,
        value=None if value is None else round(float(value), _DIGITS),
        low=round(limits[0], _DIGITS) if limits else None,
        high=round(limits[1], _DIGITS) if limits else None,
        units=tally.units,
        excluded=tally.excluded,
        items=tuple(tally.items),
        by_article={
            article: None if (found := tally.of(counts)) is None else round(float(found), _DIGITS)
            for article, counts in zip(tally.articles, tally.counts, strict=True)
        },
    )


def pair_f1(counts: Counts) -> float | None:
    """F1 of counts of what both have, what one has and what the other has."""
    return measures.f1(*counts)


def u_alpha(counts: Counts) -> float | None:
    """u-alpha of the sums of a `Continuum`: what is shared, and below it the squares."""
    return measures.u_alpha(counts[:-1], counts[-1])
