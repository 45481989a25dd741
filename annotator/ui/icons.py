"""Icons: single-colour SVG drawings of the program, tinted when they are loaded."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths

# The drawings are 16 by 16; the multiples serve screens with more pixels.
_SIZES_PX = (16, 24, 32, 48)
_DISABLED_OPACITY = 0.4


def icon_names() -> tuple[str, ...]:
    """The names of all icons there are, sorted."""
    return tuple(sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg")))


def icon(name: str, color: QColor | str) -> QIcon:
    """The icon of that name in one colour, paler where it is disabled; FileNotFoundError for an unknown name."""
    return _icon(name, QColor(color).name())


@cache
def _icon(name: str, color: str) -> QIcon:
    drawing = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
    made = QIcon()
    for size_px in _SIZES_PX:
        made.addPixmap(_rendered(renderer, size_px, opacity=1), QIcon.Mode.Normal)
        made.addPixmap(_rendered(renderer, size_px, opacity=_DISABLED_OPACITY), QIcon.Mode.Disabled)
    return made


def _rendered(renderer: QSvgRenderer, size_px: int, *, opacity: float) -> QPixmap:
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap
