"""What the tests of the registry windows share: a window to stand over, and the program's look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui import theme as themes
from annotator.ui.theme import Theme, load_theme


@pytest.fixture
def theme(qapp: object) -> Theme:
    """The light theme, with the program's fonts."""
    themes.load_fonts()
    return load_theme("light")


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    """A window to stand over."""
    window = QWidget()
    window.resize(1440, 900)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def in_front(qtbot: QtBot) -> Callable[[QDialog], None]:
    """Brings a dialog to the front and waits until keys go to it."""

    def bring(dialog: QDialog) -> None:
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)

    return bring
