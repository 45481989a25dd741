"""What the margin says of a quote: who stands where, and through whom."""

from __future__ import annotations

from annotator.domain.records import Position, Stance
from annotator.ui.label.stance_cards import margin_note

NAMES = {"h": "Pete Hegseth", "t": "Donald Trump"}


def stance(holder: str, position: Position = "support", *, via: str | None = None) -> Stance:
    return Stance(
        id="s", author="me", article="a", holder=holder, via=via, target="5%", position=position, is_submitted=True
    )


def note(*stances: Stance) -> tuple[str, str]:
    return margin_note(stances, speaker="h", name="Pete Hegseth", actors=NAMES)


def test_margin_names_the_speaker_who_stands_somewhere() -> None:
    assert note(stance("h")) == ("Pete Hegseth", "▲ supports · 1 topic")


def test_margin_names_the_holder_whose_stance_somebody_else_puts_into_words() -> None:
    assert note(stance("t", "oppose", via="h")) == ("Donald Trump", "▼ opposes · via Pete Hegseth")


def test_margin_counts_the_holders_where_there_are_several() -> None:
    assert note(stance("h"), stance("t", via="h")) == ("Pete Hegseth", "▲ supports · 2 holders")


def test_margin_shows_several_positions_as_mixed() -> None:
    assert note(stance("h"), stance("t", "oppose", via="h")) == ("Pete Hegseth", "◆ 2 stances")


def test_margin_of_a_quote_without_stances_has_only_its_speaker() -> None:
    assert note() == ("Pete Hegseth", "")
