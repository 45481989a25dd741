"""The list of formats, by group."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotator.export import descriptions
from annotator.ui.theme import SANS, font

_HEADING_PX = 11
_NAME = Qt.ItemDataRole.UserRole


class FormatList(QListWidget):
    """All formats under the headings of their groups; `chosen` carries the name of the one that is marked now."""

    chosen = Signal(str)

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName("Format")
        self.setProperty("role", "framed")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QListWidgetItem] = {}
        for group, names in descriptions.grouped(titles).items():
            heading = QListWidgetItem(group.upper())
            heading.setFont(font(SANS, _HEADING_PX, QFont.Weight.DemiBold))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(heading)
            for name in names:
                found = descriptions.description(name, titles[name])
                item = QListWidgetItem(found.name)
                item.setData(_NAME, name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{found.name}, {group}")
                item.setToolTip(found.use)
                self.addItem(item)
                self._items[name] = item
        self.choose(next(iter(self._items)))
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.name()))

    def name(self) -> str:
        """The format that is marked."""
        return str(self.currentItem().data(_NAME))

    def choose(self, name: str) -> None:
        """Mark a format; one that is not there is let be."""
        if name in self._items:
            self.setCurrentItem(self._items[name])
            self.scrollToItem(self._items[name])
