"""Every field of a stance by keyboard alone on a seed article: which stance the keys change, and new targets."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QPushButton

from annotator.domain.records import Stance
from annotator.services import actors, queries, stances, targets
from annotator.ui.registry.picker import Picker
from tests.ui.desk import Desk

_QUOTE = "“The United States does not believe"


@pytest.fixture
def desk_at_quote(desk: Desk) -> Desk:
    """The window with a quote of Pete Hegseth's selected that has no stance yet."""
    row = next(one for one in queries.article_rows(desk.project) if one.name.startswith("003"))
    desk.window.label.open_article(row.id)
    desk.reading.setFocus()
    desk.reading.set_caret(desk.put_caret(_QUOTE) + 3)
    desk.press("Q", "C", "O", "L", "Return")
    _look(desk)
    return desk


def _look(desk: Desk) -> None:
    """Let the inspector show what was done; without a window manager the window is not in front after a popup."""
    desk.settle()
    desk.come_back()


def _stances(desk: Desk) -> list[Stance]:
    return stances.of_article(desk.project, desk.article_id)


def _name(desk: Desk, actor: str | None) -> str:
    return actors.Registry(desk.project).name(actor)


def _focused(desk: Desk) -> str:
    """What the card with the focus frame says."""
    frames = [one for one in desk.inspector.stances.findChildren(QFrame) if one.property("focused") == "true"]
    (frame,) = [one for one in frames if one.isVisibleTo(desk.inspector.stances)]
    return "\n".join(one.accessibleName() for one in frame.findChildren(QPushButton))


def test_whole_stance_with_submit_is_made_by_keys_without_tab(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "Esc")
    desk.press("H")
    desk.type("Donald Trump")
    desk.press("Ctrl+Return")
    desk.press("Shift+P", "S", "B", "C", "Shift+H", "F", "Shift+C", "2")
    _look(desk)
    desk.press("Y")
    desk.type("He praises the plan")
    desk.press("Return", "Shift+Return")
    (stance,) = _stances(desk)
    assert (_name(desk, stance.holder), _name(desk, stance.via)) == ("Donald Trump", "Pete Hegseth")
    assert (stance.position, stance.dimension, stance.explicitness) == ("support", "commitment", "inferred")
    assert (stance.confidence, stance.rationale, stance.is_submitted) == (2, "He praises the plan", True)
    assert "submitted" in desk.message and QApplication.focusWidget() is desk.reading


def test_submit_of_an_incomplete_stance_says_what_it_lacks(desk_at_quote: Desk) -> None:
    desk_at_quote.press("S", "Return", "Esc", "Shift+Return")
    assert not _stances(desk_at_quote)[0].is_submitted
    assert "needs a position" in desk_at_quote.message


def test_stance_keys_without_a_stance_say_how_to_make_one(desk_at_quote: Desk) -> None:
    for key in ("H", "V", "Shift+P", "Shift+B", "B", "Shift+H", "Shift+C", "Y", "K", "Shift+Return"):
        desk_at_quote.press(key)
        assert "S makes one" in desk_at_quote.message, key


def test_next_stance_key_moves_the_frame_and_what_the_keys_change(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "O", "S", "Return", "S")
    _look(desk)
    assert "supports" in _focused(desk), "the latest one"
    desk.press("K")
    _look(desk)
    assert "opposes" in _focused(desk)
    desk.press("Shift+C", "3")
    assert {one.position: one.confidence for one in _stances(desk)} == {"oppose": 3, "support": None}
    desk.press("Shift+K", "Shift+Backspace")
    assert [one.position for one in _stances(desk)] == ["oppose"]


def test_changing_a_stance_does_not_move_it_in_the_inspector(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "O", "S", "Return", "S")
    _look(desk)

    def order() -> list[str]:
        buttons = desk.inspector.stances.findChildren(QPushButton)
        named = [one.accessibleName() for one in buttons if one.isVisibleTo(desk.inspector)]
        return [one for one in named if one.startswith("Position")]

    before = order()
    desk.press("K", "Shift+C", "1")
    desk.settle()
    assert order() == before


def test_via_is_taken_away_with_its_key(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "S", "H")
    desk.type("Donald Trump")
    desk.press("Ctrl+Return")
    assert _name(desk, _stances(desk)[0].via) == "Pete Hegseth"
    desk.press("V", "Return")
    assert _stances(desk)[0].via is None


def test_escape_in_the_rationale_leaves_it_as_it_was_and_the_quote_selected(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "O")
    _look(desk)
    desk.press("Y")
    desk.type("not this")
    desk.press("Esc")
    assert _stances(desk)[0].rationale == ""
    assert desk.selected is not None and QApplication.focusWidget() is desk.reading


