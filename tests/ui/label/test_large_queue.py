"""The queue with many articles: what one article changes costs nothing for the others."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from annotator.services.queries import ArticleRow
from annotator.ui.label.queue import QueuePanel
from annotator.ui.theme import load_theme


class _Counting(QStyledItemDelegate):
    asked = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        self.asked += 1
        return QSize(100, 40)


def _row(number: int) -> ArticleRow:
    return ArticleRow(
        id=f"a{number}",
        name=f"{number}.txt",
        title=f"Report {number}",
        state="todo",
        is_flagged=False,
        decided=0,
        open_count=5,
        length=100,
        imported="2026-01-01T00:00:00.000Z",
        is_suggested=True,
    )


def test_a_changed_row_is_counted_and_no_other_row_is_asked_for_its_size(qtbot: QtBot) -> None:
    panel = QueuePanel(load_theme("light"))
    qtbot.addWidget(panel)
    delegate = _Counting()
    panel.list.setItemDelegate(delegate)
    rows = [_row(number) for number in range(300)]
    panel.show_rows(rows)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.wait(1)
    assert delegate.asked >= 300

    delegate.asked = 0
    panel.show_row(msgspec.structs.replace(rows[7], state="done", is_flagged=True))
    qtbot.wait(1)
    assert delegate.asked < 10
    texts = [chip.text().replace("&", "") for chip in panel._chips.values()]
    assert texts == ["All 300", "To do 299", "Done 1", "Flagged 1"]
