"""How well attitudes are found in sentences with a marked pair: who is for or against whom.

`python -m benchmarks.stance_pairs FILE` reads lines of a sentence, two entities and a class, split by tabs, in which
the two entities stand in brackets; the classes are those of Park et al. 2021, “Who Blames or Endorses Whom?”: 0 is
neither, 1 and 2 the first or second is for the other, 3 and 4 against. The data is not part of the project.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.suggest.attitude_parts import Attitude, holder_of
from annotator.suggest.attitudes import attitudes_in
from annotator.suggest.pipeline import load_pipeline
from annotator.suggest.stances import SHOWN, score_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Pair = tuple[int, int]
"""Which of the two holds it, 0 or 1, and its sign."""

_CLASSES: dict[int, Pair | None] = {0: None, 1: (0, 1), 2: (1, 1), 3: (0, -1), 4: (1, -1)}
_NAME_PARTS = ("appos", "conj", "compound", "nmod", "amod")


def read(path: Path) -> Iterator[tuple[str, tuple[Pair, Pair], Pair | None]]:
    """The sentences without brackets, the places of the two entities, and who is for or against whom."""
    for line in path.read_text("utf-8").splitlines():
        marked, *_, label = line.split("\t")
        found = list(re.finditer(r"\[([^\[\]]*)\]", marked))[:2]
        if len(found) < 2:
            continue
        places = [(one.start(1) - 1 - 2 * number, one.end(1) - 1 - 2 * number) for number, one in enumerate(found)]
        first, second = found
        text = marked[: first.start()] + first.group(1) + marked[first.end() : second.start()]
        text += second.group(1) + marked[second.end() :]
        yield text, (places[0], places[1]), _CLASSES[int(label)]


def said(doc: Doc, places: Sequence[Pair]) -> Pair | None:
    """Which of two entities is for or against the other, as far as shown patterns say."""
    spans = [doc.char_span(*one, alignment_mode="expand") for one in places]
    for one in attitudes_in(doc):
        is_shown = one.is_real and one.sign and one.manner in ("judge", "be") and score_of(one) >= SHOWN
        holder = _holder(one) if is_shown else None
        if holder is None:
            continue
        for number, (own, other) in enumerate(((spans[0], spans[1]), (spans[1], spans[0]))):
            if own and other and _is_of(holder, own) and other.root.i in one.about and not _is_of(holder, other):
                return number, one.sign
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


def main(path: Path) -> str:
    """Precision and recall over all pairs and by sign, as one table."""
    nlp = load_pipeline()
    rows = list(read(path))
    found, right, gold = Counter[int](), Counter[int](), Counter[int]()
    docs = nlp.pipe((text for text, _, _ in rows), batch_size=32)
    for doc, (_, places, wanted) in zip(docs, rows, strict=True):
        answer = said(doc, places)
        for counter, pair in ((found, answer), (gold, wanted), (right, answer if answer == wanted else None)):
            if pair is not None:
                counter.update((0, pair[1]))
    names = {0: "all", 1: "support", -1: "oppose"}
    return "\n".join(
        f"{name:8} precision {right[sign] / max(found[sign], 1):.2f} ({right[sign]} of {found[sign]})"
        f"  recall {right[sign] / max(gold[sign], 1):.2f} (of {gold[sign]})"
        for sign, name in names.items()
    )


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
