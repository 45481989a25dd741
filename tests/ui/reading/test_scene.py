"""Scenes: what is drawn around the words of a block, on lines of 20 characters of 10 pixels each."""

from __future__ import annotations

import pytest

from annotator.domain.spans import Span
from annotator.ui.reading.lines import LineBox
from annotator.ui.reading.marks import EntityMark, Mark, MarkIndex, QuoteMark
from annotator.ui.reading.scene import LabelFont, Scene, build_scene, fragments

LINE = 20
CELL_PX = 10.0
PITCH_PX = 36.0
FONT = LabelFont(cap_px=6, width_of=lambda text: 6.0 * len(text))


def line(nth: int, *, is_rtl: bool = False) -> LineBox:
    start = nth * LINE

    def runs(first: int, last: int) -> list[tuple[float, float]]:
        left, right = (first - start) * CELL_PX, (last - start) * CELL_PX
        width = LINE * CELL_PX
        return [(width - right, width - left)] if is_rtl else [(left, right)]

    return LineBox(start, start + LINE, nth * PITCH_PX, nth * PITCH_PX + 22, PITCH_PX - 22, is_rtl, runs)


def scene(*marks: Mark, lines: int = 3, is_rtl: bool = False, has_details: bool = True) -> Scene:
    boxes = [line(nth, is_rtl=is_rtl) for nth in range(lines)]
    pieces = MarkIndex(marks).overlapping(0, lines * LINE)
    return build_scene(boxes, pieces, column_px=LINE * CELL_PX, label_font=FONT, has_details=has_details)


def entity(start: int, end: int, *, mark_id: str = "e", label: str = "Org", is_suggestion: bool = False) -> EntityMark:
    return EntityMark(mark_id, Span(start, end), label, "org", is_suggestion)


def quote(
    *content: tuple[int, int],
    mark_id: str = "q",
    source: tuple[int, int] | None = None,
    cue: tuple[int, int] | None = None,
    is_suggestion: bool = False,
    speaker: str = "Hegseth",
) -> QuoteMark:
    sources = (Span(*source),) if source else ()
    return QuoteMark(
        mark_id, tuple(Span(*c) for c in content), sources, Span(*cue) if cue else None, is_suggestion, speaker, "▲"
    )


def test_block_without_marks_has_nothing_to_draw() -> None:
    assert scene() == Scene()


def test_entity_is_underlined_with_its_label_in_capitals_beneath() -> None:
    made = scene(entity(2, 6))
    (rule,), (label,) = made.rules, made.labels
    assert (rule.left, rule.right, rule.role, rule.style) == (20, 59, "org", "solid")
    assert (label.text, label.left, label.role) == ("ORG", 20, "org")
    assert 22 < rule.y < rule.y + rule.thickness < label.baseline - FONT.cap_px


def test_suggestion_is_dashed() -> None:
    assert [rule.style for rule in scene(entity(2, 6, is_suggestion=True)).rules] == ["dashed"]


def test_entity_over_two_lines_is_underlined_on_both_and_labelled_on_the_first() -> None:
    made = scene(entity(15, 25))
    assert [(rule.left, rule.right) for rule in made.rules] == [(150, 199), (0, 49)]
    assert [label.baseline < PITCH_PX for label in made.labels] == [True]


def test_nested_and_equal_entities_are_all_underlined_at_heights_of_their_own() -> None:
    made = scene(entity(0, 10, mark_id="a"), entity(2, 6, mark_id="b"), entity(2, 6, mark_id="c"))
    heights = [rule.y for rule in made.rules]
    assert len(set(heights)) == 3
    assert made.rules[0].right == 99 and heights[0] == min(heights)


def test_labels_of_nested_entities_do_not_lie_on_each_other_or_on_a_line() -> None:
    made = scene(*(entity(0, 12 - nth, mark_id=str(nth), label="PERSON") for nth in range(3)))
    assert len(made.labels) == 3
    for one, other in zip(made.labels, made.labels[1:], strict=False):
        assert one.left + one.room < other.left
    for label in made.labels:
        crossed = [r for r in made.rules if r.left < label.left + label.room and label.left < r.right]
        assert all(rule.y + rule.thickness <= label.baseline - FONT.cap_px for rule in crossed)


