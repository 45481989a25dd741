"""Suggested stances in the window: the margin, the card, the keys, and what S offers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from annotator.domain.drafts import QuoteDraft, StanceDraft, Suggestion
from annotator.domain.records import Quote, Stance
from annotator.services import queries, stances, targets
from annotator.ui.label.suggested_stances import by_quote, suggested_note
from annotator.ui.reading.marks import Mark, QuoteMark
from annotator.ui.registry.picker import Picker
from tests.ui.desk import Desk

CALL = "Washington’s call for Europe to lead on its own defense"


def at_call(desk: Desk) -> Suggestion:
    """The suggested quote in which Wilson passes on Washington's call, selected."""
    quoted = [one for one in desk.open_suggestions if isinstance(one.draft, QuoteDraft)]
    found = next(one for one in quoted if CALL in " ".join(piece.text for piece in one.draft.content))
    desk.window.label.select_and_reveal(found.id)
    return found


def made(desk: Desk) -> list[Stance]:
    return stances.of_article(desk.project, desk.article_id)


def mark(desk: Desk, thing_id: str) -> Mark | None:
    return next((one for one in desk.reading.marks if one.id == thing_id), None)


def on_stance(desk: Desk) -> StanceDraft:
    thing = desk.selected
    assert isinstance(thing, Suggestion) and isinstance(thing.draft, StanceDraft)
    return thing.draft


def test_margin_of_a_quote_tells_the_suggested_stance_and_whose_it_is(desk: Desk) -> None:
    shown = mark(desk, at_call(desk).id)
    assert isinstance(shown, QuoteMark) and shown.is_suggestion
    assert (shown.speaker, shown.detail) == ("Washington via Wilson", "▲ supports · suggested")


def test_next_goes_to_the_stance_after_its_quote_and_shows_the_same_mark(desk: Desk) -> None:
    quote = at_call(desk)
    desk.press("N")
    assert on_stance(desk).quote == quote.draft.key and desk.reading.selected_id() == quote.id
    assert "SUGGESTED STANCE" in desk.card and "▲ supports" in desk.card and "Washington" in desk.card
    desk.press("P")
    assert desk.selected == quote


def test_enter_accepts_a_stance_with_its_quote_and_one_undo_takes_both_back(desk: Desk) -> None:
    quote = at_call(desk)
    before = len(desk.open_suggestions)
    desk.press("N", "Return")
    (stance,) = made(desk)
    assert stance.is_submitted and stance.position == "support" and stance.evidence[0].quote == desk.quotes[0].id
    assert len(desk.open_suggestions) == before - 2
    shown = mark(desk, desk.quotes[0].id)
    assert isinstance(shown, QuoteMark) and not shown.is_suggestion and "suggested" not in shown.detail
    desk.press("Ctrl+Z")
    assert made(desk) == [] == desk.quotes and len(desk.open_suggestions) == before
    again = mark(desk, quote.id)
    assert isinstance(again, QuoteMark) and again.detail == "▲ supports · suggested"


def test_backspace_rejects_the_stance_and_leaves_the_quote(desk: Desk) -> None:
    quote = at_call(desk)
    desk.press("N", "Backspace")
    assert made(desk) == [] and quote in desk.open_suggestions
    shown = mark(desk, quote.id)
    assert isinstance(shown, QuoteMark) and "▲" not in shown.detail


def test_accepted_quote_keeps_the_suggested_stance_in_its_margin(desk: Desk) -> None:
    at_call(desk)
    desk.press("Return")
    (quote,) = desk.quotes
    shown = mark(desk, quote.id)
    assert isinstance(shown, QuoteMark) and not shown.is_suggestion and shown.detail == "▲ supports · suggested"
    on_stance(desk)


@pytest.mark.parametrize(("name", "count"), [("Accept", 1), ("Reject", 0)])
def test_buttons_under_the_quote_decide_about_the_stance(desk: Desk, name: str, count: int) -> None:
    at_call(desk)
    desk.settle()
    buttons = desk.inspector.suggested.findChildren(QAbstractButton)
    (found,) = [one for one in buttons if one.accessibleName() == f"{name} the suggested stance"]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    assert len(made(desk)) == count == len(desk.quotes)
    assert not any(
        isinstance(one.draft, StanceDraft) and CALL in one.draft.evidence[0].text for one in desk.open_suggestions
    )


def test_change_chooses_another_position_for_the_suggested_stance(desk: Desk) -> None:
    at_call(desk)
    desk.press("N", "S", "Return", "O")
    (stance,) = made(desk)
    assert (stance.position, stance.origin.act, len(desk.quotes)) == ("oppose", "corrected", 1)
    desk.settle()
    assert isinstance(desk.selected, Quote)


def test_stance_key_offers_the_guessed_target_first_with_its_reason_and_no_position(desk: Desk) -> None:
    at_call(desk)
    desk.press("Return")
    desk.window.label.select(desk.quotes[0].id)
    desk.press("S")
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, Picker)
    first = picker.rows[0]
    assert "shares" in first.detail or "what is said here" in first.detail
    desk.press("Return", "Esc")
    (stance,) = made(desk)
    assert stance.position is None and not stance.is_submitted and stance.holder != desk.quotes[0].speaker
    assert targets.find_target(desk.project, stance.target) is not None


def test_digit_on_a_suggested_stance_marks_nothing(desk: Desk) -> None:
    at_call(desk)
    desk.press("N", "1")
    assert desk.entities == [] and "a stance is selected" in desk.message


def test_accepting_all_leaves_no_stance_without_a_position(desk: Desk) -> None:
    for _ in range(len(desk.open_suggestions)):
        if not desk.open_suggestions:
            break
        desk.press("A")
    assert made(desk) and all(one.position for one in made(desk))
    assert queries.article_row(desk.project, desk.article_id).open_count == 0  # type: ignore[union-attr]


def test_every_sure_stance_of_a_quote_is_in_a_margin(desk: Desk) -> None:
    things = desk.window.label.things
    for quote_id, one in by_quote(things).items():
        shown = mark(desk, quote_id)
        assert isinstance(shown, QuoteMark) and (shown.speaker, shown.detail) == suggested_note(one.draft, {})
