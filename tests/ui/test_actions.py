"""The registry of commands: unique, reachable, with icons, and in force when they should be."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from annotator import paths
from annotator.ui.actions import ACTIONS
from annotator.ui.bindings import can_meet
from annotator.ui.shortcuts import ShortcutSheet
from tests.ui.desk import Desk


def test_ids_of_actions_are_unique() -> None:
    assert [one for one, count in Counter(one.id for one in ACTIONS).items() if count > 1] == []


def test_shortcuts_of_actions_are_unique() -> None:
    # Of commands that are in force together; what labels and what reviews never is.
    keys = [(one, QKeySequence(key).toString()) for one in ACTIONS for key in one.shortcuts]
    assert all(key for _, key in keys)
    double = [
        (one.id, other.id)
        for at, (one, key) in enumerate(keys)
        for other, same in keys[at + 1 :]
        if key == same and can_meet(one, other)
    ]
    assert double == []


def test_icons_of_actions_are_there() -> None:
    missing = [
        one.icon for one in ACTIONS if one.icon and not (paths.resources() / "icons" / f"{one.icon}.svg").exists()
    ]
    assert missing == []


def _entries(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for entry in menu.actions():
        inner = entry.menu()
        if isinstance(inner, QMenu):
            found += _entries(inner)
        elif not entry.isSeparator():
            found.append(entry)
    return found


def test_every_listed_action_is_in_its_menu(desk: Desk) -> None:
    menus = {entry.text(): entry.menu() for entry in desk.window.menuBar().actions()}
    for one in ACTIONS:
        menu = menus[one.menu]
        assert isinstance(menu, QMenu)
        names = [entry.objectName() for entry in _entries(menu)]
        assert (one.id in names) == one.is_listed, one.id


def test_actions_on_a_project_are_off_on_the_start_page(start_page: Desk) -> None:
    on = {one.id for one in ACTIONS if start_page.window.bound.by_id[one.id].isEnabled()}
    assert on == {one.id for one in ACTIONS if one.when == "always"}


def test_actions_are_on_when_they_can_do_something(desk: Desk) -> None:
    def is_on(action_id: str) -> bool:
        return desk.window.bound.by_id[action_id].isEnabled()

    assert is_on("file.export") and is_on("mark.next")
    assert not is_on("mark.resize")
    assert not any(is_on(one.id) for one in ACTIONS if one.when == "resizing")
    desk.next_entity()
    desk.press("Return")
    desk.next_entity()
    desk.press("X")
    assert all(is_on(one.id) for one in ACTIONS if one.when == "resizing")
    assert not is_on("edit.undo"), "an undo would pull the thing away under the arrows"
    desk.press("Esc")
    assert is_on("edit.undo") and is_on("mark.resize") and not is_on("edit.redo")
    desk.press("Ctrl+Z")
    assert is_on("edit.redo")


def test_undo_and_redo_say_in_the_menu_what_they_would_do(desk: Desk) -> None:
    desk.next_entity()
    desk.press("Return")
    assert desk.window.bound.by_id["edit.undo"].text() == "Undo: accepted an entity"
    desk.press("Ctrl+Z")
    assert desk.window.bound.by_id["edit.redo"].text() == "Redo: accepted an entity"


def test_shortcut_sheet_lists_every_key(desk: Desk) -> None:
    def read(sheet: ShortcutSheet) -> None:
        said = desk.words_of(sheet)
        for one in desk.window.bound.listed():
            assert not one.shortcuts or desk.window.bound.texts()[one.id].rstrip("…") in said, one.id
        caps = said.split("\n")
        for cap in ("N", "↵", "⌫", "Ctrl K", "Shift →", "Alt 3", "9", "F1", "Ctrl Plus"):
            assert cap in caps
        desk.press("Esc")

    desk.during(ShortcutSheet, lambda: desk.press("F1"), read)


def test_labels_without_a_digit_are_neither_in_the_menu_nor_on_the_sheet(desk: Desk) -> None:
    shown = {one.id: desk.window.bound.by_id[one.id].text() for one in desk.window.bound.listed()}
    assert shown["mark.label_1"] == "Label Person"
    assert not any("none" in text for text in shown.values())
