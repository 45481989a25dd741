"""The agreement of layers: every figure with its interval, what it rests on, and the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.services import agreement_texts
from annotator.services.agreement import Agreement
from annotator.services.figures import ALL, Figure
from annotator.ui.registry.frame import RegistryWindow, button
from annotator.ui.registry.table import Table, number_field, text_field
from annotator.ui.widgets import label, row

_SIZE = QSize(980, 640)
_LOWEST, _TITLE_CHARS = 4, 40
_COPY, _SAVE = "Ctrl+M", "Ctrl+S"


class AgreementDialog(RegistryWindow):
    """Lists figures; `items_asked` carries the layers that were measured, the keys of the cases behind the figure
    that was entered, and its title."""

    items_asked = Signal(object, object, str)
    all_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Agreement", _SIZE)
        self._found: Agreement | None = None
        self._names: Sequence[str] = ("A", "B")
        self._titles: Mapping[str, str] = {}
        self._told = label("", "mute", wraps=True)
        self.page.addWidget(self._told)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter the figures")
        self.filter.setAccessibleName("Filter the figures")
        self.filter.setClearButtonEnabled(True)
        self.page.addWidget(self.filter)
        self.table: Table[Figure] = Table(
            [
                text_field("What", lambda one: one.what, width_px=172),
                text_field("Measure", lambda one: one.measure, width_px=88),
                text_field("Label", lambda one: "all" if one.label == ALL else one.label, width_px=96),
                text_field("Value", value_text, width_px=96),
                text_field("95 % interval", interval_text),
                number_field("Units", lambda one: one.units, order="most units"),
                number_field("Excluded", lambda one: one.excluded, order="most excluded"),
                number_field("Cases", lambda one: len(one.items), order="most cases"),
            ],
            key=lambda one: one.title,
            name="Figures",
        )
        self.filter.textChanged.connect(self.table.filter_words)
        self.table.row_entered.connect(self._on_entered)
        self.page.addWidget(self.table, 1)
        self.table.row_picked.connect(self._show_articles)
        self._by_article = label("", "small", wraps=True)
        self.page.addWidget(self._by_article)
        self._confusion = label("", "small", wraps=True)
        self.page.addWidget(self._confusion)
        self.all_button = button("All annotators together", self.all_asked.emit)
        self.page.addLayout(
            row(
                [
                    label("Enter shows the cases behind a figure.", "mute"),
                    1,
                    self.all_button,
                    button("Copy a methods paragraph", self.copy_methods, keys=_COPY),
                    button("Save as a table…", self.save, keys=_SAVE),
                ]
            )
        )
        self.add_keys(_COPY, self.copy_methods)
        self.add_keys(_SAVE, self.save)

    def show_agreement(
        self, found: Agreement, names: Sequence[str], titles: Mapping[str, str], *, others: bool = False
    ) -> None:
        """Show the figures of layers by these names; `titles` are those of the articles, by id.

        `others`: whether there are more layers, so that all of them can be asked for.
        """
        self._found, self._names, self._titles = found, names, titles
        self.table.show_rows(found.figures)
        done = "marked as done" if found.is_finished else "begun: what one has not come to yet counts as a difference"
        count = f"{found.articles} article{'' if found.articles == 1 else 's'}"
        both = "both" if len(names) == 2 else "all"
        self._told.setText(
            f"{agreement_texts.together(names)}, pooled over {count} that {both} have {done}."
            " Excluded is what a measure cannot compare, because one side has nothing there."
        )
        pairs = ", ".join(f"{one} / {other}: {count}" for one, other, count in found.confusion)
        self._confusion.setText(f"Positions of stances that both found: {pairs}" if pairs else "")
        self._confusion.setVisible(bool(pairs))
        self.all_button.setVisible(others)

    @property
    def told(self) -> str:
        """Of whom and of how much the figures are."""
        return self._told.text()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that are listed."""
        return self._found.figures if self._found else ()

    def _show_articles(self, title: str) -> None:
        """Say in which articles the marked figure is lowest."""
        chosen = next((one for one in self.figures if one.title == title), None)
        values = [(value, one) for one, value in chosen.by_article.items() if value is not None] if chosen else []
        values.sort()
        lowest = [f"{self._titles.get(one, one)[:_TITLE_CHARS]} {value:z.2f}" for value, one in values[:_LOWEST]]
        self._by_article.setText(f"By article, the lowest: {' · '.join(lowest)}" if lowest else "")

    def copy_methods(self) -> None:
        """Put a paragraph for a methods section on the clipboard."""
        if self._found is not None:
            QGuiApplication.clipboard().setText(agreement_texts.methods(self._found, self._names))
            self.say("The paragraph is on the clipboard.", "good")

    def save(self) -> None:
        """Write the figures as CSV where the user says."""
        if self._found is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save as a table", "agreement.csv", "Tables (*.csv)")
        if not name:
            return
        try:
            agreement_texts.write_csv([(self._found, self._names)], Path(name))
        except AnnotatorError as error:
            self.say(str(error))
        else:
            self.say(f"Wrote {len(self._found.figures)} figures to {Path(name).name}.", "good")

    def _on_entered(self, title: str) -> None:
        figure = next((one for one in self.figures if one.title == title), None)
        if figure is None or self._found is None:
            return
        if figure.items:
            self.items_asked.emit(self._found.layers, frozenset(figure.items), title)
        else:
            self.say("No case is behind this figure: they agree, or it counts more than four layers, or text.", "info")


def value_text(one: Figure) -> str:
    """A value with three decimals, or that there is none."""
    return "not defined" if one.value is None else f"{one.value:z.3f}"


def interval_text(one: Figure) -> str:
    """An interval; empty where there is none (one article alone has none)."""
    return f"{one.low:z.3f} to {one.high:z.3f}" if one.low is not None and one.high is not None else ""
