"""What was found, group by group, as a list that shows the words in their context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.finding import Found, FoundKind
from annotator.ui.offsets import Utf16Map
from annotator.ui.tables import ROW_ROLE, Column, TableModel
from annotator.ui.theme import SANS, SERIF, Theme, elided, font

KINDS: dict[FoundKind, str] = {
    "article": "Articles",
    "quote": "Quotes",
    "actor": "Actors",
    "stance": "Stances",
    "note": "Notes",
}
_ROW_PX = 54
_HEADING_PX = 34
_PAD_PX = 14
_WORDS_PX = 15
_SMALL_PX = 12
_HEADING_SIZE_PX = 11
_BEFORE_SHARE = 0.4


@dataclass(frozen=True)
class FoundLine:
    """A line of the list: a heading of a group, or something found."""

    key: str
    text: str
    found: Found | None = None


def found_lines(found: Sequence[Found], kinds: Sequence[FoundKind] = tuple(KINDS)) -> list[FoundLine]:
    """Headings with counts and what was found under each: kinds in their fixed order, the rest in its own."""
    lines: list[FoundLine] = []
    for kind in KINDS:
        group = [one for one in found if one.kind == kind]
        if not group or kind not in kinds:
            continue
        lines.append(FoundLine(kind, f"{KINDS[kind]} · {len(group):,}".upper()))
        lines += [
            FoundLine(f"{kind}:{number}", f"{one.before}{one.hit}{one.after} ({one.title})", one)
            for number, one in enumerate(group)
        ]
    return lines


class FoundModel(TableModel[FoundLine]):
    """The lines; headings cannot be marked."""

    def __init__(self) -> None:
        super().__init__([Column("Found", lambda one: one.text)], key=lambda one: one.key)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        line: FoundLine | None = index.data(ROW_ROLE) if index.isValid() else None
        if line is None or line.found is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class FoundDelegate(QStyledItemDelegate):
    """Draws headings, and found words with the hit in bold on its own ground; right-to-left text as it runs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW_PX if index.data(ROW_ROLE).found else _HEADING_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: FoundLine = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = option.rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        if line.found is None:
            painter.setFont(font(SANS, _HEADING_SIZE_PX, QFont.Weight.DemiBold))
            painter.setPen(self.theme.color("faint"))
            painter.drawText(inner.adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignBottom, line.text)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("accent_soft"))
                painter.drawRoundedRect(option.rect.adjusted(5, 1, -5, -1), 7, 7)
            self._paint_found(painter, line.found, inner)
        painter.restore()

    def _paint_found(self, painter: QPainter, found: Found, inner: QRect) -> None:
        self._draw_words(painter, found, inner.adjusted(0, 7, 0, 0))
        small = font(SANS, _SMALL_PX)
        foot = QRect(inner.left(), inner.bottom() - 21, inner.width(), 17)
        painter.setFont(small)
        painter.setPen(self.theme.color("mute"))
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignVCenter, elided(_flat(found.title), QFontMetricsF(small), foot.width())
        )

    def _draw_words(self, painter: QPainter, found: Found, area: QRect) -> None:
        plain, bold = font(SERIF, _WORDS_PX), font(SERIF, _WORDS_PX, QFont.Weight.DemiBold)
        metrics = QFontMetricsF(plain)
        before, hit, after = fitted(
            (_flat(found.before), _flat(found.hit), _flat(found.after)),
            area.width(),
            plain=metrics,
            bold=QFontMetricsF(bold),
        )
        text = before + hit + after
        layout = QTextLayout(text, plain)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([self._hit_format(text, len(before), len(hit), bold)])
        layout.beginLayout()
        layout.createLine().setLineWidth(area.width())
        layout.endLayout()
        painter.setPen(self.theme.color("ink"))
        layout.draw(painter, QPointF(area.topLeft()))

    def _hit_format(self, text: str, start: int, length: int, bold: QFont) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        positions = Utf16Map(text)
        made.start = positions.to_qt(start)
        made.length = positions.to_qt(start + length) - made.start
        look = QTextCharFormat()
        look.setFont(bold)
        look.setForeground(self.theme.color("ink"))
        look.setBackground(self.theme.color("sel"))
        made.format = look
        return made


def fitted(
    parts: tuple[str, str, str], width_px: float, *, plain: QFontMetricsF, bold: QFontMetricsF
) -> tuple[str, str, str]:
    """Before, hit and after, cut with ellipses so that they fit a width; the hit is cut last."""
    before, hit, after = parts
    hit = bold.elidedText(hit, Qt.TextElideMode.ElideRight, width_px)
    room = max(width_px - bold.horizontalAdvance(hit), 0)
    least = min(room * _BEFORE_SHARE, plain.horizontalAdvance(before))
    before_room = max(least, room - plain.horizontalAdvance(after))
    before = _cut(plain, before, Qt.TextElideMode.ElideLeft, before_room)
    after = _cut(plain, after, Qt.TextElideMode.ElideRight, room - plain.horizontalAdvance(before))
    return before, hit, after


def _cut(metrics: QFontMetricsF, text: str, mode: Qt.TextElideMode, width_px: float) -> str:
    cut = metrics.elidedText(text, mode, max(width_px, 0))
    if cut == text:
        return text
    # Half a word says nothing; where there are no spaces, there is nothing to do about it.
    is_left = mode is Qt.TextElideMode.ElideLeft
    whole = cut[1:].partition(" ")[2] if is_left else cut[:-1].rpartition(" ")[0]
    if whole:
        return f"…{whole}" if is_left else f"{whole} …"
    return cut if metrics.horizontalAdvance(cut) <= width_px else ""


def _flat(text: str) -> str:
    # A space at either end parts the hit from its context, and stays.
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"
