"""The learning curve of a recognizer, and how far it may be drawn on: an inverse power law fitted to its points.

The form c - a n^-b is that of Hestness et al. 2017, "Deep learning scaling is predictable, empirically".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import curve_fit

from annotator.domain.measures import Counts
from annotator.suggest.learning.card import Curve, CurvePoint
from annotator.suggest.learning.comparing import f1_of

SHARES = (0.25, 0.5, 0.75)
FEWEST_POINTS = 3
FEWEST_ARTICLES = 10
"""On how many held-out articles a curve is drawn on at least: of fewer the interval says nothing."""

_DRAWS = 200
_MOST = 1000
# From the flattest curve that real data has shown to one that is over at once.
_EXPONENTS = (0.05, 2.0)


def curve_of(counted: Sequence[tuple[int, Sequence[Counts]]], *, seed: int = 0) -> Curve:
    """The curve through some sizes of training data, each with its counts on the same held-out articles.

    It is drawn on by as many articles as there are, a thousand at most: farther than twice as far the data do not
    reach. The interval is that of the held-out articles, drawn anew; other chances of training are not in it.
    """
    points = tuple(CurvePoint(articles=size, f1=round(f1_of(np.sum(counts, axis=0)), 4)) for size, counts in counted)
    sizes = np.array([size for size, _ in counted], dtype=float)
    tested = len(counted[0][1]) if counted else 0
    more = min(_MOST, points[-1].articles) if points else 0
    if len(set(sizes)) < FEWEST_POINTS or tested < FEWEST_ARTICLES:
        return Curve(points=points, more=more)
    whole = np.array([one.f1 for one in points])
    if (np.diff(whole) < 0).any():
        # The law never falls: where the scores do, what is seen is chance, and an interval of it would be too sure.
        return Curve(points=points, more=more)
    gain = _gain(sizes, whole, more)
    dice = np.random.default_rng(seed)
    stacked = np.stack([np.stack(list(counts)) for _, counts in counted])
    drawn: list[float] = []
    for _ in range(_DRAWS):
        chosen = dice.integers(0, tested, tested)
        f1 = np.array([f1_of(of_size[chosen].sum(axis=0)) for of_size in stacked])
        one = _gain(sizes, f1, more)
        if one is not None:
            drawn.append(one)
    if gain is None or len(drawn) < _DRAWS // 2:
        return Curve(points=points, more=more)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Curve(points=points, more=more, gain=round(gain, 4), low=round(float(low), 4), high=round(float(high), 4))


def _law(size: Counts, limit: float, scale: float, exponent: float) -> Counts:
    return np.asarray(limit - scale * size**-exponent)


def _gain(sizes: Counts, f1: Counts, more: int) -> float | None:
    """What so many more articles add to the F1 by the fitted law; `None` where nothing can be fitted."""
    begin = (min(float(f1.max()) + 0.05, 1.0), max(float(f1[-1] - f1[0]), 0.01) * float(sizes[0]) ** 0.5, 0.5)
    bounds = ((0.0, 0.0, _EXPONENTS[0]), (1.0, np.inf, _EXPONENTS[1]))
    try:
        found, _ = curve_fit(_law, sizes, f1, p0=begin, bounds=bounds, maxfev=2000)
    except (RuntimeError, ValueError):
        return None
    last = float(sizes[-1])
    before, after = _law(np.array([last, last + more]), *found)
    return float(after - before)
