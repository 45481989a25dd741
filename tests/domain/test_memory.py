"""Exact memory: what was decided about some words decides what is proposed for the same words."""

from __future__ import annotations

from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.memory import Memory
from annotator.domain.records import Entity, Origin, Quote, Record, Rejection
from annotator.domain.spans import Passage

TEXT = "The West met. West Bank towns. In the West Bank, Orban said no."


def draft(words: str, label: str, *, start: int = -1) -> EntityDraft:
    at = TEXT.index(words) if start < 0 else start
    return EntityDraft(start=at, end=at + len(words), text=words, label=label)


def proposal(one: EntityDraft | QuoteDraft, *, score: float = 0.8) -> Suggestion:
    return Suggestion(id=one.key, article="a", draft=one, model="m", version="1", score=score)


def rejection(one: EntityDraft | QuoteDraft, number: int = 0) -> Rejection:
    return Rejection(id=f"r{number}", author="me", article="b", suggested=one, name="m", version="1")


def entity(words: str, label: str, *, suggested: EntityDraft | None = None, number: int = 0) -> Entity:
    at = TEXT.index(words)
    origin = Origin(by="model", act="corrected", suggested=suggested) if suggested else Origin()
    return Entity(
        id=f"e{number}", author="me", article="b", start=at, end=at + len(words), text=words, label=label, origin=origin
    )


def names(memory: Memory, *proposed: EntityDraft) -> list[tuple[str, str, int]]:
    found = memory.applied([proposal(one) for one in proposed], "a", TEXT)
    return [(one.draft.text, one.draft.label, one.draft.start) for one in found if isinstance(one.draft, EntityDraft)]


def test_nothing_decided_changes_nothing():
    proposed = [proposal(draft("West", "GPE")), proposal(draft("Orban", "PERSON"))]
    assert Memory().applied(proposed, "a", TEXT) == proposed


def test_words_that_were_turned_down_are_not_proposed_with_that_label_again():
    memory = Memory([rejection(draft("West", "GPE"))])
    assert names(memory, draft("West", "GPE")) == []
    assert names(memory, draft("West", "LOC")) == [("West", "LOC", 4)]


def test_words_that_were_also_confirmed_are_proposed_all_the_same():
    memory = Memory([rejection(draft("West", "GPE")), entity("West", "GPE", suggested=draft("West", "GPE"))])
    assert names(memory, draft("West", "GPE")) == [("West", "GPE", 4)]


def test_another_label_is_proposed_where_it_was_put_in_place_of_the_same_one():
    memory = Memory([entity("West", "LOC", suggested=draft("West", "GPE"))])
    (made,) = memory.applied([proposal(draft("West", "GPE"))], "a", TEXT)
    assert made.draft == draft("West", "LOC") and made.id == draft("West", "GPE").key and made.model == "m + memory"
    assert made.score == 0.6667


def test_other_bounds_are_proposed_only_where_the_words_are_the_same():
    west = TEXT.index("West Bank")
    memory = Memory([entity("West Bank", "GPE", suggested=draft("West", "GPE", start=west))])
    found = names(memory, draft("West", "GPE"), draft("West", "GPE", start=west))
    assert found == [("West", "GPE", 4), ("West Bank", "GPE", west)]


def test_what_is_confirmed_more_often_than_corrected_stays():
    asis = [entity("West", "GPE", suggested=draft("West", "GPE"), number=number) for number in (1, 2)]
    memory = Memory([entity("West", "LOC", suggested=draft("West", "GPE")), *asis])
    assert names(memory, draft("West", "GPE")) == [("West", "GPE", 4)]


def test_words_that_were_added_twice_are_proposed_wherever_they_stand_alone():
    memory = Memory([entity("West Bank", "GPE", number=number) for number in (1, 2)])
    assert names(memory) == [("West Bank", "GPE", 14), ("West Bank", "GPE", TEXT.rindex("West Bank"))]
    assert names(memory, draft("West Bank", "LOC")) == [
        ("West Bank", "LOC", 14),
        ("West Bank", "GPE", TEXT.rindex("West Bank")),
    ]
    assert names(Memory([entity("West Bank", "GPE")])) == []
    assert names(Memory([entity("Orb", "PERSON", number=number) for number in (1, 2)])) == []


def test_a_suggestion_of_memory_is_found_again_by_its_id():
    memory = Memory([entity("Orban", "PERSON", number=number) for number in (1, 2)])
    (made,) = memory.applied([], "a", TEXT)
    place = memory.named(made.id)
    assert place is not None and memory.missed_at(place[0], TEXT, place[1], place[2]) == made
    assert memory.named(draft("West", "GPE").key) is None


def said(cue: str) -> QuoteDraft:
    return QuoteDraft(content=(Passage(0, 3, "The"),), cue=Passage(9, 12, cue), form="indirect", source_kind="named")


def test_a_cue_that_was_turned_down_twice_halves_the_score_until_it_is_confirmed_as_often():
    refused: list[Record] = [rejection(said("met"), number) for number in (1, 2)]
    kept = [
        Quote(id=f"q{number}", author="me", article="b", content=said("met").content, cue=said("met").cue,
              form="indirect", source_kind="named")
        for number in (1, 2)
    ]  # fmt: skip
    scores = [
        Memory(records).applied([proposal(said("met"))], "a", TEXT)[0].score
        for records in (refused[:1], refused, [*refused, *kept])
    ]
    assert scores == [0.8, 0.4, 0.8]


def test_taking_a_record_back_takes_back_what_it_meant_and_says_which_words_are_concerned():
    one = entity("West", "LOC", suggested=draft("West", "GPE"))
    memory, empty = Memory(), Memory()
    memory.add(one)
    assert memory.version > 0 and memory.unsettled == {"West"}
    memory.remove(one)
    assert names(memory, draft("West", "GPE")) == names(empty, draft("West", "GPE"))


def test_a_record_that_changes_nothing_that_is_proposed_leaves_the_version_alone():
    memory = Memory()
    memory.add(entity("West", "GPE", suggested=draft("West", "GPE")))
    assert memory.version == 0 and not memory.unsettled
