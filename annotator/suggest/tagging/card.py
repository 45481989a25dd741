"""The card of a trained tagger: what it was made of, and how good it is."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from annotator.suggest.cards import read_card_of
from annotator.suggest.tagging.weighing import Weighing

FORMAT: Literal["annotator-tagger/1"] = "annotator-tagger/1"

Kind = Literal["network", "crf"]


class HeldOut(msgspec.Struct, frozen=True, kw_only=True):
    """How good a tagger was on articles kept out of its training: whole quotes, 0 to 1.

    `rules_f1` is that of the rules alone on the same articles, `chain_f1` that of rules and tagger together, each half
    of the articles weighed as the other half teaches; 0 where an older version did not measure them.
    """

    articles: int
    quotes: int
    precision: float
    recall: float
    f1: float
    rules_f1: float = 0.0
    chain_f1: float = 0.0


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder with a tagger says of itself.

    `kind` is what runs it: a network by onnxruntime or a CRF by crfsuite. `base` names the weights that training began
    with and their licence, `made_with` the versions of the libraries. `slope` and `offset` turn the logarithm of the
    odds of a raw score into one that says how often such quotes were right; `weighing` does so beside the rules.
    """

    format: Literal["annotator-tagger/1"] = FORMAT
    kind: Kind
    name: str
    version: str
    made_on: str
    data: str
    licence: str = ""
    base: str = ""
    articles: int
    quotes: int
    held_out: HeldOut
    slope: float = 1.0
    offset: float = 0.0
    weighing: Weighing = Weighing()
    made_with: dict[str, str] = {}


def read_card(folder: Path) -> Card:
    """The card of a tagger's folder.

    Raises:
        AnnotatorError: there is no tagger in the folder, or one of another version.
    """
    return read_card_of(folder, Card, noun="tagger", maker="annotator train quotes")
