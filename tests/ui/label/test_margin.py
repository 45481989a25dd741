"""What the margin says of a quote: who stands where, and through whom."""

from __future__ import annotations

from annotator.domain.drafts import QuoteDraft, SpeakerGuess, Suggestion
from annotator.domain.records import ActorType, Position, Stance
from annotator.domain.spans import Passage
from annotator.ui.label.stance_cards import margin_note
from annotator.ui.label.suggested_stances import last_name, people_of

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


def test_only_a_person_is_called_by_the_last_word_where_there_is_little_room() -> None:
    people = people_of([quote_of("United States", "state_body"), quote_of("Pete Hegseth", "person")])
    assert last_name("Pete Hegseth", people) == "Hegseth"
    assert last_name("United States", people) == last_name("Five individuals", people) == ""


def quote_of(name: str, kind: ActorType) -> Suggestion:
    guess = SpeakerGuess(name=name, type=kind, score=0.9, reason="named in the source")
    draft = QuoteDraft(
        content=(Passage(start=0, end=2, text="No"),),
        source=(),
        cue=None,
        form="indirect",
        source_kind="named",
        speakers=(guess,),
    )
    return Suggestion(id=name, article="a", draft=draft, model="m", version="1", score=0.5)
