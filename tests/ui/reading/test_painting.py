"""What the margin shows of a note for which there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from annotator.ui.reading.painting import fitted


@pytest.mark.parametrize(
    ("text", "room_for", "shown"),
    [
        ("Pete Hegseth", "Pete Hegseth", "Pete Hegseth"),
        ("Pete Hegseth", "Hegseth", "Hegseth"),
        ("United States via Hegseth", "United States", "United States"),
        ("United States via Hegseth", "United States via He…", "United States via He…"),
        ("Donald Trump via Hegseth", "Trump", "Trump"),
        ("▲ supports · suggested", "▲ supports", "▲ supports"),
    ],
)
def test_note_without_room_keeps_whose_it_is(qapp: QApplication, text: str, room_for: str, shown: str) -> None:
    metrics = QFontMetricsF(QFont())
    assert fitted(text, metrics, metrics.horizontalAdvance(room_for) + 1) == shown
