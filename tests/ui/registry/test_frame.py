"""All registry windows: they fit the window they stand over, and a screen reader can name what is in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.registry.actors_dialog import ActorsDialog
from annotator.ui.registry.codebook_dialog import CodebookDialog
from annotator.ui.registry.find_dialog import FindDialog
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.targets_dialog import TargetsDialog
from annotator.ui.theme import Theme, apply, load_theme
from tests.ui.registry.values import ACTOR_ROWS, CODEBOOK, DECIDED, FOUND, KNOWN, SAVED, TARGETS, UNLINKED

NAMED = (QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit)


def actors(over: QWidget, theme: Theme) -> RegistryWindow:
    window = ActorsDialog(over, theme)
    window.show_rows(ACTOR_ROWS, KNOWN, UNLINKED)
    window.select("hegseth")
    return window


def targets(over: QWidget, theme: Theme) -> RegistryWindow:
    window = TargetsDialog(over, theme)
    window.show_rows(TARGETS)
    window.select("t1")
    return window


def codebook(over: QWidget, theme: Theme) -> RegistryWindow:
    window = CodebookDialog(over, theme)
    window.show_codebook(CODEBOOK, 3, decided=len(DECIDED))
    window.show_decided(DECIDED)
    window.show_page("rules")
    window.rules.select("1.1")
    return window


def find(over: QWidget, theme: Theme) -> RegistryWindow:
    window = FindDialog(over, theme)
    window.show_saved(SAVED)
    window.line.setText("NATO mem")
    window.show_found("NATO mem", FOUND)
    return window


Maker = Callable[[QWidget, Theme], RegistryWindow]


@pytest.mark.parametrize("make", [actors, targets, codebook, find])
def test_everything_that_takes_keys_has_a_name(qtbot: QtBot, over: QWidget, theme: Theme, make: Maker) -> None:
    window = make(over, theme)
    qtbot.addWidget(window)
    window.show()
    takers = [one for one in window.findChildren(QWidget) if one.isVisible() and isinstance(one, NAMED)]
    nameless = [
        one for one in takers if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName().strip()
    ]
    assert len(takers) > 5
    assert [one for one in nameless if not isinstance(one, QScrollArea)] == []


@pytest.mark.parametrize("make", [actors, targets, codebook, find])
def test_registry_window_fits_a_small_main_window(qtbot: QtBot, over: QWidget, theme: Theme, make: Maker) -> None:
    over.resize(1024, 700)
    window = make(over, theme)
    qtbot.addWidget(window)
    window.show()
    assert window.width() <= 1024 and window.height() <= 700
    assert window.minimumSizeHint().width() <= 1024 and window.minimumSizeHint().height() <= 700


def test_message_leaves_the_form_free(qtbot: QtBot, over: QWidget, theme: Theme) -> None:
    window = ActorsDialog(over, theme)
    qtbot.addWidget(window)
    window.show()
    window.say("A sentence that is rather long and goes on for a while. " * 4)
    assert window.message.geometry().right() < window.records.form.geometry().left()
    assert window.rect().contains(window.message.geometry())


def test_table_drops_its_spare_column_where_it_is_narrow(qtbot: QtBot, over: QWidget, theme: Theme) -> None:
    window = ActorsDialog(over, theme)
    qtbot.addWidget(window)
    window.show_rows(ACTOR_ROWS, KNOWN, UNLINKED)
    window.show()
    table = window.records.listing.table
    assert not table.isColumnHidden(3)
    window.resize(940, 600)
    qtbot.waitUntil(lambda: table.isColumnHidden(3))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_key_on_a_button_can_be_read_once_the_button_is_enabled(dressing_room: None, qtbot: QtBot, name: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = load_theme(name)
    apply(app, theme)
    made = button("Mark", lambda: None, role="primary", keys="Ctrl+Return")
    qtbot.addWidget(made)
    made.setEnabled(False)
    made.show()
    made.setEnabled(True)
    (key,) = [one for one in made.findChildren(QLabel) if one.property("role") == "kbd"]
    assert key.palette().color(QPalette.ColorRole.WindowText) == theme.color("on_accent")
