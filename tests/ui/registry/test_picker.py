"""The picker: by letters, Enter, arrows; a new record when nothing fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.registry.picker import Picker, PickRow, best_rows
from annotator.ui.theme import Theme

ROWS = [
    PickRow("hegseth", "Pete Hegseth", "US defense chief", "Person"),
    PickRow("trump", "Donald Trump", "President Trump", "Person"),
    PickRow("nato", "NATO", "North Atlantic Treaty Organization", "Organization"),
    PickRow("5", "5% of GDP", "NATO members should spend 5 percent", "Policy"),
]


class Heard:
    """A picker that is open, and what it has said."""

    def __init__(self, picker: Picker) -> None:
        self.picker = picker
        self.chosen: list[str] = []
        self.asked: list[str] = []
        picker.chosen.connect(self.chosen.append)
        picker.create_asked.connect(self.asked.append)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.picker.line, text)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.picker.line, key, keys)

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.picker.rows]


@pytest.fixture
def open_picker(qtbot: QtBot, over: QWidget, theme: Theme) -> Callable[[bool], Heard]:
    def made(creates: bool) -> Heard:
        picker = Picker(
            over,
            theme,
            title="Speaker",
            placeholder="A name",
            rows=ROWS,
            create_text=(lambda words: f"Create “{words}”…") if creates else None,
        )
        heard = Heard(picker)
        picker.pop_up()
        qtbot.waitUntil(picker.isVisible)
        return heard

    return made


def test_picker_takes_the_first_row_that_fits_with_enter(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    heard.type("heg")
    heard.press(Qt.Key.Key_Return)
    assert (heard.chosen, heard.asked) == (["hegseth"], [])


def test_picker_offers_all_rows_before_anything_is_typed(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    assert heard.texts == [one.text for one in ROWS]
    heard.press(Qt.Key.Key_Enter)
    assert heard.chosen == ["hegseth"]


def test_picker_takes_digits_as_letters(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(False)
    heard.type("5")
    assert heard.picker.line.text() == "5"
    heard.press(Qt.Key.Key_Return)
    assert heard.chosen == ["5"]


def test_picker_goes_round_with_the_arrows(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(False)
    heard.press(Qt.Key.Key_Down)
    assert heard.picker.line.accessibleDescription() == "Donald Trump"
    heard.press(Qt.Key.Key_Up)
    heard.press(Qt.Key.Key_Up)
    heard.press(Qt.Key.Key_Return)
    assert heard.chosen == ["5"]


def test_picker_offers_a_new_record_after_those_that_fit(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    heard.type("trump")
    assert heard.texts == ["Donald Trump", "Create “trump”…"]


def test_picker_makes_a_new_record_with_enter_when_nothing_fits(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    heard.type(" John Healey ")
    heard.press(Qt.Key.Key_Return)
    assert (heard.chosen, heard.asked) == ([], ["John Healey"])


def test_picker_makes_a_new_record_with_ctrl_enter_though_others_fit(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    heard.type("NATO")
    heard.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (heard.chosen, heard.asked) == ([], ["NATO"])


def test_picker_that_makes_nothing_stays_open_when_nothing_fits(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(False)
    heard.type("zzz")
    heard.press(Qt.Key.Key_Return)
    assert heard.picker.isVisible() and heard.chosen == heard.asked == []


def test_picker_leaves_with_escape_and_says_nothing(
    open_picker: Callable[[bool], Heard], over: QWidget, qtbot: QtBot
) -> None:
    heard = open_picker(True)
    heard.type("heg")
    heard.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: over.findChildren(Picker) == [])
    assert heard.chosen == heard.asked == []


def test_picker_takes_a_row_that_is_clicked(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    shown = heard.picker.list
    place = shown.visualRect(shown.model().index(2, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.chosen == ["nato"]


def test_picker_stands_over_its_parent_near_the_top(open_picker: Callable[[bool], Heard], over: QWidget) -> None:
    picker = open_picker(True).picker
    corner = over.mapFromGlobal(picker.pos())
    assert 0 <= corner.y() < 100
    assert corner.x() >= 0


def test_picker_shrinks_to_the_rows_that_fit(open_picker: Callable[[bool], Heard]) -> None:
    heard = open_picker(True)
    whole = heard.picker.height()
    heard.type("zzz")
    assert heard.picker.height() < whole


@pytest.mark.parametrize(
    ("words", "ids"),
    [("", ["hegseth", "trump", "nato", "5"]), ("pete heg", ["hegseth"]), ("nato", ["nato", "5"]), ("dtr", ["trump"])],
)
def test_best_rows_puts_the_words_of_a_row_before_what_is_beside_them(words: str, ids: list[str]) -> None:
    assert [one.id for one in best_rows(words, ROWS)] == ids
