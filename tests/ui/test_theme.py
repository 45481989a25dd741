"""Themes: readable in every combination that the window shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from annotator.ui import theme as themes
from annotator.ui.theme import Theme, ThemeName, load_theme

NAMES: tuple[ThemeName, ...] = ("light", "dark")
BACKGROUNDS = ("bg", "panel", "hover", "quote_soft", "quote_deep", "sel", "accent_soft")
# The hues of marks are text as well: each is the colour of its labels.
HUES = ("person", "org", "place", "time", "other", "quote", "support", "oppose", "neutral")
TEXT = ("ink", "mute", "faint", "accent", *HUES, "good", "warn", "bad")
PAIRS = [
    ("selection_ink", "selection"),
    ("on_accent", "accent"),
    ("good", "good_soft"),
    ("warn", "warn_soft"),
    ("bad", "bad_soft"),
    ("ink", "good_soft"),
    ("ink", "warn_soft"),
    ("ink", "bad_soft"),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: Theme, role: str, background: str) -> float:
    low, high = sorted((luminance(theme.roles[role]), luminance(theme.roles[background])))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(Theme(name="light", roles={"a": "#000000", "b": "#ffffff"}), "a", "b") == pytest.approx(21)


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("name", NAMES)
def test_text_is_readable_on_every_background(name: ThemeName, background: str) -> None:
    theme = load_theme(name)
    weak = {role: round(value, 2) for role in TEXT if (value := contrast(theme, role, background)) < 4.5}
    assert weak == {}


@pytest.mark.parametrize(("role", "background"), PAIRS)
@pytest.mark.parametrize("name", NAMES)
def test_text_is_readable_on_its_own_background(name: ThemeName, role: str, background: str) -> None:
    assert contrast(load_theme(name), role, background) >= 4.5


@pytest.mark.parametrize("background", ("bg", "panel", "quote_soft", "sel"))
@pytest.mark.parametrize("name", NAMES)
def test_lines_that_carry_meaning_stand_out(name: ThemeName, background: str) -> None:
    theme = load_theme(name)
    weak = [r for r in ("sel_line", "focus", "line_strong", *HUES) if contrast(theme, r, background) < 3]
    assert weak == []


def test_both_themes_have_the_same_roles() -> None:
    assert load_theme("light").roles.keys() == load_theme("dark").roles.keys()


def test_themes_hold_colours_that_qt_knows() -> None:
    for name in NAMES:
        theme = load_theme(name)
        assert all(theme.color(role).name() == colour for role, colour in theme.roles.items())


def test_style_sheet_has_every_placeholder_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "app.qss").write_text("a { color: ${ink}; font: ${sans} } /* ${theme} */", encoding="utf-8")
    monkeypatch.setattr(themes.paths, "resources", lambda: tmp_path)
    theme = Theme(name="dark", roles={"ink": "#010203"})
    assert themes.style_sheet(theme) == "a { color: #010203; font: IBM Plex Sans } /* dark */"


def test_style_sheet_of_the_program_names_only_roles_that_exist() -> None:
    assert [themes.style_sheet(load_theme(name)).count("${") for name in NAMES] == [0, 0]


def test_style_sheet_is_empty_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes.paths, "resources", lambda: tmp_path)
    assert themes.style_sheet(Theme(name="light", roles={})) == ""


def test_palette_shows_ink_on_the_panel(qapp: QApplication) -> None:
    theme = load_theme("dark")
    made = themes.palette(theme)
    assert made.color(QPalette.ColorRole.Text) == theme.color("ink")
    assert made.color(QPalette.ColorRole.Base) == theme.color("panel")


def test_theme_is_applied_to_a_whole_application(qapp: QApplication) -> None:
    before = qapp.palette(), qapp.styleSheet(), qapp.font()
    try:
        for name in NAMES:
            themes.apply(qapp, load_theme(name))
            assert qapp.palette().color(QPalette.ColorRole.Window) == load_theme(name).color("panel")
            assert qapp.styleSheet() == themes.style_sheet(load_theme(name))
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])
        qapp.setFont(before[2])


def test_system_theme_is_one_of_the_two(qapp: QApplication) -> None:
    assert themes.system_theme(qapp) in NAMES


def test_fonts_of_the_program_are_there_once_loaded(qapp: QApplication) -> None:
    families = themes.load_fonts()
    assert families == (themes.SERIF, themes.SANS, themes.MONO)
    assert themes.load_fonts() == families
    assert "SemiBold" in QFontDatabase.styles(themes.SERIF)


@pytest.mark.parametrize("size_px", [8, 13, 16.5, 24])
def test_font_is_as_tall_as_asked(qapp: QApplication, size_px: float) -> None:
    themes.load_fonts()
    # Some platforms round to whole pixels.
    assert QFontInfo(themes.font(themes.SERIF, size_px)).pixelSize() == pytest.approx(size_px, abs=0.5)


def test_text_too_wide_is_cut_with_an_ellipsis(qapp: QApplication) -> None:
    themes.load_fonts()
    metrics = QFontMetricsF(themes.font(themes.SANS, 13))
    cut = themes.elided("A spokesperson of the ministry", metrics, 80)
    assert cut.endswith("…") and metrics.horizontalAdvance(cut) <= 80
    assert themes.elided("Short", metrics, 80) == "Short"
