"""The inbox: what reviewers decided against one's own annotations, and what one does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from annotator.services.feedback import Feedback
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.table import Table, text_field
from annotator.ui.review.words import summary
from annotator.ui.widgets import card, label, row

_SIZE = QSize(980, 600)
_TAKE, _KEEP, _SHOW = "Ctrl+Return", "Ctrl+K", "Ctrl+O"


class InboxDialog(RegistryWindow):
    """Lists feedback; `take_asked` and `show_asked` carry one, `keep_asked` one and the words of the answer."""

    take_asked = Signal(object)
    keep_asked = Signal(object, str)
    show_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "What reviewers say of your work", _SIZE)
        self._found: dict[str, Feedback] = {}
        self._called: Mapping[str, str] = {}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by words")
        self.filter.setAccessibleName("Filter the feedback")
        self.filter.setClearButtonEnabled(True)
        self.page.addWidget(self.filter)
        self.table: Table[Feedback] = Table(
            [
                text_field("State", lambda one: "open" if one.is_open else "answered", width_px=86),
                text_field("Was", lambda one: one.outcome, width_px=100),
                text_field("Your annotation", lambda one: summary(one.before, self._called)),
                text_field("Reason", lambda one: one.decision.comment, width_px=190),
                text_field("Rule", lambda one: one.decision.rule or "", width_px=64),
                text_field("Reviewer", lambda one: one.reviewer, width_px=110),
                text_field("Article", lambda one: one.article_name, width_px=130, is_spare=True),
            ],
            key=lambda one: f"{one.decision.id} {one.before.id}",
            name="Feedback",
        )
        self.filter.textChanged.connect(self.table.filter_words)
        self.table.row_picked.connect(self._show_detail)
        self.table.row_entered.connect(lambda _: self._emit(self.show_asked))
        self.page.addWidget(self.table, 1)
        frame, inside = card()
        self._detail = [label("", wraps=True) for _ in range(4)]
        for one in self._detail:
            inside.addWidget(one)
        self._frame = frame
        self.page.addWidget(frame)
        self._empty = label("Nobody has decided anything against your annotations.", "mute")
        self.page.addWidget(self._empty)
        self.page.addLayout(
            row(
                [
                    1,
                    button("Show in the text", lambda: self._emit(self.show_asked), keys=_SHOW),
                    button("Keep mine, and say why…", self._keep, keys=_KEEP),
                    button("Take it over", lambda: self._emit(self.take_asked), keys=_TAKE, role="primary"),
                ]
            )
        )
        self.add_keys(_SHOW, lambda: self._emit(self.show_asked))
        self.add_keys(_KEEP, self._keep)
        self.add_keys(_TAKE, lambda: self._emit(self.take_asked))

    def show_feedback(self, found: Sequence[Feedback], called: Mapping[str, str]) -> None:
        """Show this feedback; `called` are the names of actors and targets by id."""
        self._called = called
        self._found = {f"{one.decision.id} {one.before.id}": one for one in found}
        self.table.show_rows(found)
        self._empty.setVisible(not found)
        left = sum(one.is_open for one in found)
        self.title.setText(f"What reviewers say of your work · {left} open")
        if not self.table.selected_id and found:
            self.table.select(next(iter(self._found)))
        self._show_detail(self.table.selected_id)

    def _show_detail(self, key: str) -> None:
        one = self._found.get(key)
        self._frame.setVisible(one is not None)
        if one is None:
            return
        after = summary(one.after, self._called) if one.after is not None else "nothing"
        lines = [
            f"Before: {summary(one.before, self._called)}",
            f"After: {after}" if one.outcome != "returned" else "Returned to you, to be changed.",
            f"Reason: {one.decision.comment}" if one.decision.comment else "",
            f"Rule: {one.decision.rule}" if one.decision.rule else "",
        ]
        for place, text in zip(self._detail, lines, strict=True):
            place.setText(text)
            place.setVisible(bool(text))

    def _chosen(self) -> Feedback | None:
        one = self._found.get(self.table.selected_id)
        if one is None:
            self.say("Mark a line first.", "info")
        return one

    def _emit(self, signal: object) -> None:
        one = self._chosen()
        if one is not None:
            signal.emit(one)  # type: ignore[attr-defined]

    def _keep(self) -> None:
        one = self._chosen()
        if one is None:
            return
        why, is_said = QInputDialog.getMultiLineText(
            self, "Keep mine", "Why is it right as it is? Your reviewer reads it."
        )
        if is_said:
            self.keep_asked.emit(one, why)