@pytest.mark.parametrize(("count", "beyond_px"), [(1, 0), (2, 0), (3, 0), (5, 3), (8, 3)])
def test_labels_end_before_the_letters_of_the_next_line(count: int, beyond_px: float) -> None:
    # The letters of a line are lower than the line, by more than these three pixels.
    made = scene(*(entity(0, 19 - nth, mark_id=str(nth)) for nth in range(count)))
    assert max(label.baseline for label in made.labels) <= PITCH_PX + beyond_px


def test_source_of_several_quotes_is_underlined_once() -> None:
    made = scene(
        entity(0, 7),
        quote((20, 30), source=(0, 7), mark_id="a"),
        quote((30, 40), source=(0, 7), mark_id="b"),
        quote((40, 50), source=(0, 7), mark_id="c", is_suggestion=True),
    )
    assert [(rule.role, rule.style) for rule in made.rules] == [
        ("org", "solid"),
        ("quote", "solid"),
        ("quote", "dashed"),
    ]
    assert len({rule.y for rule in made.rules}) == 3
    assert {shape.mark_id for shape in made.shapes if shape.rect.holds(5, 5)} == {"e", "a", "b", "c"}


def test_lines_under_many_nested_entities_stay_clear_of_the_next_line_of_text() -> None:
    made = scene(*(entity(0, 19 - nth, mark_id=str(nth)) for nth in range(8)))
    assert len({rule.y for rule in made.rules}) == 8
    assert max(rule.y + rule.thickness for rule in made.rules) < PITCH_PX


def test_quote_has_a_ground_behind_each_of_its_fragments() -> None:
    made = scene(quote((0, 10), (30, 50)))
    assert [(tint.fragment.opens, tint.fragment.closes) for tint in made.tints] == [
        (True, True),
        (True, False),
        (False, True),
    ]
    assert {tint.depth for tint in made.tints} == {0}


def test_quote_in_a_quote_lies_deeper_and_is_drawn_later() -> None:
    made = scene(quote((5, 9), mark_id="inner"), quote((0, 15), mark_id="outer"))
    assert [tint.depth for tint in made.tints] == [0, 1]


def test_two_quotes_of_the_same_words_can_be_told_apart() -> None:
    made = scene(quote((0, 9), mark_id="a"), quote((0, 9), mark_id="b"))
    assert [tint.depth for tint in made.tints] == [0, 1]


def test_source_and_cue_are_underlined_clear_of_the_entity_in_the_source() -> None:
    made = scene(quote((0, 5), source=(6, 14), cue=(15, 19)), entity(10, 14))
    looks = {(rule.role, rule.style): rule.y for rule in made.rules}
    assert looks.keys() == {("quote", "solid"), ("quote", "dotted"), ("org", "solid")}
    assert looks["quote", "solid"] < looks["org", "solid"]


def test_quote_has_one_note_at_the_first_line_of_its_content() -> None:
    made = scene(quote((25, 30), (45, 50), source=(0, 4)))
    (note,) = made.notes
    assert (note.top, note.speaker, note.detail, note.ids) == (PITCH_PX, "Hegseth", "▲", ("q",))


def test_note_has_no_second_line_where_stances_are_hidden() -> None:
    assert [note.detail for note in scene(quote((0, 5)), has_details=False).notes] == [""]


def test_bars_of_overlapping_quotes_stand_side_by_side() -> None:
    made = scene(quote((0, 45), mark_id="a"), quote((22, 30), mark_id="b"), lines=4)
    assert sorted((bar.mark_id, bar.lane) for bar in made.bars) == [("a", 0), ("b", 1)]


def test_mark_can_be_clicked_on_its_words_and_on_its_label() -> None:
    (shape,) = scene(entity(2, 6)).shapes
    assert shape.rect.holds(25, 5) and shape.rect.holds(25, 31) and not shape.rect.holds(65, 5)
    assert (shape.mark_id, shape.length) == ("e", 4)


def test_range_read_from_right_to_left_opens_on_the_right() -> None:
    first, last = fragments([line(0, is_rtl=True), line(1, is_rtl=True)], 5, 25)
    assert (first.opens, first.closes, first.is_rtl) == (True, False, True)
    assert (last.opens, last.closes) == (False, True)


def test_label_of_a_word_read_from_right_to_left_ends_under_its_first_letter() -> None:
    (label,) = scene(entity(0, 8), is_rtl=True).labels
    assert label.left + label.room == LINE * CELL_PX
