"""Icons: every one of them draws something, in the colour asked for."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from annotator.ui.icons import icon, icon_names


def picture(name: str, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon(name, "#c02040").pixmap(32, mode).toImage()


def inked(image: QImage) -> list[QColor]:
    cells = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return [color for x, y in cells if (color := image.pixelColor(x, y)).alpha() > 0]


@pytest.mark.parametrize("name", icon_names())
def test_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    drawn = inked(picture(name))
    assert len(drawn) > 12
    solid = {color.name() for color in drawn if color.alpha() == 255}
    assert solid == {"#c02040"}


def test_icon_is_paler_where_it_is_disabled(qapp: QApplication) -> None:
    assert max(color.alpha() for color in inked(picture("check", QIcon.Mode.Disabled))) < 128


def test_icon_that_does_not_exist_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")
