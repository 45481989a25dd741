"""The job `train`, as the suggestion process runs it: from labelled articles to a folder with a tagger."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator import __version__
from annotator.domain.corpus import LabelledArticle
from annotator.domain.errors import AnnotatorError
from annotator.suggest import pipeline
from annotator.suggest.cards import write_card
from annotator.suggest.messages import ArticleText, TrainDone, TrainJob, TrainProgress
from annotator.suggest.quotes import ScoredQuote, find_quotes
from annotator.suggest.reading import Part, pieces
from annotator.suggest.tagging import bases
from annotator.suggest.tagging.calibration import calibrated, calibration
from annotator.suggest.tagging.card import Card, HeldOut, Kind
from annotator.suggest.tagging.combining import tagged_quotes, united
from annotator.suggest.tagging.hints import RuledArticle
from annotator.suggest.tagging.scoring import Scores, right_ones
from annotator.suggest.tagging.tagger import Find, crf_find, network_find
from annotator.suggest.tagging.weighing import Evidence, Weighing, evidence, learnt

if TYPE_CHECKING:
    from spacy.language import Language

Say = Callable[[float, str], None]
_Seen = tuple[LabelledArticle, list[ScoredQuote], list[ScoredQuote]]

_FEWEST = 10
# Loading and reading come before the training itself, export and scoring after it.
_BEGUN, _TRAINED = 0.05, 0.93
_LIBRARIES: dict[Kind, tuple[str, ...]] = {
    "network": ("torch", "onnxruntime", "tokenizers"),
    "crf": ("python-crfsuite", "spacy"),
}


def train(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Job `train`: reports `TrainProgress`, gives a `TrainDone`.

    Raises:
        AnnotatorError: there are too few articles, or something that the method needs is not installed.
    """
    job = msgspec.msgpack.decode(payload, type=TrainJob)
    encoder = msgspec.msgpack.Encoder()

    def say(share: float, text: str) -> None:
        report(encoder.encode(TrainProgress(share=share, text=text)))

    say(0.0, "Reading the corpus")
    kind = _kind(job.method)
    learning, held_out = split(_corpus(Path(job.corpus)), share=job.held_out, seed=job.seed)
    out = Path(job.out)
    nlp = pipeline.load_pipeline(job.pipeline)
    find = _crf(job, nlp, learning, out, say) if kind == "crf" else _network(job, nlp, learning, held_out, out, say)
    tested = _tested(find, held_out, nlp, say)
    card = _card(job, kind, learning, held_out, tested)
    write_card(out, card)
    done = TrainDone(
        kind=kind,
        articles=card.articles,
        quotes=card.quotes,
        held_out_articles=len(held_out),
        precision=tested.scores.precision,
        recall=tested.scores.recall,
        f1=tested.scores.f1,
        rules_f1=tested.rules.f1,
        chain_f1=tested.chain.f1,
    )
    return encoder.encode(done)


def split(
    articles: Sequence[LabelledArticle], *, share: float, seed: int
) -> tuple[list[LabelledArticle], list[LabelledArticle]]:
    """The articles to learn from and those that are only tested on, at least one of these.

    Raises:
        AnnotatorError: there are fewer than ten articles, or none with a quote.
    """
    if len(articles) < _FEWEST or not any(article.quotes for article in articles):
        raise AnnotatorError(
            f"There is too little to learn from: {len(articles)} labelled articles.",
            hint=f"Train on at least {_FEWEST} articles in which all quotes are marked; a hundred do well.",
        )
    order = sorted(articles, key=lambda article: article.id)
    random.Random(seed).shuffle(order)
    count = min(max(round(share * len(order)), 1), len(order) - 1)
    return order[count:], order[:count]


def _kind(method: str) -> Kind:
    if method == "crf" or (method == "auto" and not bases.can_train_networks()):
        return "crf"
    if not bases.can_train_networks():
        raise AnnotatorError(
            "Training a network needs torch, which is not installed.",
            hint="Install it with: pip install “annotator[train]”; or train with --method crf.",
        )
    return "network"


def _corpus(file: Path) -> list[LabelledArticle]:
    decoder = msgspec.json.Decoder(LabelledArticle)
    with file.open("rb") as stream:
        return [decoder.decode(line) for line in stream]


def _network(
    job: TrainJob,
    nlp: Language,
    learnt: Sequence[LabelledArticle],
    held_out: Sequence[LabelledArticle],
    out: Path,
    say: Say,
) -> Find:
    base = bases.base_folder(job.base)
    say(0.0, "Loading torch")
    from annotator.suggest.tagging import making

    ruled = []
    for number, article in enumerate((*learnt, *held_out)):
        say(_BEGUN * number / (len(learnt) + len(held_out)), f"Reading article {number + 1}")
        ruled.append(RuledArticle(article, tuple(find_quotes(article.text, parsed(nlp, article)))))
    making.make_network(
        base,
        ruled[: len(learnt)],
        ruled[len(learnt) :],
        out,
        recipe=making.recipe(articles=len(learnt), epochs=job.epochs, minutes=job.minutes, seed=job.seed),
        say=lambda share, text: say(_BEGUN + share * (_TRAINED - _BEGUN), text),
    )
    return network_find(out)


