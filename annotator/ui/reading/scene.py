"""Scenes: everything that is drawn around the text of one block, in lanes, measured from the block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from annotator.ui.reading.geometry import Rect, Shape
from annotator.ui.reading.lanes import Note, assign_lanes, place_labels
from annotator.ui.reading.lines import LineBox
from annotator.ui.reading.marks import EntityMark, Piece, QuoteMark

RuleStyle = Literal["solid", "dashed", "dotted"]

RULE_PX = 2.0
LANE_PX = 3.0
_FIRST_RULE_PX = 1.0
# Where lanes and a label beneath them would reach the next line, the lines are thinner, and then closer too.
_THIN_PX = 1.0
_THIN_LANE_PX = 2.0
_LABEL_GAP_PX = 4.0
_ABOVE_LABEL_PX = 2.0
TINT_X_PX, TINT_TOP_PX, TINT_BOTTOM_PX = 2.0, 1.0, 4.0


class Fragment(NamedTuple):
    """A visual run of a range; `opens` and `closes` say whether the range begins or ends in it."""

    rect: Rect
    opens: bool
    closes: bool
    is_rtl: bool


class Tint(NamedTuple):
    """The ground behind a stretch of quoted words; `depth` counts the quotes around it."""

    fragment: Fragment
    depth: int
    is_suggestion: bool


class Rule(NamedTuple):
    """A line under words."""

    left: float
    right: float
    y: float
    thickness: float
    role: str
    style: RuleStyle


class Label(NamedTuple):
    """A label beneath a line: it has `room` pixels from `left`, and stands on `baseline`."""

    left: float
    room: float
    baseline: float
    text: str
    role: str


class Bar(NamedTuple):
    """The stretch of lines that a quote takes, for a gutter too narrow for notes; `lane` 0 is next to the text."""

    top: float
    bottom: float
    lane: int
    mark_id: str
    is_suggestion: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn for one block; all positions are measured from its top left corner."""

    tints: tuple[Tint, ...] = ()
    rules: tuple[Rule, ...] = ()
    labels: tuple[Label, ...] = ()
    bars: tuple[Bar, ...] = ()
    notes: tuple[Note, ...] = ()
    shapes: tuple[Shape, ...] = ()


class _Stretch(NamedTuple):
    """A piece on one line: its visual runs and, for what is underlined, its lane."""

    piece: Piece
    runs: list[tuple[float, float]]
    lane: int


@dataclass(frozen=True, slots=True)
class LabelFont:
    """What has to be known of the font of labels."""

    cap_px: float
    width_of: Callable[[str], float]


def build_scene(
    lines: Sequence[LineBox], pieces: Sequence[Piece], *, column_px: float, label_font: LabelFont, has_details: bool
) -> Scene:
    """The scene of a block with these lines; `pieces` are those that touch it, in order."""
    if not pieces or not lines:
        return Scene()
    underlined = [piece for piece in pieces if piece.part != "content"]
    lanes = _lanes(underlined)
    contents = [piece for piece in pieces if piece.part == "content"]
    depths = [_depth(piece, contents) for piece in contents]
    tints: list[Tint] = []
    rules: list[Rule] = []
    labels: list[Label] = []
    shapes: list[Shape] = []
    for line in lines:
        for piece, depth in sorted(zip(contents, depths, strict=True), key=lambda pair: pair[1]):
            tints += _tints(line, piece, depth)
        stretches = [
            _Stretch(piece, _runs(line, piece), lane)
            for piece, lane in zip(underlined, lanes, strict=True)
            if _touches(line, piece)
        ]
        pitch, thickness = _pitch(line, stretches, label_font.cap_px)
        drawn = (rule for stretch in stretches for rule in _rules(line, stretch, pitch, thickness))
        line_rules = list(dict.fromkeys(drawn))
        rules += line_rules
        labels += _labels(line, stretches, line_rules, column_px, label_font)
        shapes += _shapes(line, stretches, contents, label_font)
    return Scene(
        tuple(tints),
        tuple(rules),
        tuple(labels),
        tuple(_bars(lines, contents)),
        tuple(_notes(lines, contents, has_details=has_details)),
        tuple(shapes),
    )


def fragments(lines: Sequence[LineBox], start: int, end: int) -> list[Fragment]:
    """Where a range lies on these lines, as tall as tints are: line by line, each from left to right."""
    found: list[Fragment] = []
    for line in lines:
        if not (line.start < end and start < line.end):
            continue
        runs = line.runs(max(start, line.start), min(end, line.end))
        # Read from right to left, the first run is the one on the right.
        first, last = (len(runs) - 1, 0) if line.is_rtl else (0, len(runs) - 1)
        for nth, (left, right) in enumerate(runs):
            rect = Rect(left - TINT_X_PX, line.top - TINT_TOP_PX, right + TINT_X_PX, line.bottom + TINT_BOTTOM_PX)
            opens = line.start <= start and nth == first
            found.append(Fragment(rect, opens, end <= line.end and nth == last, line.is_rtl))
    return found


def _touches(line: LineBox, piece: Piece) -> bool:
    return line.start < piece.end and piece.start < line.end


def _runs(line: LineBox, piece: Piece) -> list[tuple[float, float]]:
    return line.runs(max(piece.start, line.start), min(piece.end, line.end))


def _depth(piece: Piece, contents: Sequence[Piece]) -> int:
    def is_around(other: Piece) -> bool:
        inside = other.start <= piece.start and piece.end <= other.end
        return inside and (other.end - other.start, other.mark.id) > (piece.end - piece.start, piece.mark.id)

    return sum(other.mark.id != piece.mark.id and is_around(other) for other in contents)


