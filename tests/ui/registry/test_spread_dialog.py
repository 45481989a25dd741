"""The places where the same words stand, as the window shows them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QTableView, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.services.spreading import Match
from annotator.ui.registry.spread_dialog import SpreadDialog

MATCH = Match(
    article="a", name="a.txt", span=Span(0, 7), text="Ukraine", before="US troops and membership for", after="is"
)


def test_words_before_a_place_are_cut_where_they_are_far_from_it(qapp: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SpreadDialog(parent, "Ukraine", "GPE", [MATCH])
    table = dialog.findChild(QTableView)
    assert table is not None
    modes = []
    for column in (1, 3):
        option, index = QStyleOptionViewItem(), table.model().index(0, column)
        table.itemDelegateForIndex(index).initStyleOption(option, index)
        modes.append(option.textElideMode)
    assert modes[0] is Qt.TextElideMode.ElideLeft and modes[1] is not Qt.TextElideMode.ElideLeft
