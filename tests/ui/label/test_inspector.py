"""The inspector: the ledger "who said what", the labels, the history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTableView

from annotator.domain.drafts import QuoteDraft, Suggestion
from annotator.domain.records import Quote
from tests.ui.desk import Desk


def ledger(desk: Desk) -> QTableView:
    (found,) = [one for one in desk.inspector.findChildren(QTableView) if one.accessibleName() == "Who said what"]
    return found


def click_row(desk: Desk, number: int) -> None:
    table = ledger(desk)
    place = table.visualRect(table.model().index(number, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_click_in_the_ledger_jumps_to_the_quote(desk: Desk) -> None:
    last = ledger(desk).model().rowCount() - 1
    click_row(desk, last)
    assert isinstance(desk.selected, Suggestion) and isinstance(desk.selected.draft, QuoteDraft)
    assert desk.reading.caret() == desk.selected.draft.span.start
    assert desk.reading.first_visible_position() > 0 and desk.focus is desk.reading


def test_enter_in_the_ledger_jumps_to_the_quote_and_accepts_nothing(desk: Desk) -> None:
    ledger(desk).setFocus()
    desk.press("Down", "Down", "Return")
    assert isinstance(desk.selected, Suggestion) and isinstance(desk.selected.draft, QuoteDraft) and desk.quotes == []
    assert ledger(desk).model().index(2, 2).data().startswith(desk.selected.draft.content[0].text)
    assert desk.reading.caret() == desk.selected.draft.span.start and desk.focus is desk.reading


def test_ledger_shows_the_selected_quote_and_counts_the_confirmed_ones(desk: Desk) -> None:
    count = ledger(desk).model().rowCount()
    assert f"WHO SAID WHAT · {count} QUOTES, 0 CONFIRMED" in desk.card
    desk.press("N", "Return")
    assert f"WHO SAID WHAT · {count} QUOTES, 1 CONFIRMED" in desk.card
    desk.press("P")
    click_row(desk, 0)
    assert isinstance(desk.selected, Quote)
    assert [one.row() for one in ledger(desk).selectionModel().selectedRows()] == [0]


@pytest.mark.parametrize("name", ["Accept", "Reject", "Label Person"])
def test_buttons_of_the_card_do_what_they_say(desk: Desk, name: str) -> None:
    before = len(desk.open_suggestions)
    desk.press("N", "N", "N")
    (found,) = [one for one in desk.inspector.findChildren(QAbstractButton) if one.accessibleName() == name]
    desk.settle()
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    kept = {"Accept": [("United States", "GPE")], "Reject": [], "Label Person": [("United States", "PERSON")]}
    assert desk.entities == kept[name]
    # What is turned down is turned down wherever the same words stand.
    left = len(desk.open_suggestions)
    assert left < before - 1 if name == "Reject" else left == before - 1
    assert desk.focus is desk.reading, "the next key goes on with the next suggestion"


def test_card_tells_where_a_record_comes_from_and_what_happened_to_it(desk: Desk) -> None:
    desk.press("N", "N", "N", "1")
    desk.window.label.select(next(one.id for one in desk.window.label.things if not isinstance(one, Suggestion)))
    assert "SELECTED ENTITY" in desk.card and "Suggested by en_core_web_sm" in desk.card and "You " in desk.card


@pytest.mark.parametrize("width", [860, 1024, 1440])
def test_nothing_in_the_inspector_is_cut_off(desk: Desk, width: int) -> None:
    desk.window.resize(width, 700)
    desk.press("N", "N")
    desk.settle()
    inside, viewport = desk.inspector.widget(), desk.inspector.viewport()
    assert inside.width() <= viewport.width()
    for one in desk.inspector.findChildren(QAbstractButton):
        if one.isVisible() and not one.objectName().startswith("qt_"):
            assert one.width() >= one.sizeHint().width() - 1, one.text()


def test_card_of_the_next_thing_is_shown_from_its_beginning(desk: Desk) -> None:
    desk.window.resize(1024, 500)
    desk.press("N", "M")
    desk.settle()
    bar = desk.inspector.verticalScrollBar()
    assert bar.value() > 0
    desk.press("Esc")
    desk.reading.setFocus()
    desk.press("N")
    desk.settle()
    assert bar.value() == 0


def test_ledger_takes_two_lines_a_row_where_it_is_narrow(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.settle()
    wide = ledger(desk).rowHeight(0)
    desk.window.resize(1024, 700)
    desk.settle()
    table = ledger(desk)
    assert table.rowHeight(0) > wide and table.wordWrap()
    assert table.height() >= table.rowHeight(0) * table.model().rowCount()


def test_the_history_says_what_changed_what_was_undone_and_can_be_copied(desk: Desk) -> None:
    desk.press("N", "N", "N", "1")
    desk.window.label.select(next(one.id for one in desk.window.label.things if not isinstance(one, Suggestion)))
    before = desk.entities[0][1]
    desk.press("2")
    after = desk.entities[0][1]
    desk.press("Ctrl+Z")
    assert f"label: {before} → {after}" in desk.card and "undone later" in desk.card
    assert f"label: {after} → {before}" in desk.card and "You undid: changed a label" in desk.card
    (copy,) = [
        one for one in desk.inspector.findChildren(QAbstractButton) if one.accessibleName() == "Copy the history"
    ]
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert f"    label: {before} → {after}" in text and "HISTORY" not in text
