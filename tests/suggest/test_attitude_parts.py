"""What a word of an attitude stands for."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from annotator.suggest.attitude_parts import thing_of


def test_a_stray_mark_that_a_parser_takes_for_an_object_is_a_thing_of_its_own() -> None:
    words = ["Meyer", "called", "(", "."]
    doc = Doc(spacy.blank("en").vocab, words, heads=[1, 1, 1, 1], deps=["nsubj", "ROOT", "dobj", "punct"])
    assert doc[2].is_punct
    assert thing_of(doc[2]) == {2}