def _crf(job: TrainJob, nlp: Language, learnt: Sequence[LabelledArticle], out: Path, say: Say) -> Find:
    from annotator.suggest.tagging.crf import save_weights
    from annotator.suggest.tagging.crf_training import CrfRecipe, CrfTraining

    recipe = CrfRecipe(iterations=job.epochs) if job.epochs else CrfRecipe()
    lines = iter(range(1, 1_000_000))

    def tick(message: str) -> None:
        iteration = next(lines)
        # It says some ten lines an iteration, and how many there will be is not known.
        say(min(0.5 + iteration / (25 * recipe.iterations), _TRAINED), "Training the CRF")

    training = CrfTraining(recipe, tick)
    for number, article in enumerate(learnt):
        training.add(article, parsed(nlp, article))
        say(0.5 * number / len(learnt), f"Reading article {number + 1} of {len(learnt)}")
    save_weights(out, training.weights())
    return crf_find(out)


def parsed(nlp: Language, article: LabelledArticle) -> list[Part]:
    """The parsed lines of an article."""
    found = list(pieces(_text(article)))
    docs = nlp.pipe((article.text[piece.start : piece.end] for piece in found), batch_size=pipeline.BATCH_LINES)
    return [Part(start=piece.start, doc=doc, kind=piece.kind) for piece, doc in zip(found, docs, strict=True)]


class _Tested(msgspec.Struct, frozen=True):
    """Scores on the held-out articles: the tagger's, the rules', and both together; and what they taught.

    That is the curve that makes raw scores mean something, and how rules and tagger are weighed.
    """

    scores: Scores
    rules: Scores
    chain: Scores
    curve: tuple[float, float]
    weighing: Weighing


def _tested(find: Find, held_out: Sequence[LabelledArticle], nlp: Language, say: Say) -> _Tested:
    there = 0
    raw: list[float] = []
    right: list[bool] = []
    seen: list[_Seen] = []
    for number, article in enumerate(held_out):
        say(_TRAINED + (1 - _TRAINED) * number / len(held_out), f"Testing on article {number + 1} of {len(held_out)}")
        parts = parsed(nlp, article)
        rules = find_quotes(article.text, parts)
        quotes = find(_text(article), parts, rules)
        there += len(article.quotes)
        raw += [quote.score for quote in quotes]
        right += right_ones(article, quotes)
        seen.append((article, rules, tagged_quotes(article.text, parts, quotes)))
    curve = calibration(raw, right)
    return _Tested(
        scores=Scores(there, len(raw), sum(right)),
        rules=_sum((article, rules) for article, rules, _ in seen),
        chain=_sum(_together(seen, curve)),
        curve=curve,
        weighing=learnt(list(_judged(seen, curve))),
    )


def _together(seen: Sequence[_Seen], curve: tuple[float, float]) -> Iterator[tuple[LabelledArticle, list[ScoredQuote]]]:
    """What rules and tagger find together: each half of the articles weighed as the other half teaches."""
    halves = (seen[::2], seen[1::2])
    for tested, teaching in (halves, halves[::-1]):
        weighing = learnt(list(_judged(teaching, curve)))
        for article, rules, tagged in tested:
            yield article, united(article.text, rules, _surer(tagged, curve), weighing)


def _sum(found: Iterable[tuple[LabelledArticle, list[ScoredQuote]]]) -> Scores:
    counts = [
        (len(article.quotes), len(quotes), sum(right_ones(article, [one.draft for one in quotes])))
        for article, quotes in found
    ]
    return Scores(*(sum(column) for column in zip(*counts, strict=True)))


def _surer(tagged: Iterable[ScoredQuote], curve: tuple[float, float]) -> list[ScoredQuote]:
    return [msgspec.structs.replace(one, score=calibrated(one.score, *curve)) for one in tagged]


def _judged(seen: Iterable[_Seen], curve: tuple[float, float]) -> Iterator[tuple[Evidence, bool]]:
    for article, rules, tagged in seen:
        surer = _surer(tagged, curve)
        right = [right_ones(article, [one.draft for one in voice]) for voice in (rules, surer)]
        yield from zip(evidence(article.text, rules, surer), chain(*right), strict=True)


def _text(article: LabelledArticle) -> ArticleText:
    return ArticleText(id=article.id, text=article.text, sections=article.sections)


def _card(
    job: TrainJob,
    kind: Kind,
    learnt: Sequence[LabelledArticle],
    held_out: Sequence[LabelledArticle],
    tested: _Tested,
) -> Card:
    scores = tested.scores
    return Card(
        kind=kind,
        name=job.name,
        version=job.made_on,
        made_on=job.made_on,
        data=job.data,
        licence=job.licence,
        base=bases.base_name(job.base) if kind == "network" else job.pipeline,
        articles=len(learnt),
        quotes=sum(len(article.quotes) for article in learnt),
        held_out=HeldOut(
            articles=len(held_out),
            quotes=scores.there,
            precision=round(scores.precision, 4),
            recall=round(scores.recall, 4),
            f1=round(scores.f1, 4),
            rules_f1=round(tested.rules.f1, 4),
            chain_f1=round(tested.chain.f1, 4),
        ),
        slope=tested.curve[0],
        offset=tested.curve[1],
        weighing=tested.weighing,
        made_with=dict(_versions(kind)),
    )


def _versions(kind: Kind) -> Iterator[tuple[str, str]]:
    yield "annotator", __version__
    for name in _LIBRARIES[kind]:
        yield name, version(name)
