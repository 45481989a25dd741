"""The window of targets: a label and one full positive sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.registry.merging import MergeSide
from annotator.ui.registry.picker import Picker
from annotator.ui.registry.targets_dialog import TargetEdit, TargetsDialog
from annotator.ui.theme import Theme
from tests.ui.registry.values import TARGETS

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot, over: QWidget, theme: Theme, in_front: Callable[[QDialog], None]) -> TargetsDialog:
    made = TargetsDialog(over, theme)
    qtbot.addWidget(made)
    made.show_rows(TARGETS)
    in_front(made)
    return made


def seen(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_target_is_asked_for_by_keys_alone(dialog: TargetsDialog) -> None:
    asked: list[TargetEdit] = []
    dialog.create_asked.connect(asked.append)
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Patriots")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "The US should deliver Patriots.")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert asked == [TargetEdit(label="Patriots", statement="The US should deliver Patriots.", kind="policy")]


def test_target_without_a_sentence_cannot_be_saved(dialog: TargetsDialog) -> None:
    asked: list[object] = []
    dialog.change_asked.connect(lambda *values: asked.append(values))
    dialog.select("t1")
    dialog.records.form.start()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert asked == [] and "A target needs a statement" in seen(dialog)


def test_most_stances_come_first_when_asked(dialog: TargetsDialog) -> None:
    dialog.records.listing.table.sort_by(3)
    assert dialog.records.listing.table.shown_ids[:3] == ["t1", "t2", "t3"]


def test_merging_targets_offers_the_one_with_the_likest_sentence_first(qtbot: QtBot, dialog: TargetsDialog) -> None:
    dialog.select("t5")
    QTest.keyClick(dialog, Qt.Key.Key_M, CTRL)
    picker = dialog.findChild(Picker)
    qtbot.waitUntil(picker.isVisible)
    ids = [one.id for one in picker.rows]
    picker.close()
    assert ids[0] == "t1" and "t5" not in ids


def test_merging_targets_warns_that_positions_stay(dialog: TargetsDialog) -> None:
    said = dialog.consequences(MergeSide("t5", "Ukraine’s accession"), MergeSide("t1", "Ukraine in NATO"))
    assert said[0].startswith("Every stance on “Ukraine’s accession” is one on “Ukraine in NATO” from now on")
    assert any(line.startswith("Positions stay as they are") for line in said)


def test_empty_registry_of_targets_says_what_to_do(dialog: TargetsDialog) -> None:
    dialog.show_rows(())
    assert "No targets yet." in seen(dialog)
