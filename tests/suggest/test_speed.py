"""The quicker matrix product reads as the stock one does, and is given up where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from spacy.language import Language as SpacyLanguage
from thinc.api import Model, NumpyOps

from annotator import paths
from annotator.suggest.apostrophes import read_apostrophes_alike
from annotator.suggest.messages import DEFAULT_PIPELINE
from annotator.suggest.pipeline import load_pipeline
from annotator.suggest.speed import speed_up

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def reading(doc: Doc) -> list[tuple[object, ...]]:
    entities = [(one.start, one.end, one.label_) for one in doc.ents]
    return [(token.head.i, token.dep_, token.tag_) for token in doc] + entities


def nodes(nlp: Language) -> list[Model]:
    models = (getattr(part, "model", None) for _, part in nlp.pipeline)
    return [node for model in models if model is not None for node in model.walk()]


def test_the_seeds_are_read_as_by_the_stock_pipeline(nlp: Language) -> None:
    stock = spacy.load(DEFAULT_PIPELINE)
    read_apostrophes_alike(stock)
    lines = [line for file in paths.seeds().glob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()]
    assert all(
        reading(ours) == reading(theirs) for ours, theirs in zip(nlp.pipe(lines), stock.pipe(lines), strict=True)
    )


def test_a_loaded_pipeline_computes_without_blis(nlp: Language) -> None:
    assert nodes(nlp) and not any(node.ops.use_blis for node in nodes(nlp))


def test_a_pipeline_that_would_read_otherwise_stays_as_it_was() -> None:
    stock = load_pipeline()
    for node in nodes(stock):
        node.ops = NumpyOps(use_blis=True)
    # Whatever the second reading is, it is another one.
    count = iter(range(1000))

    def restless(doc: Doc) -> Doc:
        doc[0].tag_ = str(next(count))
        return doc

    SpacyLanguage.component("restless", func=restless)
    stock.add_pipe("restless", last=True)
    assert not speed_up(stock)
    assert all(node.ops.use_blis for node in nodes(stock))


def test_a_pipeline_without_layers_has_nothing_to_speed_up() -> None:
    assert not speed_up(spacy.blank("de"))
