"""Guessed speakers in the window: the margin and the card show them, one key takes them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableView

from annotator.domain.drafts import QuoteDraft, Suggestion
from annotator.domain.records import Quote
from annotator.services import actors, history, queries
from annotator.ui.registry.picker import Picker
from tests.ui.desk import Desk


def suggested_quote(desk: Desk, source: str, *, is_sure: bool = True) -> Suggestion:
    """The first open quote with these words as its source, selected."""
    for one in desk.open_suggestions:
        draft = one.draft
        words = " ".join(piece.text for piece in draft.source) if isinstance(draft, QuoteDraft) else ""
        if isinstance(draft, QuoteDraft) and source in words and (draft.speaker is not None) is is_sure:
            desk.window.label.select_and_reveal(one.id)
            return one
    raise AssertionError(f"no quote by {source} is proposed")


def speaker_of_last(desk: Desk) -> str:
    quote = desk.quotes[-1]
    return actors.Registry(desk.project).name(quote.speaker)


def picker(desk: Desk) -> Picker:
    desk.press("L")
    (found,) = [one for one in desk.window.findChildren(Picker) if one.isVisible()]
    return found


@pytest.fixture
def desk_at_003(desk: Desk) -> Desk:
    row = next(one for one in queries.article_rows(desk.project) if one.name.startswith("003"))
    desk.window.label.open_article(row.id)
    desk.reading.setFocus()
    return desk


def test_card_names_the_guessed_speaker_with_the_reason(desk_at_003: Desk) -> None:
    suggested_quote(desk_at_003, "The Pentagon chief")
    assert "Speaker\nPete Hegseth\n" in desk_at_003.card
    assert "Because\nPete Hegseth is " in desk_at_003.card


def test_ledger_names_the_guessed_speaker_of_a_surname(desk_at_003: Desk) -> None:
    suggested_quote(desk_at_003, "Hegseth")
    (table,) = [
        one for one in desk_at_003.inspector.findChildren(QTableView) if one.accessibleName() == "Who said what"
    ]
    (row,) = table.selectionModel().selectedRows()
    assert row.siblingAtColumn(1).data() == "Pete Hegseth"


def test_one_key_accepts_a_quote_with_its_new_speaker_and_one_undo_takes_both_back(desk_at_003: Desk) -> None:
    desk = desk_at_003
    suggested_quote(desk, "Hegseth")
    before = actors.actor_rows(desk.project)
    assert desk.press("Return") == 1 and speaker_of_last(desk) == "Pete Hegseth"
    history.undo(desk.project)
    assert actors.actor_rows(desk.project) == before and desk.quotes == []


def test_next_quotes_of_the_same_speaker_are_linked_to_the_same_actor(desk_at_003: Desk) -> None:
    desk = desk_at_003
    for _ in range(2):
        suggested_quote(desk, "Hegseth")
        desk.press("Return")
    assert len({one.speaker for one in desk.quotes}) == 1
    assert [one.name for one in actors.actor_rows(desk.project)].count("Pete Hegseth") == 1


def test_picker_lists_the_guesses_first_with_their_reasons(desk: Desk) -> None:
    one = suggested_quote(desk, "he", is_sure=False)
    assert isinstance(one.draft, QuoteDraft)
    rows = picker(desk).rows
    shown = [(row.text, row.detail) for row in rows[: len(one.draft.speakers)]]
    assert shown[0] == (one.draft.speakers[0].name, one.draft.speakers[0].reason)
    assert "new" in rows[0].hint


def test_enter_in_the_picker_takes_the_first_guess_and_makes_the_actor(desk: Desk) -> None:
    one = suggested_quote(desk, "he", is_sure=False)
    assert isinstance(one.draft, QuoteDraft)
    desk.press("L", "Return")
    assert speaker_of_last(desk) == one.draft.speakers[0].name and desk.quotes[-1].origin.act == "accepted"


def test_one_key_takes_a_guess_that_is_not_sure(desk: Desk) -> None:
    one = suggested_quote(desk, "he", is_sure=False)
    assert isinstance(one.draft, QuoteDraft)
    desk.press("Shift+L")
    assert speaker_of_last(desk) == one.draft.speakers[0].name


def test_likeliest_speaker_where_nobody_is_guessed_says_what_to_do(desk: Desk) -> None:
    desk.put_caret("Pentagon officials overseeing")
    desk.select_words("Pentagon officials overseeing")
    desk.press("Q", "Shift+L")
    assert "Nobody is guessed" in desk.message


def test_one_key_leaves_a_speaker_unnamed(desk: Desk) -> None:
    suggested_quote(desk, "he", is_sure=False)
    desk.press("Shift+U")
    made = desk.selected
    assert isinstance(made, Quote) and (made.speaker, made.source_kind) == (None, "anonymous")
    assert "unnamed" in desk.card


def test_typing_finds_a_guess_among_all_actors(desk: Desk) -> None:
    one = suggested_quote(desk, "he", is_sure=False)
    assert isinstance(one.draft, QuoteDraft)
    wanted = one.draft.speakers[1].name
    picker(desk)
    desk.type(wanted[:6])
    desk.press("Return")
    assert speaker_of_last(desk) == wanted and desk.quotes[-1].origin.act == "corrected"
