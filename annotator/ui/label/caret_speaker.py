"""Says through the screen reader which annotations the caret enters and leaves."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.services import queries
from annotator.ui.announcing import announce, is_heard
from annotator.ui.label.cards import Thing
from annotator.ui.label.controller import LabelController
from annotator.ui.label.speaking import passage_words, thing_words
from annotator.ui.label.suggested_stances import is_stance


class CaretSpeaker(QObject):
    """Follows the caret of the reading view; `spoken` carries what is said. Does nothing without a screen reader."""

    spoken = Signal(str)

    def __init__(self, controller: LabelController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._reading = controller.view.reading
        self._article_id = ""
        self._around: dict[str, Thing] = {}
        self._reading.caret_moved.connect(self._on_caret_moved)
        self._stance_id = ""
        controller.moved.connect(self._on_moved)

    def _on_caret_moved(self, index: int) -> None:
        shown = self._controller.shown
        if shown is None or not is_heard():
            return
        was = self._around if self._article_id == shown.article.id else {}
        found = ((one, shown.get(one)) for one in self._reading.marks_over(index))
        self._around = {one: thing for one, thing in found if thing is not None}
        self._article_id = shown.article.id
        left = [thing for one, thing in was.items() if one not in self._around]
        entered = [self._words(thing) for one, thing in self._around.items() if one not in was]
        if text := passage_words(entered, left):
            announce(self._reading, text)
            self.spoken.emit(text)

    def _on_moved(self) -> None:
        """Say a suggested stance when it is selected: its quote, where the caret is, was said before."""
        thing = self._controller.selected
        stance_id = thing.id if thing is not None and is_stance(thing) else ""
        was, self._stance_id = self._stance_id, stance_id
        if thing is not None and stance_id and stance_id != was and is_heard():
            text = self._words(thing)
            announce(self._reading, text)
            self.spoken.emit(text)

    def _words(self, thing: Thing) -> str:
        shown = self._controller.shown
        assert shown is not None
        return thing_words(
            thing,
            codebook=queries.codebook(self._controller.session.project),
            actors=shown.actors,
            targets=shown.targets,
            stances=shown.stances_of(thing.id),
        )
