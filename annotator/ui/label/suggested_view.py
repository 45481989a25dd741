"""The stance that is suggested for the selected quote, on a card under the quote's."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.drafts import StanceDraft, Suggestion
from annotator.ui.keycaps import keyed
from annotator.ui.keys import Button
from annotator.ui.label.suggested_stances import suggested_words
from annotator.ui.widgets import card, label, row


class SuggestedStanceView(QWidget):
    """Shows whose stance is suggested on what, and why. Each signal carries the suggestion's id."""

    accepted = Signal(str)
    changed = Signal(str)
    rejected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("SUGGESTED STANCE", "heading"))
        frame, inside = card()
        layout.addWidget(frame)
        self._shown = ""
        self._words = label("", "passage", wraps=True)
        self._reason = label("", "mute", wraps=True)
        self._accept = self._button("Accept", self.accepted)
        self._accept.setProperty("role", "primary")
        self._change = self._button("Change", self.changed)
        self._reject = self._button("Reject", self.rejected)
        inside.addWidget(self._words)
        inside.addWidget(self._reason)
        inside.addLayout(row([self._accept, self._change, self._reject, 1]))
        self.hide()

    def _button(self, text: str, signal: object) -> Button:
        button = Button(text)
        button.setAccessibleName(f"{text} the suggested stance")
        button.clicked.connect(lambda: signal.emit(self._shown))  # type: ignore[attr-defined]
        return button

    def show_stance(self, one: Suggestion | None, actors: Mapping[str, str]) -> None:
        """Show a suggested stance; `None` shows nothing."""
        draft = one.draft if one is not None else None
        self.setVisible(isinstance(draft, StanceDraft))
        self._shown = one.id if one is not None else ""
        if isinstance(draft, StanceDraft):
            self._words.setText(suggested_words(draft, actors))
            self._reason.setText(draft.reason)
            self._change.setText(keyed(self, "Change", "quote.stance"))
