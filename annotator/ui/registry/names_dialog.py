"""The window of names: the gazetteer, with the user's own names over the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from annotator.services.own_names import NEVER, NameRow
from annotator.ui.registry.form import Form
from annotator.ui.registry.frame import RegistryWindow, button, combo
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.record_page import RecordPage
from annotator.ui.registry.table import text_field
from annotator.ui.registry.words import times
from annotator.ui.widgets import label, row

_SIZE = QSize(1000, 640)
_CSV = "Tables (*.csv *.tsv *.txt);;All files (*)"
_ORIGINS = {"own": "yours", "changed": "yours, over the shipped", "shipped": "shipped"}
_NEVER_TITLE = "Never propose it"
_HINT = (
    "Choose a name to change its label.\n\nA name has its label wherever it stands in an article. Yours go over the"
    " shipped ones."
)
_EMPTY = "No names. Make one here with Ctrl+N, or add a selected entity’s words with {mark.own_name}."
_ABOUT = "Names that always have the same label. They count when the models read an article the next time."


@dataclass(frozen=True)
class NameEdit:
    """What the form says of a name."""

    name: str = ""
    label: str = "ORG"


class NameForm(Form[NameEdit]):
    """Edits one name."""

    def __init__(self) -> None:
        super().__init__(hint=_HINT)

    def _build_fields(self) -> None:
        self.name = QLineEdit()
        self.name.setPlaceholderText("Pentagon")
        self._field("Name, as it stands in articles", self.name)
        self.label = combo({NEVER: _NEVER_TITLE}, "Label")
        self._field("Label", self.label)

    def offer(self, labels: Mapping[str, str]) -> None:
        """Offer these labels (the keys) by their titles, and not to propose the name at all."""
        chosen = self.label.currentData()
        self._is_filling = True
        self.label.clear()
        for name, title in {**labels, NEVER: _NEVER_TITLE}.items():
            self.label.addItem(title, name)
        self._choose(chosen)
        self._is_filling = False

    def _choose(self, name: str) -> None:
        if self.label.findData(name) < 0:
            # A label of the list that this project's codebook does not have.
            self.label.addItem(name, name)
        self.label.setCurrentIndex(self.label.findData(name))

    def first_field(self) -> QLineEdit:
        return self.name

    def _fill(self, edit: NameEdit) -> None:
        self.name.setText(edit.name)
        self._choose(edit.label)

    def edit(self) -> NameEdit:
        return NameEdit(name=" ".join(self.name.text().split()), label=self.label.currentData())

    def problem(self, edit: NameEdit) -> str:
        return "" if any(char.isalnum() for char in edit.name) else "A name needs a letter or a digit."


class NamesDialog(RegistryWindow):
    """All names of the gazetteer, and one of them in a form.

    Keys: Ctrl+N new, Ctrl+D remove, Ctrl+F filter, Ctrl+Z undo, Ctrl+Shift+Z redo, Ctrl+R suggest again.
    `put_asked` carries a `NameEdit` and what the name was before (empty for a new one).
    """

    put_asked = Signal(object, str)
    remove_asked = Signal(str)
    import_asked = Signal(object)
    export_asked = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()
    renew_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Names", _SIZE)
        listing: Listing[NameRow] = Listing(
            [
                text_field("Name", lambda one: one.name),
                text_field("Label", lambda one: _NEVER_TITLE if one.label == NEVER else one.label, width_px=150),
                text_field("From", lambda one: _ORIGINS[one.origin], width_px=190),
            ],
            lambda one: one.name,
            name="Names",
            own_order="Yours first",
            empty=_EMPTY,
        )
        self.form = NameForm()
        self.records: RecordPage[NameRow, NameEdit] = RecordPage(
            listing, self.form, noun="name", edit_of=_edit_of, blank=NameEdit, name_of=lambda one: one.name
        )
        self._build_head()
        self.page.addWidget(label(_ABOUT, "mute", wraps=True))
        self.page.addWidget(self.records, 1)
        self._build_foot()
        self._bind()
        listing.filter.setFocus()

    def _build_head(self) -> None:
        self.undo = button("Undo", self._on_undo, keys="Ctrl+Z")
        self.redo = button("Redo", self._on_redo)
        self.remove = button("Remove", self.ask_to_remove, keys="Ctrl+D")
        self.new = button("New name", self.records.start_new, keys="Ctrl+N")
        for one in (self.undo, self.redo, self.remove, self.new):
            self.title_row.addWidget(one)

    def _build_foot(self) -> None:
        self.renew = button("Suggest again", self._on_renew, keys="Ctrl+R", role="primary")
        self.foot_note = label("", "mute", wraps=True)
        self.import_ = button("Import…", self._on_import)
        self.export = button("Export…", self._on_export)
        self.page.addLayout(row([self.import_, self.export, 1, self.renew]))
        self.page.addWidget(self.foot_note)
        self.show_due(0)

    def _bind(self) -> None:
        self.records.create_asked.connect(lambda edit: self.put_asked.emit(edit, ""))
        self.records.change_asked.connect(lambda name, edit: self.put_asked.emit(edit, name))
        self.records.lost.connect(lambda text: self.say(text, "info"))
        self.records.marked.connect(self._show_usable)
        for keys, run in (
            ("Ctrl+N", self.records.start_new),
            ("Ctrl+D", self.ask_to_remove),
            ("Ctrl+F", self.records.listing.filter.setFocus),
            ("Ctrl+Return", self.form.ask_to_save),
            ("Ctrl+Z", self._on_undo),
            ("Ctrl+Shift+Z", self._on_redo),
            ("Ctrl+R", self._on_renew),
        ):
            self.add_keys(keys, run)
        for field in (self.records.listing.filter, self.form.name):
            field.installEventFilter(self)
        self._show_usable()

    def show_rows(self, rows: Sequence[NameRow], labels: Mapping[str, str]) -> None:
        """Show these names, and offer these labels by their titles."""
        self.form.offer(labels)
        self.records.show_rows(rows)
        self._show_usable()

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Say whether there is a change of this window to undo, or to do again."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    def show_due(self, articles: int) -> None:
        """Offer to read so many articles again; none where nothing has changed."""
        self.renew.setEnabled(articles > 0)
        self.foot_note.setVisible(articles > 0)
        self.foot_note.setText(
            f"What was suggested before stays until the models read again: {times(articles, 'article')} not done yet."
            " What you have decided stays as it is."
        )

    def select(self, name: str) -> None:
        """Mark a name."""
        self.records.select(name)

    def ask_to_remove(self) -> None:
        """Ask to take the marked name out of the list."""
        row_ = self.records.marked_row
        if row_ is None:
            self.say("Mark the name first that is to be removed.", "info")
        elif row_.origin == "shipped" and row_.label == NEVER:
            self.say(f"{row_.name} is never proposed already.", "info")
        else:
            self.form.discard()
            self.remove_asked.emit(row_.name)

    def release(self) -> None:
        self.form.release()

    def _show_usable(self) -> None:
        self.remove.setEnabled(self.records.marked_row is not None)

    def _on_undo(self) -> None:
        self.form.discard()
        self.undo_asked.emit()

    def _on_redo(self) -> None:
        self.form.discard()
        self.redo_asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field keeps Ctrl+Z for its own text; where it has nothing to undo, the list has.
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent):
            is_override = event.type() == QEvent.Type.ShortcutOverride
            is_undo = event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable()
            is_redo = event.matches(QKeySequence.StandardKey.Redo) and not watched.isRedoAvailable()
            if is_override and (is_undo or is_redo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _on_renew(self) -> None:
        self.form.release()
        if self.renew.isEnabled():
            self.renew_asked.emit()

    def _on_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import names", "", _CSV)
        if name:
            self.import_asked.emit(Path(name))

    def _on_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export your names", "names.csv", _CSV)
        if name:
            self.export_asked.emit(Path(name))


def _edit_of(row_: NameRow) -> NameEdit:
    return NameEdit(name=row_.name, label=row_.label)
