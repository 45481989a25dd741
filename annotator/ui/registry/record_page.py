"""A list of records beside the form of the one that is marked; new ones begin as an empty form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.registry.form import Form
from annotator.ui.registry.listing import Listing

Row = TypeVar("Row")
Edit = TypeVar("Edit")


class RecordPage(QWidget, Generic[Row, Edit]):
    """Asks for a change with Ctrl+Enter, when another row is marked, and when it is left.

    `create_asked` carries values, `change_asked` an id and values, `lost` a sentence about changes that could not be
    saved; `marked` comes when another row, or none, is marked.
    """

    create_asked = Signal(object)
    change_asked = Signal(str, object)
    lost = Signal(str)
    marked = Signal()

    def __init__(
        self,
        listing: Listing[Row],
        form: Form[Edit],
        *,
        noun: str,
        edit_of: Callable[[Row], Edit],
        blank: Callable[[], Edit],
        name_of: Callable[[Edit], str],
    ) -> None:
        super().__init__()
        self.listing = listing
        self.form = form
        self._noun, self._edit_of, self._blank, self._name_of = noun, edit_of, blank, name_of
        self._awaited = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self.left = QVBoxLayout()
        self.left.setSpacing(12)
        self.left.addWidget(listing, 1)
        layout.addLayout(self.left, 1)
        layout.addWidget(form)
        listing.row_picked.connect(self._on_picked)
        listing.row_entered.connect(lambda _: form.start())
        form.save_asked.connect(self._on_save)
        form.lost.connect(self.lost)
        form.show_nothing()

    @property
    def marked_row(self) -> Row | None:
        """The row that is marked."""
        return self.listing.row(self.listing.selected_id)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the marked one stays marked, and one that was just made is marked."""
        self.listing.show_rows(rows)
        new = [self.listing.key(one) for one in rows if self._awaited and self._name(one) == self._awaited]
        if new:
            self._awaited = ""
            self.listing.select(new[0])
        elif not self.form.is_new:
            self._show_form(self.listing.row(self.form.shown_id))
        self.marked.emit()

    def select(self, row_id: str) -> None:
        """Mark a record."""
        self.listing.select(row_id)

    def start_new(self) -> None:
        """Show an empty form; words in the filter that nothing fits become the name."""
        self.form.release()
        words = "" if self.listing.table.shown_ids else self.listing.filter.text().strip()
        self.listing.table.deselect()
        self.form.show_record("", f"New {self._noun}", self._blank())
        self.form.start()
        self.form.first_field().setText(words)
        self.marked.emit()

    def _show_form(self, row_: Row | None) -> None:
        if row_ is None:
            self.form.show_nothing()
        else:
            self.form.show_record(self.listing.key(row_), self._noun, self._edit_of(row_))

    def _name(self, row_: Row) -> str:
        return self._name_of(self._edit_of(row_)).casefold()

    def _on_picked(self, row_id: str) -> None:
        # Filtering takes the mark away from a row it hides; the form stays until another one is marked.
        if row_id and row_id != self.form.shown_id:
            self.form.release()
            self._show_form(self.listing.row(row_id))
        self.marked.emit()

    def _on_save(self, row_id: str, edit: Edit) -> None:
        if row_id:
            self.change_asked.emit(row_id, edit)
        else:
            self._awaited = self._name_of(edit).casefold()
            self.create_asked.emit(edit)
