"""Words a target in one step: its kind and its full positive sentence, both proposed."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.domain.records import TargetKind
from annotator.domain.statements import likely_kind, likely_statement
from annotator.ui.keys import enter, keep_keys
from annotator.ui.registry.words import TARGET_KINDS
from annotator.ui.widgets import cap, label, row

_WIDTH_PX = 560
_TOP_PX = 44
_EDGE_PX = 17
_NO_SENTENCE = "A target needs a full positive sentence: what one who is for it would say."


class TargetMaker(QDialog):
    """A line with the sentence, and the kinds above it. Enter keeps both, Up and Down choose the kind, Esc leaves.

    `worded` carries the sentence and the kind, once. A sentence that nobody has touched follows the kind.
    """

    worded = Signal(str, str)

    def __init__(
        self,
        parent: QWidget,
        name: str,
        *,
        kind: TargetKind | None = None,
        statement: str = "",
        actors: Collection[str] = (),
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        # Its frame has round corners.
        self.setProperty("role", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self._over = parent
        self.setAccessibleName(f"Target: {name}")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        frame = QFrame()
        frame.setProperty("role", "popup")
        frame.setFixedWidth(_WIDTH_PX)
        outer.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(_EDGE_PX, 12, _EDGE_PX, 12)
        layout.setSpacing(8)
        layout.addWidget(label(f"TARGET · {name}", "heading", wraps=True))
        layout.addLayout(self._build_kinds(kind or likely_kind(name, actors)))
        layout.addWidget(label("One full positive sentence", "mute"))
        self.line = QLineEdit(statement or likely_statement(name, self.kind))
        self.line.setAccessibleName("One full positive sentence")
        acts = {**enter(self._take), Qt.Key.Key_Down: lambda: self._step(1), Qt.Key.Key_Up: lambda: self._step(-1)}
        keep_keys(self.line, acts)
        layout.addWidget(self.line)
        self._problem = label(_NO_SENTENCE, "problem", wraps=True)
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addLayout(
            row([cap("Return"), label("keep", "small"), cap("Esc"), label("leave it", "small"), 1], spacing=6)
        )

    def _build_kinds(self, kind: TargetKind) -> QVBoxLayout:
        self._kinds = QButtonGroup(self)
        chips: list[QWidget | int] = []
        for number, (one, name) in enumerate(TARGET_KINDS.items()):
            chip = QPushButton(name)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(one == kind)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setAccessibleName(f"Kind: {name}")
            self._kinds.addButton(chip, number)
            chips.append(chip)
        self._kinds.idClicked.connect(lambda number: self._choose(number))
        self._before = kind
        column = QVBoxLayout()
        column.addLayout(row([*chips, 1, cap("Up"), cap("Down")], spacing=6))
        return column

    @property
    def kind(self) -> TargetKind:
        """The kind that is chosen."""
        return list(TARGET_KINDS)[self._kinds.checkedId()]

    def pop_up(self) -> None:
        """Show it over its parent, near the top, with the proposal selected: typing replaces it."""
        corner = self._over.mapToGlobal(QPoint(max((self._over.width() - _WIDTH_PX) // 2, 0), _TOP_PX))
        self.move(corner)
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def _step(self, by: int) -> None:
        self._choose((self._kinds.checkedId() + by) % len(TARGET_KINDS))

    def _choose(self, number: int) -> None:
        is_untouched = self.line.text() == likely_statement(self._name, self._before)
        self._kinds.button(number).setChecked(True)
        self._before = self.kind
        self.line.setAccessibleDescription(f"Kind: {TARGET_KINDS[self.kind]}")
        if is_untouched:
            self.line.setText(likely_statement(self._name, self.kind))
            self.line.selectAll()

    def _take(self) -> None:
        said = " ".join(self.line.text().split())
        if not said:
            self._problem.show()
            return
        self.close()
        self.worded.emit(said, self.kind)
