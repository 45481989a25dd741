"""The window of names at work: keeps each change, takes changes back, and lets the models read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.domain.drafts import EntityDraft
from annotator.domain.errors import AnnotatorError
from annotator.domain.records import Entity
from annotator.services import own_names, queries, suggesting
from annotator.services.own_names import Names
from annotator.ui.keycaps import with_keys
from annotator.ui.label.cards import body_of
from annotator.ui.label.controller import LabelController
from annotator.ui.registry.kept import KeptWindow
from annotator.ui.registry.names_dialog import NameEdit, NamesDialog
from annotator.ui.registry.words import times


class NameActs(KeptWindow[NamesDialog]):
    """What one main window does with the user's own names; its window is made when it is first opened, and kept."""

    def __init__(self, place: LabelController) -> None:
        super().__init__(place)
        # The own names before each change, and after those that were taken back.
        self._before: list[Names] = []
        self._after: list[Names] = []
        self._is_due = False

    def _close(self) -> None:
        super()._close()
        self._before, self._after, self._is_due = [], [], False

    def _made(self) -> NamesDialog:
        window = NamesDialog(self._place.view.window())
        window.put_asked.connect(self._on_put)
        window.remove_asked.connect(lambda name: self._change(lambda names: own_names.remove(names, name)))
        window.import_asked.connect(self._on_import)
        window.export_asked.connect(self._on_export)
        window.undo_asked.connect(lambda: self._step(self._before, self._after))
        window.redo_asked.connect(lambda: self._step(self._after, self._before))
        window.renew_asked.connect(self._on_renew)
        return window

    def add_selected(self) -> None:
        """Make the words of the selected entity one of the own names, with its label."""
        thing = self._place.selected
        body = body_of(thing) if thing is not None else None
        if not isinstance(body, Entity | EntityDraft):
            told = "Select an entity first, yours or a suggested one: its words and its label are kept."
            self._session.said.emit(told, "info")
            return
        words = " ".join(body.text.split())
        try:
            self._keep(own_names.put(own_names.own(), words, body.label))
        except AnnotatorError as error:
            self._session.say_error(error)
            return
        self._fill()
        told = f"“{words}” is {body.label} wherever the models read it next. {{edit.names}} lists your names."
        self._session.said.emit(with_keys(self._place.view, told), "good")

    # What the window asks for

    def _fill(self) -> None:
        window = self._dialog
        if window is None:
            return
        try:
            names = own_names.own()
        except AnnotatorError as error:
            window.say(str(error))
            names = ()
        labels = {one.name: one.name for one in queries.codebook(self._session.project).labels if not one.is_retired}
        window.show_rows(own_names.rows(names), labels)
        window.show_history(can_undo=bool(self._before), can_redo=bool(self._after))
        window.show_due(len(suggesting.unfinished(self._session.project)) if self._is_due else 0)

    def _on_put(self, edit: NameEdit, before: str) -> None:
        is_kept = self._change(lambda names: own_names.put(names, edit.name, edit.label, instead_of=before))
        if is_kept and before != edit.name and self._dialog is not None:
            self._dialog.select(edit.name)

    def _on_import(self, file: Path) -> None:
        def more(names: Names) -> Names:
            return own_names.imported(names, file)

        if self._change(more):
            self._say(f"{file.name} is taken over: {times(len(own_names.own()), 'name')} of yours. Ctrl+Z undoes it.")

    def _on_export(self, file: Path) -> None:
        try:
            names = own_names.own()
            own_names.export_names(file, names)
        except AnnotatorError as error:
            self._say(str(error), "bad")
        else:
            self._say(f"Wrote {times(len(names), 'name')} of yours to {file.name}.")

    def _on_renew(self) -> None:
        if self._renew():
            self._is_due = False
            self._fill()

    def _change(self, change: Callable[[Names], Names]) -> bool:
        """Change the own names; a refusal is said in the window."""
        try:
            self._keep(change(own_names.own()))
        except AnnotatorError as error:
            self._say(str(error), "bad")
            return False
        self._fill()
        return True

    def _keep(self, names: Names) -> None:
        before = own_names.own()
        if names == before:
            return
        own_names.save(names)
        self._before.append(before)
        self._after = []
        self._is_due = True

    def _step(self, back: list[Names], forth: list[Names]) -> None:
        if not back:
            self._say("There is nothing to take back here.", "info")
            return
        try:
            now = own_names.own()
            own_names.save(back[-1])
        except AnnotatorError as error:
            self._say(str(error), "bad")
            return
        back.pop()
        forth.append(now)
        self._is_due = True
        self._fill()
