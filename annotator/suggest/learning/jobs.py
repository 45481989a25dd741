"""The job `train_entities`, as the worker process runs it: from labelled articles to a folder with a pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator import __version__
from annotator.domain.canonical import sha256_hex
from annotator.domain.corpus import LabelledArticle
from annotator.domain.errors import AnnotatorError
from annotator.suggest import pipeline
from annotator.suggest.cards import write_card
from annotator.suggest.entities import UNKNOWN_PRECISION
from annotator.suggest.learning.card import LEARNT, Comparison, Curve, PipelineCard
from annotator.suggest.learning.comparing import Found, compared, counts_of, scores_of, shown, total
from annotator.suggest.learning.recognizer import (
    NER,
    Recipe,
    Step,
    Training,
    labelled_docs,
    remembered,
    with_recognizer,
)
from annotator.suggest.messages import (
    ArticleText,
    EntityTrainJob,
    LiveScore,
    PartedArticle,
    TrainProgress,
)
from annotator.suggest.tagging.scoring import Scores

if TYPE_CHECKING:
    from spacy.language import Language

Say = Callable[[float, str, LiveScore | None], None]

# What comes before the training itself, and what after it; a curve is further trainings of parts.
_READ, _TRAINED, _TESTED = 0.05, 0.9, 0.97
_WITH_CURVE = 0.45


class _Made(msgspec.Struct):
    """A pipeline that has learnt: whether lists help it, and after how many steps its best state came."""

    nlp: Language
    lists: bool
    steps: int


def train_entities(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Job `train_entities`: reports `TrainProgress`, gives a `PipelineCard`.

    Raises:
        AnnotatorError: a pipeline cannot be loaded, or no entity is in the articles to learn from.
    """
    job = msgspec.msgpack.decode(payload, type=EntityTrainJob)
    encoder = msgspec.msgpack.Encoder()

    def say(share: float, text: str, live: LiveScore | None = None) -> None:
        report(encoder.encode(TrainProgress(share=share, text=text, live=live)))

    say(0.0, "Reading the corpus")
    parts = _Parts(Path(job.corpus))
    if not parts.taught:
        raise AnnotatorError(
            "There is no entity in the articles to learn from.", hint="Confirm entities, or mark articles as done."
        )
    before = _before(job, parts, say)
    trained = _WITH_CURVE if job.curve else _TRAINED
    made = _trained(job, parts, parts.learnt, _part(say, _READ, trained))
    say(trained, "Testing on the held-out articles")
    after = _entities(made.nlp, parts.held_out, job)
    comparison = compared(job.current, parts.held_out, before, after, parts.labels)
    curve = _curve(job, parts, after, _part(say, trained, _TESTED)) if job.curve else None
    say(_TESTED, "Writing the pipeline")
    card = _card(job, parts, made, comparison, curve)
    _write(Path(job.out), card, made.nlp, parts)
    return encoder.encode(card)


class _Parts:
    """The articles by what they are for, and their labels; those to learn from in a seeded order."""

    def __init__(self, file: Path) -> None:
        decoder = msgspec.json.Decoder(PartedArticle)
        with file.open("rb") as stream:
            found = [decoder.decode(line) for line in stream]
        self.learnt = [one.article for one in found if one.part == "train"]
        self.dev = [one.article for one in found if one.part == "dev"]
        self.held_out = [one.article for one in found if one.part == "test"]
        self.labels = frozenset(name.label for one in found for name in one.article.entities)
        self.taught = frozenset(name.label for one in self.learnt for name in one.entities)


def _part(say: Say, begin: float, end: float) -> Say:
    return lambda share, text, live: say(begin + share * (end - begin), text, live)


def _before(job: EntityTrainJob, parts: _Parts, say: Say) -> list[Found]:
    say(0.0, f"Testing {job.current} on the held-out articles", None)
    found = _entities(pipeline.load_pipeline(job.current), parts.held_out, job)
    say(_READ, "Loading the pipeline to begin with", None)
    return found


def _trained(job: EntityTrainJob, parts: _Parts, learnt: Sequence[LabelledArticle], say: Say) -> _Made:
    """A pipeline that has learnt from these articles; which of its states is kept the development articles say."""
    nlp = pipeline.load_pipeline(job.base)
    is_new = NER not in nlp.pipe_names
    docs, dev = list(labelled_docs(nlp, learnt)), list(labelled_docs(nlp, parts.dev))
    if not is_new:
        docs = remembered(nlp, docs, parts.taught)
    with_recognizer(nlp, parts.taught)
    recipe = Recipe(minutes=job.minutes, steps=job.steps, seed=job.seed)
    if job.epochs:
        recipe = msgspec.structs.replace(recipe, epochs=job.epochs)
    steps, scores = 0, Scores(0, 0, 0)
    for step in Training(nlp, docs, dev, recipe).steps(taught=parts.taught, is_new=is_new):
        if step.scores is not None and step.is_best:
            steps, scores = step.number, step.scores
        say(step.share, _told(step, scores), _live(step))
    return _with_lists(nlp, job, parts, steps)


