"""Colour is never alone: what a colour-blind reader sees of the marks, and what tells them apart besides.

Simulation: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
Vision Deficiency", IEEE TVCG 15(6), 2009; their matrices for severity 1.0, on linear RGB.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import pytest
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.domain.codebook import parse_codebook
from annotator.domain.spans import Span
from annotator.ui.label.stance_cards import SIGNS, VERBS
from annotator.ui.reading.lines import LineBox
from annotator.ui.reading.marks import EntityMark, Mark, MarkIndex, QuoteMark
from annotator.ui.reading.painting import Brushes
from annotator.ui.reading.scene import LabelFont, Scene, build_scene
from annotator.ui.theme import ThemeName, load_fonts, load_theme

Linear = tuple[float, float, float]

DEFICIENCIES: dict[str, tuple[Linear, Linear, Linear]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
HUES = ("person", "org", "place", "time", "other")
MARKS = (*HUES, "quote", "support", "oppose", "neutral", "sel_line")
FONT = LabelFont(cap_px=6, width_of=lambda text: 6.0 * len(text))


def linear(colour: str) -> Linear:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return red, green, blue


def seen(colour: str, deficiency: str) -> Linear:
    """A colour as somebody with a deficiency sees it, in linear RGB."""
    rows = DEFICIENCIES[deficiency]
    red, green, blue = (
        min(max(sum(weight * one for weight, one in zip(row, linear(colour), strict=True)), 0.0), 1.0) for row in rows
    )
    return red, green, blue


def luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Linear, other: Linear) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_simulation_leaves_grey_as_it_is_and_makes_red_and_green_alike() -> None:
    for deficiency in DEFICIENCIES:
        assert seen("#808080", deficiency) == pytest.approx(linear("#808080"), abs=1e-4)
    red, green = seen("#a04040", "deuteranopia"), seen("#6b6b3f", "deuteranopia")
    plain = sum(abs(a - b) for a, b in zip(linear("#a04040"), linear("#6b6b3f"), strict=True))
    assert sum(abs(a - b) for a, b in zip(red, green, strict=True)) < plain / 3


@pytest.mark.parametrize("background", ["bg", "panel", "quote_soft", "sel"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_marks_stand_out_for_colour_blind_readers(name: ThemeName, deficiency: str, background: str) -> None:
    roles = load_theme(name).roles
    ground = seen(roles[background], deficiency)
    weak = {role: round(value, 2) for role in MARKS if (value := contrast(seen(roles[role], deficiency), ground)) < 3}
    assert weak == {}


def test_some_hues_of_marks_do_look_alike_so_that_a_second_channel_is_needed() -> None:
    roles = load_theme("light").roles
    alike = [
        pair
        for pair in combinations(HUES, 2)
        for deficiency in DEFICIENCIES
        if contrast(seen(roles[pair[0]], deficiency), seen(roles[pair[1]], deficiency)) < 1.5
    ]
    assert alike != []


def scene(*marks: Mark) -> Scene:
    line = LineBox(0, 60, 0, 22, 14, False, lambda start, end: [(start * 10.0, end * 10.0)])
    return build_scene([line], MarkIndex(marks).overlapping(0, 60), column_px=600, label_font=FONT, has_details=True)


def entity(label: str, hue: str = "person", *, is_suggestion: bool = False) -> EntityMark:
    return EntityMark("e", Span(0, 12), label, hue, is_suggestion)


def quote(*, is_suggestion: bool) -> QuoteMark:
    return QuoteMark("q", (Span(30, 50),), (Span(0, 8),), Span(10, 14), is_suggestion, "Hegseth", "▼ opposes")


def test_every_entity_says_its_label_in_letters() -> None:
    book = parse_codebook((paths.resources() / "codebooks" / "news.toml").read_bytes())
    for label in book.labels:
        assert [one.text for one in scene(entity(label.name, label.hue)).labels] == [label.name.upper()]
    assert max(Counter(one.name.upper() for one in book.labels).values()) == 1


def test_suggestions_are_dashed_and_confirmed_marks_are_not() -> None:
    styles = {state: {one.style for one in scene(entity("ORG", is_suggestion=state)).rules} for state in (True, False)}
    assert styles == {True: {"dashed"}, False: {"solid"}}
    for state in (True, False):
        drawn = scene(quote(is_suggestion=state))
        assert {one.is_suggestion for one in (*drawn.tints, *drawn.bars, *drawn.notes)} == {state}


def test_dashes_of_a_quote_reach_the_picture(qapp: QApplication) -> None:
    load_fonts()
    brushes = Brushes(load_theme("light"), 16.5)
    pictures = []
    for state in (True, False):
        pixmap = QPixmap(600, 60)
        pixmap.fill("#ffffff")
        painter = QPainter(pixmap)
        brushes.under_text(painter, scene(quote(is_suggestion=state)))
        painter.end()
        image = pixmap.toImage()
        # Along the lower edge of the ground: how often it changes from drawn to not drawn.
        edge = [image.pixel(x, 25) for x in range(300, 500)]
        pictures.append(sum(a != b for a, b in pairwise(edge)))
    assert pictures[0] > 10 > pictures[1]


def test_cue_is_dotted_and_source_is_not() -> None:
    rules = scene(quote(is_suggestion=False)).rules
    assert {(one.left, one.style) for one in rules} == {(0.0, "solid"), (100.0, "dotted")}


def test_positions_have_a_sign_and_words_each_of_their_own() -> None:
    assert max(Counter(SIGNS.values()).values()) == 1 and max(Counter(VERBS.values()).values()) == 1
    assert (SIGNS["support"], SIGNS["oppose"]) == ("▲", "▼")
    notes = scene(quote(is_suggestion=False)).notes
    assert [one.detail for one in notes] == ["▼ opposes"]
