"""A registry window: its records, making new ones, and merging two that are the same."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QWidget

from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.merging import MergeDialog, MergeSide
from annotator.ui.registry.picker import Match, Picker, PickRow
from annotator.ui.registry.record_page import RecordPage
from annotator.ui.theme import Theme

Row = TypeVar("Row")
Edit = TypeVar("Edit")


class RecordWindow(RegistryWindow, Generic[Row, Edit]):
    """What the windows of actors and of targets share. Keys: Ctrl+N new, Ctrl+M merge, Ctrl+F filter, Ctrl+Enter save.

    `create_asked` carries values, `change_asked` an id and values, `merge_asked` the ids of the one that goes and of
    the one that stays.
    """

    create_asked = Signal(object)
    change_asked = Signal(str, object)
    merge_asked = Signal(str, str)

    def __init__(
        self, parent: QWidget, theme: Theme, page: RecordPage[Row, Edit], *, title: str, noun: str, size: QSize
    ) -> None:
        super().__init__(parent, title, size)
        self.theme = theme
        self.records = page
        self._noun = noun
        self.merge = button("Merge…", self.start_merge, keys="Ctrl+M")
        self.new = button(f"New {noun}", page.start_new, keys="Ctrl+N")
        self.title_row.addWidget(self.merge)
        self.title_row.addWidget(self.new)
        self.page.addWidget(page, 1)
        page.create_asked.connect(self.create_asked)
        page.change_asked.connect(self.change_asked)
        page.lost.connect(lambda text: self.say(text, "info"))
        page.marked.connect(self._show_usable)
        self.add_keys("Ctrl+N", page.start_new)
        self.add_keys("Ctrl+M", self.start_merge)
        self.add_keys("Ctrl+F", page.listing.filter.setFocus)
        self.add_keys("Ctrl+Return", page.form.ask_to_save)
        self._show_usable()
        page.listing.filter.setFocus()

    @abstractmethod
    def side_of(self, row_: Row) -> MergeSide:
        """A row as one of two that are merged."""

    @abstractmethod
    def consequences(self, gone: MergeSide, kept: MergeSide) -> list[str]:
        """What merging the two will do, a sentence each."""

    @abstractmethod
    def likely(self, row_: Row, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows in the order in which they may be the same as one of them."""

    @abstractmethod
    def merge_match(self) -> Match:
        """How the rows to merge with are found by some letters."""

    def select(self, row_id: str) -> None:
        """Mark a record."""
        self.records.select(row_id)

    def start_new(self) -> None:
        """Show an empty form."""
        self.records.start_new()

    def start_merge(self) -> None:
        """Ask with which record the marked one is merged, then which of the two stays."""
        row_ = self.records.marked_row
        if row_ is None:
            self.say(f"Mark the {self._noun} first that is there twice.", "info")
            return
        self.records.form.release()
        this = self.side_of(row_)
        sides = {one.id: one for one in map(self.side_of, self.likely(row_, self.records.listing.rows))}
        picker = Picker(
            self,
            self.theme,
            title=f"Merge {this.name} with",
            placeholder=f"The other {self._noun}",
            rows=[PickRow(one.id, one.name, one.detail) for one in sides.values() if one.id != this.id],
            match=self.merge_match(),
        )
        picker.chosen.connect(lambda other: self._confirm_merge(this, sides[other]))
        picker.pop_up()

    def _confirm_merge(self, gone: MergeSide, kept: MergeSide) -> None:
        asked = MergeDialog(
            self, title=f"Merge two {self._noun}s", gone=gone, kept=kept, consequences=self.consequences
        )
        if asked.exec() == QDialog.DialogCode.Accepted:
            gone_id, kept_id = asked.chosen
            self.merge_asked.emit(gone_id, kept_id)
            self.select(kept_id)
        asked.deleteLater()

    def _show_usable(self) -> None:
        self.merge.setEnabled(self.records.marked_row is not None and len(self.records.listing.rows) > 1)

    def release(self) -> None:
        self.records.form.release()
