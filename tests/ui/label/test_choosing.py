"""Choosing a position."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import PositionMeaning
from annotator.ui.label.choosing import PositionChooser


def test_the_meaning_of_a_position_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    meaning = PositionMeaning(name="support", text="for R&D")
    chooser = PositionChooser(None, "Burden shifting", [meaning])
    qtbot.addWidget(chooser)
    (button,) = chooser.findChildren(QPushButton)
    # A lone & would give the letter after it to Alt, and not be shown.
    assert button.text().endswith("for R&&D") and button.shortcut().isEmpty()
    assert button.accessibleName() == "support: for R&D"


def test_a_retired_position_is_not_offered(qtbot: QtBot) -> None:
    chooser = PositionChooser(None, "x", [PositionMeaning(name="oppose", text="against", is_retired=True)])
    qtbot.addWidget(chooser)
    assert not chooser.findChildren(QPushButton)
