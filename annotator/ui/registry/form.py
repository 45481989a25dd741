"""A form for one record beside a list: it knows whether something was changed, and what is wrong with it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.registry.frame import FORM_PX, button, caption
from annotator.ui.widgets import label, row

Edit = TypeVar("Edit")


class Form(QFrame, Generic[Edit]):
    """Shows one record as values and gives them back.

    `save_asked` carries the record's id (empty for a new one) and the values. A subclass adds its fields with `_field`
    and says how they are filled and read.
    """

    save_asked = Signal(str, object)
    lost = Signal(str)

    def __init__(self, *, hint: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(FORM_PX)
        self._id = ""
        self._shown: Edit | None = None
        self._is_filling = self._is_saving = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        self._pages = QStackedWidget()
        outer.addWidget(self._pages)
        empty = label(hint, "mute", wraps=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        empty.setContentsMargins(16, 14, 16, 14)
        self._pages.addWidget(empty)
        self._pages.addWidget(self._build())

    def _build(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(8)
        inside = QWidget()
        self.fields = QVBoxLayout(inside)
        self.fields.setContentsMargins(16, 14, 16, 8)
        self.fields.setSpacing(5)
        self.heading = label("", "heading")
        self.fields.addWidget(self.heading)
        self._build_fields()
        self.fields.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout.addWidget(area, 1)
        self.problem_line = label("", "problem", wraps=True)
        self.problem_line.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.problem_line)
        self.save = button("Save", self.ask_to_save, keys="Ctrl+Return", role="primary")
        self.revert = button("Revert", self._revert)
        self.foot = row([self.save, self.revert, 1])
        self.foot.setContentsMargins(16, 0, 16, 0)
        layout.addLayout(self.foot)
        return page

    # What a subclass says

    @abstractmethod
    def _build_fields(self) -> None:
        """Add the fields, in the order of Tab."""

    @abstractmethod
    def _fill(self, edit: Edit) -> None:
        """Put values into the fields."""

    @abstractmethod
    def edit(self) -> Edit:
        """The values in the fields now."""

    @abstractmethod
    def problem(self, edit: Edit) -> str:
        """What keeps these values from being saved, as a sentence; empty when nothing does."""

    @abstractmethod
    def first_field(self) -> QLineEdit:
        """The field that has the focus first."""

    def _field(self, name: str, field: QWidget) -> None:
        self.fields.addSpacing(5)
        self.fields.addWidget(caption(name, field))
        self.fields.addWidget(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        if isinstance(field, QLineEdit):
            field.textChanged.connect(self.on_changed)
            field.returnPressed.connect(self.ask_to_save)
        elif isinstance(field, QPlainTextEdit):
            field.textChanged.connect(self.on_changed)
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(self.on_changed)

    # What it shows

    @property
    def shown_id(self) -> str:
        """The id of the record that is shown; empty for a new one and for none."""
        return self._id

    @property
    def is_new(self) -> bool:
        """Whether a record is being made."""
        return not self._id and self._shown is not None

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than the record."""
        return self._shown is not None and self.edit() != self._shown

    def show_nothing(self) -> None:
        """Show the hint in place of the fields."""
        self._id, self._shown = "", None
        self._pages.setCurrentIndex(0)

    def show_record(self, record_id: str, heading: str, edit: Edit) -> None:
        """Show a record's values, a new one's where the id is empty.

        Of the record that is shown already, changes that were not saved stay.
        """
        keeps = record_id == self._id and self.is_changed and not self._is_saving
        self._id, self._shown = record_id, edit
        self.heading.setText(heading.upper())
        self._pages.setCurrentIndex(1)
        if not keeps:
            self._refill()
        self.on_changed()

    def start(self) -> None:
        """Put the focus into the first field."""
        self.first_field().setFocus()
        self.first_field().selectAll()

    def release(self) -> None:
        """Ask to save what was changed before another record is shown; `lost` tells of what cannot be saved."""
        if self._is_saving or not self.is_changed:
            return
        problem = self.problem(self.edit())
        if problem:
            self.lost.emit(f"Your changes were not saved: {problem}")
        else:
            self.ask_to_save()

    def ask_to_save(self) -> None:
        """Ask to save, if there is something to save and nothing wrong with it."""
        if self._is_saving or not self.save.isEnabled():
            return
        self._is_saving = True
        try:
            self.save_asked.emit(self._id, self.edit())
        finally:
            self._is_saving = False
        self.on_changed()

    def on_changed(self) -> None:
        """Show whether there is something to save, and what is wrong with it."""
        if self._is_filling or self._shown is None:
            return
        is_changed = self.is_changed
        problem = self.problem(self.edit()) if is_changed else ""
        self.problem_line.setText(problem)
        self.problem_line.setVisible(bool(problem))
        self.save.setEnabled(is_changed and not problem)
        self.revert.setEnabled(is_changed)

    def _refill(self) -> None:
        if self._shown is None:
            return
        self._is_filling = True
        try:
            self._fill(self._shown)
        finally:
            self._is_filling = False

    def discard(self) -> None:
        """Forget what was changed and not saved."""
        self._refill()
        self.on_changed()

    def _revert(self) -> None:
        self.discard()
        self.start()
