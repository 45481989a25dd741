"""How sure a suggestion must be to be shown: from few but sure ones to everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from annotator.domain.drafts import Draft, EntityDraft, StanceDraft, Suggestion

Sureness = Literal["few", "balanced", "all"]
Kind = Literal["entity", "speech", "act", "stance"]

TITLES: dict[Sureness, str] = {"few": "Few but sure", "balanced": "Balanced", "all": "Find everything"}
"""What the steps are called, from the fewest suggestions to all of them."""

THRESHOLDS: dict[Sureness, dict[Kind, float]] = {
    "few": {"entity": 0.75, "speech": 0.8, "act": 0.8, "stance": 0.8},
    "balanced": {"entity": 0.45, "speech": 0.35, "act": 0.2, "stance": 0.0},
    "all": {"entity": 0.0, "speech": 0.0, "act": 0.0, "stance": 0.0},
}
"""The lowest score that is shown, by step and kind; see docs/suggestions-learning.md for what each step keeps.

A stance without a position is never shown as a suggestion: it only prepares what an annotator may begin with.
"""


def kind_of(draft: Draft) -> Kind:
    """What kind of thing is proposed, as the thresholds count it."""
    match draft:
        case EntityDraft():
            return "entity"
        case StanceDraft():
            return "stance"
    return draft.reported


def is_sure(suggestion: Suggestion, sureness: Sureness) -> bool:
    """Whether a suggestion is shown at that step."""
    return suggestion.score >= THRESHOLDS[sureness][kind_of(suggestion.draft)]


def sure_ones(suggestions: Iterable[Suggestion], sureness: Sureness) -> list[Suggestion]:
    """The suggestions that are shown at that step, in their order."""
    floors = THRESHOLDS[sureness]
    return [one for one in suggestions if one.score >= floors[kind_of(one.draft)]]
