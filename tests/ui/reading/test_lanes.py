"""Lanes: nothing is drawn over anything else."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.reading.lanes import Note, assign_lanes, note_height, place_labels, stack_notes

ranges = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda r: (r[0], r[0] + r[1])), max_size=20)


def test_nested_range_gets_the_lane_below() -> None:
    assert assign_lanes([(4, 6), (0, 10)]) == [1, 0]


def test_neighbours_share_a_lane() -> None:
    assert assign_lanes([(0, 4), (4, 8), (9, 12)]) == [0, 0, 0]


def test_equal_ranges_get_lanes_of_their_own() -> None:
    assert assign_lanes([(0, 4), (0, 4), (0, 4)]) == [0, 1, 2]


@given(ranges)
def test_lanes_hold_no_two_overlapping_ranges_and_are_as_few_as_possible(found: list[tuple[int, int]]) -> None:
    lanes = assign_lanes(found)
    for one, other in combinations(range(len(found)), 2):
        if found[one][0] < found[other][1] and found[other][0] < found[one][1]:
            assert lanes[one] != lanes[other]
    deepest = max((sum(a <= at < b for a, b in found) for at in range(80)), default=0)
    assert max(lanes, default=-1) + 1 == deepest


labels = st.lists(st.tuples(st.floats(0, 600), st.floats(5, 60)), max_size=15).map(sorted)


@given(labels)
def test_labels_never_meet_and_stay_on_the_line(wanted: list[tuple[float, float]]) -> None:
    placed = place_labels(wanted, left=0, right=620, gap=4)
    shown = [(left, room) for left, room in placed if room > 0]
    assert len(placed) == len(wanted)
    assert all(left >= 0 and left + room <= 620.001 for left, room in shown)
    assert all(a + room + 4 <= b + 0.001 for (a, room), (b, _) in pairwise(shown))
    assert all(room <= width + 0.001 for (_, room), (_, width) in zip(placed, wanted, strict=True))


def test_label_with_room_stays_where_it_is_wanted() -> None:
    assert place_labels([(10, 30), (100, 30)], left=0, right=620, gap=4) == [(10, 30), (100, 30)]


def test_label_in_the_way_pushes_the_next_one_a_little() -> None:
    assert place_labels([(0, 36), (32, 20)], left=0, right=620, gap=4) == [(0, 36), (40, 20)]


def test_label_far_in_the_way_gets_less_room() -> None:
    (first, room), (second, _) = place_labels([(0, 90), (30, 20)], left=0, right=620, gap=4)
    assert first == 0 and room == 54 and second == 58


def test_label_at_the_end_of_the_line_moves_to_the_left() -> None:
    assert place_labels([(610, 40)], left=0, right=620, gap=4) == [(580, 40)]


def note(top: float, speaker: str, detail: str = "▲", *, is_suggestion: bool = False) -> Note:
    return Note(top, speaker, detail, (f"{speaker}{top}",), is_suggestion)


def stack(*notes: Note) -> list[Note]:
    return stack_notes(notes, line_px=15, padding_px=2, gap_px=3)


def test_note_of_another_speaker_moves_down() -> None:
    assert [n.top for n in stack(note(0, "A"), note(0, "B"), note(40, "C"), note(200, "D"))] == [0, 37, 74, 200]


def test_notes_of_one_speaker_in_one_place_become_one() -> None:
    (merged,) = stack(note(0, "A", "▲ supports"), note(10, "A", "▼ opposes"))
    assert (merged.top, merged.ids, merged.detail) == (0, ("A0", "A10"), "2 quotes")
    (same,) = stack(note(0, "A", "▲"), note(10, "A", "▲"))
    assert same.detail == "▲"


def test_suggested_note_does_not_become_one_with_a_confirmed_one() -> None:
    assert len(stack(note(0, "A"), note(0, "A", is_suggestion=True))) == 2


@given(st.lists(st.tuples(st.floats(0, 500), st.sampled_from("ABC"), st.sampled_from(["", "▲"])), max_size=20))
def test_stacked_notes_never_lie_over_each_other_and_none_is_lost(found: list[tuple[float, str, str]]) -> None:
    notes = [Note(top, speaker, detail, (str(nth),), False) for nth, (top, speaker, detail) in enumerate(found)]
    stacked = stack(*notes)
    for one, other in pairwise(stacked):
        assert one.top + note_height(one, line_px=15, padding_px=2) < other.top
    assert sorted(i for n in stacked for i in n.ids) == sorted(i for n in notes for i in n.ids)
    wanted = {mark_id: n.top for n in notes for mark_id in n.ids}
    assert all(n.top >= wanted[n.ids[0]] for n in stacked)
