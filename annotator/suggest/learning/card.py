"""The card of a trained pipeline: what it was made of, and how good it is beside the one that was used before."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from annotator.suggest.cards import read_card_of
from annotator.suggest.tagging.scoring import Scores

LEARNT = "learnt.txt"
FORMAT: Literal["annotator-pipeline/1"] = "annotator-pipeline/1"


class LabelScores(msgspec.Struct, frozen=True, kw_only=True):
    """How one label came out on the held-out articles, by the pipeline of before and by the new one."""

    label: str
    before: Scores
    after: Scores


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two pipelines on the same held-out articles, read as the window shows it at the step “balanced”.

    An entity is right with the same bounds and label; counted are the labels of the labelled work alone. `low` and
    `high` bound the difference of the F1 (after less before), 95 %, drawn from the articles; none of one alone.
    """

    current: str
    articles: int
    labels: tuple[LabelScores, ...]
    before: Scores
    after: Scores
    low: float | None = None
    high: float | None = None

    @property
    def gain(self) -> float:
        """F1 after less F1 before."""
        return self.after.f1 - self.before.f1

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that there is no difference."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


class CurvePoint(msgspec.Struct, frozen=True, kw_only=True):
    """How good a recognizer is that has learnt from so many articles: F1 on the held-out ones."""

    articles: int
    f1: float


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """A learning curve, and what `more` articles would likely add to the F1: `gain`, between `low` and `high` (95 %).

    No gain is given where the points do not carry a fit.
    """

    points: tuple[CurvePoint, ...]
    more: int = 0
    gain: float | None = None
    low: float | None = None
    high: float | None = None


class PipelineCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder with a trained pipeline says of itself.

    `data` names the corpora, `heads` where each author's chain stood in the projects among them, `labels` counts the
    learnt entities. `base` is the pipeline that it was made from. `lists` says whether the shipped names and patterns
    help it. `articles` and `development` are what was learnt from and what chose the best state.
    """

    format: Literal["annotator-pipeline/1"] = FORMAT
    name: str
    version: str
    made_on: str
    language: str
    base: str
    data: str
    licence: str = ""
    heads: dict[str, str] = {}
    labels: dict[str, int]
    articles: int
    entities: int
    development: int
    seed: int
    steps: int
    lists: bool
    held_out: Comparison
    curve: Curve | None = None
    made_with: dict[str, str] = {}


def read_card(folder: Path) -> PipelineCard:
    """The card of a trained pipeline's folder.

    Raises:
        AnnotatorError: there is no pipeline in the folder, or one of another version.
    """
    return read_card_of(folder, PipelineCard, noun="pipeline", maker="annotator train entities")


def learnt_from(folder: Path) -> frozenset[str]:
    """The ids of the articles that a trained pipeline has seen in training; none where the folder does not say."""
    try:
        return frozenset((folder / LEARNT).read_text("utf-8").split())
    except OSError:
        return frozenset()
