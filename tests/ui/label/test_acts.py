"""What an annotator does to an article by keys and mouse, and what the project says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import Span
from annotator.services import queries
from tests.ui.desk import Desk


def go_to(desk: Desk, words: str) -> Suggestion:
    """Press N until the suggested entity with these words is selected."""
    for _ in range(len(desk.open_suggestions)):
        desk.press("N")
        thing = desk.selected
        assert isinstance(thing, Suggestion)
        if isinstance(thing.draft, EntityDraft) and thing.draft.text == words:
            return thing
    raise AssertionError(words)


# Decide


def test_accepted_suggestion_is_the_annotators_own_and_the_next_one_is_selected(desk: Desk) -> None:
    go_to(desk, "NATO")
    assert "SUGGESTED ENTITY" in desk.card and "NATO" in desk.card
    desk.press("Return")
    assert desk.entities == [("NATO", "ORG")]
    assert isinstance(desk.selected, Suggestion) and desk.selected.draft.span.start > desk.text.index("NATO")


def test_rejected_suggestion_is_gone_and_stays_gone(desk: Desk) -> None:
    gone = go_to(desk, "NATO")
    desk.press("Backspace")
    assert desk.entities == [] and gone.id not in {one.id for one in desk.open_suggestions}
    desk.press("Alt+Down", "Alt+Up")
    assert gone.id not in {one.id for one in desk.window.label.things}


def test_digit_on_a_suggestion_accepts_it_with_another_label(desk: Desk) -> None:
    go_to(desk, "NATO")
    desk.press("1")
    assert desk.entities == [("NATO", "PERSON")]
    (entity,) = queries.entities(desk.project, desk.article_id)
    assert entity.origin.act == "corrected"


def test_digit_on_a_confirmed_entity_changes_its_label(desk: Desk) -> None:
    go_to(desk, "NATO")
    desk.press("Return", "P")
    desk.click_text(desk.text.index("NATO") + 1)
    for _ in range(3):
        if isinstance(desk.selected, Entity):
            break
        desk.click_text(desk.text.index("NATO") + 1)
    desk.press("5")
    assert desk.entities == [("NATO", "LOC")]


def test_digits_label_selected_words(desk: Desk) -> None:
    span = desk.select_words("diplomatic delegations")
    desk.press("2")
    assert desk.entities == [("diplomatic delegations", "ORG")]
    assert isinstance(desk.selected, Entity) and desk.selected.start == span.start
    assert desk.reading.selection() is None


def test_digit_labels_the_word_at_the_caret(desk: Desk) -> None:
    desk.put_caret("delegations")
    desk.press("2")
    assert desk.entities == [("delegations", "ORG")]


def test_digit_on_a_space_says_what_to_do(desk: Desk) -> None:
    place = desk.text.index(" —") + 2
    desk.reading.setFocus()
    desk.reading.set_caret(place)
    assert desk.text[place - 1] == "—"
    desk.press("2")
    assert desk.entities == [] and desk.message.startswith("Put the caret into a word")


def test_mouse_and_digit_label_words(desk: Desk) -> None:
    span = desk.select_words("diplomatic delegations")
    desk.reading.clear_selection()
    start, end = desk.point_of(span.start) - QPoint(2, 0), desk.point_of(span.end) - QPoint(3, 0)
    desk.drag(start, end)
    assert desk.reading.selection() == span
    desk.press("2")
    assert desk.entities == [("diplomatic delegations", "ORG")]


def test_withdrawn_entity_is_gone_and_undo_brings_it_back(desk: Desk) -> None:
    desk.select_words("diplomatic delegations")
    desk.press("2", "Backspace")
    assert desk.entities == []
    desk.press("Ctrl+Z")
    assert desk.entities == [("diplomatic delegations", "ORG")]
    desk.press("Ctrl+Shift+Z")
    assert desk.entities == []


def test_withdrawn_acceptance_does_not_come_back_as_a_suggestion(desk: Desk) -> None:
    go_to(desk, "NATO")
    count = len(desk.open_suggestions)
    suggested = desk.selected
    assert isinstance(suggested, Suggestion)
    desk.press("Return", "P")
    assert len(desk.open_suggestions) == count - 1
    desk.window.label.select(queries.entities(desk.project, desk.article_id)[0].id)
    desk.press("Del")
    assert desk.entities == [] and suggested.id not in {one.id for one in desk.open_suggestions}


def test_enter_on_a_confirmed_entity_says_that_it_is_confirmed(desk: Desk) -> None:
    desk.select_words("diplomatic delegations")
    desk.press("2", "Return")
    assert desk.message.startswith("This is confirmed already.")


def test_backspace_without_a_selection_says_what_to_do(desk: Desk) -> None:
    desk.press("Backspace")
    assert desk.message == "Select something first: N, or a click."


def test_paragraph_without_open_suggestions_says_so(desk: Desk) -> None:
    desk.press("N", "A")
    desk.reading.set_caret(0)
    desk.window.label.select("")
    desk.press("A")
    assert desk.message == "No suggestion is open in this paragraph."


def test_paragraph_is_accepted_and_undone_as_one_act(desk: Desk) -> None:
    before = len(desk.open_suggestions)
    desk.press("N", "A")
    assert len(desk.open_suggestions) < before - 3
    desk.press("Ctrl+Z")
    assert len(desk.open_suggestions) == before and not desk.entities and not desk.quotes


# Quotes


@pytest.mark.parametrize("offset", [0, 1, 20])
def test_quote_is_made_from_a_caret_inside_quotation_marks(desk: Desk, offset: int) -> None:
    place = desk.put_caret("“Allies have recognized")
    desk.reading.set_caret(place + offset)
    desk.press("Q")
    (quote,) = desk.quotes
    assert quote.content[0].start == place and quote.content[0].text[-1] == "”" and quote.form == "direct"
    assert isinstance(desk.selected, Quote)


def test_quote_from_selected_words_takes_the_quotation_marks_in(desk: Desk) -> None:
    quotation = desk.text[desk.text.index("“Allies") : desk.text.index("”", desk.text.index("“Allies")) + 1]
    desk.select_words(quotation[1:-1])
    desk.press("Q")
    assert desk.quotes[0].content[0].text == quotation


def test_indirect_quote_is_made_from_selected_words(desk: Desk) -> None:
    desk.select_words("the exchange as unusually blunt")
    desk.press("Q")
    assert desk.quotes[0].form == "indirect" and "SELECTED QUOTE" in desk.card


def test_quote_without_words_says_what_to_do(desk: Desk) -> None:
    desk.put_caret("The message was delivered")
    desk.press("Q")
    assert desk.quotes == [] and desk.message.startswith("Select the words of the quote")


# Bounds


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["Shift+Right"], "diplomatic delegations."),
        (["Shift+Left"], "diplomatic delegation"),
        (["Ctrl+Shift+Left"], "diplomatic"),
        (["Ctrl+Left"], "European diplomatic delegations"),
        (["Left", "Left"], "an diplomatic delegations"),
        (["Right"], "iplomatic delegations"),
        (["Ctrl+Right"], "delegations"),
        (["Ctrl+Shift+Left", "Shift+Left"], "diplomati"),
    ],
)
def test_arrows_move_the_bounds(desk: Desk, keys: list[str], words: str) -> None:
    desk.select_words("diplomatic delegations")
    desk.press("2", "X", *keys)
    assert desk.entities == [("diplomatic delegations", "ORG")], "nothing is kept before Enter"
    desk.press("Return")
    assert desk.entities == [(words, "ORG")]
    desk.press("Ctrl+Z")
    assert desk.entities == [("diplomatic delegations", "ORG")]
    desk.press("Ctrl+Y")
    assert desk.entities == [(words, "ORG")]


def test_escape_leaves_the_bounds_as_they_were(desk: Desk) -> None:
    desk.select_words("diplomatic delegations")
    desk.press("2", "X", "Shift+Left", "Esc")
    assert desk.entities == [("diplomatic delegations", "ORG")]
    desk.press("Shift+Left")
    assert desk.entities == [("diplomatic delegations", "ORG")] and desk.window.label.resizing is None


def test_new_bounds_of_a_suggestion_accept_it_corrected(desk: Desk) -> None:
    go_to(desk, "NATO")
    desk.press("X", "Ctrl+Shift+Right", "Return")
    (entity,) = queries.entities(desk.project, desk.article_id)
    assert entity.text.startswith("NATO’s") and entity.origin.act == "corrected"


def test_new_bounds_of_a_quote_are_kept(desk: Desk) -> None:
    desk.select_words("the exchange as unusually blunt")
    desk.press("Q", "X", "Ctrl+Shift+Left", "Return")
    assert desk.quotes[0].content[0].text == "the exchange as unusually"


@pytest.mark.parametrize(
    ("edge", "to", "words"),
    [("end", "delegations", "diplomatic"), ("start", "European diplomatic", "European diplomatic delegations")],
)
def test_handles_move_the_bounds(desk: Desk, edge: str, to: str, words: str) -> None:
    span = desk.select_words("diplomatic delegations")
    desk.press("2")
    place = span.start if edge == "start" else span.end
    target = desk.text.index(to) - (1 if edge == "end" else 0)
    end, start = desk.point_of(target) - QPoint(3, 0), desk.point_of(place) - QPoint(3, 0)
    desk.drag(start, end)
    assert desk.entities == [(words, "ORG")]
    desk.press("Ctrl+Z")
    assert desk.entities == [("diplomatic delegations", "ORG")]


# The mouse


def test_clicks_on_overlapping_marks_go_round(desk: Desk) -> None:
    place = desk.text.index("NATO’s") + 1
    point = desk.point_of(place)
    seen: list[str] = []
    for _ in range(3):
        QTest.mouseClick(desk.reading.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert isinstance(desk.selected, Suggestion)
        seen.append(desk.selected.id)
    assert len(set(seen)) == 2 and seen[0] == seen[2]
    assert {type(one.draft) for one in desk.open_suggestions if one.id in seen} == {EntityDraft, QuoteDraft}


def test_click_on_a_mark_shows_it_in_the_inspector(desk: Desk) -> None:
    desk.click_text(desk.text.index("Pentagon") + 1)
    assert "Pentagon" in desk.card and "ORG" in desk.card


# After the program was closed


ACTS: dict[str, Callable[[Desk], object]] = {
    "accept": lambda desk: desk.press("N", "Return"),
    "reject": lambda desk: desk.press("N", "Backspace"),
    "relabel": lambda desk: desk.press("N", "1"),
    "resize": lambda desk: desk.press("N", "X", "Shift+Right", "Return"),
    "add": lambda desk: (desk.select_words("diplomatic delegations"), desk.press("2")),
    "withdraw": lambda desk: desk.press("Backspace"),
    "quote": lambda desk: (desk.select_words("the exchange as unusually blunt"), desk.press("Q")),
    "paragraph": lambda desk: desk.press("A"),
    "flag": lambda desk: desk.press("F"),
    "done": lambda desk: desk.press("Ctrl+Return"),
}


def state_of(desk: Desk) -> object:
    rows = queries.article_rows(desk.project)
    records = [(queries.entities(desk.project, one.id), queries.quotes(desk.project, one.id)) for one in rows]
    return [(one.id, one.state, one.is_flagged, one.decided, one.open_count) for one in rows], records


def test_every_act_can_be_undone_and_done_again_after_another_start(
    new_desk: Callable[[], Desk], suggested_copy: Path
) -> None:
    desk = new_desk()
    desk.open(suggested_copy)
    states = [state_of(desk)]
    for name, act in ACTS.items():
        act(desk)
        states.append(state_of(desk))
        assert states[-1] != states[-2], name
    desk.leave()
    again = new_desk()
    again.open(suggested_copy)
    assert state_of(again) == states[-1]
    for before in reversed(states[:-1]):
        again.press("Ctrl+Z")
        assert state_of(again) == before
    again.leave()
    third = new_desk()
    third.open(suggested_copy)
    for after in states[1:]:
        third.press("Ctrl+Y")
        assert state_of(third) == after


def test_span_of_selected_words_is_counted_in_code_points(desk: Desk) -> None:
    span = desk.select_words("diplomatic")
    assert span == Span(desk.text.index("diplomatic"), desk.text.index("diplomatic") + 10)
    desk.press("2")
    assert isinstance(desk.selected, Entity) and desk.text[desk.selected.start : desk.selected.end] == "diplomatic"


# Undo leads back


@pytest.mark.parametrize("key", ["Return", "Backspace", "8"])
def test_undo_leads_back_to_the_suggestion_that_was_decided(desk: Desk, key: str) -> None:
    decided = go_to(desk, "NATO")
    desk.press(key)
    assert desk.selected is not None and desk.selected.id != decided.id
    desk.press("Ctrl+Z")
    assert desk.selected == decided and desk.reading.caret() == decided.draft.span.start


def test_redo_leads_to_what_it_did_again(desk: Desk) -> None:
    go_to(desk, "NATO")
    desk.press("Return", "Ctrl+Z", "Ctrl+Shift+Z")
    assert isinstance(desk.selected, Entity) and desk.selected.text == "NATO"


def test_undo_of_another_articles_state_opens_that_article(desk: Desk) -> None:
    first = desk.article_id
    desk.press("Ctrl+Return")
    assert desk.article_id != first
    desk.press("Ctrl+Z")
    assert desk.article_id == first


def test_digit_labels_the_word_at_the_caret_without_its_possessive(desk: Desk) -> None:
    desk.put_caret("Washington’s call")
    desk.press("3")
    assert desk.entities == [("Washington", "GPE")]


def test_article_marked_done_with_open_suggestions_says_how_many(desk: Desk) -> None:
    count = len(desk.open_suggestions)
    desk.press("Ctrl+Return")
    assert f"{count} suggestions left open" in desk.message


def test_digit_on_a_selected_quote_says_that_labels_are_for_entities(desk: Desk) -> None:
    quoted = next(one for one in desk.open_suggestions if isinstance(one.draft, QuoteDraft))
    desk.window.label.select_and_reveal(quoted.id)
    before = desk.entities
    desk.press("1")
    assert desk.entities == before and "a quote is selected" in desk.message


def test_digit_with_nothing_selected_relabels_the_entity_at_the_caret(desk: Desk) -> None:
    desk.next_entity()
    desk.press("Return")
    ((words, _),) = desk.entities
    desk.press("Esc")
    desk.put_caret(words)
    assert desk.selected is None
    desk.press("2")
    assert [one for one in desk.entities if one[0] == words] == [(words, "ORG")]


def test_the_menu_shows_few_suggestions_or_all_of_them_and_the_queue_counts_them(desk: Desk) -> None:
    balanced = len(desk.open_suggestions)
    desk.run("view.few")
    few = len(desk.open_suggestions)
    assert few < balanced and f"{few} suggestions open · few but sure" in desk.words_of(desk.window.status)
    assert len([one for one in desk.window.label.things if isinstance(one, Suggestion)]) == few
    desk.qtbot.waitUntil(lambda: not desk.session.counting.is_running)
    assert queries.article_rows(desk.project)[0].open_count == few
    desk.run("view.all")
    assert len(desk.open_suggestions) >= balanced
    desk.run("view.balanced")
    assert len(desk.open_suggestions) == balanced and desk.entities == []


def test_words_turned_down_once_are_turned_down_in_the_whole_article_and_undo_brings_them_back(desk: Desk) -> None:
    words = [one.draft.text for one in desk.open_suggestions if isinstance(one.draft, EntityDraft)]
    often = next(one for one in words if words.count(one) > 1)
    before = desk.open_suggestions
    first = next(one for one in before if isinstance(one.draft, EntityDraft) and one.draft.text == often)
    desk.window.label.select_and_reveal(first.id)
    desk.press("Backspace")
    assert isinstance(first.draft, EntityDraft)
    same = (first.draft.text, first.draft.label)
    shown = [one.draft for one in desk.window.label.things if isinstance(one, Suggestion)]
    assert same not in [(one.text, one.label) for one in shown if isinstance(one, EntityDraft)]
    assert shown == [one.draft for one in desk.open_suggestions]
    desk.press("Ctrl+Z")
    assert desk.open_suggestions == before
    assert [one for one in desk.window.label.things if isinstance(one, Suggestion)] == before
