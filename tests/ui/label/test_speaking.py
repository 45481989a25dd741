"""What a screen reader says of annotations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible

from annotator.domain.codebook import Codebook, Label
from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.records import Entity, Position, Quote, Stance
from annotator.domain.spans import Passage
from annotator.ui.label.cards import Thing, span_of
from annotator.ui.label.speaking import passage_words, thing_words
from tests.ui.desk import Desk

TEXT = "“No,” said Pete Hegseth."
BOOK = Codebook(name="News", labels=(Label(name="PERSON", title="Person", hue="person"),))
NAME = EntityDraft(start=11, end=23, text="Pete Hegseth", label="PERSON")
SAID = QuoteDraft(
    content=(Passage(0, 5, "“No,”"),),
    source=(Passage(11, 23, "Pete Hegseth"),),
    cue=Passage(6, 10, "said"),
    form="direct",
    source_kind="named",
)


def suggested(draft: EntityDraft | QuoteDraft) -> Suggestion:
    return Suggestion(id="s", article="a", model="m", version="1", score=0.9, draft=draft)


def entity(label: str = "PERSON") -> Entity:
    return Entity(id="e", author="me", article="a", start=11, end=23, text="Pete Hegseth", label=label)


def quote(*, speaker: str | None = None, source: tuple[Passage, ...] = SAID.source) -> Quote:
    return Quote(
        id="q",
        author="me",
        article="a",
        content=SAID.content,
        source=source,
        form="direct",
        source_kind="named" if source else "none",
        speaker=speaker,
    )


def stance(position: Position | None, *, is_submitted: bool = True, target: str | None = "t") -> Stance:
    return Stance(id="x", author="me", article="a", position=position, target=target, is_submitted=is_submitted)


def words(thing: Thing, *stances: Stance) -> str:
    actors, targets = {"p": "Pete Hegseth"}, {"t": "Ukraine in NATO"}
    return thing_words(thing, codebook=BOOK, actors=actors, targets=targets, stances=stances)


def test_entity_is_said_with_its_label_and_whether_it_is_confirmed() -> None:
    assert words(suggested(NAME)) == "entity, Pete Hegseth, person, suggested"
    assert words(entity()) == "entity, Pete Hegseth, person, confirmed"


def test_label_that_the_codebook_does_not_know_is_said_as_it_is_written() -> None:
    assert words(entity("GPE")) == "entity, Pete Hegseth, GPE, confirmed"


def test_quote_is_said_with_its_speaker_form_and_stances() -> None:
    assert words(suggested(SAID)) == "quote by Pete Hegseth, direct, suggested"
    said = words(quote(speaker="p"), stance("oppose"))
    assert said == "quote by Pete Hegseth, direct, confirmed, opposes Ukraine in NATO"


def test_quote_that_nobody_says_has_no_speaker() -> None:
    assert words(quote(source=())) == "quote without a source, direct, confirmed"


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("support", "supports Ukraine in NATO"),
        ("undecided", "is undecided: Ukraine in NATO"),
        (None, "no position yet: Ukraine in NATO"),
    ],
)
def test_stance_that_is_a_draft_is_said_to_be_one(position: Position | None, expected: str) -> None:
    assert words(quote(), stance(position)).endswith(f"confirmed, {expected}")
    assert words(quote(), stance(position, is_submitted=False)).endswith(f"{expected}, draft")


def test_what_is_entered_is_said_rather_than_what_is_left() -> None:
    assert passage_words(["entity, A, person, suggested", "quote by B"], [entity()]).count(";") == 1
    assert passage_words([], [quote(), entity()]) == "end of quote, end of entity"
    assert passage_words([], []) == ""


@pytest.fixture
def screen_reader() -> Iterator[None]:
    was = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(was)


def heard_by(desk: Desk) -> list[str]:
    heard: list[str] = []
    desk.window.speaker.spoken.connect(heard.append)
    return heard


def test_caret_that_enters_and_leaves_a_mark_is_heard(desk: Desk, screen_reader: None) -> None:
    name = next(one.draft for one in desk.open_suggestions if isinstance(one.draft, EntityDraft))
    desk.put_caret(desk.text)
    heard = heard_by(desk)
    desk.reading.set_caret(name.start)
    assert f"entity, {name.text}, " in heard[-1] and heard[-1].endswith("suggested")
    count = len(heard)
    desk.press("Right")
    assert len(heard) == count, "still within the same mark"
    desk.reading.set_caret(name.end)
    assert "end of entity" in heard[-1] or heard[-1].startswith(("entity", "quote"))


def test_keys_that_go_to_the_next_suggestion_say_it(desk: Desk, screen_reader: None) -> None:
    heard = heard_by(desk)
    desk.press("N", "N")
    assert heard and "suggested" in heard[-1]


def test_mark_that_was_accepted_is_heard_as_confirmed(desk: Desk, screen_reader: None) -> None:
    desk.press("N")
    thing = desk.selected
    desk.press("Return")
    assert thing is not None
    desk.reading.set_caret(len(desk.text))
    heard = heard_by(desk)
    desk.reading.set_caret(span_of(thing).start)
    assert "confirmed" in heard[-1]


def test_hidden_marks_are_not_said(desk: Desk, screen_reader: None) -> None:
    name = next(one.draft for one in desk.open_suggestions if isinstance(one.draft, EntityDraft))
    desk.press("Alt+1", "Alt+2")
    heard = heard_by(desk)
    desk.reading.set_caret(name.start + 1)
    assert heard == []


def test_nothing_is_worked_out_without_a_screen_reader(desk: Desk) -> None:
    assert not QAccessible.isActive()
    heard = heard_by(desk)
    desk.press("N")
    assert heard == [] and desk.selected is not None
