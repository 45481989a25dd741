"""Scores that say how many are right."""

from __future__ import annotations

import random

import pytest

from annotator.suggest.tagging.calibration import calibrated, calibration


def test_scores_that_are_too_sure_are_brought_to_what_is_right():
    dice = random.Random(0)
    # Of those that claim 0.9 only 0.6 are right, of those that claim 0.5 only 0.2.
    claims = [0.9] * 500 + [0.5] * 500
    right = [dice.random() < (0.6 if claim == 0.9 else 0.2) for claim in claims]
    curve = calibration(claims, right)
    assert calibrated(0.9, *curve) == pytest.approx(0.6, abs=0.06)
    assert calibrated(0.5, *curve) == pytest.approx(0.2, abs=0.06)


@pytest.mark.parametrize(("raw", "right"), [([], []), ([0.7], [True]), ([0.7, 0.7], [True, True])])
def test_few_examples_leave_scores_about_as_they_are(raw, right):
    assert calibrated(0.7, *calibration(raw, right)) == pytest.approx(0.7, abs=0.2)


@pytest.mark.parametrize("raw", [0.0, 1.0, 1e-30])
def test_the_edges_stay_between_0_and_1(raw):
    assert 0 <= calibrated(raw, 3.0, -1.0) <= 1


def test_surer_scores_stay_surer():
    curve = calibration([0.1, 0.4, 0.8, 0.9] * 20, [False, False, True, True] * 20)
    ordered = [calibrated(raw, *curve) for raw in (0.1, 0.3, 0.5, 0.95)]
    assert ordered == sorted(ordered)
