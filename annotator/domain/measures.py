"""Measures of agreement, from what is counted article by article, so that articles can be pooled and drawn anew.

Undefined (nothing to compare, or one category alone) is `None`, never 1 or 0. Sources: docs/agreement.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Unit = tuple[int, int, Hashable]
"""A marked stretch: `[start, end)` and its value."""


def f1(right: float, ours: float, theirs: float) -> float | None:
    """Pairwise F1, 0 to 1: what both have, of what either has on average; `None` where neither has anything."""
    return 2 * right / (ours + theirs) if ours + theirs else None


def table(pairs: Sequence[tuple[Hashable, Hashable]], values: Sequence[Hashable]) -> Counts:
    """How often the first coder chose a value (row) and the second one (column), in the order of `values`."""
    place = {value: number for number, value in enumerate(values)}
    found = np.zeros((len(values), len(values)))
    for one, other in pairs:
        found[place[one], place[other]] += 1
    return found


def cohen_kappa(counts: Counts) -> float | None:
    """Cohen's kappa (1960) of a square table of two coders, -1 to 1."""
    total = counts.sum()
    if not total:
        return None
    observed = np.trace(counts) / total
    expected = (counts.sum(axis=0) @ counts.sum(axis=1)) / total**2
    return None if expected == 1 else float((observed - expected) / (1 - expected))


def scott_pi(counts: Counts) -> float | None:
    """Scott's pi (1955) of a square table of two coders, -1 to 1: chance as both together use the values."""
    used = _used(counts)
    return None if used is None else _beyond_chance(counts, float((used**2).sum()))


def gwet_ac1(counts: Counts) -> float | None:
    """Gwet's AC1 (2008) of a square table of two coders, -1 to 1; values that neither used do not count.

    It stays near the observed agreement where nearly everything has one value, and kappa and pi fall.
    """
    used = _used(counts)
    values = 0 if used is None else int((used > 0).sum())
    if used is None or values < 2:
        return None
    return _beyond_chance(counts, float((used * (1 - used)).sum() / (values - 1)))


def _used(counts: Counts) -> Counts | None:
    """How often both together chose each value, as shares; `None` of an empty table."""
    total = counts.sum()
    return np.asarray((counts.sum(axis=0) + counts.sum(axis=1)) / (2 * total)) if total else None


def _beyond_chance(counts: Counts, expected: float) -> float | None:
    observed = float(np.trace(counts) / counts.sum())
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha_of_two(counts: Counts) -> float | None:
    """Krippendorff's alpha, nominal, of a square table of two coders without missing values."""
    coincidences = counts + counts.T
    total = coincidences.sum()
    if total < 2:
        return None
    of = coincidences.sum(axis=0)
    expected = (total**2 - (of**2).sum()) / (total - 1)
    return float(1 - (total - np.trace(coincidences)) / expected) if expected else None


def shares(units: Sequence[Sequence[Hashable]], values: Sequence[Hashable]) -> Counts:
    """How often coders agree, and then how often each value was said: all that nominal alpha needs, and can be pooled.

    A unit is what each coder said of it, any number of coders; `None` is nothing said. Units with less than two values
    do not count.
    """
    place = {value: number for number, value in enumerate(values, start=1)}
    found = np.zeros(len(values) + 1)
    for unit in units:
        said = Counter(value for value in unit if value is not None)
        if (coders := said.total()) < 2:
            continue
        for value, count in said.items():
            found[0] += count * (count - 1) / (coders - 1)
            found[place[value]] += count
    return found


def alpha_of_shares(counts: Counts) -> float | None:
    """Krippendorff's alpha, nominal, of `shares`: the same as `alpha` of the units."""
    alike, of = counts[0], counts[1:]
    total = of.sum()
    if total < 2:
        return None
    expected = (total**2 - (of**2).sum()) / (total - 1)
    return float(1 - (total - alike) / expected) if expected else None


def fleiss_kappa(counts: Counts) -> float | None:
    """Fleiss' kappa (1971): a row a subject, a column a category, how many of the equally many raters chose it."""
    raters = counts.sum(axis=1)
    if not len(counts) or raters.min() != raters.max() or raters[0] < 2:
        return None
    n = raters[0]
    observed = (((counts**2).sum(axis=1) - n) / (n * (n - 1))).mean()
    expected = ((counts.sum(axis=0) / counts.sum()) ** 2).sum()
    return None if expected == 1 else float((observed - expected) / (1 - expected))


