"""Two readings of the same articles side by side, and the learning curve."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from annotator.domain.corpus import LabelledArticle, LabelledEntity
from annotator.suggest.learning.card import Curve
from annotator.suggest.learning.comparing import compared
from annotator.suggest.learning.curve import curve_of
from annotator.suggest.tagging.scoring import Scores

ANNA, BERLIN = LabelledEntity(0, 4, "PERSON"), LabelledEntity(10, 16, "TOWN")
FOUND = {(0, 4, "PERSON")}, {(0, 4, "PERSON"), (10, 16, "TOWN"), (20, 24, "DATE")}


def articles(count):
    return [
        LabelledArticle(id=str(number), text="Anna saw  Berlin", entities=(ANNA, BERLIN)) for number in range(count)
    ]


def test_labels_are_compared_one_by_one_and_labels_that_nobody_uses_do_not_count():
    both = compared("old", articles(2), [FOUND[0]] * 2, [FOUND[1]] * 2, frozenset(("PERSON", "TOWN")))
    assert [(one.label, one.before, one.after) for one in both.labels] == [
        ("PERSON", Scores(2, 2, 2), Scores(2, 2, 2)),
        ("TOWN", Scores(2, 0, 0), Scores(2, 2, 2)),
    ]
    assert (both.before.f1, both.after.f1) == (pytest.approx(2 / 3), 1.0) and both.gain == pytest.approx(1 / 3)


def test_the_interval_is_paired_so_that_a_gain_in_each_article_is_certain():
    both = compared("old", articles(5), [FOUND[0]] * 5, [FOUND[1]] * 5, frozenset(("PERSON", "TOWN")))
    assert both.low == both.high == pytest.approx(1 / 3, abs=1e-4) and both.is_clear


def test_one_article_has_no_interval():
    both = compared("old", articles(1), [FOUND[0]], [FOUND[1]], frozenset(("PERSON", "TOWN")))
    assert (both.low, both.high, both.is_clear) == (None, None, False)


def counted(f1s, tested=40):
    """Counts of articles of twenty entities each, found as often as they are there."""
    return [(size, [np.array([20 * f1, 20.0, 20.0])] * tested) for size, f1 in zip((25, 50, 75, 100), f1s, strict=True)]


def test_a_curve_that_follows_the_law_is_drawn_on_along_it():
    law = [0.9 - 0.8 * size**-0.5 for size in (25, 50, 75, 100)]
    curve = curve_of(counted(law))
    assert curve.more == 100 and curve.gain == pytest.approx(0.08 - 0.8 * 200**-0.5, abs=0.004)
    assert curve.low is not None and curve.low <= curve.gain <= curve.high
    # It goes from the worker to the program, and onto the card.
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(curve), type=Curve) == curve


def test_a_flat_curve_promises_nothing():
    assert curve_of(counted([0.7, 0.7, 0.7, 0.7])).gain == pytest.approx(0, abs=0.01)


def test_of_few_articles_nothing_is_drawn_on():
    curve = curve_of(counted([0.5, 0.6, 0.65, 0.7], tested=5))
    assert len(curve.points) == 4 and isinstance(curve, Curve) and curve.gain is None
