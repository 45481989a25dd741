"""Changing keys: by keyboard alone, in force at once and at the next start; and the sheet on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from annotator import paths, settings
from annotator.ui.actions import ACTIONS
from annotator.ui.bindings import keys_in_force
from annotator.ui.key_page import pages_of
from annotator.ui.shortcut_editor import ShortcutEditor
from annotator.ui.shortcuts import ShortcutSheet, in_columns, sheet
from tests.ui.desk import Desk


def record(
    editor: ShortcutEditor, words: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    editor.filter.setFocus()
    editor.filter.selectAll()
    QTest.keyClicks(editor.filter, words)
    QTest.keyClick(editor.filter, Qt.Key.Key_Return)
    assert editor.recorder.hasFocus() or editor.recorder.isAncestorOf(editor.focusWidget())
    QTest.keyClick(editor.recorder, key, held)


def edit(desk: Desk, act: Callable[[ShortcutEditor], object]) -> None:
    def inside(editor: ShortcutEditor) -> None:
        act(editor)
        editor.reject()

    desk.during(ShortcutEditor, lambda: desk.run("help.edit_shortcuts"), inside)
    desk.come_back()
    desk.reading.setFocus()


def shown_keys(desk: Desk) -> list[str]:
    return desk.words_of(desk.window.status).split("\n")


def test_new_key_works_at_once_and_the_old_one_no_more(desk: Desk) -> None:
    edit(desk, lambda editor: record(editor, "next suggestion", Qt.Key.Key_Z))
    desk.press("N")
    assert desk.selected is None
    desk.press("Z")
    assert desk.selected is not None
    assert settings.load().shortcuts == {"mark.next": ("Z",)}


def test_new_key_is_shown_wherever_the_old_one_was(desk: Desk) -> None:
    edit(desk, lambda editor: record(editor, "next suggestion", Qt.Key.Key_Z))
    assert "Z" in shown_keys(desk) and "N" not in shown_keys(desk)
    assert "Press Z for the next suggestion" in desk.card
    assert {one.id: one.shortcut for one in desk.window.bound.entries()}["mark.next"] == "Z"
    assert desk.window.bound.by_id["mark.next"].shortcut().toString() == "Z"
    desk.during(ShortcutSheet, lambda: desk.press("F1"), lambda one: _read_and_leave(desk, one, "Z"))


def _read_and_leave(desk: Desk, one: ShortcutSheet, cap: str) -> None:
    assert cap in desk.words_of(one).split("\n")
    one.reject()


def test_new_key_is_there_at_the_next_start(desk: Desk, new_desk: Callable[[], Desk], suggested_copy: Path) -> None:
    edit(desk, lambda editor: record(editor, "find an article", Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier))
    desk.leave()
    again = new_desk()
    assert "Ctrl J" in again.words_of(again.window.top)
    again.open(suggested_copy)
    assert again.window.bound.by_id["edit.palette"].shortcut().toString() == "Ctrl+J"


def test_key_of_another_command_is_refused_with_its_name(desk: Desk) -> None:
    def act(editor: ShortcutEditor) -> None:
        record(editor, "quote from the", Qt.Key.Key_N)
        assert editor.problem == "N is the key of “Next suggestion”: give that command another one first."

    edit(desk, act)
    assert settings.load().shortcuts == {}
    desk.press("N")
    assert desk.selected is not None


def test_further_key_is_added_to_those_that_are_there(desk: Desk) -> None:
    def act(editor: ShortcutEditor) -> None:
        editor.is_further.click()
        record(editor, "next suggestion", Qt.Key.Key_Z)

    edit(desk, act)
    assert settings.load().shortcuts == {"mark.next": ("N", "Z")}
    desk.press("Z")
    first = desk.selected
    desk.press("N")
    assert first is not None and desk.selected not in (None, first)


def _press_button(editor: ShortcutEditor, text: str) -> None:
    next(one for one in editor.findChildren(QPushButton) if one.text() == text).click()


def test_command_can_go_without_a_key_and_get_its_own_back(desk: Desk) -> None:
    def drop(editor: ShortcutEditor) -> None:
        editor.filter.setText("next suggestion")
        _press_button(editor, "No key")

    edit(desk, drop)
    assert settings.load().shortcuts == {"mark.next": ()}
    assert "Press “Next suggestion” for the next suggestion" in desk.card
    assert not desk.window.bound.by_id["mark.next"].shortcuts()

    def reset(editor: ShortcutEditor) -> None:
        editor.filter.setText("next suggestion")
        _press_button(editor, "Reset")

    edit(desk, reset)
    assert settings.load().shortcuts == {}
    desk.press("N")
    assert desk.selected is not None


def test_reset_is_refused_while_another_command_has_the_key(desk: Desk) -> None:
    def act(editor: ShortcutEditor) -> None:
        record(editor, "next suggestion", Qt.Key.Key_Z)
        record(editor, "quote from the", Qt.Key.Key_N)
        editor.filter.setText("next suggestion")
        _press_button(editor, "Reset")
        assert editor.problem.startswith("N is the key of “Quote from the selection”")
        _press_button(editor, "Reset all")

    edit(desk, act)
    assert settings.load().shortcuts == {}
    assert desk.window.bound.keys == keys_in_force(ACTIONS, {})
    assert desk.window.bound.by_id["mark.next"].shortcut().toString() == "N"


def test_keys_stay_as_they_were_when_they_cannot_be_saved(desk: Desk) -> None:
    folder = paths.config_dir()
    (folder / "settings.json").unlink()
    folder.rename(folder.with_name("away"))
    folder.write_text("a file where the folder should be", encoding="utf-8")

    def act(editor: ShortcutEditor) -> None:
        record(editor, "next suggestion", Qt.Key.Key_Z)
        assert "cannot be saved" in editor.problem

    try:
        edit(desk, act)
    finally:
        folder.unlink()
        folder.with_name("away").rename(folder)
    desk.press("N")
    assert desk.selected is not None


def test_sheet_leads_to_the_editor_and_shows_what_was_changed(desk: Desk) -> None:
    def act(one: ShortcutSheet) -> None:
        button = next(one for one in one.findChildren(QPushButton) if one.text() == "Edit…")
        desk.during(ShortcutEditor, button.click, lambda editor: _change_and_leave(editor))
        assert "Z" in desk.words_of(one).split("\n")
        one.reject()

    desk.during(ShortcutSheet, lambda: desk.press("F1"), act)


def _change_and_leave(editor: ShortcutEditor) -> None:
    record(editor, "next suggestion", Qt.Key.Key_Z)
    editor.reject()


def test_sheet_is_one_readable_page_with_every_key(desk: Desk, tmp_path: Path) -> None:
    listed = desk.window.bound.listed()
    made = ShortcutSheet(desk.window, listed, desk.window.bound.texts())
    said = made.page().toPlainText()
    texts = desk.window.bound.texts()
    assert [one.id for one in listed if one.shortcuts and texts[one.id].rstrip("…") not in said] == []
    assert pages_of(made.page()) == 1
    made.save(tmp_path / "keys.pdf")
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF-")


def test_sheet_says_when_it_cannot_be_saved(start_page: Desk, tmp_path: Path) -> None:
    made = ShortcutSheet(start_page.window, start_page.window.bound.listed(), start_page.window.bound.texts())
    made.show()
    made.save(tmp_path / "nowhere" / "keys.pdf")
    assert "cannot be written" in start_page.words_of(made)
    made.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Close).click()


@pytest.mark.parametrize("columns", [1, 2, 3, 9])
def test_groups_are_spread_in_order_and_none_is_lost(columns: int) -> None:
    groups = sheet(ACTIONS)
    ways = in_columns(groups, columns)
    assert [one for column in ways for one in column] == groups and 1 <= len(ways) <= columns
    assert all(ways)


def test_columns_are_as_short_as_they_can_be() -> None:
    one = ACTIONS[0]
    groups = [("a", [one] * 6), ("b", [one] * 2), ("c", [one] * 3)]
    assert [[name for name, _ in column] for column in in_columns(groups, 2)] == [["a"], ["b", "c"]]
