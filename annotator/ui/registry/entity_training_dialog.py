"""The window that trains entities: what there is to learn from, live scores, the comparison, and the trained models."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QProgressBar, QVBoxLayout, QWidget

from annotator.services.entity_training import FEWEST
from annotator.services.trained import EntityMaterial, TrainedRow
from annotator.services.training import TrainingProgress
from annotator.services.training_words import outlook, prf, verdict
from annotator.suggest.learning.card import LabelScores, PipelineCard
from annotator.suggest.messages import LiveScore
from annotator.ui.registry.frame import RegistryWindow, button, combo
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.score_chart import ScoreChart
from annotator.ui.registry.table import Table, number_field, text_field
from annotator.ui.registry.words import times
from annotator.ui.widgets import label, row

_BASE_PX = 196
_SIZE = QSize(1120, 760)
_ABOUT = (
    "A model learns from the entities that you confirmed, on top of a pipeline whose other labels it keeps. It is"
    " compared with the pipeline that reads this project, on articles that it does not learn from."
)
_EMPTY = "No model yet. Train one with Ctrl+T."
_SHARES = {"0.1": "A tenth kept apart", "0.2": "A fifth kept apart", "0.3": "3 tenths kept apart"}
_MINUTES = {str(count): f"{count} minutes at most" for count in (2, 5, 10, 30, 60, 240)}


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the user asks of a training; `held_out` is a share of 0 to 1."""

    base: str
    held_out: float
    minutes: float
    has_curve: bool


