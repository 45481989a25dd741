"""A small chart of scores: F1 over steps while something learns, or over articles as a learning curve."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_LEFT_PX, _RIGHT_PX, _TOP_PX, _FOOT_PX = 44, 14, 12, 36
_DOT_PX = 3.0
_STEP = 0.2
_ROOM = 0.02


class ScoreChart(QWidget):
    """Points of a size and a share of 0 to 1, joined by a line; what they are is said below, and to screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[tuple[float, float]] = []
        self._what = ""
        self.setMinimumSize(QSize(220, 150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_points([], "")

    def show_points(self, points: Sequence[tuple[float, float]], what: str) -> None:
        """Draw these points, in their order; `what` is said of the axis along."""
        self.points, self._what = list(points), what
        told = ", ".join(f"{size:,.0f}: {share:.1%}" for size, share in self.points)
        self.setAccessibleName(f"F1 by {what}: {told}" if told else "No scores yet")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(_LEFT_PX, _TOP_PX, -_RIGHT_PX, -_FOOT_PX)
        low, high = self._bounds()
        self._paint_lines(painter, area, low, high)
        if self.points:
            self._paint_points(painter, area, low, high)
        painter.end()

    def _bounds(self) -> tuple[float, float]:
        """The tenths between which the shares lie."""
        shares = [share for _, share in self.points] or [0.0, 1.0]
        low = max(0.0, (min(shares) - _ROOM) * 10 // 1 / 10)
        return low, min(1.0, max(low + _STEP, (max(shares) + _ROOM) * 10 // 1 / 10 + 0.1))

    def _paint_lines(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        colors = self.palette()
        for share in (low, (low + high) / 2, high):
            y = _height(area, share, low, high)
            painter.setPen(QPen(colors.color(QPalette.ColorRole.Mid), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(colors.color(QPalette.ColorRole.PlaceholderText))
            beside = QRectF(0, y - 10, _LEFT_PX - 8, 20)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share:.0%}")
        painter.setPen(colors.color(QPalette.ColorRole.PlaceholderText))
        below = QRectF(area.left(), area.bottom() + 14, area.width(), 20)
        text = f"F1 by {self._what}" if self.points else "No scores yet"
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_points(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        colors = self.palette()
        last = max(size for size, _ in self.points) or 1.0
        places = [
            QPointF(area.left() + area.width() * size / last, _height(area, share, low, high))
            for size, share in self.points
        ]
        painter.setPen(QPen(colors.color(QPalette.ColorRole.Accent), 2))
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(colors.color(QPalette.ColorRole.Accent))
        for place in places:
            painter.drawEllipse(place, _DOT_PX, _DOT_PX)
        painter.setPen(colors.color(QPalette.ColorRole.PlaceholderText))
        left = QRectF(area.left() - 20, area.bottom() + 2, 40, 16)
        right = QRectF(area.right() - 60, area.bottom() + 2, 70, 16)
        painter.drawText(left, Qt.AlignmentFlag.AlignCenter, "0")
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{last:,.0f}")


def _height(area: QRectF, share: float, low: float, high: float) -> float:
    return area.bottom() - area.height() * (share - low) / (high - low)
