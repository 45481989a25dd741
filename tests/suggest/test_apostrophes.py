"""The curly apostrophe is read as the straight one; texts stay as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from annotator.suggest.apostrophes import read_apostrophes_alike
from annotator.suggest.messages import DEFAULT_PIPELINE

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CURLY = "Germany’s chancellor didn’t say whether the ministers’ plan, which he’d praised, is Kyiv’s."


def reading(doc: Doc) -> list[tuple[object, ...]]:
    entities = [(one.start, one.end, one.label_) for one in doc.ents]
    return [(token.idx, token.head.i, token.dep_, token.pos_) for token in doc] + entities


def test_curly_apostrophes_are_parsed_as_straight_ones(nlp: Language) -> None:
    assert reading(nlp(CURLY)) == reading(nlp(CURLY.replace("’", "'")))


def test_what_is_written_is_kept(nlp: Language) -> None:
    doc = nlp(CURLY)
    assert doc.text == CURLY
    assert [token.text for token in doc if token.text.endswith("s") and "’" in token.text] == ["’s", "’s"]


def test_words_known_before_and_words_met_later_have_the_same_marks() -> None:
    stock = spacy.load(DEFAULT_PIPELINE)
    known = stock.vocab["O’Brien"]
    read_apostrophes_alike(stock)
    later, straight = stock.vocab["O’Hara"], stock.vocab["O'Hara"]
    assert known.norm_ == "o'brien"
    assert (later.norm_, later.shape_, later.prefix_, later.suffix_) == (
        straight.norm_,
        straight.shape_,
        straight.prefix_,
        straight.suffix_,
    )