class EntityTrainingDialog(RegistryWindow):
    """All trained pipelines. Keys: Ctrl+T train, Enter use the marked one, Ctrl+R suggest again, Del delete.

    `train_asked` carries a `Wish`; the others the name of a pipeline.
    """

    train_asked = Signal(object)
    cancel_asked = Signal()
    use_asked = Signal(str)
    folder_asked = Signal(str)
    delete_asked = Signal(str)
    renew_asked = Signal()
    quotes_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Train from my work", _SIZE)
        self._can_train = False
        self._live: list[LiveScore] = []
        self.listing: Listing[TrainedRow] = Listing(
            [
                text_field("Model", lambda one: one.name),
                text_field("State", lambda one: "in use" if one.is_used else "", width_px=70),
                number_field("Entities", lambda one: one.card.entities, order="By entities"),
                text_field("Before, F1", lambda one: f"{one.card.held_out.before.f1:.1%}", width_px=95),
                text_field("After, F1", lambda one: f"{one.card.held_out.after.f1:.1%}", width_px=95),
                number_field("Tested on", lambda one: one.card.held_out.articles, order="By tested articles"),
            ],
            lambda one: one.name,
            name="Models",
            own_order="Newest first",
            empty=_EMPTY,
        )
        self.quotes = button("Quotes…", self.quotes_asked.emit, name="Train quotes instead")
        self.folder = button("Show folder", self._on_folder)
        self.delete = button("Delete", self._on_delete, keys="Del")
        self.use = button("Use for suggestions", self._on_use, keys="Return", role="primary")
        for one in (self.quotes, self.folder, self.delete, self.use):
            self.title_row.addWidget(one)
        self.page.addWidget(label(_ABOUT, "mute", wraps=True))
        self.page.addWidget(self.listing, 1)
        self._build_result()
        self._build_foot()
        self._bind()

    def _build_result(self) -> None:
        self.scores: Table[LabelScores] = Table(
            [
                text_field("Label", lambda one: one.label),
                number_field("There", lambda one: one.before.there, order="By count"),
                text_field("Before, P / R / F1", lambda one: prf(one.before), width_px=192),
                text_field("After, P / R / F1", lambda one: prf(one.after), width_px=192),
            ],
            lambda one: one.label,
            name="Scores by label",
        )
        self.chart = ScoreChart()
        beside = row([self.scores, self.chart])
        beside.setStretch(0, 3)
        beside.setStretch(1, 2)
        self.verdict = label("", wraps=True)
        self.page.addLayout(beside, 1)
        self.page.addWidget(self.verdict)

    def _build_foot(self) -> None:
        self.material = label("", "mute", wraps=True)
        self.base = QComboBox()
        self.base.setAccessibleName("The pipeline to begin with")
        self.base.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.held_out = combo(_SHARES, "Articles kept apart to test on")
        self.held_out.setCurrentIndex(1)
        self.minutes = combo(_MINUTES, "The longest that a training may take")
        self.minutes.setCurrentIndex(2)
        self.curve = QCheckBox("Learning curve")
        self.curve.setToolTip(
            "Learn parts of the articles too, to see whether more would help: takes three times as long"
        )
        self.train = button("Train", self._on_train, keys="Ctrl+T")
        self.cancel = button("Cancel", self.cancel_asked.emit)
        self.renew = button("Suggest again", self.renew_asked.emit, keys="Ctrl+R")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the training is")
        self.told = label("", "mute", wraps=True)
        foot = QVBoxLayout()
        foot.setSpacing(8)
        for one in (self.material, self.bar, self.told):
            foot.addWidget(one)
        choices: list[QWidget | int] = [
            self.base,
            self.held_out,
            self.minutes,
            self.curve,
            self.train,
            self.cancel,
            1,
            self.renew,
        ]
        foot.addLayout(row(choices))
        self.page.addLayout(foot)
        self.show_progress(None)

    def _bind(self) -> None:
        self.listing.row_picked.connect(lambda _: self._show_marked())
        self.listing.row_entered.connect(lambda _: self._on_use())
        self.add_keys("Ctrl+T", self._on_train)
        self.add_keys("Ctrl+R", self.renew_asked.emit)
        self.add_keys("Ctrl+F", self.listing.filter.setFocus)
        self.add_keys("Del", self._on_delete)

    def show_rows(self, rows: Sequence[TrainedRow], material: EntityMaterial, bases: Sequence[str]) -> None:
        """Show these models, what there is to learn from, and what a training can begin with."""
        self.listing.show_rows(rows)
        self._can_train = material.is_enough
        self.material.setText(_told_of(material))
        chosen = self.base.currentText()
        self.base.clear()
        self.base.addItems(list(bases))
        self.base.setCurrentIndex(max(0, self.base.findText(chosen)))
        # The others of its row would press it together.
        self.base.setMinimumWidth(min(self.base.sizeHint().width(), _BASE_PX))
        if not self.listing.selected_id and rows:
            self.select(next((one.name for one in rows if one.is_used), rows[0].name))
        self._show_marked()

    def show_progress(self, progress: TrainingProgress | None) -> None:
        """Show how far a training is, and its scores so far; `None` when there is none."""
        is_running = progress is not None
        if not is_running or self.bar.isHidden():
            self._live = []
        for one in (self.bar, self.told, self.cancel):
            one.setVisible(is_running)
        if progress is not None:
            self.bar.setMaximum(progress.total)
            self.bar.setValue(progress.done)
            self.told.setText(f"{progress.text}. You can go on working.")
            if progress.live is not None:
                self._live.append(progress.live)
                self.chart.show_points([(one.step, one.f1) for one in self._live], "steps of this training")
        self._show_usable()

    def select(self, name: str) -> None:
        """Mark a model, ready for Enter."""
        self.listing.select(name)
        self.listing.table.setFocus()

    def _show_marked(self) -> None:
        marked = self.listing.row(self.listing.selected_id)
        self.scores.setVisible(marked is not None)
        self.verdict.setVisible(marked is not None)
        if marked is not None:
            self.scores.show_rows(marked.card.held_out.labels)
            self.verdict.setText(_about(marked.card))
        if not self._live:
            self.chart.setVisible(marked is not None and marked.card.curve is not None)
            curve = marked.card.curve if marked else None
            points = [(one.articles, one.f1) for one in curve.points] if curve else []
            self.chart.show_points([(float(size), share) for size, share in points], "articles learnt from")
        self._show_usable()

    def _show_usable(self) -> None:
        marked = self.listing.row(self.listing.selected_id)
        self.use.setEnabled(marked is not None and not marked.is_used)
        self.delete.setEnabled(marked is not None and not marked.is_used)
        self.folder.setEnabled(marked is not None)
        is_idle = self.bar.isHidden()
        for one in (self.base, self.held_out, self.minutes, self.curve):
            one.setEnabled(is_idle)
        self.train.setEnabled(self._can_train and is_idle)
        if self._live:
            self.chart.setVisible(True)

    def _on_train(self) -> None:
        if self.train.isEnabled():
            wish = Wish(
                base=self.base.currentText(),
                held_out=float(self.held_out.currentData()),
                minutes=float(self.minutes.currentData()),
                has_curve=self.curve.isChecked(),
            )
            self.train_asked.emit(wish)

    def _on_use(self) -> None:
        if self.use.isEnabled():
            self.use_asked.emit(self.listing.selected_id)

    def _on_delete(self) -> None:
        if self.delete.isEnabled():
            self.delete_asked.emit(self.listing.selected_id)

    def _on_folder(self) -> None:
        self.folder_asked.emit(self.listing.selected_id)


def _told_of(material: EntityMaterial) -> str:
    count = sum(material.labels.values())
    labels = ", ".join(f"{name} {number:,}" for name, number in list(material.labels.items())[:8])
    more = f", {len(material.labels) - 8} other labels" if len(material.labels) > 8 else ""
    told = f"There are {times(count, 'confirmed entity', 'confirmed entities')} of yours in"
    told += f" {times(material.articles, 'article')}{f': {labels}{more}' if labels else ''}."
    if not material.is_enough:
        return (
            f"{told} That is too little: mark at least {FEWEST} articles as done in which all entities are confirmed."
        )
    if not material.are_done:
        told += " No article is marked as done: whatever you have not come to yet counts as no entity."
    return told


def _about(card: PipelineCard) -> str:
    told = f"Learnt {times(card.articles, 'article')} of {card.data} on {card.made_on}. {verdict(card.held_out)}"
    return f"{told} {outlook(card.curve)}" if card.curve else told
