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
    return 1 / (1 + math.exp(-(slope * _logit(raw) + offset)))


def calibration(raw: Sequence[float], is_right: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset of a logistic curve from raw scores to rightness (Platt's method).

    With few examples they stay near 1 and 0, which leave scores as they are.
    """
    import numpy as np

    if not raw:
        return 1.0, 0.0
    features = np.array([[_logit(one), 1.0] for one in raw])
    wanted = np.array(is_right, float)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(_STEPS):
        found = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (found - wanted) + _PULL * (weights - start)
        curvature = (features.T * (found * (1 - found))) @ features + _PULL * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        weights -= np.clip(step, -1, 1)
        if np.abs(step).max() < _EDGE:
            break
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def _logit(score: float) -> float:
    bounded = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))