def test_new_keys_of_a_stance_field_are_shown_on_its_card(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "O")
    desk.window.choose_keys({"stance.via": ("Z",)})
    _look(desk)
    said = desk.words_of(desk.inspector.stances).split("\n")
    assert "Z" in said and "V" not in said


def test_last_evidence_is_dropped_with_its_key(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "O")
    desk.select_words("Pentagon rules out US troops and NATO membership")
    desk.press("E", "Shift+E")
    assert [one.type for one in _stances(desk)[0].evidence] == ["direct_quote"]


def test_new_target_is_worded_on_the_way_to_its_first_stance_and_all_is_one_undo(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    known = len(targets.targets(desk.project))
    desk.press("S")
    desk.type("Ukraine in the EU")
    desk.press("Ctrl+Return", "Return", "S")
    (stance,) = _stances(desk)
    target = targets.get_target(desk.project, stance.target or "")
    assert (target.label, target.kind) == ("Ukraine in the EU", "policy")
    assert target.statement == "Ukraine should be in the EU"
    desk.press("Ctrl+Z")
    assert _stances(desk) == [] and len(targets.targets(desk.project)) == known


def test_kind_and_sentence_of_a_new_target_are_changed_by_keys(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S")
    desk.type("the Ramstein format")
    desk.press("Ctrl+Return", "Down")
    desk.type("The Ramstein format works")
    desk.press("Return", "S")
    target = targets.get_target(desk.project, _stances(desk)[0].target or "")
    assert (target.kind, target.statement) == ("actor", "The Ramstein format works")
    assert _stances(desk)[0].dimension == "evaluation"


def test_leaving_the_wording_of_a_new_target_makes_nothing(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    known = len(targets.targets(desk.project))
    desk.press("S")
    desk.type("Ukraine in the EU")
    desk.press("Ctrl+Return", "Esc")
    assert _stances(desk) == [] and len(targets.targets(desk.project)) == known


def test_target_without_a_sentence_is_shown_as_such_until_it_is_worded(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.session.act(targets.add_target, "Burden shifting")
    desk.press("S")
    desk.type("burden")
    picker = QApplication.activePopupWidget()
    assert isinstance(picker, Picker)
    assert [one.detail for one in picker.rows if one.text == "Burden shifting"] == ["no sentence yet"]
    desk.press("Return", "S")
    _look(desk)
    assert "no sentence yet" in desk.words_of(desk.inspector.stances)
    desk.press("Shift+Y")
    desk.type("Europe should bear the burden of its defence")
    desk.press("Return")
    desk.settle()
    assert "no sentence yet" not in desk.words_of(desk.inspector.stances)
    found = {one.label: one.statement for one in targets.targets(desk.project)}
    assert found["Burden shifting"] == "Europe should bear the burden of its defence"


def test_new_speaker_is_one_act_and_one_undo(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("L")
    desk.type("John Healey")
    desk.press("Ctrl+Return")
    assert _name(desk, getattr(desk.selected, "speaker", None)) == "John Healey"
    desk.press("Ctrl+Z")
    assert _name(desk, getattr(desk.selected, "speaker", None)) == "Pete Hegseth"
    assert "John Healey" not in {one.name for one in actors.Registry(desk.project).all()}


def _ledger_line(desk: Desk) -> list[str]:
    """The line of the selected quote in the ledger."""
    table = desk.inspector.ledger.table
    (line,) = table.selectionModel().selectedRows()
    return [line.siblingAtColumn(column).data() for column in range(2)]


def test_ledger_shows_the_holder_via_the_speaker_and_the_sign_in_its_colour(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    assert _ledger_line(desk) == ["✓", "Pete Hegseth"]
    desk.press("S", "Return", "O", "H")
    desk.type("Donald Trump")
    desk.press("Ctrl+Return")
    _look(desk)
    assert _ledger_line(desk) == ["▼", "Trump via Hegseth"]
    table = desk.inspector.ledger.table
    table.scrollTo(table.currentIndex())
    place = table.visualRect(table.selectionModel().selectedRows()[0])
    seen = table.viewport().grab(place).toImage()
    colours = {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(seen.height())}
    assert desk.window.theme.color("oppose").name() in colours


def test_ledger_is_sorted_by_speaker_and_by_position(desk_at_quote: Desk) -> None:
    desk = desk_at_quote
    desk.press("S", "Return", "O")
    _look(desk)
    model = desk.inspector.ledger.table.model()

    def column(number: int) -> list[str]:
        return [model.index(one, number).data() for one in range(model.rowCount())]

    by_place = column(2)
    order = next(one for one in desk.inspector.findChildren(QComboBox) if one.accessibleName() == "Order")
    order.setFocus()
    desk.press("Down")
    assert column(1) == sorted(column(1), key=str.casefold) and column(2) != by_place
    desk.press("Down")
    assert column(0)[0] == "▼"
    desk.press("Up", "Up")
    assert column(2) == by_place
