"""Keys on caps and in sentences: always those that the window's actions have."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.hints import hints_of
from annotator.ui.keycaps import KeyCap, key_of, keyed, with_keys


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    for name, text, key in (
        ("mark.next", "Next suggestion", "N"),
        ("file.new", "New project…", "Ctrl+N"),
        ("x", "X", ""),
    ):
        action = QAction(text, made)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
    made.setCentralWidget(QWidget())
    QVBoxLayout(made.centralWidget())
    return made


def action_in(window: QMainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def test_cap_shows_the_key_that_is_in_force_and_follows_it(window: QMainWindow) -> None:
    cap = KeyCap("file.new")
    window.centralWidget().layout().addWidget(cap)
    window.show()
    assert (cap.text(), cap.accessibleName()) == ("Ctrl N", "Ctrl+N")
    action_in(window, "file.new").setShortcut(QKeySequence("Ctrl+J"))
    assert cap.text() == "Ctrl J"
    action_in(window, "file.new").setShortcuts([])
    assert cap.isHidden()
    action_in(window, "file.new").setShortcut(QKeySequence("F5"))
    assert cap.text() == "F5" and not cap.isHidden()


def test_cap_can_be_given_another_command(window: QMainWindow) -> None:
    cap = KeyCap()
    window.centralWidget().layout().addWidget(cap)
    window.show()
    cap.show_action("mark.next")
    assert cap.text() == "N" and not cap.isHidden()
    cap.show_action("")
    assert cap.isHidden()
    action_in(window, "mark.next").setShortcut(QKeySequence("M"))
    assert cap.isHidden(), "it follows no command any more"


def test_sentence_has_the_keys_or_else_the_names_of_commands(window: QMainWindow) -> None:
    inside = window.centralWidget()
    assert with_keys(inside, "Press {mark.next}, or {file.new}.") == "Press N, or Ctrl+N."
    action_in(window, "file.new").setShortcuts([])
    assert with_keys(inside, "Press {file.new}.") == "Press “New project”."
    assert (keyed(inside, "Next", "mark.next"), keyed(inside, "New", "file.new")) == ("Next  N", "New")


def test_widget_outside_any_window_knows_no_keys(qtbot: QtBot) -> None:
    alone = QWidget()
    qtbot.addWidget(alone)
    assert key_of(alone, "mark.next") == "" and with_keys(alone, "{mark.next}") == "mark.next"


def test_hints_leave_out_commands_without_a_key(window: QMainWindow) -> None:
    actions = {one: action_in(window, one) for one in ("mark.next", "x")}
    assert hints_of((("mark.next", "next"), ("x", "cross"), ("1–9", "label")), actions) == [
        ("N", "next"),
        ("1–9", "label"),
    ]