def _told(step: Step, best: Scores) -> str:
    return f"Epoch {step.epoch}, step {step.number}, loss {step.loss:.2f}, best F1 {best.f1:.1%}"


def _live(step: Step) -> LiveScore | None:
    if step.scores is None:
        return None
    return LiveScore(
        epoch=step.epoch,
        step=step.number,
        loss=step.loss,
        precision=step.scores.precision,
        recall=step.scores.recall,
        f1=step.scores.f1,
        is_best=step.is_best,
    )


def _with_lists(nlp: Language, job: EntityTrainJob, parts: _Parts, steps: int) -> _Made:
    """Let the pipeline read with the shipped names and patterns if that serves the development articles.

    It is told how often each label was right there, too, for the scores of its suggestions.
    """
    tried = {}
    for lists in (True, False):
        pipeline.mark_trained(nlp, lists=lists, precision={})
        tried[lists] = scores_of(parts.dev, _entities(nlp, parts.dev, job), parts.taught)
    lists = total(tried[True].values()).f1 >= total(tried[False].values()).f1
    # Laplace: of few that were seen, not all nor none. And a label that is mostly wrong is unsure, but must not vanish
    # as a whole below what the window shows.
    precision = {
        label: max((one.right + 1) / (one.found + 2), UNKNOWN_PRECISION) for label, one in tried[lists].items()
    }
    pipeline.mark_trained(nlp, lists=lists, precision=precision)
    return _Made(nlp, lists, steps)


def _entities(nlp: Language, articles: Iterable[LabelledArticle], job: EntityTrainJob) -> list[Found]:
    texts = [ArticleText(id=one.id, text=one.text, sections=one.sections) for one in articles]
    return [shown(found) for _, found in pipeline.suggest_entities(nlp, texts, own_names=job.names)]


def _curve(job: EntityTrainJob, parts: _Parts, whole: Sequence[Found], say: Say) -> Curve:
    from annotator.suggest.learning.curve import SHARES, curve_of  # SciPy takes a second to import

    order = sorted(parts.learnt, key=lambda one: sha256_hex(f"{job.seed} {one.id}".encode()))
    sizes = sorted({max(1, round(share * len(order))) for share in SHARES} - {len(order)})
    counted = []
    for number, size in enumerate(sizes):

        def part(share: float, text: str, live: LiveScore | None, at: int = number, count: int = size) -> None:
            say((at + share) / len(sizes), f"With {count} of {len(order)} articles: {text}", None)

        made = _trained(job, parts, order[:size], part)
        found = _entities(made.nlp, parts.held_out, job)
        counted.append((size, counts_of(parts.held_out, found, parts.labels)))
    counted.append((len(order), counts_of(parts.held_out, whole, parts.labels)))
    return curve_of(counted, seed=job.seed)


def _card(job: EntityTrainJob, parts: _Parts, made: _Made, comparison: Comparison, curve: Curve | None) -> PipelineCard:
    names = [name.label for one in parts.learnt for name in one.entities]
    return PipelineCard(
        name=job.name,
        version=job.made_on,
        made_on=job.made_on,
        language=made.nlp.lang or "",
        base=job.base,
        data=job.data,
        licence=job.licence,
        heads=job.heads,
        labels={label: names.count(label) for label in sorted(parts.taught)},
        articles=len(parts.learnt),
        entities=len(names),
        development=len(parts.dev),
        seed=job.seed,
        steps=made.steps,
        lists=made.lists,
        held_out=comparison,
        curve=curve,
        made_with=dict(_versions()),
    )


def _versions() -> Iterator[tuple[str, str]]:
    yield "annotator", __version__
    yield "spacy", version("spacy")


def _write(out: Path, card: PipelineCard, nlp: Language, parts: _Parts) -> None:
    nlp.meta["name"], nlp.meta["version"] = card.name, card.version
    nlp.to_disk(out)
    seen = sorted(one.id for one in [*parts.learnt, *parts.dev])
    (out / LEARNT).write_text("".join(f"{one}\n" for one in seen), "utf-8")
    write_card(out, card)
