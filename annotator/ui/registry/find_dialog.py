"""Find: words in articles, quotes, actors, stances and notes, in their context; searches can be kept by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QStackedWidget, QWidget

from annotator.services.finding import Found, FoundKind
from annotator.ui.registry.found import KINDS, FoundDelegate, FoundLine, FoundModel, found_lines
from annotator.ui.registry.frame import RegistryWindow, button, chip_button
from annotator.ui.registry.picker import Picker, PickRow
from annotator.ui.registry.words import times
from annotator.ui.tables import ROW_ROLE
from annotator.ui.theme import Theme
from annotator.ui.widgets import cap, label, row

_SIZE = QSize(860, 680)
_DELAY_MS = 150
_PAGE_ROWS = 9
_BEGIN = "Type some words. What stands in articles, quotes, actors, stances and notes is listed here as you type."
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE_ROWS,
    Qt.Key.Key_PageUp: -_PAGE_ROWS,
}


@dataclass(frozen=True)
class SavedSearch:
    """Words and kinds to look for again, by a name."""

    name: str
    words: str
    kinds: tuple[FoundKind, ...] = tuple(KINDS)


class FindDialog(RegistryWindow):
    """A line to type in, kinds to look in, and what was found.

    `search_asked` carries the words and the kinds (a tuple of keys of `KINDS`) a moment after the last letter; answer
    with `show_found`. `jump_asked` carries kind, id, article and place: Enter and a double click hide the window first,
    Ctrl+Enter leaves it open. `save_asked` carries a `SavedSearch`, to be kept in place of one of the same name;
    `remove_asked` a name. The window keeps its words while it is hidden.
    """

    search_asked = Signal(str, object)
    jump_asked = Signal(str, str, str, int)
    save_asked = Signal(object)
    remove_asked = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, "Find", _SIZE)
        self._theme = theme
        self._saved: tuple[SavedSearch, ...] = ()
        # The words and kinds of the list that is shown.
        self._answered: tuple[str, tuple[FoundKind, ...]] = ("", ())
        # What Enter shall do when the answer comes: nothing, go there, or go there and leave the window open.
        self._then: Literal["", "go", "stay"] = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._ask)
        self.choose = button("Saved searches…", self._on_choose, keys="Ctrl+O")
        self.save = button("Save…", self._on_save, keys="Ctrl+S")
        self.remove = button("Remove", self._on_remove, name="Remove this saved search")
        for one in (self.remove, self.save, self.choose):
            self.title_row.addWidget(one)
        self.page.addWidget(self._build_line())
        self.page.addLayout(self._build_chips_row())
        self.page.addWidget(self._build_results(), 1)
        self.page.addLayout(
            row(
                [
                    cap("Return"),
                    label("go there", "small"),
                    cap("Ctrl+Return"),
                    label("go there, stay here", "small"),
                    1,
                ]
            )
        )
        self.add_keys("Ctrl+O", self._on_choose)
        self.add_keys("Ctrl+S", self._on_save)
        self.add_keys("Ctrl+F", self.line.setFocus)
        self._show_state("")
        self.line.setFocus()

    def _build_line(self) -> QLineEdit:
        self.line = QLineEdit()
        self.line.setProperty("role", "find")
        self.line.setPlaceholderText("Words to find")
        self.line.setAccessibleName("Words to find")
        self.line.textChanged.connect(self._on_changed)
        self.line.installEventFilter(self)
        return self.line

    def _build_chips_row(self) -> QHBoxLayout:
        self.chips: dict[FoundKind, QPushButton] = {}
        for kind, name in KINDS.items():
            chip = chip_button(name, self._on_changed, name=f"Look in {name.lower()}")
            chip.setChecked(True)
            self.chips[kind] = chip
        self.count = label("", "small")
        return row([*self.chips.values(), 1, self.count])

    def _build_results(self) -> QStackedWidget:
        self.model = FoundModel()
        self._delegate = FoundDelegate(self._theme)
        self.list = QListView()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName("Found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.doubleClicked.connect(lambda index: self._jump(index, stays=False))
        self.list.installEventFilter(self)
        self._nothing = label("", "mute", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(4, 10, 4, 4)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        return self._pages

    # What it shows

    @property
    def words(self) -> str:
        """The words in the line, without spaces at their ends."""
        return self.line.text().strip()

    @property
    def kinds(self) -> tuple[FoundKind, ...]:
        """The kinds to look in."""
        return tuple(kind for kind, chip in self.chips.items() if chip.isChecked())

    def show_found(self, words: str, found: Sequence[Found], *, is_all: bool = True) -> None:
        """Show what was found for some words, unless other words stand in the line by now.

        `is_all` is false where there is more than is shown.
        """
        if words != self.words:
            return
        self._answered = (words, self.kinds)
        self.model.show_rows(found_lines(found, self.kinds))
        self._mark(self._next(-1, 1))
        self.list.scrollToTop()
        count = times(sum(one.found is not None for one in self.model.rows), "place")
        self._show_state(count if is_all else f"the first {count}")
        then, self._then = self._then, ""
        if then:
            self._jump(self.list.currentIndex(), stays=then == "stay")

    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """Offer these searches."""
        self._saved = tuple(saved)
        self._show_usable()

    def start(self, words: str = "") -> None:
        """Show the window with the words in its line marked; other words may be given."""
        self.show()
        self.raise_()
        self.activateWindow()
        if words:
            self.line.setText(words)
        self.line.selectAll()
        self.line.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = self._delegate.theme = theme
        self.list.viewport().update()

    def _show_state(self, count: str) -> None:
        self.count.setText(count if self.model.rows else "")
        self._pages.setCurrentWidget(self.list if self.model.rows else self._nothing)
        if not self.kinds:
            self._nothing.setText("Choose at least one kind to look in.")
        else:
            self._nothing.setText(f"Nothing found for “{self.words}”." if self.words else _BEGIN)
        self._show_usable()

    def _show_usable(self) -> None:
        self.choose.setEnabled(bool(self._saved))
        self.save.setEnabled(bool(self.words and self.kinds))
        self.remove.setVisible(self._chosen() is not None)

    def _chosen(self) -> SavedSearch | None:
        here = (self.words, self.kinds)
        return next((one for one in self._saved if (one.words, one.kinds) == here), None)

    # What is asked

    def _on_changed(self) -> None:
        self._show_usable()
        self._then = ""
        self._timer.start()

    def _ask(self) -> None:
        if self.words and self.kinds:
            self.search_asked.emit(self.words, self.kinds)
        else:
            self.model.show_rows(())
            self._show_state("")

    def _on_choose(self) -> None:
        rows = [PickRow(one.name, one.name, one.words, _kinds_text(one.kinds)) for one in self._saved]
        if rows:
            picker = Picker(self, self._theme, title="Saved searches", placeholder="Which one", rows=rows)
            picker.chosen.connect(self._on_chosen)
            picker.pop_up()

    def _on_chosen(self, name: str) -> None:
        saved = next(one for one in self._saved if one.name == name)
        for kind, chip in self.chips.items():
            chip.setChecked(kind in saved.kinds)
        self.line.setText(saved.words)
        self._timer.stop()
        self._show_usable()
        self._ask()

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        picker = Picker(
            self,
            self._theme,
            title=f"Save the search for “{self.words}”",
            placeholder="A name, or one to put it in place of",
            rows=[PickRow(one.name, one.name, one.words, "replace") for one in self._saved],
            create_text=lambda name: f"Save as “{name}”",
        )
        for signal in (picker.chosen, picker.create_asked):
            signal.connect(lambda name: self.save_asked.emit(SavedSearch(name, self.words, self.kinds)))
        picker.pop_up()

    def _on_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.line.setFocus()
            self.remove_asked.emit(chosen.name)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._mark(self._moved(_STEPS[key]))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter(stays=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return super().eventFilter(watched, event)

    def _on_enter(self, *, stays: bool) -> None:
        if self._answered == (self.words, self.kinds):
            self._jump(self.list.currentIndex(), stays=stays)
            return
        # Enter right after the last letter means what these letters find.
        self._then = "stay" if stays else "go"
        if self._timer.isActive():
            self._timer.stop()
            self._ask()

    def _jump(self, index: QModelIndex, *, stays: bool) -> None:
        line: FoundLine | None = index.data(ROW_ROLE) if index.isValid() else None
        if line is None or line.found is None:
            return
        if not stays:
            self.accept()
        found = line.found
        self.jump_asked.emit(found.kind, found.id, found.article, found.place)

    def _moved(self, by: int) -> int:
        here, last = self.list.currentIndex().row(), self.model.rowCount() - 1
        direction = 1 if by > 0 else -1
        aim = min(max(here + by, 0), last)
        found = self._next(aim - direction, direction)
        return found if found >= 0 else here

    def _next(self, number: int, direction: int) -> int:
        """The next line that is no heading, or -1."""
        rows = self.model.rows
        number += direction
        while 0 <= number < len(rows) and rows[number].found is None:
            number += direction
        return number if 0 <= number < len(rows) else -1

    def _mark(self, number: int) -> None:
        index = self.model.index(number, 0) if number >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if 0 <= number <= 1:
            self.list.scrollToTop()
        # A screen reader is where the typing is: it is told where Enter would go.
        self.line.setAccessibleDescription(index.data() or "" if index.isValid() else "")


def _kinds_text(kinds: Sequence[FoundKind]) -> str:
    return "everywhere" if len(kinds) == len(KINDS) else ", ".join(KINDS[kind].lower() for kind in kinds)
