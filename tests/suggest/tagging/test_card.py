"""The card of a tagger's folder."""

from __future__ import annotations

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.suggest.cards import CARD, write_card
from annotator.suggest.tagging.card import Card, HeldOut, read_card

HELD_OUT = HeldOut(articles=4, quotes=40, precision=0.7, recall=0.6, f1=0.646)
MADE = Card(
    kind="crf",
    name="mine",
    version="1",
    made_on="2026-01-02",
    data="corpus",
    articles=40,
    quotes=400,
    held_out=HELD_OUT,
)


def test_a_card_is_read_as_it_was_written(tmp_path):
    write_card(tmp_path, MADE)
    assert read_card(tmp_path) == MADE


@pytest.mark.parametrize("content", [None, b"", b"kind = 'crf'", b"\xff", b"[", b"format = 'annotator-tagger/9'"])
def test_a_folder_without_a_sound_card_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / CARD).write_bytes(content)
    with pytest.raises(AnnotatorError) as refused:
        read_card(tmp_path)
    assert tmp_path.name in refused.value.message and refused.value.hint
