"""What the margin shows of a note for which there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from annotator.ui.reading.painting import fitted


@pytest.mark.parametrize(
    ("text", "short", "room_for", "shown"),
    [
        ("Pete Hegseth", "Hegseth", "Pete Hegseth", "Pete Hegseth"),
        ("Pete Hegseth", "Hegseth", "Hegseth", "Hegseth"),
        ("United States", "", "United S…", "United S…"),
        ("United States via Hegseth", "", "United States", "United States"),
        ("United States via Hegseth", "", "United States via He…", "United States via He…"),
        ("Donald Trump via Hegseth", "Trump", "Trump", "Trump"),
        ("▼ opposes · via Pete Hegseth", "▼ opposes", "▼ opposes · via", "▼ opposes"),
        ("▲ supports · suggested", "▲ supports", "▲ supports", "▲ supports"),
    ],
)
def test_note_without_room_keeps_whose_it_is(
    qapp: QApplication, text: str, short: str, room_for: str, shown: str
) -> None:
    metrics = QFontMetricsF(QFont())
    assert fitted(text, short, metrics, metrics.horizontalAdvance(room_for) + 1) == shown
