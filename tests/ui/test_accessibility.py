"""What every control owes everybody: a name, a place in the Tab order, a visible focus, and text that is only text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from annotator.ui.bars import ProgressDialog
from annotator.ui.exporting.dialog import ExportDialog
from annotator.ui.shortcuts import ShortcutSheet
from tests.ui.desk import Desk

HOSTILE = '<b>bold</b><img src="file:///nowhere.png">&amp; <a href="x">link</a>'


def shown(desk: Desk) -> Iterator[QWidget]:
    """Every widget of the window that can be seen, and of its dialogs."""
    for one in desk.window.findChildren(QWidget):
        if one.isVisible():
            yield one


def controls(widget: QWidget) -> list[QWidget]:
    """What can have the focus by Tab, but for what Qt makes inside a control."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea)
    return [
        one
        for one in widget.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.objectName().startswith("qt_")
    ]


def name_of(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""


def select_quote_and_entity(desk: Desk) -> Iterator[None]:
    desk.press("N")
    desk.settle()
    yield
    desk.press("N")
    desk.settle()
    yield


def test_every_control_of_the_window_has_a_name(desk: Desk) -> None:
    for _ in select_quote_and_entity(desk):
        assert [one for one in controls(desk.window) if not name_of(one)] == []


def test_every_control_of_the_start_page_has_a_name(start_page: Desk) -> None:
    assert [one for one in controls(start_page.window) if not name_of(one)] == []


@pytest.mark.parametrize(("kind", "key"), [(ExportDialog, "Ctrl+E"), (ShortcutSheet, "F1")])
def test_every_control_of_the_dialogs_has_a_name(desk: Desk, kind: type[QDialog], key: str) -> None:
    def look(dialog: QDialog) -> None:
        for one in controls(dialog):
            buddies = [label for label in dialog.findChildren(QLabel) if label.buddy() is one]
            assert name_of(one) or buddies, one
        desk.press("Esc")

    desk.during(kind, lambda: desk.press(key), look)


def test_tab_reaches_every_control(desk: Desk) -> None:
    desk.press("N", "N")
    desk.settle()
    wanted = {one for one in controls(desk.window) if not isinstance(one, QAbstractButton) or not one.isCheckable()}
    reached: set[QWidget] = set()
    for _ in range(4 * len(wanted) + 40):
        desk.press("Tab")
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
    assert wanted <= reached, wanted - reached


def test_tab_and_shift_tab_leave_the_text(desk: Desk) -> None:
    desk.reading.setFocus()
    desk.press("Tab")
    assert QApplication.focusWidget() is not desk.reading
    desk.press("Shift+Tab")
    assert QApplication.focusWidget() is desk.reading


def test_focus_can_be_seen_on_every_control(desk: Desk) -> None:
    desk.press("N", "N")
    desk.settle()
    blind: list[str] = []
    for one in controls(desk.window):
        desk.reading.setFocus()
        desk.settle()
        without = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        desk.settle()
        if one.hasFocus() and one is not desk.reading and one.grab().toImage() == without:
            blind.append(f"{type(one).__name__} {name_of(one)}")
    assert blind == []


def test_enter_presses_the_button_that_has_the_focus_and_nothing_else(desk: Desk) -> None:
    before = len(desk.open_suggestions)
    desk.press("N")
    reject = next(one for one in desk.inspector.findChildren(QAbstractButton) if one.accessibleName() == "Reject")
    reject.setFocus()
    desk.press("Return")
    assert desk.quotes == [] and desk.entities == []
    # The stance that the quote would have shown goes with it.
    assert before - 2 <= len(desk.open_suggestions) < before


def test_annotating_keys_work_while_the_inspector_has_the_focus(desk: Desk) -> None:
    desk.next_entity()
    reject = next(one for one in desk.inspector.findChildren(QAbstractButton) if one.accessibleName() == "Reject")
    reject.setFocus()
    desk.press("1")
    assert desk.entities == [("United States", "PERSON")]


def test_every_label_shows_plain_text(desk: Desk) -> None:
    dialog = ProgressDialog(desk.window, HOSTILE)
    dialog.open()
    for _ in select_quote_and_entity(desk):
        labels = [one for one in desk.window.findChildren(QLabel) if not one.objectName().startswith("qt_")]
        assert len(labels) > 20
        assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == []
    dialog.done(0)


def test_labels_of_dialogs_show_plain_text(desk: Desk) -> None:
    def look(dialog: QDialog) -> None:
        rich = [
            one.text()
            for one in dialog.findChildren(QLabel)
            if one.textFormat() != Qt.TextFormat.PlainText and QtGui.Qt.mightBeRichText(one.text())
        ]
        assert rich == []
        desk.press("Esc")

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), look)
    desk.during(ShortcutSheet, lambda: desk.press("F1"), look)


def test_markup_in_an_article_stays_text(start_page: Desk, tmp_path: Path) -> None:
    desk, folder = start_page, tmp_path
    (folder / "a.txt").write_text(f"{HOSTILE} said Angela Merkel in Paris. R&D grew.", encoding="utf-8")
    assert desk.session.create(folder / "R&D <i>x<i>.annot")
    desk.drop([folder / "a.txt"])
    desk.wait_for_job()
    desk.wait_for_models()
    assert desk.text.startswith(HOSTILE)
    desk.press("N", "Return")
    for one in shown(desk):
        tip = one.toolTip()
        assert "<b>" not in tip and "<img" not in tip and "<a " not in tip
    desk.press("Ctrl+W")
    desk.settle()
    (recent,) = [one for one in desk.window.start.findChildren(QAbstractButton) if "R&&D" in one.text()]
    assert recent.accessibleName() == "R&D <i>x<i>" and "<i>" not in recent.toolTip()
