"""What receiving a bundle would do, and whose keys it asks to accept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from annotator.services.merging import Preview, PreviewRow, Signer
from annotator.ui.registry.table import Table, number_field, text_field
from annotator.ui.widgets import card, label

_KINDS = {
    "entity": "Entities",
    "quote": "Quotes",
    "stance": "Stances",
    "actor": "Actors",
    "target": "Targets",
    "note": "Notes",
    "rejection": "Rejected suggestions",
    "article_status": "States of articles",
    "decision": "Decisions of reviews",
    "assignment": "Assignments",
    "codebook": "Versions of the codebook",
}


KEPT = 2
"""What `exec` gives where the bundle is to wait until its keys are known."""


class PreviewDialog(QDialog):
    """Shows a preview; `accepted_keys` are those that the user lets count from now on."""

    def __init__(self, parent: QWidget, preview: Preview, *, title: str, action: str, can_wait: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(620, 420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        senders = ", ".join(preview.senders)
        layout.addWidget(label(f"Work of {senders} in “{preview.project}”", "title", wraps=True))
        self.summary = label(preview.summary, wraps=True)
        layout.addWidget(self.summary)
        self.table: Table[PreviewRow] = Table(
            [
                text_field("Author", lambda one: one.name),
                text_field("What", lambda one: _KINDS.get(one.kind, one.kind), width_px=200),
                number_field("New", lambda one: one.added, order="new"),
                number_field("Changed", lambda one: one.changed, order="changed"),
                number_field("Withdrawn", lambda one: one.withdrawn, order="withdrawn"),
            ],
            key=lambda one: f"{one.author} {one.kind}",
            name="What comes",
        )
        self.table.show_rows(preview.rows)
        self.table.setVisible(bool(preview.rows))
        layout.addWidget(self.table, 1)
        self._boxes: list[tuple[Signer, QCheckBox]] = []
        for signer in preview.unknown:
            layout.addWidget(self._ask(signer))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self._buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("role", "primary")
        self.keep = self._buttons.addButton("Keep it for later", QDialogButtonBox.ButtonRole.ActionRole)
        self.keep.setVisible(can_wait and bool(preview.unknown))
        self.keep.clicked.connect(lambda: self.done(KEPT))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)
        self._follow()

    def _ask(self, signer: Signer) -> QWidget:
        frame, layout = card()
        who = signer.name
        if signer.status == "unsigned":
            told = f"{signer.acts:,} acts of {who} have no signature: anybody could have written them."
            asked = f"Take the unsigned work of {who} all the same"
        elif signer.status == "changed":
            told = f"“{who}” is known here with another key. Ask {who} whether this one is theirs, too:"
            asked = f"I have compared it with {who}: accept this key as well"
        else:
            told = (
                f"Nobody here knows the key of {who} yet. Ask {who} for its fingerprint by another way than this file:"
            )
            asked = f"I have compared it with {who}: accept this key"
        layout.addWidget(label(told, wraps=True))
        if signer.public_key:
            shown = label(signer.fingerprint, "strong")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(shown)
        box = QCheckBox(asked)
        box.toggled.connect(self._follow)
        layout.addWidget(box)
        self._boxes.append((signer, box))
        return frame

    def _follow(self) -> None:
        self.take.setEnabled(all(box.isChecked() for _, box in self._boxes))

    @property
    def accepted_keys(self) -> set[tuple[str, str]]:
        """Authors with the public keys that the user has ticked."""
        return {(one.author, one.public_key) for one, box in self._boxes if box.isChecked()}
