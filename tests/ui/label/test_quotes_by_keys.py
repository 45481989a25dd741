"""Quotes, speakers and stances by keyboard alone on a seed article, with the keys counted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QToolButton

from annotator.domain.drafts import QuoteDraft
from annotator.domain.records import Quote, Stance
from annotator.services import actors, notes, queries, stances
from tests.ui.desk import Desk


@pytest.fixture
def desk_at_003(desk: Desk) -> Desk:
    """The window at the article of the Ukraine Defense Contact Group."""
    row = next(one for one in queries.article_rows(desk.project) if one.name.startswith("003"))
    desk.window.label.open_article(row.id)
    desk.reading.setFocus()
    return desk


def _mine(desk: Desk) -> Quote:
    selected = desk.selected
    assert isinstance(selected, Quote)
    return selected


def _stances(desk: Desk) -> list[Stance]:
    return stances.of_article(desk.project, desk.article_id)


def _new_quote(desk: Desk, words: str) -> int:
    """A new quote with cue, source and speaker; gives the number of keys."""
    desk.reading.set_caret(desk.put_caret(words) + 3)
    return desk.press("Q", "C", "O", "L", "Return")


def test_key_count_of_a_new_quote_with_cue_source_and_speaker_is_at_most_six(desk_at_003: Desk) -> None:
    desk = desk_at_003
    keys = _new_quote(desk, "“The United States does not believe")
    quote = _mine(desk)
    assert keys <= 6
    assert (quote.form, quote.source_kind) == ("direct", "named")
    assert [piece.text for piece in quote.source] == ["Hegseth"] and quote.cue is not None and quote.cue.text == "said"
    assert quote.content[0].text.startswith("“The United") and quote.content[0].text.endswith("settlement,”")
    assert actors.Registry(desk.project).name(quote.speaker) == "Pete Hegseth"


def test_key_count_of_a_stance_on_a_selected_quote_is_at_most_five(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    keys = desk.press("S", "Return", "O")
    (stance,) = _stances(desk)
    assert keys <= 5
    assert stance.is_submitted and stance.position == "oppose" and stance.dimension == "policy"
    assert stance.explicitness == "stated" and stance.evidence[0].quote == _mine(desk).id
    labels = queries.article_view(desk.project, desk.article_id).targets
    assert labels[stance.target or ""] == "Ukraine in NATO", "the likeliest target comes first"


def test_a_pronoun_is_resolved_with_one_key(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“Safeguarding European")
    first = _mine(desk).speaker
    desk.reading.set_caret(desk.put_caret("“The United States will no longer") + 3)
    desk.press("Q", "C", "O")
    assert _mine(desk).source_kind == "pronoun" and _mine(desk).speaker is None
    assert desk.press("R") == 1
    assert _mine(desk).speaker == first


def test_a_stance_left_without_position_is_a_draft_that_says_what_it_lacks(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    desk.press("S", "Return", "Esc")
    (stance,) = _stances(desk)
    assert not stance.is_submitted and stance.position is None
    assert "needs a position" in desk.message
    assert "1 STANCE DRAFT" in desk.words_of(desk.window.label_view.inspector)


def test_another_position_of_the_same_holder_shows_the_earlier_passage(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“Safeguarding European")
    desk.press("S", "Return", "O")
    desk.press("S", "Return", "S")
    assert len(_stances(desk)) == 2
    assert "coded “oppose”" in desk.message and "“Safeguarding European" in desk.message


def test_each_act_on_a_quote_is_one_undo(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    desk.press("T")
    assert _mine(desk).form == "mixed"
    desk.press("Ctrl+Z")
    assert _mine(desk).form == "direct"
    desk.press("Ctrl+Z")
    assert _mine(desk).speaker is None


def test_a_key_says_that_a_quote_reports_an_act_and_card_and_stance_know_it(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    assert desk.press("Shift+R") == 1
    assert _mine(desk).reported == "act"
    assert "Reported Act" in " ".join(desk.card.split())
    desk.press("S", "Return", "O")
    assert _stances(desk)[0].evidence[0].type == "reported_action"
    desk.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert _mine(desk).reported == "speech"


def test_the_cue_key_goes_through_the_likely_words(desk_at_003: Desk) -> None:
    desk = desk_at_003
    desk.reading.set_caret(desk.put_caret("“The United States does not believe") + 3)
    desk.press("Q", "C")
    first = _mine(desk).cue
    desk.press("C")
    second = _mine(desk).cue
    assert first is not None and second is not None and first != second


def test_selected_words_become_cue_source_and_fragments(desk_at_003: Desk) -> None:
    desk = desk_at_003
    desk.reading.set_caret(desk.put_caret("“The United States does not believe") + 3)
    desk.press("Q")
    desk.select_words("said", after="settlement,”")
    desk.press("C")
    desk.select_words("Hegseth", after="settlement,”")
    desk.press("O")
    desk.select_words("emphasizing President", after="settlement,”")
    desk.press("Shift+Q")
    quote = _mine(desk)
    assert quote.cue is not None and quote.cue.text == "said"
    assert [piece.text for piece in quote.content][1:] == ["emphasizing President"] and quote.form == "mixed"
    desk.put_caret("emphasizing President")
    desk.press("Ctrl+Shift+Q")
    assert len(_mine(desk).content) == 1 and _mine(desk).form == "direct"


def test_a_stance_on_a_suggested_quote_accepts_it_first(desk_at_003: Desk) -> None:
    desk = desk_at_003
    quotes = [one.id for one in desk.open_suggestions if isinstance(one.draft, QuoteDraft)]
    while desk.selected is None or desk.selected.id not in quotes:
        desk.press("N")
    desk.press("S", "Return", "O")
    (quote,), (stance,) = desk.quotes, _stances(desk)
    assert quote.speaker is not None and stance.holder == quote.speaker and stance.is_submitted


def test_a_note_is_written_and_answered_by_keys(desk_at_003: Desk) -> None:
    desk = desk_at_003
    desk.press("M")
    desk.type("Is this one claim or two?")
    desk.press("Return")
    desk.settle()
    assert "Is this one claim or two?" in desk.words_of(desk.window.label_view.inspector)
    assert QApplication.focusWidget() is desk.reading
    desk.press("Ctrl+Z")
    desk.settle()
    assert "Is this one claim or two?" not in desk.words_of(desk.window.label_view.inspector)


def test_words_of_a_headline_become_evidence_and_stances_of_their_own(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    desk.press("S", "Return", "O")
    desk.select_words("Pentagon rules out US troops and NATO membership")
    desk.press("E")
    (stance,) = _stances(desk)
    assert [one.type for one in stance.evidence] == ["direct_quote", "headline_framing"]
    desk.select_words("Pentagon chief: Europe must take lead")
    desk.press("Shift+S", "Return", "S")
    loose = [one for one in _stances(desk) if one.id != stance.id]
    assert [one.evidence[0].type for one in loose] == ["headline_framing"] and not loose[0].is_submitted
    desk.settle()
    assert "needs a holder" in desk.words_of(desk.window.label_view.inspector)


def test_ctrl_enter_keeps_a_note_and_does_not_mark_the_article_done(desk_at_003: Desk) -> None:
    desk = desk_at_003
    article = desk.article_id
    desk.press("M")
    desk.type("The lede says quintuple.")
    desk.press("Ctrl+Return")
    assert [one.text for one in notes.of_article(desk.project, article)] == ["The lede says quintuple."]
    assert {one.state for one in queries.article_rows(desk.project)} == {"todo"}


def test_note_that_was_begun_waits_where_it_was_begun(desk_at_003: Desk) -> None:
    desk = desk_at_003
    line = desk.inspector.notes.line
    desk.press("M")
    desk.type("About the article")
    _new_quote(desk, "“The United States does not believe")
    assert line.text() == ""
    desk.press("Esc")
    assert line.text() == "About the article"


@pytest.mark.parametrize(
    ("words", "name", "type_"),
    [
        ("“The United States does not believe", "Pete Hegseth", "person"),
        ("US troops and NATO membership in future", "Pentagon", "state_body"),
        ("dramatic increase in European", "Trump administration", "state_body"),
    ],
)
def test_new_speaker_is_of_the_type_that_the_source_shows(desk_at_003: Desk, words: str, name: str, type_: str) -> None:
    desk = desk_at_003
    start = desk.text.index(words)
    quoted = [one for one in desk.open_suggestions if isinstance(one.draft, QuoteDraft)]
    desk.window.label.select_and_reveal(next(one.id for one in quoted if one.draft.span.start == start))
    desk.press("L", "Return")
    (actor,) = actors.Registry(desk.project).all()
    assert (actor.name, actor.type) == (name, type_)


def test_stance_from_words_asks_for_its_holder(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    desk.select_words("Pentagon chief: Europe must take lead")
    desk.press("Shift+S", "Return", "S")
    desk.press("Return")
    (stance,) = _stances(desk)
    assert actors.Registry(desk.project).name(stance.holder) == "Pete Hegseth"
    assert "needs a holder" not in desk.message and "stated, implied or inferred" in desk.message


def test_quote_becomes_evidence_of_another_quotes_stance(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“Safeguarding European security")
    desk.press("S", "Return", "S")
    _new_quote(desk, "“The United States will no longer tolerate")
    second = _mine(desk)
    desk.press("E", "Return")
    (stance,) = _stances(desk)
    assert [one.quote for one in stance.evidence][1:] == [second.id]
    desk.press("E")
    assert "No other stance" in desk.message


def test_a_piece_of_evidence_is_taken_away_with_its_button(desk_at_003: Desk) -> None:
    desk = desk_at_003
    _new_quote(desk, "“The United States does not believe")
    desk.press("S", "Return", "O")
    desk.select_words("Pentagon rules out US troops and NATO membership")
    desk.press("E")
    buttons = desk.window.label_view.inspector.stances.findChildren(QToolButton)
    second = next(one for one in buttons if one.accessibleName() == "Take evidence 2 away")
    second.click()
    assert [one.type for one in _stances(desk)[0].evidence] == ["direct_quote"]
    desk.press("Ctrl+Z")
    assert len(_stances(desk)[0].evidence) == 2
