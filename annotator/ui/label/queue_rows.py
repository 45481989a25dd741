"""How an article is drawn in the queue: its title, its name, and how much of it is decided."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.queries import ArticleRow
from annotator.ui.tables import ROW_ROLE
from annotator.ui.theme import SANS, Theme, font

_MAX_TITLE_LINES = 3
_PAD_PX = 10
_SMALL_PX = 12
_MAX_KEPT = 20_000


class ArticleDelegate(QStyledItemDelegate):
    """Draws an article: its title, its name, how much is decided."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        # Qt asks for the size of every row whenever a row changes; breaking 2,000 titles takes longer than an act.
        self._lines: dict[tuple[str, int], list[str]] = {}
        self._font = QFont()
        self._line_height = QFontMetrics(self._font).lineSpacing()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = option.rect.width() or 240
        lines = len(self._title_lines(index.data(ROW_ROLE), option, width - 2 * _PAD_PX))
        return QSize(60, (lines + 1) * self._line_height + 32)

    def _title_lines(self, article: ArticleRow, option: QStyleOptionViewItem, width: int) -> list[str]:
        if option.font != self._font:
            self._font = QFont(option.font)
            self._line_height = QFontMetrics(self._font).lineSpacing()
            self._lines.clear()
        key = (article.title, width)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _MAX_KEPT:
                self._lines.clear()
            found = self._lines[key] = self._broken_title(article, option, width)
        return found

    def _broken_title(self, article: ArticleRow, option: QStyleOptionViewItem, width: int) -> list[str]:
        layout = QTextLayout(article.title, self._bold(option))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(wrap)
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # Qt counts in UTF-16, Python in code points.
            encoded = article.title.encode("utf-16-le")
            start, length = line.textStart(), line.textLength()
            if len(lines) == _MAX_TITLE_LINES - 1:
                rest = encoded[2 * start :].decode("utf-16-le", "ignore")
                lines.append(QFontMetrics(self._bold(option)).elidedText(rest, Qt.TextElideMode.ElideRight, width))
                break
            lines.append(encoded[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore"))
        layout.endLayout()
        return lines or [article.title]

    def _bold(self, option: QStyleOptionViewItem) -> QFont:
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        return bold

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        article: ArticleRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(0, 1, 0, -3)
        self._paint_ground(painter, option, area)
        inner = area.adjusted(_PAD_PX, 8, -_PAD_PX, -8)
        line_height = QFontMetrics(option.font).lineSpacing()
        painter.setFont(self._bold(option))
        painter.setPen(self.theme.color("ink"))
        top = inner.top()
        for line in self._title_lines(article, option, inner.width()):
            painter.drawText(QRect(inner.left(), top, inner.width(), line_height), 0, line)
            top += line_height
        self._paint_foot(painter, option, article, QRect(inner.left(), top + 3, inner.width(), line_height))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self.theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self.theme.color("hover"))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(self.theme.color("focus") if has_focus else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area.adjusted(1, 0, -1, 0), 8, 8)

    def _paint_foot(self, painter: QPainter, option: QStyleOptionViewItem, article: ArticleRow, foot: QRect) -> None:
        small = font(SANS, _SMALL_PX)
        painter.setFont(small)
        painter.setPen(self.theme.color("mute"))
        count = foot_text(article)
        metrics = QFontMetrics(small)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, count)
        room = foot.width() - metrics.horizontalAdvance(count) - 12
        flag = "⚑ " if article.is_flagged else ""
        name = metrics.elidedText(flag + article.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, name)
        bar = QRect(foot.left(), foot.bottom() + 5, foot.width(), 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("line"))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        share = 1.0 if article.state == "done" else article.decided / article.total if article.total else 0.0
        if share:
            painter.setBrush(self.theme.color("place"))
            painter.drawRoundedRect(QRect(bar.left(), bar.top(), round(bar.width() * share), 3), 1.5, 1.5)


def foot_text(article: ArticleRow) -> str:
    """How far an article is, in words."""
    if article.state == "done":
        return "done"
    if not article.total:
        return "nothing suggested" if article.is_suggested else "no suggestions yet"
    return f"{article.decided} of {article.total}"
