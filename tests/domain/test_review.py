"""Which suggestions are still open."""

from __future__ import annotations

from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.records import Entity, Origin, Quote, Rejection
from annotator.domain.review import OpenSuggestions, open_suggestions
from annotator.domain.spans import Passage

NATO = EntityDraft(start=10, end=14, text="NATO", label="ORG")
WORDS = QuoteDraft(content=(Passage(20, 30, "“Europe!”."),), form="direct", source_kind="none")


def proposed(draft: EntityDraft | QuoteDraft, name: str = "s") -> Suggestion:
    return Suggestion(id=name, article="x", draft=draft, model="m", version="1", score=0.5)


def entity(start: int, end: int, label: str = "ORG", **rest: Origin) -> Entity:
    return Entity(id="e", author="a", article="x", start=start, end=end, text="t", label=label, **rest)


def quote(*content: Passage) -> Quote:
    return Quote(id="q", author="a", article="x", content=content, form="direct", source_kind="none")


def is_open(suggestion: Suggestion, *, entities=(), quotes=(), rejections=()) -> bool:
    return open_suggestions([suggestion], entities, quotes, rejections) == [suggestion]


def test_a_suggestion_stays_open_until_somebody_decides():
    assert is_open(proposed(NATO)) and is_open(proposed(WORDS))


def test_a_corrected_suggestion_is_decided_wherever_its_record_is_now():
    origin = Origin(by="model", act="corrected", suggested=NATO)
    assert not is_open(proposed(NATO), entities=[entity(50, 60, origin=origin)])


def test_a_rejected_suggestion_stays_rejected_when_another_run_proposes_it():
    rejection = Rejection(id="r", author="a", article="x", suggested=NATO, name="m", version="1")
    assert not is_open(proposed(NATO, "of another run"), rejections=[rejection])


def test_an_entity_on_the_same_span_decides_whatever_its_label():
    assert not is_open(proposed(NATO), entities=[entity(10, 14, "GPE")])
    assert is_open(proposed(NATO), entities=[entity(10, 15)])


def test_a_quote_is_decided_when_most_of_its_content_is_quoted():
    assert not is_open(proposed(WORDS), quotes=[quote(Passage(20, 29, "“Europe!”"))])
    assert is_open(proposed(WORDS), quotes=[quote(Passage(20, 24, "“Eur"))])
    assert is_open(proposed(WORDS), quotes=[quote()])


def test_open_suggestions_keep_their_order():
    other = EntityDraft(start=1, end=5, text="Kyiv", label="GPE")
    three = [proposed(WORDS, "1"), proposed(NATO, "2"), proposed(other, "3")]
    assert open_suggestions(three, [entity(10, 14)], [], []) == [three[0], three[2]]


def test_what_is_open_after_records_come_and_go_is_what_is_open_beside_those_that_are_left():
    words = [quote(Passage(20, 29, "“Europe!”")), quote(Passage(40, 60, "x" * 20))]
    records = [
        entity(10, 14),
        *words,
        Rejection(id="r", author="a", article="x", suggested=NATO, name="m", version="1"),
    ]
    suggestions = [proposed(WORDS, "1"), proposed(NATO, "2")]
    for left in range(len(records)):
        review = OpenSuggestions(suggestions, records)
        for record in records[left:]:
            review.remove(record)
        assert review.open() == OpenSuggestions(suggestions, records[:left]).open()
        assert review.decided == left
