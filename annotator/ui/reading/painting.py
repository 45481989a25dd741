"""Painting: scenes, notes, the heading and the selected mark, with the colours of a theme."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from annotator.ui.reading.geometry import Page, Rect
from annotator.ui.reading.lanes import Note, note_height
from annotator.ui.reading.scene import Bar, Fragment, Label, LabelFont, Rule, RuleStyle, Scene
from annotator.ui.theme import SANS, SERIF, Theme, elided, font

HEADING_PX = 24
META_PX = 13
HEADING_TOP_PX = 26
_META_GAP_PX = 6
_BELOW_META_PX = 20
NOTE_LINE_PX = 15.0
NOTE_PADDING_PX = 2.0
NOTE_GAP_PX = 3.0
_NOTE_PX, _DETAIL_PX = 11, 10
_BAR_PX = 3.0
_BAR_FROM_TEXT_PX = 17.0
_NARROW_BAR_FROM_TEXT_PX = 8.0
_NARROW_BARS = 4
_NOTE_EDGE_PX = 10
_NOTE_RIGHT_PX = _BAR_FROM_TEXT_PX + 9
_RADIUS_PX = 3.0
_SELECTED_PX = 1.5
_FRAME_PX, _FRAME_GAP_PX = 2.0, 2.0
_CORNER_PX = 5.0
_CORNER_PEN_PX = 1.5
GRIP_PX = 4.0
# In units of the pen's width.
_DASHES: dict[RuleStyle, list[float]] = {"dashed": [2.5, 1.5], "dotted": [1.0, 1.0]}
# What the first character of a note's detail says about its colour.
_DETAIL_ROLES = {"▲": "support", "▼": "oppose", "●": "neutral"}


@dataclass(frozen=True)
class Heading:
    """The heading and the line beneath it, as they stand above the text."""

    title: str
    meta: str

    def height(self, width_px: float) -> float:
        """How much room they take above the text in a column of that width."""
        return self._title_rect(width_px).bottom() + _META_GAP_PX + META_PX * 1.3 + _BELOW_META_PX

    def _title_rect(self, width_px: float) -> QRectF:
        room = QRectF(0, HEADING_TOP_PX, width_px, 10_000)
        return QFontMetricsF(_heading_font()).boundingRect(room, _TITLE_FLAGS, self.title)

    def paint(self, painter: QPainter, theme: Theme, *, left: float, width_px: float) -> None:
        """Draw them at the top of the document."""
        title = self._title_rect(width_px)
        painter.setFont(_heading_font())
        painter.setPen(theme.color("ink"))
        is_rtl = is_right_to_left(self.title)
        flags = Qt.TextFlag.TextWordWrap | (_FROM_THE_RIGHT if is_rtl else _FROM_THE_LEFT)
        painter.drawText(QRectF(left, HEADING_TOP_PX, width_px, title.height() + 1), flags, self.title)
        meta_font = font(SANS, META_PX)
        painter.setFont(meta_font)
        painter.setPen(theme.color("mute"))
        metrics = QFontMetricsF(meta_font)
        baseline = title.bottom() + _META_GAP_PX + metrics.ascent()
        meta = elided(self.meta, metrics, width_px)
        # Under a heading that is read from the right, the line beneath begins where the heading does.
        indent = width_px - metrics.horizontalAdvance(meta) if is_rtl else 0
        painter.drawText(QPointF(left + indent, baseline), meta)


_TITLE_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
# Not turned round by the direction of the text, as Qt would.
_FROM_THE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_FROM_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


def is_right_to_left(text: str) -> bool:
    """Whether a text is read from the right: its first letter with a direction says so."""
    directions = map(unicodedata.bidirectional, text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def _heading_font() -> QFont:
    return font(SERIF, HEADING_PX, QFont.Weight.DemiBold)


def label_px(text_px: float) -> float:
    """The size of labels beneath text of that size."""
    return max(8.0, text_px * 8 / 16.5)


class Brushes:
    """Pens, fonts and colours for one theme and one size of text."""

    def __init__(self, theme: Theme, text_px: float) -> None:
        self.theme = theme
        self._label_font = font(SANS, label_px(text_px), QFont.Weight.DemiBold)
        self._label_font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 105)
        self._label_metrics = QFontMetricsF(self._label_font)
        self._label_widths: dict[str, float] = {}
        self._note_font = font(SANS, _NOTE_PX, QFont.Weight.DemiBold)
        self._detail_font = font(SANS, _DETAIL_PX, QFont.Weight.Medium)
        self._pens: dict[tuple[str, float, RuleStyle], QPen] = {}

    @cached_property
    def label_font(self) -> LabelFont:
        """What scenes have to know of the font of labels."""
        return LabelFont(cap_px=self._label_metrics.capHeight(), width_of=self._label_width)

    def under_text(self, painter: QPainter, scene: Scene) -> None:
        """Draw what lies behind the words of a block."""
        for tint in scene.tints:
            rect = _qrect(tint.fragment.rect)
            painter.setBrush(self.theme.color("quote_deep" if tint.depth else "quote_soft"))
            painter.setPen(self._tint_pen(tint.depth, is_suggestion=tint.is_suggestion))
            shape = rect if tint.is_suggestion or tint.depth else rect.adjusted(-0.5, -0.5, 0.5, 0.5)
            painter.drawRoundedRect(shape.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS_PX, _RADIUS_PX)
            if not tint.is_suggestion:
                self._corners(painter, tint.fragment)

    def selected(self, painter: QPainter, fragments: Sequence[Fragment], *, is_outlined: bool) -> None:
        """Draw the ground of the selected mark behind its words."""
        painter.setBrush(self.theme.color("sel"))
        painter.setPen(self.pen("sel_line", _SELECTED_PX, "solid") if is_outlined else Qt.PenStyle.NoPen)
        inset = _SELECTED_PX / 2
        for fragment in fragments:
            rect = _qrect(fragment.rect).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(rect, _RADIUS_PX, _RADIUS_PX)

    def framed(self, painter: QPainter, fragments: Sequence[Fragment], *, is_faint: bool) -> None:
        """Draw one frame around a range: the lines of it as one shape."""
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        for number, fragment in enumerate(fragments):
            rect = _qrect(fragment.rect).adjusted(-_FRAME_GAP_PX, -_FRAME_GAP_PX, _FRAME_GAP_PX, _FRAME_GAP_PX)
            below = fragments[number + 1].rect if number + 1 < len(fragments) else None
            if below is not None and below.top > rect.top() and below.left < rect.right() and below.right > rect.left():
                # Lines that stand over one another are one shape, without the room between them.
                rect.setBottom(max(rect.bottom(), below.top))
            shape.addRoundedRect(rect, _RADIUS_PX, _RADIUS_PX)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.pen("faint", 1.5, "dotted") if is_faint else self.pen("bad", _FRAME_PX, "solid"))
        painter.drawPath(shape.simplified())

    def over_text(self, painter: QPainter, scene: Scene) -> None:
        """Draw what belongs to the words of a block: lines under them, and labels."""
        for rule in scene.rules:
            self._rule(painter, rule)
        painter.setFont(self._label_font)
        for label in scene.labels:
            self._label(painter, label)

    def bar(self, painter: QPainter, bar: Bar, *, is_selected: bool) -> None:
        """Draw the bar of a quote in a gutter without notes; lanes that the gutter has no room for share the last."""
        x = -_NARROW_BAR_FROM_TEXT_PX - min(bar.lane, _NARROW_BARS - 1) * (_BAR_PX + 2)
        self._bar(painter, x, bar.top, bar.bottom, is_suggestion=bar.is_suggestion, is_selected=is_selected)

    def note(self, painter: QPainter, note: Note, *, page: Page, is_selected: bool) -> None:
        """Draw a note in the gutter."""
        rect = note_rect(note, page)
        x = page.left - _BAR_FROM_TEXT_PX + _BAR_PX / 2
        self._bar(painter, x, rect.top, rect.bottom, is_suggestion=note.is_suggestion, is_selected=is_selected)
        y = rect.top + NOTE_PADDING_PX
        detail_role = _DETAIL_ROLES.get(note.detail[:1], "mute")
        for text, short, text_font, role in (
            (note.speaker, note.short, self._note_font, "quote"),
            (note.detail, note.detail.split(" · ")[0], self._detail_font, detail_role),
        ):
            if text:
                self._note_line(painter, text, short, text_font, self.theme.color(role), page=page, top=y)
                y += NOTE_LINE_PX

    def grip(self, painter: QPainter, x: float, rect: Rect, *, is_start: bool) -> None:
        """Draw a handle on an edge: the one of the start has its knob above, the one of the end below."""
        painter.setPen(self.pen("sel_line", 2.0, "solid"))
        painter.drawLine(QLineF(x, rect.top, x, rect.bottom))
        painter.setBrush(self.theme.color("sel_line"))
        painter.setPen(self.pen("bg", 1.0, "solid"))
        painter.drawEllipse(QPointF(x, rect.top if is_start else rect.bottom), GRIP_PX, GRIP_PX)

    def pen(self, role: str, width: float, style: RuleStyle) -> QPen:
        """A pen in the colour of a role."""
        key = (role, width, style)
        if key not in self._pens:
            pen = QPen(self.theme.color(role), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if style in _DASHES:
                pen.setDashPattern(_DASHES[style])
            self._pens[key] = pen
        return self._pens[key]

    def _tint_pen(self, depth: int, *, is_suggestion: bool) -> QPen | Qt.PenStyle:
        if is_suggestion:
            return self.pen("quote", 1.0, "dashed")
        return self.pen("quote", 1.0, "solid") if depth else Qt.PenStyle.NoPen

    def _corners(self, painter: QPainter, fragment: Fragment) -> None:
        # The ground alone is too faint to say where a quote starts and ends; a plain line would look like a caret.
        rect = fragment.rect
        painter.setPen(self.pen("quote", _CORNER_PEN_PX, "solid"))
        into = -_CORNER_PX if fragment.is_rtl else _CORNER_PX
        start, end = (rect.right, rect.left) if fragment.is_rtl else (rect.left, rect.right)
        if fragment.opens:
            painter.drawPolyline(_corner(start, rect.top, into, _CORNER_PX))
        if fragment.closes:
            painter.drawPolyline(_corner(end, rect.bottom, -into, -_CORNER_PX))

    def _label_width(self, text: str) -> float:
        if text not in self._label_widths:
            self._label_widths[text] = self._label_metrics.horizontalAdvance(text)
        return self._label_widths[text]

    def _rule(self, painter: QPainter, rule: Rule) -> None:
        painter.setPen(self.pen(rule.role, rule.thickness, rule.style))
        y = round(rule.y) + rule.thickness / 2
        painter.drawLine(QLineF(rule.left, y, rule.right, y))

    def _label(self, painter: QPainter, label: Label) -> None:
        painter.setPen(self.theme.color(label.role))
        text = label.text
        if self._label_width(text) > label.room + 0.5:
            text = elided(text, self._label_metrics, label.room)
        painter.drawText(QPointF(label.left, round(label.baseline)), text)

    def _note_line(
        self, painter: QPainter, text: str, short: str, text_font: QFont, color: QColor, *, page: Page, top: float
    ) -> None:
        metrics = QFontMetricsF(text_font)
        cut = fitted(text, short, metrics, page.gutter - _NOTE_EDGE_PX - _NOTE_RIGHT_PX)
        painter.setFont(text_font)
        painter.setPen(color)
        x = page.left - _NOTE_RIGHT_PX - metrics.horizontalAdvance(cut)
        painter.drawText(QPointF(x, round(top + metrics.ascent())), cut)

    def _bar(
        self, painter: QPainter, x: float, top: float, bottom: float, *, is_suggestion: bool, is_selected: bool
    ) -> None:
        role = "sel_line" if is_selected else "quote"
        painter.setPen(self.pen(role, _BAR_PX, "dashed" if is_suggestion else "solid"))
        painter.drawLine(QLineF(x, top, x, bottom))


def note_rect(note: Note, page: Page) -> Rect:
    """Where a stacked note lies in the document."""
    height = note_height(note, line_px=NOTE_LINE_PX, padding_px=NOTE_PADDING_PX)
    return Rect(
        page.left - page.gutter + _NOTE_EDGE_PX, note.top, page.left - _BAR_FROM_TEXT_PX + _BAR_PX, note.top + height
    )


def fitted(text: str, short: str, metrics: QFontMetricsF, width_px: float) -> str:
    """The text as far as there is room: whole, else `short` if there is one, else cut at its end.

    “Somebody via somebody else” is cut at its end while the first name is still whole, and else is the first name; of
    facts with dots between them `short` is the first.
    """
    first, via, _ = (text, "", "") if " · " in text else text.partition(" via ")
    cut = elided(text, metrics, width_px) if via else ""
    shorter = cut if cut.startswith(first + via) else first
    fitting = (one for one in (text, shorter, short) if one and metrics.horizontalAdvance(one) <= width_px)
    return next(fitting, "") or elided(short or first, metrics, width_px)


def _corner(x: float, y: float, dx: float, dy: float) -> QPolygonF:
    return QPolygonF([QPointF(x + dx, y), QPointF(x, y), QPointF(x, y + dy)])


def _qrect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