def alpha(units: Sequence[Sequence[float | str | None]], scale: Scale = "nominal") -> float | None:
    """Krippendorff's alpha (2011, "Computing Krippendorff's alpha-reliability"), any number of coders, values missing.

    A unit is what each coder said of it; `None` is nothing said. Units with less than two values do not count.
    """
    together: defaultdict[tuple[object, object], float] = defaultdict(float)
    for unit in units:
        said = [value for value in unit if value is not None]
        for at, one in enumerate(said):
            for other in said[:at] + said[at + 1 :]:
                together[one, other] += 1 / (len(said) - 1)
    values = sorted({one for one, _ in together}, key=str if scale == "nominal" else float)  # type: ignore[arg-type]
    counts = np.array([[together.get((one, other), 0.0) for other in values] for one in values])
    if counts.size == 0:
        return None
    of = counts.sum(axis=0)
    apart = _differences(values, of, scale)
    expected = (np.outer(of, of) * apart).sum() / (of.sum() - 1)
    return float(1 - (counts * apart).sum() / expected) if expected else None


def _differences(values: Sequence[object], of: Counts, scale: Scale) -> Counts:
    """The squared difference of each two values, in their order."""
    count = len(values)
    if scale == "nominal":
        return np.asarray(1.0 - np.eye(count))
    if scale == "ordinal":
        below = np.cumsum(of) - of / 2
        return np.asarray((below[:, None] - below[None, :]) ** 2)
    numbers = np.array(values, dtype=float)
    apart = (numbers[:, None] - numbers[None, :]) ** 2
    if scale == "interval":
        return np.asarray(apart)
    sums = (numbers[:, None] + numbers[None, :]) ** 2
    return np.asarray(np.divide(apart, sums, out=np.zeros_like(apart), where=sums != 0))


class Continuum:
    """The sums that u-alpha (Krippendorff et al. 2016) is made of; continua are pooled by adding their sums.

    `values` are the values in their order; gaps are one more, the last.
    """

    def __init__(self, coders: Sequence[Sequence[Unit]], length: int, values: Sequence[Hashable]) -> None:
        place = {value: number for number, value in enumerate(values)}
        parts = [_partition(units, length, place, gap=len(values)) for units in coders]
        size = len(values) + 1
        self.shared = np.zeros((size, size))
        self.squares = np.zeros(size)
        for at, ours in enumerate(parts):
            for start, end, value in ours:
                stretch = end - start
                self.squares[value] += stretch if value == size - 1 else stretch**2
            for theirs in parts[:at] + parts[at + 1 :]:
                _add_shared(self.shared, ours, theirs, weight=1 / (len(parts) - 1))


def _partition(
    units: Sequence[Unit], length: int, place: Mapping[Hashable, int], *, gap: int
) -> list[tuple[int, int, int]]:
    """A coder's units and the gaps between them, which together cover all of the text."""
    found: list[tuple[int, int, int]] = []
    at = 0
    for start, end, value in sorted(units, key=lambda one: one[:2]):
        # Of units that overlap the first keeps its ground.
        start = max(start, at)
        if start >= end:
            continue
        if start > at:
            found.append((at, start, gap))
        found.append((start, end, place[value]))
        at = end
    if at < length:
        found.append((at, length, gap))
    return found


def _add_shared(
    shared: Counts, ours: Sequence[tuple[int, int, int]], theirs: Sequence[tuple[int, int, int]], *, weight: float
) -> None:
    other = 0
    for start, end, value in ours:
        while other and theirs[other][0] > start:
            other -= 1
        for at in range(other, len(theirs)):
            begin, stop, their_value = theirs[at]
            if begin >= end:
                break
            shared[value, their_value] += weight * max(0, min(end, stop) - max(start, begin))
            other = at


def u_alpha(shared: Counts, squares: Counts) -> float | None:
    """u-alpha of pooled sums: how far coders agree on where units are and which value they have."""
    of = shared.sum(axis=0)
    total = of.sum()
    room = total - (squares.sum() / total) if total else 0.0
    if not room:
        return None
    expected = np.outer(of, of) - np.diag(squares)
    apart = ~np.eye(len(of), dtype=bool)
    bottom = expected[apart].sum() / room
    return float(1 - shared[apart].sum() / bottom) if bottom else None


def interval(
    per_article: Sequence[Counts], measure: Callable[[Counts], float | None], *, draws: int = 1000, seed: int = 0
) -> tuple[float, float] | None:
    """The 95 % bootstrap interval over articles of a measure of pooled counts; `None` where it is never defined.

    Articles are drawn anew with their counts, `draws` times, always the same ones.
    """
    if len(per_article) < 2:
        return None
    stacked = np.stack(per_article)
    drawn = np.random.default_rng(seed).multinomial(len(stacked), [1 / len(stacked)] * len(stacked), size=draws)
    pooled = np.tensordot(drawn, stacked, axes=1)
    found = [value for counts in pooled if (value := measure(counts)) is not None]
    if not found:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
