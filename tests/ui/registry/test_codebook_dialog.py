"""The window of the codebook: labels and rules are added, changed and retired; what was decided before is listed."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import Label, Rule
from annotator.ui.registry.codebook_dialog import CodebookDialog
from annotator.ui.registry.codebook_forms import LabelForm, RuleForm
from annotator.ui.theme import Theme, load_theme
from tests.ui.registry.values import CODEBOOK, DECIDED

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Asked:
    """What the window asked for, in its order."""

    def __init__(self, dialog: CodebookDialog) -> None:
        self.all: list[tuple[object, ...]] = []
        for name in ("label_add", "label_change", "label_retire", "rule_add", "rule_change", "rule_retire", "jump"):
            getattr(dialog, f"{name}_asked").connect(lambda *values, name=name: self.all.append((name, *values)))
        dialog.export_asked.connect(lambda: self.all.append(("export",)))
        dialog.targets_asked.connect(lambda: self.all.append(("targets",)))


@pytest.fixture
def dialog(qtbot: QtBot, over: QWidget, theme: Theme, in_front: Callable[[QDialog], None]) -> CodebookDialog:
    made = CodebookDialog(over, theme)
    qtbot.addWidget(made)
    made.show_codebook(CODEBOOK, 3, decided=len(DECIDED))
    made.show_decided(DECIDED)
    in_front(made)
    return made


@pytest.fixture
def asked(dialog: CodebookDialog) -> Asked:
    return Asked(dialog)


def label_form(dialog: CodebookDialog) -> LabelForm:
    form = dialog.labels.form
    assert isinstance(form, LabelForm)
    return form


def rule_form(dialog: CodebookDialog) -> RuleForm:
    form = dialog.rules.form
    assert isinstance(form, RuleForm)
    return form


def seen(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def click(dialog: CodebookDialog, text: str) -> None:
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, keys)


def test_codebook_is_shown_with_its_version_and_counts(dialog: CodebookDialog) -> None:
    said = seen(dialog)
    assert "Codebook · NATO burden-sharing" in said and "Version 3" in said
    assert [one.text() for one in dialog.chips.values()] == [
        "Labels 18",
        "Positions 7",
        "Rules 3",
        "Decided before version 3: 2",
    ]
    assert "4 targets to begin with" in said


def test_title_of_a_label_is_changed_by_keys(dialog: CodebookDialog, asked: Asked) -> None:
    QTest.keyClicks(dialog.labels.listing.filter, "gpe")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "Country or city")
    press(Qt.Key.Key_Return)
    expected = Label(name="GPE", title="Country or city", hue="place", hotkey="3")
    assert asked.all == [("label_change", "GPE", expected)]


def test_name_of_a_label_stays_as_records_carry_it(dialog: CodebookDialog) -> None:
    dialog.labels.select("GPE")
    assert label_form(dialog).name.isReadOnly()
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    assert not label_form(dialog).name.isReadOnly()


def test_new_label_is_asked_for(dialog: CodebookDialog, asked: Asked) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "WEAPON SYSTEM")
    label_form(dialog).hue.setCurrentIndex(label_form(dialog).hue.findData("org"))
    press(Qt.Key.Key_Return)
    assert asked.all == [("label_add", Label(name="WEAPON_SYSTEM", hue="org"))]


def test_new_label_of_a_name_that_is_there_is_refused(dialog: CodebookDialog, asked: Asked) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "gpe")
    press(Qt.Key.Key_Return)
    assert asked.all == [] and "There is a label gpe already." in seen(dialog)


def test_key_of_another_label_is_refused(dialog: CodebookDialog, asked: Asked) -> None:
    dialog.labels.select("LAW")
    label_form(dialog).hotkey.setCurrentIndex(3)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert asked.all == [] and "The key 3 is GPE’s." in seen(dialog)


def test_label_is_retired_and_used_again(dialog: CodebookDialog, asked: Asked) -> None:
    dialog.labels.select("LAW")
    click(dialog, "Retire")
    retired = tuple(
        msgspec.structs.replace(one, is_retired=True) if one.name == "LAW" else one for one in CODEBOOK.labels
    )
    dialog.show_codebook(msgspec.structs.replace(CODEBOOK, labels=retired), 4, decided=0)
    assert dialog.chips["labels"].text() == "Labels 17"
    click(dialog, "Use again")
    assert asked.all == [("label_retire", "LAW", True), ("label_retire", "LAW", False)]


def test_examples_of_a_rule_are_changed_line_by_line(dialog: CodebookDialog, asked: Asked) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_3, ALT)
    dialog.rules.select("2.2")
    rule_form(dialog).bad.setPlainText("the [“Ramstein format”]\n\n a [“model”] \n")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    old = next(one for one in CODEBOOK.rules if one.id == "2.2")
    bad = ("the [“Ramstein format”]", "a [“model”]")
    assert asked.all == [("rule_change", "2.2", msgspec.structs.replace(old, bad=bad))]


def test_new_rule_is_asked_for_by_keys(dialog: CodebookDialog, asked: Asked) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_3, ALT)
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "2.3")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "A headline is coded as it stands.")
    press(Qt.Key.Key_Return, CTRL)
    assert asked.all == [("rule_add", Rule(id="2.3", text="A headline is coded as it stands."))]


def test_change_is_asked_for_when_another_page_is_shown(dialog: CodebookDialog, asked: Asked) -> None:
    dialog.labels.select("GPE")
    label_form(dialog).title.setText("Country")
    QTest.keyClick(dialog, Qt.Key.Key_3, ALT)
    assert [one[:2] for one in asked.all] == [("label_change", "GPE")]


def test_window_that_is_dropped_asks_for_nothing(dialog: CodebookDialog, asked: Asked) -> None:
    dialog.labels.select("GPE")
    label_form(dialog).title.setText("Country")
    dialog.drop()
    assert asked.all == [] and not dialog.isVisible()


def test_every_part_is_unchanged_until_somebody_changes_it(dialog: CodebookDialog, asked: Asked) -> None:
    for one in CODEBOOK.labels:
        dialog.labels.select(one.name)
    QTest.keyClick(dialog, Qt.Key.Key_3, ALT)
    for rule in CODEBOOK.rules:
        dialog.rules.select(rule.id)
    dialog.close()
    assert asked.all == []


def test_records_decided_before_are_listed_and_lead_to_their_place(dialog: CodebookDialog, asked: Asked) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert asked.all == [("jump", "a2", 160)]


def test_codebook_is_exported_and_targets_are_opened_on_request(dialog: CodebookDialog, asked: Asked) -> None:
    click(dialog, "Export as TOML…")
    click(dialog, "Targets…")
    assert asked.all == [("export",), ("targets",)]


def test_colours_follow_the_theme(dialog: CodebookDialog) -> None:
    def colour() -> str:
        return label_form(dialog).hue.itemIcon(0).pixmap(16).toImage().pixelColor(8, 8).name()

    light = colour()
    dialog.set_theme(load_theme("dark"))
    assert (light, colour()) == (load_theme("light").roles["person"], load_theme("dark").roles["person"])
