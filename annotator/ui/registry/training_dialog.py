"""The window of trained taggers: train one from the confirmed quotes, see how good it is, use it or stop using it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from annotator.domain.progress import Progress
from annotator.services.taggers import Material, TaggerRow
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.table import number_field, text_field
from annotator.ui.registry.words import times
from annotator.ui.widgets import label, row

_SIZE = QSize(1000, 560)
FEWEST = 10
_ABOUT = (
    "A tagger learns from the quotes that you confirmed, and then proposes quotes beside the rules, in all projects."
    " It is tested on a tenth of the articles, which it does not learn from."
)
_EMPTY = "No tagger yet. Train one with Ctrl+T."


class TrainingDialog(RegistryWindow):
    """All taggers. Keys: Ctrl+T train, Enter use the marked one, Ctrl+D stop using it, Ctrl+R suggest again.

    `use_asked` carries the name of a tagger, or nothing for the rules alone.
    """

    train_asked = Signal()
    cancel_asked = Signal()
    use_asked = Signal(str)
    renew_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Train quotes from my work", _SIZE)
        self._can_train = False
        self.listing: Listing[TaggerRow] = Listing(
            [
                text_field("Tagger", lambda one: one.name),
                text_field("State", lambda one: "in use" if one.is_used else "", width_px=70),
                text_field("Kind", lambda one: "network" if one.card.kind == "network" else "CRF", width_px=75),
                number_field("Articles", lambda one: one.card.articles, order="By articles"),
                text_field("Rules alone, F1", lambda one: _percent(one.card.held_out.rules_f1), width_px=120),
                text_field("With it, F1", lambda one: _percent(one.card.held_out.chain_f1), width_px=95),
                number_field("Tested on", lambda one: one.card.held_out.articles, order="By tested articles"),
            ],
            lambda one: one.name,
            name="Taggers",
            own_order="Newest first",
            empty=_EMPTY,
        )
        self.stop_using = button("Stop using it", self._on_stop_using, keys="Ctrl+D")
        self.use = button("Use", self._on_use, keys="Return", role="primary")
        self.title_row.addWidget(self.stop_using)
        self.title_row.addWidget(self.use)
        self.page.addWidget(label(_ABOUT, "mute", wraps=True))
        self.page.addWidget(self.listing, 1)
        self.material = label("", "mute", wraps=True)
        self.page.addWidget(self.material)
        self._build_foot()
        self._bind()

    def _build_foot(self) -> None:
        self.train = button("Train", self._on_train, keys="Ctrl+T")
        self.cancel = button("Cancel", self.cancel_asked.emit)
        self.renew = button("Suggest again", self._on_renew, keys="Ctrl+R")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the training is")
        self.told = label("", "mute", wraps=True)
        self.page.addWidget(self.bar)
        self.page.addWidget(self.told)
        self.page.addLayout(row([self.train, self.cancel, 1, self.renew]))
        self.show_progress(None)

    def _bind(self) -> None:
        self.listing.row_picked.connect(lambda _: self._show_usable())
        self.listing.row_entered.connect(self.use_asked)
        self.add_keys("Ctrl+T", self._on_train)
        self.add_keys("Ctrl+D", self._on_stop_using)
        self.add_keys("Ctrl+R", self._on_renew)
        self.add_keys("Ctrl+F", self.listing.filter.setFocus)

    def show_rows(self, rows: Sequence[TaggerRow], material: Material) -> None:
        """Show these taggers, and what there is to learn from."""
        self.listing.show_rows(rows)
        self._can_train = material.articles >= FEWEST and material.quotes > 0
        kind = "a network" if material.is_network else "a CRF (a network needs torch, which is not installed)"
        told = (
            f"There are {times(material.quotes, 'confirmed quote')} of yours in"
            f" {times(material.articles, 'article')}; {kind} would learn them."
        )
        if not self._can_train:
            told += f" That is too little: mark at least {FEWEST} articles as done in which all quotes are confirmed."
        self.material.setText(told)
        if not self.listing.selected_id and rows:
            self.select(next((one.name for one in rows if one.is_used), rows[0].name))
        self._show_usable()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far a training is; `None` when there is none."""
        is_running = progress is not None
        for one in (self.bar, self.told, self.cancel):
            one.setVisible(is_running)
        if progress is not None:
            self.bar.setMaximum(progress.total)
            self.bar.setValue(progress.done)
            self.told.setText(f"{progress.text}. You can go on working.")
        self._show_usable()

    def select(self, name: str) -> None:
        """Mark a tagger, ready for Enter."""
        self.listing.select(name)
        self.listing.table.setFocus()

    def _show_usable(self) -> None:
        marked = self.listing.row(self.listing.selected_id)
        self.use.setEnabled(marked is not None and not marked.is_used)
        self.stop_using.setEnabled(any(one.is_used for one in self.listing.rows))
        self.train.setEnabled(self._can_train and self.bar.isHidden())

    def _on_train(self) -> None:
        if self.train.isEnabled():
            self.train_asked.emit()

    def _on_use(self) -> None:
        if self.listing.selected_id:
            self.use_asked.emit(self.listing.selected_id)

    def _on_stop_using(self) -> None:
        if self.stop_using.isEnabled():
            self.use_asked.emit("")

    def _on_renew(self) -> None:
        self.renew_asked.emit()


def _percent(share: float) -> str:
    return f"{share:.1%}" if share else ""
