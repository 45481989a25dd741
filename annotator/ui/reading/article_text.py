"""An article's text on the screen: caret, selection and scrolling, all in code points."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from annotator.domain.spans import Span
from annotator.ui.reading.geometry import scroll_for
from annotator.ui.reading.stage import Stage

_REVEAL_MARGIN_PX = 56


class ArticleText(QTextEdit):
    """Where the reader is in an article. Who inherits it puts the article on a stage, and the stage's document here."""

    _stage: Stage

    def caret(self) -> int:
        """The code point that the caret stands before."""
        return self._stage.utf16.to_python(self.textCursor().position())

    def set_caret(self, index: int) -> None:
        """Put the caret before a code point, without a selection."""
        cursor = self.textCursor()
        cursor.setPosition(self._stage.utf16.to_qt(index))
        self.setTextCursor(cursor)

    def selection(self) -> Span | None:
        """The selected range; None where nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        to_python = self._stage.utf16.to_python
        return Span(to_python(cursor.selectionStart()), to_python(cursor.selectionEnd()))

    def select(self, span: Span) -> None:
        """Select a range; the caret goes to its end."""
        cursor = self.textCursor()
        cursor.setPosition(self._stage.utf16.to_qt(span.start))
        cursor.setPosition(self._stage.utf16.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def paragraph_at(self, index: int) -> Span:
        """The line of the article's text that holds a position, without its line feed."""
        text = self._stage.text
        start = text.rfind("\n", 0, index) + 1
        end = text.find("\n", index)
        return Span(start, end if end >= 0 else len(text))

    def first_visible_position(self) -> int:
        """The first code point of the topmost line in view."""
        return self._stage.index_at(0, self.scrolled_px() + 1)

    def reveal(self, span: Span) -> None:
        """Scroll so that a range can be read with some text around it; no scrolling where it can be already."""
        height = self.viewport().height()
        target = scroll_for(
            self._line_at(span.start)[0],
            self._line_at(max(span.start, span.end - 1))[1],
            view_top=self.scrolled_px(),
            view_height=height,
            margin=min(_REVEAL_MARGIN_PX, height / 5),
        )
        if target is not None:
            self._scroll_to(target)

    def _line_at(self, index: int) -> tuple[float, float]:
        """Top and bottom of the line that holds a code point."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._stage.utf16.to_qt(index))
        rect = self.cursorRect(cursor)
        return rect.top() + self.scrolled_px(), rect.bottom() + self.scrolled_px()

    def scrolled_px(self) -> int:
        """How far the view is scrolled."""
        return self.verticalScrollBar().value()

    def _scroll_to(self, y: float) -> None:
        bar = self.verticalScrollBar()
        if y > bar.maximum():
            # Qt has not laid out that far yet, and the scroll bar does not know.
            bar.setMaximum(max(bar.maximum(), round(self.document().size().height()) - self.viewport().height()))
        bar.setValue(round(y))

    def reading_place(self) -> int | None:
        """What is topmost in view; None at the very top, where the heading is."""
        return self.first_visible_position() if self.scrolled_px() else None

    def return_to(self, place: int | None) -> None:
        """Scroll so that a `reading_place` is topmost again."""
        self._scroll_to(0 if place is None else self._line_at(place)[0])
