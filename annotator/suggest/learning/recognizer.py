"""Training of an entity recognizer on labelled articles, from nothing or on top of the one that a pipeline has."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

import msgspec
from spacy.training import Example
from spacy.util import filter_spans
from thinc.util import fix_random_seed

from annotator.domain.corpus import LabelledArticle
from annotator.suggest.messages import ArticleText
from annotator.suggest.reading import pieces
from annotator.suggest.tagging.scoring import Scores

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc
    from thinc.api import Optimizer

NER = "ner"
_LINES_A_STEP = 16
_PATIENCE = 5
"""After how many scores in a row that are no better the training ends."""
_READ_AT_ONCE = 128


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How a recognizer is trained: so many times through the lines, until minutes or steps are over (0: no bound).

    It ends before when the development articles have not come out better for some scores in a row.
    """

    epochs: int = 30
    minutes: float = 0.0
    steps: int = 0
    seed: int = 0
    dropout: float = 0.2
    rate: float = 0.001


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Where a training stands: its share, 0 to 1, steps, epoch, mean loss of a line lately; scores when they are taken.

    `is_best` says that these scores, on the development articles, are the best so far.
    """

    share: float
    number: int
    epoch: int
    loss: float
    scores: Scores | None = None
    is_best: bool = False


def with_recognizer(nlp: Language, labels: Iterable[str]) -> Language:
    """The pipeline with a recognizer that can learn these labels beside those that it has, fed by nobody else."""
    if NER in nlp.pipe_names:
        for upstream in ("tok2vec", "transformer"):
            if upstream in nlp.pipe_names and _listens(nlp, upstream):
                # What the parser reads from must stay as it is.
                nlp.replace_listeners(upstream, NER, ["model.tok2vec"])
    else:
        nlp.add_pipe(NER)
    part = _recognizer(nlp)
    for one in sorted(labels):
        part.add_label(one)
    return nlp


def _listens(nlp: Language, upstream: str) -> bool:
    return NER in getattr(nlp.get_pipe(upstream), "listening_components", ())


def _recognizer(nlp: Language) -> EntityRecognizer:
    return cast("EntityRecognizer", nlp.get_pipe(NER))


def labelled_docs(nlp: Language, articles: Iterable[LabelledArticle]) -> Iterator[Doc]:
    """The lines of articles, as the models read them, with their entities.

    A span off token borders is widened to them; of spans that overlap the longest stays; one that lies in no line, or
    in two, cannot be learnt.
    """
    for article in articles:
        for piece in pieces(ArticleText(id=article.id, text=article.text, sections=article.sections)):
            doc = nlp.make_doc(article.text[piece.start : piece.end])
            spans = [
                doc.char_span(one.start - piece.start, one.end - piece.start, one.label, alignment_mode="expand")
                for one in article.entities
                if piece.start <= one.start and one.end <= piece.end
            ]
            doc.ents = filter_spans(span for span in spans if span is not None)
            yield doc


def remembered(nlp: Language, docs: Sequence[Doc], labels: Iterable[str]) -> list[Doc]:
    """The lines with what the pipeline itself finds in them under labels that nobody has given there.

    Else a recognizer that learns some labels forgets the others (rehearsal; McCloskey and Cohen 1989, Robins 1995).
    """
    taught = set(labels)
    for doc, read in zip(docs, _read(nlp, docs), strict=True):
        known = [doc.char_span(one.start_char, one.end_char, one.label_) for one in read.ents]
        taken = {token.i for one in doc.ents for token in one}
        more = [one for one in known if one and one.label_ not in taught and not any(token.i in taken for token in one)]
        doc.ents = [*doc.ents, *more]
    return list(docs)


class Training:
    """The training of one recognizer; what is kept in the pipeline at the end is its best state."""

    def __init__(self, nlp: Language, learnt: Sequence[Doc], dev: Sequence[Doc], recipe: Recipe) -> None:
        self.nlp, self.recipe = nlp, recipe
        self._dev = dev
        self._examples = [Example(nlp.make_doc(doc.text), doc) for doc in learnt]
        self._per_epoch = max(1, -(-len(self._examples) // _LINES_A_STEP))
        self._began = time.monotonic()

    def steps(self, *, taught: Iterable[str], is_new: bool) -> Iterator[Step]:
        """Train, a step at a time; the scores count the taught labels alone. A new recognizer begins with nothing."""
        fix_random_seed(self.recipe.seed)
        counted = frozenset(taught)
        with self.nlp.select_pipes(enable=NER):
            ner = _recognizer(self.nlp)
            optimizer = self._begun(is_new)
            best, kept, waited = self._scores(counted), ner.model.to_bytes(), 0
            yield Step(share=0.0, number=0, epoch=0, loss=0.0, scores=best, is_best=True)
            for step in self._updates(optimizer):
                if step.number % self._pace and step.share < 1:
                    yield step
                    continue
                scores = self._scores(counted)
                is_best = scores.f1 > best.f1
                waited = 0 if is_best else waited + 1
                if is_best:
                    best, kept = scores, ner.model.to_bytes()
                yield msgspec.structs.replace(step, scores=scores, is_best=is_best)
                if step.share >= 1 or waited >= _PATIENCE:
                    break
            ner.model.from_bytes(kept)

    @property
    def _pace(self) -> int:
        """After how many steps scores are taken: each time through the lines, but of few lines not all the time."""
        return max(self._per_epoch, 5)

    def _begun(self, is_new: bool) -> Optimizer:
        if is_new:
            # Not `nlp.initialize`, which would look for tables that the other components of the pipeline came with.
            _recognizer(self.nlp).initialize(lambda: self._examples, nlp=self.nlp)
        optimizer = cast("Optimizer", self.nlp.create_optimizer())  # type: ignore[no-untyped-call]
        optimizer.learn_rate = self.recipe.rate
        return optimizer

    def _updates(self, optimizer: Optimizer) -> Iterator[Step]:
        shuffled = random.Random(self.recipe.seed)
        number, loss = 0, 0.0
        for epoch in range(1, self.recipe.epochs + 1):
            order = list(self._examples)
            shuffled.shuffle(order)
            for at in range(0, len(order), _LINES_A_STEP):
                batch = order[at : at + _LINES_A_STEP]
                losses: dict[str, float] = {}
                self.nlp.update(batch, drop=self.recipe.dropout, sgd=optimizer, losses=losses)
                number += 1
                mean = float(losses.get(NER, 0.0)) / len(batch)
                loss = 0.9 * loss + 0.1 * mean if number > 1 else mean
                yield Step(share=self._share(number), number=number, epoch=epoch, loss=loss)

    def _share(self, number: int) -> float:
        share = number / (self.recipe.epochs * self._per_epoch)
        if self.recipe.steps:
            share = max(share, number / self.recipe.steps)
        if self.recipe.minutes:
            share = max(share, (time.monotonic() - self._began) / 60 / self.recipe.minutes)
        return min(share, 1.0)

    def _scores(self, counted: frozenset[str]) -> Scores:
        there = found = right = 0
        for doc, read in zip(self._dev, _read(self.nlp, self._dev), strict=True):
            ours, theirs = _spans(read, counted), _spans(doc, counted)
            there, found, right = there + len(theirs), found + len(ours), right + len(ours & theirs)
        return Scores(there, found, right)


def _spans(doc: Doc, counted: frozenset[str]) -> set[tuple[int, int, str]]:
    return {(one.start, one.end, one.label_) for one in doc.ents if one.label_ in counted}


def _read(nlp: Language, docs: Sequence[Doc]) -> Iterator[Doc]:
    with nlp.select_pipes(enable=NER):
        yield from nlp.pipe([doc.text for doc in docs], batch_size=_READ_AT_ONCE)
