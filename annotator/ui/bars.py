"""The bars of the window: top, message, progress, status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.progress import Progress
from annotator.ui.announcing import announce
from annotator.ui.icons import icon
from annotator.ui.keycaps import KeyCap
from annotator.ui.keys import Button
from annotator.ui.theme import Theme
from annotator.ui.widgets import ElidedLabel, cap, clear, key_text, label, restyle, row

_EDGE_PX = 20
_MESSAGE_PX = 360
_STATUS_PX = 16
_VIEWS_PX = 32
_HINT_PX = 14
_STAY_MS = {"info": 6000, "good": 8000}


class TopBar(QFrame):
    """The project's name, the way to everything (Ctrl+K), and whether all is saved."""

    find_asked = Signal()
    theme_asked = Signal()
    # The name of a view.
    view_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.setFixedHeight(48)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(18)
        self._name = label("Annotator", "title")
        layout.addWidget(self._name)
        self._views = self._build_views()
        layout.addWidget(self._views)
        self._find = QPushButton("Find an article or a command")
        self._find.setProperty("role", "find")
        self._find.setMinimumWidth(262)
        self._find.setMaximumWidth(420)
        self._find.clicked.connect(self.find_asked)
        inside = QHBoxLayout(self._find)
        inside.setContentsMargins(0, 0, 9, 0)
        inside.addStretch(1)
        inside.addWidget(KeyCap("edit.palette"))
        layout.addWidget(self._find, 3)
        layout.addStretch(1)
        self._dot = label("●", "dot")
        self._saved = label("", "mute")
        layout.addLayout(row([self._dot, self._saved], spacing=6))
        self._who = label("", "mute")
        layout.addWidget(self._who)
        self._theme_button = QToolButton()
        self._theme_button.setAccessibleName("Light or dark")
        self._theme_button.clicked.connect(self.theme_asked)
        layout.addWidget(self._theme_button)

    def _build_views(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "views")
        frame.setFixedHeight(_VIEWS_PX)
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.setSpacing(2)
        group = QButtonGroup(frame)
        self._view_buttons: dict[str, Button] = {}
        for name, text in (("label", "Label"), ("review", "Review")):
            button = Button(text)
            button.setProperty("role", "view")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.view_asked.emit(name))
            group.addButton(button)
            inside.addWidget(button)
            self._view_buttons[name] = button
        frame.hide()
        return frame

    def show_view(self, name: str) -> None:
        """Show which view is open; an empty name hides the switch."""
        self._views.setVisible(bool(name))
        if name:
            self._view_buttons[name].setChecked(True)

    def show_project(self, name: str, who: str, *, saved: str, is_writable: bool = True) -> None:
        """Show whose project is open; `saved` says how its file is."""
        self._name.setText(name or "Annotator")
        self._who.setText(who)
        self._saved.setText(saved)
        self._dot.setVisible(bool(saved))
        restyle(self._dot, tone="" if is_writable else "warn")

    def show_theme_key(self, key: str) -> None:
        """Say which key changes the theme."""
        self._theme_button.setToolTip(f"Light or dark ({key_text(key)})" if key else "Light or dark")

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in this theme."""
        name = "sun" if theme.name == "dark" else "moon"
        self._theme_button.setIcon(icon(name, theme.color("mute")))


class MessageBar(QFrame):
    """One message at a time, over the foot of the window so that nothing jumps.

    Errors stay until they are closed or the next act.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 8, 7)
        self._text = label("", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._text, 1)
        self._offers = QHBoxLayout()
        layout.addLayout(self._offers)
        close = QToolButton()
        close.setText("✕")
        close.setAccessibleName("Close the message")
        close.clicked.connect(self.hide)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown; empty when there is none."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, tone: str) -> None:
        """Show a message; `bad` ones stay, `info` and `good` go after a while."""
        clear(self._offers)
        self._text.setText(text)
        self.setAccessibleName(text)
        restyle(self, tone=tone)
        restyle(self._text)
        self.place()
        self.show()
        self.raise_()
        announce(self, text)
        self._timer.stop()
        if tone in _STAY_MS:
            self._timer.start(_STAY_MS[tone])

    def offer(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Put buttons beside the message that is shown; it stays until it is closed, or until the next act."""
        for text, run in acts.items():
            button = QPushButton(text)
            button.clicked.connect(lambda _=False, run=run: run())
            self._offers.addWidget(button)
        self._timer.stop()
        self.place()

    def place(self) -> None:
        """Take the place over the status bar, in the middle of the parent."""
        parent = self.parentWidget()
        if parent is None:
            return
        room = parent.width() - 2 * _EDGE_PX
        beside = self._offers.sizeHint().width() + 70
        wanted = self._text.fontMetrics().horizontalAdvance(self._text.text()) + beside
        self.setFixedWidth(min(max(_MESSAGE_PX, wanted), room))
        height = self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(max(height, 38))
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - _EDGE_PX - 24)


class ProgressDialog(QDialog):
    """A modal progress with Cancel, while a job has the database."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title"))
        self._text = ElidedLabel("", "mute")
        layout.addWidget(self._text)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        layout.addWidget(self._bar)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.cancel_asked)
        layout.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the job is."""
        count = f"{progress.done:,} of {progress.total:,} · " if progress.total else ""
        self._text.show_text(count + progress.text)
        self._bar.setMaximum(progress.total)
        self._bar.setValue(progress.done)

    def reject(self) -> None:
        # Esc and the close button mean Cancel.
        self.cancel_asked.emit()


class StatusBar(QFrame):
    """Where one is, the keys that matter now as far as there is room for them, and how the models are."""

    def __init__(self) -> None:
        super().__init__()
        self._holders: list[QWidget] = []
        self.setProperty("role", "status")
        self.setFixedHeight(30)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_STATUS_PX, 0, _STATUS_PX, 0)
        layout.setSpacing(_STATUS_PX)
        self._place = label("", "small")
        layout.addWidget(self._place)
        self._hints = QHBoxLayout()
        self._hints.setSpacing(_HINT_PX)
        layout.addLayout(self._hints)
        self._model = ElidedLabel("", "small")
        self._model.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._model, 1)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_place(self, text: str) -> None:
        """Show where one is."""
        if text != self._place.text():
            self._place.setText(text)
            self._fit()

    def show_model(self, text: str) -> None:
        """Show what the models are doing."""
        self._model.show_text(text)
        self._fit()

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show keys with what they do: `(shortcut, words)`."""
        if tuple(hints) == self._shown:
            return
        self._shown = tuple(hints)
        while self._hints.count():
            item = self._hints.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self._holders = []
        for shortcut, words in hints:
            holder = QWidget()
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(5)
            inside.addWidget(cap(shortcut))
            inside.addWidget(label(words, "small"))
            self._hints.addWidget(holder)
            self._holders.append(holder)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The sheet (F1) has all keys; how the models are is said nowhere else.
        room = self.width() - 4 * _STATUS_PX - self._place.sizeHint().width() - self._model.whole_width()
        for holder in self._holders:
            room -= holder.sizeHint().width() + _HINT_PX
            holder.setVisible(room >= 0)
