"""Scenery: the scenes of one document's blocks, made when they come into view and kept until something moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument

from annotator.domain.spans import Span
from annotator.ui.offsets import Utf16Map
from annotator.ui.reading.lines import line_boxes
from annotator.ui.reading.marks import MarkIndex
from annotator.ui.reading.scene import Fragment, LabelFont, Scene, build_scene, fragments

# Blocks are less than twice this apart (see the gaps in document.py), and lines are taller.
_GAP_STEP_PX = 14.0


@dataclass(frozen=True, slots=True)
class PlacedScene:
    """A scene with the place of its block in the document."""

    left: float
    top: float
    bottom: float
    scene: Scene


class Scenery:
    """Scenes by block. All positions that it takes and gives are those of the document."""

    def __init__(self, document: QTextDocument, text: str, utf16: Utf16Map) -> None:
        self._document = document
        self._text = text
        self._utf16 = utf16
        self._index = MarkIndex()
        self._scenes: dict[int, Scene] = {}
        self._column_px = 0.0
        self._has_details = True

    def set_marks(self, index: MarkIndex) -> None:
        """Show these marks from now on."""
        self._index = index
        self.forget()

    def set_page(self, *, column_px: float, has_details: bool) -> None:
        """Reckon with a column of this width; `has_details` says whether notes have their second line."""
        if (column_px, has_details) != (self._column_px, self._has_details):
            self._column_px, self._has_details = column_px, has_details
            self.forget()

    def forget(self) -> None:
        """Make all scenes anew when they are next asked for."""
        self._scenes.clear()

    def forget_around(self, spans: Sequence[Span]) -> None:
        """Make the scenes of the blocks that these ranges touch anew."""
        for span in spans:
            block = self._document.findBlock(self._utf16.to_qt(span.start))
            last = self._utf16.to_qt(span.end)
            while block.isValid() and block.position() <= last:
                self._scenes.pop(block.blockNumber(), None)
                block = block.next()

    def visible(self, top: float, bottom: float, *, label_font: LabelFont) -> list[PlacedScene]:
        """The scenes of all blocks that reach into this height of the document, from top to bottom."""
        return [
            PlacedScene(rect.left(), rect.top(), rect.bottom(), self._scene(block, label_font))
            for block, rect in self._blocks(top, bottom)
        ]

    def fragments(self, span: Span, top: float, bottom: float) -> list[Fragment]:
        """Where a range lies, as far as it is in blocks that reach into this height."""
        found: list[Fragment] = []
        for block, rect in self._blocks(top, bottom):
            start = self._utf16.to_python(block.position())
            if start >= span.end or self._utf16.to_python(block.position() + block.length()) <= span.start:
                continue
            lines = line_boxes(block, self._text, self._utf16)
            found += [
                fragment._replace(rect=fragment.rect.moved(rect.left(), rect.top()))
                for fragment in fragments(lines, span.start, span.end)
            ]
        return found

    def index_at(self, x: float, y: float) -> int:
        """The code point nearest to a point."""
        qt_pos = self._document.documentLayout().hitTest(QPointF(x, self._sure(y)), Qt.HitTestAccuracy.FuzzyHit)
        return self._utf16.to_python(max(0, qt_pos))

    def _block_at(self, y: float) -> QTextBlock:
        return self._document.findBlock(self._utf16.to_qt(self.index_at(0, y)))

    def _sure(self, y: float) -> float:
        """The next height from here on that lies in a block.

        Above the text and between blocks, Qt's hit test gives a place near the end of the article for as long as the
        article has not been laid out to its end.
        """
        first = self._document.firstBlock().layout().position().y()
        y = max(y, first + 1)
        for lower in (y, y + _GAP_STEP_PX, y + 2 * _GAP_STEP_PX):
            qt_pos = self._document.documentLayout().hitTest(QPointF(0, lower), Qt.HitTestAccuracy.FuzzyHit)
            layout = self._document.findBlock(max(0, qt_pos)).layout()
            top = layout.position().y()
            if layout.lineCount() and top <= lower <= top + layout.boundingRect().height():
                return lower
        return y

    def _blocks(self, top: float, bottom: float) -> Iterator[tuple[QTextBlock, QRectF]]:
        layout = self._document.documentLayout()
        block = self._block_at(top)
        # The block before may reach down to here with its labels.
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom:
                return
            yield block, rect
            block = block.next()

    def _scene(self, block: QTextBlock, label_font: LabelFont) -> Scene:
        number = block.blockNumber()
        scene = self._scenes.get(number)
        if scene is None:
            start = self._utf16.to_python(block.position())
            end = self._utf16.to_python(block.position() + block.length() - 1)
            pieces = self._index.overlapping(start, end)
            lines = line_boxes(block, self._text, self._utf16) if pieces else []
            scene = build_scene(
                lines, pieces, column_px=self._column_px, label_font=label_font, has_details=self._has_details
            )
            self._scenes[number] = scene
        return scene
