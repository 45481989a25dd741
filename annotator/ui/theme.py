"""Themes: colours by role from TOML, and what Qt makes of them (palette, style sheet, fonts)."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Literal

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator import paths

ThemeName = Literal["light", "dark"]

SERIF = "IBM Plex Serif"
SANS = "IBM Plex Sans"
MONO = "IBM Plex Mono"
INTERFACE_PX = 13
# What a user may choose for articles.
TYPEFACES = {"serif": SERIF, "sans": SANS}

_FALLBACKS = {SERIF: ["Georgia", "DejaVu Serif"], SANS: ["Segoe UI", "DejaVu Sans"], MONO: ["DejaVu Sans Mono"]}
_POINTS_PER_INCH = 72


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A name and a colour (`#rrggbb`) for each role; both themes have the same roles."""

    name: ThemeName
    roles: dict[str, str]

    def color(self, role: str) -> QColor:
        """The colour of a role; KeyError for a role that does not exist."""
        return QColor(self.roles[role])


class _ThemeFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: ThemeName
    base: dict[str, str]
    roles: dict[str, str]


def load_theme(name: ThemeName) -> Theme:
    """The theme of that name, its roles resolved to colours."""
    data = (paths.resources() / "themes" / f"{name}.toml").read_bytes()
    file = msgspec.toml.decode(data, type=_ThemeFile)
    return Theme(name=file.name, roles={role: file.base[colour] for role, colour in file.roles.items()})


def style_sheet(theme: Theme) -> str:
    """The widget style sheet with its `${role}`, `${serif}`, `${sans}`, `${mono}` and `${icons}` filled in.

    Empty where there is no style sheet; KeyError for a placeholder that is no role.
    """
    folder = paths.resources()
    source = folder / "themes" / "app.qss"
    if not source.is_file():
        return ""
    names = {"serif": SERIF, "sans": SANS, "mono": MONO, "icons": (folder / "icons").as_posix(), "theme": theme.name}
    return Template(source.read_text(encoding="utf-8")).substitute(theme.roles | names)


_PALETTE: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "bg",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "panel",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "selection_ink",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "line_strong",
}
_GREYED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette(theme: Theme) -> QPalette:
    """What Qt's own painting uses where the style sheet says nothing."""
    made = QPalette()
    for role, ours in _PALETTE.items():
        made.setColor(role, theme.color(ours))
    for role in _GREYED:
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("disabled"))
    return made


def apply(app: QApplication, theme: Theme) -> None:
    """Give a whole application this theme and the interface font; the same look on every system."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setFont(font(SANS, INTERFACE_PX))
    sheet = style_sheet(theme)
    # Qt dresses every widget anew, even in what it has on.
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def system_theme(app: QGuiApplication) -> ThemeName:
    """What the system asks for; light where it does not say."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def load_fonts() -> tuple[str, ...]:
    """Register the fonts that come with the program, once; gives the families that are there afterwards."""
    ours = (SERIF, SANS, MONO)
    if not set(ours) <= set(QFontDatabase.families()):
        for file in _font_files():
            QFontDatabase.addApplicationFont(str(file))
    there = set(QFontDatabase.families())
    return tuple(family for family in ours if family in there)


def font(family: str, size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font by its size in pixels; fractions count where the platform can draw them (Linux rounds)."""
    made = QFont([family, *_FALLBACKS.get(family, [])])
    screen = QGuiApplication.primaryScreen()
    made.setPointSizeF(size_px * _POINTS_PER_INCH / screen.logicalDotsPerInchY())
    made.setWeight(weight)
    return made


def elided(text: str, metrics: QFontMetricsF, width_px: float) -> str:
    """The text, cut with an ellipsis where it is wider than that."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width_px)


def _font_files() -> list[Path]:
    return sorted((paths.resources() / "fonts").glob("*.ttf"))
