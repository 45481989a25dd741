"""Finding: as one types, by kind, in context; searches kept by a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.services.finding import Found
from annotator.ui.registry.find_dialog import FindDialog, SavedSearch
from annotator.ui.registry.found import KINDS, fitted, found_lines
from annotator.ui.registry.picker import Picker
from annotator.ui.theme import SERIF, Theme, font
from tests.ui.registry.values import FOUND, SAVED

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "NATO mem"


class Heard:
    """What the window asked for, and where it wanted to go."""

    def __init__(self, dialog: FindDialog) -> None:
        self.searches: list[tuple[str, tuple[str, ...]]] = []
        self.jumps: list[tuple[str, str, str, int]] = []
        self.saved: list[SavedSearch] = []
        self.removed: list[str] = []
        dialog.search_asked.connect(lambda words, kinds: self.searches.append((words, kinds)))
        dialog.jump_asked.connect(lambda *place: self.jumps.append(place))
        dialog.save_asked.connect(self.saved.append)
        dialog.remove_asked.connect(self.removed.append)


@pytest.fixture
def dialog(qtbot: QtBot, over: QWidget, theme: Theme, in_front: Callable[[QDialog], None]) -> FindDialog:
    made = FindDialog(over, theme)
    qtbot.addWidget(made)
    made.show_saved(SAVED)
    in_front(made)
    return made


@pytest.fixture
def heard(dialog: FindDialog) -> Heard:
    return Heard(dialog)


@pytest.fixture
def filled(dialog: FindDialog, heard: Heard) -> FindDialog:
    """The window with what `WORDS` finds."""
    dialog.line.setText(WORDS)
    dialog.show_found(WORDS, FOUND)
    return dialog


def seen(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def marked(dialog: FindDialog) -> str:
    return str(dialog.list.currentIndex().data() or "")


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, keys)


def test_search_is_asked_for_once_after_the_last_letter(qtbot: QtBot, dialog: FindDialog, heard: Heard) -> None:
    with qtbot.waitSignal(dialog.search_asked):
        QTest.keyClicks(dialog.line, WORDS)
    assert heard.searches == [(WORDS, tuple(KINDS))]


def test_search_asks_only_for_the_kinds_that_are_on(qtbot: QtBot, dialog: FindDialog, heard: Heard) -> None:
    dialog.line.setText(WORDS)
    with qtbot.waitSignal(dialog.search_asked):
        QTest.mouseClick(dialog.chips["article"], Qt.MouseButton.LeftButton)
    assert heard.searches[-1] == (WORDS, ("quote", "actor", "stance", "note"))


def test_found_places_stand_under_headings_with_their_counts() -> None:
    lines = found_lines(FOUND)
    headings = [one.text for one in lines if one.found is None]
    assert headings == ["ARTICLES · 2", "QUOTES · 1", "ACTORS · 1", "STANCES · 1", "NOTES · 1"]
    assert [one.found.id for one in lines if one.found] == ["a2", "a1", "q1", "nato", "s1", "n1"]


def test_found_places_are_counted(filled: FindDialog) -> None:
    assert "6 places" in seen(filled)
    filled.show_found(WORDS, FOUND, is_all=False)
    assert "the first 6 places" in seen(filled)


def test_answer_to_other_words_than_the_line_has_is_left_out(dialog: FindDialog) -> None:
    dialog.line.setText("Kremlin")
    dialog.show_found(WORDS, FOUND)
    assert dialog.model.rowCount() == 0


def test_enter_goes_to_the_first_place_and_hides_the_window(filled: FindDialog, heard: Heard) -> None:
    press(Qt.Key.Key_Return)
    assert heard.jumps == [("article", "a2", "a2", 58)]
    assert not filled.isVisible() and filled.words == WORDS


def test_ctrl_enter_goes_there_and_stays(filled: FindDialog, heard: Heard) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)
    assert heard.jumps == [("article", "a1", "a1", 1420)]
    assert filled.isVisible()


def test_arrows_pass_over_headings_and_stop_at_the_ends(filled: FindDialog, heard: Heard) -> None:
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert marked(filled).startswith("NATO members")
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Down)
    assert marked(filled).startswith("Does “NATO membership")
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert heard.jumps == [("article", "a2", "a2", 58)]


def test_screen_reader_is_told_where_enter_would_go(filled: FindDialog) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert "The United States does not believe that NATO membership" in filled.line.accessibleDescription()


def test_double_click_goes_there(filled: FindDialog, heard: Heard) -> None:
    row = next(number for number, one in enumerate(filled.model.rows) if one.found and one.found.kind == "quote")
    place = filled.list.visualRect(filled.model.index(row, 0)).center()
    QTest.mouseClick(filled.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(filled.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.jumps == [("quote", "q1", "a2", 340)]


def test_enter_right_after_typing_means_the_new_words(dialog: FindDialog, heard: Heard) -> None:
    dialog.search_asked.connect(lambda words, _: dialog.show_found(words, FOUND[:1]))
    QTest.keyClicks(dialog.line, WORDS)
    press(Qt.Key.Key_Return)
    assert heard.searches == [(WORDS, tuple(KINDS))] and heard.jumps == [("quote", "q1", "a2", 340)]


def test_nothing_found_is_said_so(dialog: FindDialog) -> None:
    dialog.line.setText("quintuple")
    dialog.show_found("quintuple", ())
    assert "Nothing found for “quintuple”." in seen(dialog)


def test_window_without_words_says_what_it_does(qtbot: QtBot, filled: FindDialog) -> None:
    filled.line.clear()
    qtbot.waitUntil(lambda: "Type some words." in seen(filled))


def test_window_without_kinds_says_what_is_missing(qtbot: QtBot, filled: FindDialog) -> None:
    for chip in filled.chips.values():
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Choose at least one kind to look in." in seen(filled))


def open_picker(qtbot: QtBot, dialog: FindDialog, key: Qt.Key) -> Picker:
    press(key, CTRL)
    picker = dialog.findChild(Picker)
    qtbot.waitUntil(picker.isVisible)
    return picker


def test_saved_search_is_chosen_again(qtbot: QtBot, dialog: FindDialog, heard: Heard) -> None:
    picker = open_picker(qtbot, dialog, Qt.Key.Key_O)
    QTest.keyClicks(picker.line, "burden")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert heard.searches == [("share burden", ("quote", "stance"))]
    assert dialog.words == "share burden" and dialog.kinds == ("quote", "stance")


def test_search_is_saved_by_a_new_name(qtbot: QtBot, filled: FindDialog, heard: Heard) -> None:
    picker = open_picker(qtbot, filled, Qt.Key.Key_S)
    QTest.keyClicks(picker.line, "Accession")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert heard.saved == [SavedSearch("Accession", WORDS, tuple(KINDS))]


def test_saved_search_can_be_removed_while_it_is_shown(filled: FindDialog, heard: Heard) -> None:
    assert filled.remove.isVisible()
    QTest.mouseClick(filled.remove, Qt.MouseButton.LeftButton)
    assert heard.removed == ["Membership talk"]
    filled.show_saved(SAVED[1:])
    assert not filled.remove.isVisible()


@pytest.mark.parametrize("width", [60, 120, 300, 900])
def test_words_in_context_fit_and_keep_the_hit(theme: Theme, width: int) -> None:
    metrics = QFontMetricsF(font(SERIF, 15))
    parts = ("in a long sentence that begins far away, " * 3, "NATO", " membership goes on and on" * 5)
    before, hit, after = fitted(parts, width, plain=metrics, bold=metrics)
    assert hit == "NATO"
    assert sum(map(metrics.horizontalAdvance, (before, hit, after))) <= width + 1


def test_words_in_context_are_whole_where_there_is_room(theme: Theme) -> None:
    metrics = QFontMetricsF(font(SERIF, 15))
    parts = ("a founding ", "NATO", " member")
    assert fitted(parts, 2000, plain=metrics, bold=metrics) == parts


@pytest.mark.parametrize(("before", "hit"), [("Does “", "NATO"), ("😅😅 ", "NATO"), ("قال إن ", "الناتو")])
def test_ground_of_the_hit_is_painted_under_the_hit_alone(
    filled: FindDialog, theme: Theme, before: str, hit: str
) -> None:
    one = Found(kind="quote", id="q", article="a", title="", before=before, hit=hit, after=" 😅", place=0)
    filled.show_found(WORDS, (one,))
    painted = filled.list.viewport().grab().toImage()
    ground = theme.color("sel").rgb()
    columns = [x for x in range(painted.width()) if any(painted.pixel(x, y) == ground for y in range(painted.height()))]
    width = QFontMetricsF(font(SERIF, 15, QFont.Weight.DemiBold)).horizontalAdvance(hit)
    assert columns[-1] - columns[0] + 1 == pytest.approx(width, abs=3)
