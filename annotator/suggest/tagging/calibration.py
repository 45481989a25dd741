"""Scores that mean something: from a tagger's raw scores to how many of such quotes are right."""

from __future__ import annotations

import math
from collections.abc import Sequence

_EDGE = 1e-6
_STEPS = 50
# Some 30 quotes on either side are worth as much as this pull towards the raw score.
_PULL = 0.5


def calibrated(raw: float, slope: float, offset: float) -> float:
    """The calibrated score of a raw one, 0 to 1."""
    return 1 / (1 + math.exp(-(slope * log_odds(raw) + offset)))


def calibration(raw: Sequence[float], is_right: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset of a logistic curve from raw scores to rightness (Platt's method).

    With few examples they stay near 1 and 0, which leave scores as they are.
    """
    slope, offset = fitted([(log_odds(one), 1.0) for one in raw], is_right, (1.0, 0.0))
    return slope, offset


def fitted(features: Sequence[Sequence[float]], is_right: Sequence[bool], start: Sequence[float]) -> tuple[float, ...]:
    """The weights of a logistic regression; with few examples they stay near those of `start`."""
    import numpy as np

    if not features:
        return tuple(start)
    rows, wanted, before = np.array(features, float), np.array(is_right, float), np.array(start, float)
    weights = before.copy()
    for _ in range(_STEPS):
        found = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (found - wanted) + _PULL * (weights - before)
        curvature = (rows.T * (found * (1 - found))) @ rows + _PULL * np.eye(len(before))
        step = np.linalg.solve(curvature, gradient)
        weights -= np.clip(step, -1, 1)
        if np.abs(step).max() < _EDGE:
            break
    return tuple(round(float(one), 4) for one in weights)


def log_odds(score: float) -> float:
    """The logarithm of the odds of a score."""
    bounded = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))
