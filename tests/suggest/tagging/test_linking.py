"""From spans and what points to what to quotes."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.domain.spans import Span
from annotator.suggest.tagging.labels import RoleSpan
from annotator.suggest.tagging.linking import linked

SAID, ADDED = RoleSpan(2, 3, "cue"), RoleSpan(12, 13, "cue")
ANNA, BEN = RoleSpan(0, 2, "source"), RoleSpan(10, 12, "source")
FIRST, SECOND, THIRD = (RoleSpan(start, start + 5, "content") for start in (4, 14, 20))


def quotes(spans, arrows):
    """What is linked when spans point as `arrows` say, and otherwise to nothing."""

    def pointing(link, span, targets):
        wanted = {arrows.get((span, target.role)) for target in targets}
        row = [0.0 if arrows.get((span, target.role)) == target else -9.0 for target in targets]
        return np.array([*row, -9.0 if wanted & set(targets) else 0.0], np.float32)

    return linked(spans, pointing, lambda span: Span(span.first, span.last))


def test_content_goes_to_the_cue_and_the_source_that_it_points_to():
    spans = [ANNA, SAID, FIRST, BEN, ADDED, SECOND]
    arrows = {(FIRST, "cue"): SAID, (SECOND, "cue"): ADDED, (SAID, "source"): ANNA, (ADDED, "source"): BEN}
    found = quotes(spans, {**arrows, (FIRST, "source"): ANNA, (SECOND, "source"): BEN})
    assert [(one.source, one.cue, one.content) for one in found] == [
        ((Span(0, 2),), Span(2, 3), (Span(4, 9),)),
        ((Span(10, 12),), Span(12, 13), (Span(14, 19),)),
    ]


def test_pieces_that_point_to_one_cue_are_one_quote():
    arrows = {(FIRST, "cue"): SAID, (SECOND, "cue"): SAID, (SAID, "source"): ANNA}
    (quote,) = quotes([ANNA, SAID, FIRST, SECOND], arrows)
    assert quote.content == (Span(4, 9), Span(14, 19))


def test_content_that_points_to_no_cue_is_a_quote_of_its_own():
    found = quotes([ANNA, FIRST, SECOND], {(SECOND, "source"): ANNA})
    assert [(one.content, one.source, one.cue) for one in found] == [
        ((Span(4, 9),), (), None),
        ((Span(14, 19),), (Span(0, 2),), None),
    ]


def test_a_cue_without_content_is_no_quote():
    assert quotes([ANNA, SAID], {(SAID, "source"): ANNA}) == []


def test_a_quote_is_less_sure_than_the_least_sure_of_its_parts():
    unsure = RoleSpan(4, 9, "content", 0.4)
    (quote,) = quotes([ANNA, SAID, unsure], {(unsure, "cue"): SAID, (SAID, "source"): ANNA, (unsure, "source"): ANNA})
    assert quote.score == pytest.approx(0.4, abs=0.01)