def _tints(line: LineBox, piece: Piece, depth: int) -> list[Tint]:
    return [Tint(fragment, depth, piece.mark.is_suggestion) for fragment in fragments([line], piece.start, piece.end)]


def _lanes(pieces: Sequence[Piece]) -> list[int]:
    """The lane of each underlined piece; sources (or cues) of several quotes in the same words share one."""
    whose = [piece.mark.id if piece.part == "entity" else _rule_style(piece) for piece in pieces]
    looks = [(piece.start, piece.end, piece.part, one) for piece, one in zip(pieces, whose, strict=True)]
    each = list(dict.fromkeys(looks))
    lanes = dict(zip(each, assign_lanes([(start, end) for start, end, _, _ in each]), strict=True))
    return [lanes[look] for look in looks]


def _rule_role(piece: Piece) -> str:
    return piece.mark.hue if isinstance(piece.mark, EntityMark) else "quote"


def _rule_style(piece: Piece) -> RuleStyle:
    return "dotted" if piece.part == "cue" else "dashed" if piece.mark.is_suggestion else "solid"


def _pitch(line: LineBox, stretches: Sequence[_Stretch], cap_px: float) -> tuple[float, float]:
    """How far apart the lanes of a line are, and how thick."""
    lanes = max((stretch.lane for stretch in stretches), default=0) + 1
    free = line.room - _FIRST_RULE_PX - _ABOVE_LABEL_PX - cap_px
    if lanes == 1 or lanes * LANE_PX - (LANE_PX - RULE_PX) <= free:
        return LANE_PX, RULE_PX
    return min(_THIN_LANE_PX, max(free, line.room / 2) / lanes), _THIN_PX


def _rules(line: LineBox, stretch: _Stretch, pitch: float, thickness: float) -> list[Rule]:
    role, style = _rule_role(stretch.piece), _rule_style(stretch.piece)
    y = line.bottom + _FIRST_RULE_PX + stretch.lane * pitch
    # One pixel less on the right keeps neighbours apart.
    return [Rule(left, max(right - 1, left + 1), y, thickness, role, style) for left, right in stretch.runs]


def _labels(
    line: LineBox, stretches: Sequence[_Stretch], rules: Sequence[Rule], column_px: float, font: LabelFont
) -> list[Label]:
    wanted: list[tuple[float, float, str, str]] = []
    for stretch in stretches:
        mark = stretch.piece.mark
        # An entity that runs over several lines has its label on the first of them.
        if isinstance(mark, EntityMark) and line.start <= mark.span.start and stretch.runs:
            text = mark.label.upper()
            width = font.width_of(text)
            left = stretch.runs[-1][1] - width if line.is_rtl else stretch.runs[0][0]
            wanted.append((left, width, text, mark.hue))
    wanted.sort(key=lambda label: label[0])
    places = place_labels([(left, width) for left, width, _, _ in wanted], left=0, right=column_px, gap=_LABEL_GAP_PX)
    return [
        Label(left, room, _baseline(line, left, left + room, rules, font), text, role)
        for (left, room), (_, _, text, role) in zip(places, wanted, strict=True)
        if room > 0
    ]


def _baseline(line: LineBox, left: float, right: float, rules: Sequence[Rule], font: LabelFont) -> float:
    below = [rule.y + rule.thickness for rule in rules if rule.left < right and left < rule.right]
    lowest = max(below, default=line.bottom + _FIRST_RULE_PX + RULE_PX)
    return lowest + _ABOVE_LABEL_PX + font.cap_px


def _shapes(line: LineBox, stretches: Sequence[_Stretch], contents: Sequence[Piece], font: LabelFont) -> list[Shape]:
    # The row of labels belongs to what is underlined, so that it can be clicked there too.
    reach = line.bottom + _FIRST_RULE_PX + RULE_PX + _ABOVE_LABEL_PX + font.cap_px
    shapes = [
        Shape(Rect(left, line.top, right, reach), stretch.piece.end - stretch.piece.start, stretch.piece.mark.id)
        for stretch in stretches
        for left, right in stretch.runs
    ]
    for piece in contents:
        found = fragments([line], piece.start, piece.end)
        shapes += [Shape(fragment.rect, piece.end - piece.start, piece.mark.id) for fragment in found]
    return shapes


def _bars(lines: Sequence[LineBox], contents: Sequence[Piece]) -> list[Bar]:
    extents: list[tuple[float, float, Piece]] = []
    for piece in contents:
        touched = [line for line in lines if _touches(line, piece)]
        if touched:
            extents.append((touched[0].top - TINT_TOP_PX, touched[-1].bottom + TINT_BOTTOM_PX, piece))
    lanes = assign_lanes([(top, bottom) for top, bottom, _ in extents])
    return [
        Bar(top, bottom, lane, piece.mark.id, piece.mark.is_suggestion)
        for (top, bottom, piece), lane in zip(extents, lanes, strict=True)
    ]


def _notes(lines: Sequence[LineBox], contents: Sequence[Piece], *, has_details: bool) -> list[Note]:
    notes: list[Note] = []
    for piece in contents:
        mark = piece.mark
        # Fragments after the first have no note of their own.
        if not isinstance(mark, QuoteMark) or piece.start != min(span.start for span in mark.content):
            continue
        line = next((line for line in lines if line.start <= piece.start < max(line.end, line.start + 1)), None)
        if line:
            detail = mark.detail if has_details else ""
            notes.append(Note(line.top, mark.speaker, detail, (mark.id,), mark.is_suggestion, mark.short))
    return notes
