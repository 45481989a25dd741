"""The reading view: an article to read and to select in, with its marks drawn around the words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QWidget

from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.ui.reading.article_text import ArticleText
from annotator.ui.reading.geometry import next_pick
from annotator.ui.reading.handles import Drag
from annotator.ui.reading.marks import ALL_LAYERS, Layer, Mark
from annotator.ui.reading.painting import Heading
from annotator.ui.reading.stage import Stage
from annotator.ui.theme import SERIF, Theme, load_theme

TEXT_PX = 16.5
LINE_PX = 620.0
# Labels and knobs reach this far out of their block.
_OVERHANG_PX = 24
_CARET_PX = 2
_HOW_TO = "Arrow keys move the caret, with Shift they select."
_COLORS = {
    QPalette.ColorRole.Base: "bg",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "selection_ink",
}


class ReadingView(ArticleText):
    """Shows one article and its marks. All positions in and out are code points of the article's text.

    It never changes the text, and nothing is ever read back from the widget. Keys that it has no use for go to the
    window, letters and digits among them.
    """

    mark_picked = Signal(str)
    caret_moved = Signal(int)
    selection_changed = Signal()
    # A mark's id, and the new start and end of one of its `main_spans`; only one of the two edges has moved.
    mark_resized = Signal(str, int, int)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or load_theme("light")
        self._text_px = TEXT_PX
        self._family = SERIF
        self._line_px = LINE_PX
        self._layers: frozenset[Layer] = ALL_LAYERS
        self._pressed_at: QPoint | None = None
        self._last_pick: tuple[QPoint, str] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Article")
        self._set_stage("", Heading("", ""), ())
        self.set_theme(self._theme)
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self.selectionChanged.connect(self.selection_changed)

    # What is shown

    def show_article(self, text: str, *, heading: str, meta: str, sections: tuple[Section, ...]) -> None:
        """Show another article, from its beginning and without marks."""
        self.setAccessibleDescription(f"{heading}. {meta}. {_HOW_TO}")
        self._set_stage(text, Heading(heading, meta), sections)
        # Qt would scroll to the caret, which stands below the heading.
        self.verticalScrollBar().setValue(0)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks and no others."""
        self._stage.show_marks(marks, self._layers)
        self.viewport().update()

    def add_mark(self, mark: Mark) -> None:
        """Show one more mark, or another version of one that is there; cheaper than all of them anew."""
        self._stage.add_mark(mark)
        self.viewport().update()

    def remove_mark(self, mark_id: str) -> None:
        """Show one mark less, if it is there."""
        self._stage.remove_mark(mark_id)
        self.viewport().update()

    def set_layers(self, layers: frozenset[Layer]) -> None:
        """Show only marks of these layers; without `stances`, notes have no second line."""
        self._layers = layers
        self.show_marks(self._stage.marks)

    def set_selected(self, mark_id: str | None) -> None:
        """Show one mark as the selected one; an id that is not among the marks shows nothing."""
        self._stage.selected = mark_id
        self._stage.drag = None
        self.viewport().update()

    def set_framed(self, spans: Sequence[Span], *, is_faint: bool = False) -> None:
        """Draw a frame around each of these ranges, a faint one where it is to say that nothing is there."""
        self._stage.framed = tuple((span, is_faint) for span in spans)
        self.viewport().update()

    def selected_id(self) -> str | None:
        """The id of the selected mark."""
        return self._stage.selected

    def set_theme(self, theme: Theme) -> None:
        """Draw with the colours of another theme."""
        self._theme = theme
        colors = self.palette()
        for role, ours in _COLORS.items():
            colors.setColor(role, theme.color(ours))
        self.setPalette(colors)
        # Under a style sheet the viewport keeps the palette that it was polished with.
        self.viewport().setPalette(colors)
        self._stage.set_theme(theme)
        self.viewport().update()

    def set_text_size(self, px: float) -> None:
        """Set the size of the article's text in pixels; caret, selection and place in the article stay."""
        self._text_px = px
        self._set_anew()

    def set_typeface(self, family: str) -> None:
        """Set the article's text in another typeface; caret, selection and place in the article stay."""
        if family != self._family:
            self._family = family
            self._set_anew()

    def _set_anew(self) -> None:
        old, caret, selection = self._stage, self.caret(), self.selection()
        top = self.reading_place()
        self._set_stage(old.text, old.heading, old.sections)
        self.show_marks(old.marks)
        self.set_selected(old.selected)
        self._stage.framed = old.framed
        self.set_caret(caret)
        if selection:
            self.select(selection)
        self.return_to(top)

    def set_line_width(self, px: float) -> None:
        """Set the greatest width of the text column in pixels; the place in the article stays."""
        top = self.reading_place()
        self._line_px = px
        self._set_page()
        self.document().setPageSize(QSizeF(self.viewport().width(), -1))
        self.return_to(top)

    @property
    def marks(self) -> Sequence[Mark]:
        """All marks, also those of hidden layers."""
        return tuple(self._stage.marks)

    def marks_over(self, index: int) -> list[str]:
        """The ids of the shown entities and quotes that hold a code point, the earliest and longest first."""
        return self._stage.marks_over(index)

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        top = self.scrolled_px() + event.rect().top() - _OVERHANG_PX
        bottom = self.scrolled_px() + event.rect().bottom() + _OVERHANG_PX
        frame = self._stage.frame(top, bottom)
        painter = self._painter()
        self._stage.paint_under(painter, frame)
        painter.end()
        super().paintEvent(event)
        painter = self._painter()
        self._stage.paint_over(painter, frame)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() == event.size().width():
            super().resizeEvent(event)
            return
        top = self.reading_place()
        self._set_page()
        super().resizeEvent(event)
        self.return_to(top)

    def event(self, event: QEvent) -> bool:
        # QTextEdit would claim letters, digits, Enter and Backspace, and the window's shortcuts would never see them.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_ours = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll)
            event.setAccepted(is_ours)
            return is_ours
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._stage.drag and event.key() == Qt.Key.Key_Escape:
            self._stage.drag = None
            self.viewport().update()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_words()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        if event.button() == Qt.MouseButton.LeftButton:
            grip = self._stage.grip_at(*self._on_stage(event.position()))
            if grip and self._stage.selected:
                self._stage.drag = Drag(self._stage.selected, grip.span, grip.edge, grip.span)
                return
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._on_stage(event.position())
        if self._stage.drag:
            length = len(self._stage.text)
            self._stage.drag = self._stage.drag.moved_to(self._stage.index_at(*point), length=length)
            self.viewport().update()
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            is_over_grip = self._stage.grip_at(*point) is not None
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if is_over_grip else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._stage.drag = self._stage.drag, None
        if drag:
            self.viewport().update()
            if drag.now != drag.span:
                self.mark_resized.emit(drag.mark_id, drag.now.start, drag.now.end)
            return
        super().mouseReleaseEvent(event)
        pressed_at, self._pressed_at = self._pressed_at, None
        at = event.position().toPoint()
        if pressed_at is not None and _is_near(at, pressed_at) and not self.textCursor().hasSelection():
            self._pick(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # With Ctrl, QTextEdit would zoom its own font and know nothing of ours.
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        copying = menu.addAction("Copy", self.copy_words)
        copying.setEnabled(self.selection() is not None)
        menu.addAction("Select all", self.selectAll)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def copy_words(self) -> None:
        """Put the selected words of the article itself on the clipboard.

        Qt's own copying would turn no-break spaces into spaces, and data made here for the clipboard to keep would
        outlive the interpreter.
        """
        span = self.selection()
        if span is not None:
            QGuiApplication.clipboard().setText(self._stage.text[span.start : span.end])

    def _on_caret_moved(self) -> None:
        self.caret_moved.emit(self.caret())

    # Nobody else's business

    def _set_stage(self, text: str, heading: Heading, sections: tuple[Section, ...]) -> None:
        previous = self.findChildren(QTextDocument, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._last_pick = None
        self._stage = Stage(
            text, heading=heading, sections=sections, theme=self._theme, text_px=self._text_px, family=self._family
        )
        self._stage.document.setParent(self)
        self._stage.show_marks((), self._layers)
        self._set_page()
        # The widget's font too: Qt gives it to the document whenever the application's font or style changes.
        self.setFont(self._stage.document.defaultFont())
        self.setDocument(self._stage.document)
        # Qt keeps the width of the caret with the document.
        self.setCursorWidth(_CARET_PX)
        for document in previous:
            document.deleteLater()

    def _set_page(self) -> None:
        self._stage.set_page(viewport_px=self.viewport().width(), line_px=self._line_px)

    def _painter(self) -> QPainter:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.scrolled_px())
        return painter

    def _on_stage(self, point: QPointF) -> tuple[float, float]:
        return point.x(), point.y() + self.scrolled_px()

    def _pick(self, at: QPoint) -> None:
        candidates = self._stage.marks_at(*self._on_stage(QPointF(at)))
        is_again = self._last_pick is not None and _is_near(at, self._last_pick[0])
        picked = next_pick(candidates, self._last_pick[1] if self._last_pick and is_again else None)
        self._last_pick = (at, picked) if picked else None
        if picked:
            self.mark_picked.emit(picked)


def _is_near(one: QPoint, other: QPoint) -> bool:
    return (one - other).manhattanLength() < QApplication.startDragDistance()
