"""The stage: one article's document with its page, marks and selected mark, and the drawing of all that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter, QTextDocument

from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.ui.offsets import Utf16Map
from annotator.ui.reading import painting
from annotator.ui.reading.document import build_document, color_headings, headings_between
from annotator.ui.reading.geometry import Shape, marks_at, page_for
from annotator.ui.reading.handles import Drag, Grip, grip_at, grips_of
from annotator.ui.reading.lanes import Note, stack_notes
from annotator.ui.reading.marks import ALL_LAYERS, Layer, Mark, MarkIndex, is_shown, main_spans, pieces_of
from annotator.ui.reading.scenery import PlacedScene, Scenery
from annotator.ui.theme import SERIF, Theme, font

_BELOW_TEXT_PX = 120.0
# Labels, tints and knobs reach this far out of their block.
_OVERHANG_PX = 24.0
# Notes are stacked from this far above the view on, so that they stay where they are while the text scrolls.
_STACK_FROM_PX = 400.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What is to be drawn between two heights of the document."""

    top: float
    bottom: float
    placed: list[PlacedScene]
    notes: list[Note]


class Stage:
    """What is shown of one article. Positions on the screen are those of the document, from its top left corner."""

    def __init__(
        self,
        text: str,
        *,
        heading: painting.Heading,
        sections: tuple[Section, ...],
        theme: Theme,
        text_px: float,
        family: str = SERIF,
    ) -> None:
        self.text = text
        self.utf16 = Utf16Map(text)
        self.heading = heading
        self.sections = sections
        self.selected: str | None = None
        # Ranges with a frame around them; a faint one says that there is nothing where others have something.
        self.framed: tuple[tuple[Span, bool], ...] = ()
        self.drag: Drag | None = None
        self.document: QTextDocument = build_document(
            text, self.utf16, sections=sections, body=font(family, text_px), text_px=text_px, muted=theme.color("mute")
        )
        self._text_px = text_px
        self._theme = theme
        self._brushes = painting.Brushes(theme, text_px)
        self._scenery = Scenery(self.document, text, self.utf16)
        self._index = MarkIndex()
        self._layers: frozenset[Layer] = ALL_LAYERS
        self._marks: dict[str, Mark] = {}
        self._page = page_for(0, 0)
        self._page_top = 0.0

    # What is on it

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, shown or not."""
        return tuple(self._marks.values())

    def show_marks(self, marks: Sequence[Mark], layers: frozenset[Layer]) -> None:
        """Show these marks, as far as they are of these layers."""
        self._marks = {mark.id: mark for mark in marks}
        self._layers = layers
        self._index = MarkIndex(mark for mark in marks if is_shown(mark, layers))
        self._scenery.set_marks(self._index)
        self._scenery.set_page(column_px=self._page.width, has_details="stances" in layers)

    def add_mark(self, mark: Mark) -> None:
        """Show one more mark, or another version of one that is there."""
        self.remove_mark(mark.id)
        self._marks[mark.id] = mark
        if is_shown(mark, self._layers):
            self._index.add(mark)
            self._scenery.forget_around([Span(piece.start, piece.end) for piece in pieces_of(mark)])

    def remove_mark(self, mark_id: str) -> None:
        """Show one mark less, if it is there."""
        gone = self._marks.pop(mark_id, None)
        if gone is not None:
            self._index.remove(mark_id)
            self._scenery.forget_around([Span(piece.start, piece.end) for piece in pieces_of(gone)])

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._brushes = painting.Brushes(theme, self._text_px)
        spans = headings_between(self.text, self.sections)
        color_headings(self.document, spans, self.utf16, theme.color("mute"))

    def set_page(self, *, viewport_px: float, line_px: float) -> None:
        """Make the page for a viewport of this width. The document has no page size then, until its view sets one."""
        self._page = page_for(viewport_px, line_px)
        self._page_top = self.heading.height(self._page.width)
        # A document without a page size does not lay out anything; with one, it does so as far as it is looked at.
        self.document.setPageSize(QSizeF())
        frame = self.document.rootFrame().frameFormat()
        frame.setLeftMargin(self._page.left)
        frame.setRightMargin(max(0.0, viewport_px - self._page.left - self._page.width))
        frame.setTopMargin(self._page_top)
        frame.setBottomMargin(_BELOW_TEXT_PX)
        self.document.rootFrame().setFrameFormat(frame)
        self._scenery.forget()
        self._scenery.set_page(column_px=self._page.width, has_details="stances" in self._layers)

    # Where things are

    def index_at(self, x: float, y: float) -> int:
        """The code point nearest to a point."""
        return self._scenery.index_at(x, y)

    def marks_at(self, x: float, y: float) -> list[str]:
        """The ids of the marks and notes at a point, the smallest first."""
        return marks_at(self._shapes(y), x, y)

    def marks_over(self, index: int) -> list[str]:
        """The ids of the shown entities and quotes that hold a code point, the earliest and longest first."""
        pieces = self._index.overlapping(index, index + 1)
        return list(dict.fromkeys(piece.mark.id for piece in pieces if piece.part in ("entity", "content")))

    def grip_at(self, x: float, y: float) -> Grip | None:
        """The handle at a point."""
        return grip_at(self._grips(y - painting.GRIP_PX * 2, y + painting.GRIP_PX * 2), x, y)

    # Drawing

    def frame(self, top: float, bottom: float) -> Frame:
        """What is to be drawn for this height of the document; to be drawn at once, and then let go."""
        near = self._scenery.visible(top - _STACK_FROM_PX, bottom, label_font=self._brushes.label_font)
        notes = [_moved(note, placed.top) for placed in near for note in placed.scene.notes]
        placed = [placed for placed in near if placed.bottom + _OVERHANG_PX >= top]
        return Frame(top, bottom, placed, self._stacked(notes, top) if self._page.has_notes else [])

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        """Draw what lies behind the words."""
        for placed in frame.placed:
            with _moved_to(painter, placed):
                self._brushes.under_text(painter, placed.scene)
        for span, is_outlined in self._selected_spans():
            found = self._scenery.fragments(span, frame.top, frame.bottom)
            self._brushes.selected(painter, found, is_outlined=is_outlined)
        for span, is_faint in self.framed:
            self._brushes.framed(painter, self._scenery.fragments(span, frame.top, frame.bottom), is_faint=is_faint)

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """Draw what belongs to the words, the heading, the gutter and the handles."""
        if frame.top < self._page_top:
            self.heading.paint(painter, self._theme, left=self._page.left, width_px=self._page.width)
        for placed in frame.placed:
            with _moved_to(painter, placed):
                self._brushes.over_text(painter, placed.scene)
                if not self._page.has_notes:
                    self._paint_bars(painter, placed)
        for note in frame.notes:
            self._brushes.note(painter, note, page=self._page, is_selected=self.selected in note.ids)
        for grip in self._grips(frame.top, frame.bottom):
            self._brushes.grip(painter, grip.x, grip.rect, is_start=grip.edge == "start")

    def _paint_bars(self, painter: QPainter, placed: PlacedScene) -> None:
        for bar in placed.scene.bars:
            self._brushes.bar(painter, bar, is_selected=bar.mark_id == self.selected)

    def _stacked(self, notes: Sequence[Note], top: float) -> list[Note]:
        stacked = stack_notes(
            notes,
            line_px=painting.NOTE_LINE_PX,
            padding_px=painting.NOTE_PADDING_PX,
            gap_px=painting.NOTE_GAP_PX,
        )
        return [note for note in stacked if painting.note_rect(note, self._page).bottom >= top]

    def _shapes(self, y: float) -> list[Shape]:
        frame = self.frame(y, y)
        shapes = [
            Shape(shape.rect.moved(placed.left, placed.top), shape.length, shape.mark_id)
            for placed in frame.placed
            for shape in placed.scene.shapes
        ]
        for note in frame.notes:
            rect = painting.note_rect(note, self._page)
            shapes += [Shape(rect, nth, mark_id) for nth, mark_id in enumerate(note.ids)]
        return shapes

    def _selected_mark(self) -> Mark | None:
        return self._index.mark(self.selected) if self.selected else None

    def _selected_main_spans(self) -> list[Span]:
        mark = self._selected_mark()
        if mark is None:
            return []
        drag = self.drag
        return [drag.now if drag and span == drag.span else span for span in main_spans(mark)]

    def _selected_spans(self) -> list[tuple[Span, bool]]:
        """The ranges to draw as selected, and whether with an outline: source and cue of a quote have none."""
        mark = self._selected_mark()
        if mark is None:
            return []
        others = [piece for piece in pieces_of(mark) if piece.part in ("source", "cue")]
        return [(Span(piece.start, piece.end), False) for piece in others] + [
            (span, True) for span in self._selected_main_spans()
        ]

    def _grips(self, top: float, bottom: float) -> list[Grip]:
        return [
            grip
            for span in self._selected_main_spans()
            for grip in grips_of(span, self._scenery.fragments(span, top, bottom))
        ]


def _moved(note: Note, dy: float) -> Note:
    return replace(note, top=note.top + dy)


@contextmanager
def _moved_to(painter: QPainter, placed: PlacedScene) -> Iterator[None]:
    painter.translate(placed.left, placed.top)
    yield
    painter.translate(-placed.left, -placed.top)
