"""The suite of stances: in sentences with a marked pair, who is for or against whom, by the patterns that are shown.

A line of the data is a sentence, two entities and a class, split by tabs; the two stand in brackets in the sentence.
Class 0 is neither, 1 and 2 say that the first or the second is for the other, 3 and 4 against.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.suggest.attitude_parts import Attitude, holder_of
from annotator.suggest.attitudes import attitudes_in
from annotator.suggest.pipeline import load_pipeline
from annotator.suggest.stances import SHOWN, score_of
from benchmarks.suggest_quality import data
from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.table import Figure, Row

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Pair = tuple[int, int]
"""Which of the two holds it, 0 or 1, and its sign."""

_NAME, _LICENCE = "directed pairs, test", "none stated"
_CLASSES: dict[int, Pair | None] = {0: None, 1: (0, 1), 2: (1, 1), 3: (0, -1), 4: (1, -1)}
_SIGNS = {0: "stances", 1: "stances, support", -1: "stances, oppose"}
_NAME_PARTS = ("appos", "conj", "compound", "nmod", "amod")


def rows(places: Places) -> list[Row]:
    """Precision and recall over all pairs, and by sign."""
    if places.pairs is None:
        return [Row(what="stances", data=_NAME, licence=_LICENCE, note=data.PAIRS_HINT)]
    sentences = list(read_pairs(places.pairs))
    labelled, proposed, right = Counter[int](), Counter[int](), Counter[int]()
    docs = load_pipeline().pipe((text for text, _, _ in sentences), batch_size=32)
    for doc, (_, spans, wanted) in zip(docs, sentences, strict=True):
        said = who_says(doc, spans)
        for counter, pair in ((labelled, wanted), (proposed, said), (right, said if said == wanted else None)):
            if pair is not None:
                counter.update((0, pair[1]))
    return [
        Row(
            what=what,
            data=_NAME,
            licence=_LICENCE,
            figure=Figure.of(right[sign], right[sign], labelled[sign], proposed[sign]),
        )
        for sign, what in _SIGNS.items()
    ]


def read_pairs(file: Path) -> Iterator[tuple[str, tuple[Pair, Pair], Pair | None]]:
    """The sentences without brackets, the places of the two entities, and who is for or against whom."""
    for line in file.read_text("utf-8").splitlines():
        marked, *_, label = line.split("\t")
        found = list(re.finditer(r"\[([^\[\]]*)\]", marked))[:2]
        if len(found) < 2:
            continue
        first, second = found
        text = marked[: first.start()] + first.group(1) + marked[first.end() : second.start()]
        text += second.group(1) + marked[second.end() :]
        places = [(one.start(1) - 1 - 2 * number, one.end(1) - 1 - 2 * number) for number, one in enumerate(found)]
        yield text, (places[0], places[1]), _CLASSES[int(label)]


def judged(file: Path) -> Iterator[tuple[float, bool]]:
    """The score of each stance that is said of a pair, and whether it is right."""
    sentences = list(read_pairs(file))
    docs = load_pipeline().pipe((text for text, _, _ in sentences), batch_size=32)
    for doc, (_, spans, wanted) in zip(docs, sentences, strict=True):
        found = _first(doc, spans)
        if found is not None:
            pair, score = found
            yield score, pair == wanted


def who_says(doc: Doc, places: Sequence[Pair]) -> Pair | None:
    """Which of two entities is for or against the other, as far as the patterns say that are shown."""
    found = _first(doc, places)
    return found[0] if found is not None else None


def _first(doc: Doc, places: Sequence[Pair]) -> tuple[Pair, float] | None:
    spans = [doc.char_span(*one, alignment_mode="expand") for one in places]
    for one in attitudes_in(doc):
        is_shown = one.is_real and one.sign and one.manner in ("judge", "be") and score_of(one) >= SHOWN
        holder = _holder(one) if is_shown else None
        if holder is None:
            continue
        for number, (own, other) in enumerate(((spans[0], spans[1]), (spans[1], spans[0]))):
            if own and other and _is_of(holder, own) and other.root.i in one.about and not _is_of(holder, other):
                return (number, one.sign), score_of(one)
    return None


def _holder(one: Attitude) -> Token | None:
    """Who holds it: its own holder, else who says the clause that it stands in."""
    at = one.cue
    while one.holder is None and at.head.i != at.i:
        if at.dep_ == "ccomp" and at.head.pos_ == "VERB":
            return holder_of(at.head)
        at = at.head
    return one.holder


def _is_of(holder: Token, entity: Span) -> bool:
    parts = [holder]
    for part in parts:
        parts += [child for child in part.children if child.dep_ in _NAME_PARTS[: 2 if part.pos_ != "PROPN" else None]]
    return entity.root.i in {part.i for part in parts}
