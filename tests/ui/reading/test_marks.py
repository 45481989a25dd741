"""Marks and their index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.ui.reading.marks import ALL_LAYERS, EntityMark, MarkIndex, QuoteMark, is_shown, main_spans, pieces_of


def entity(start: int, end: int, *, mark_id: str = "e", is_suggestion: bool = False) -> EntityMark:
    return EntityMark(mark_id, Span(start, end), "ORG", "org", is_suggestion)


QUOTE = QuoteMark("q", (Span(10, 20), Span(30, 40)), (Span(0, 3),), Span(4, 8), False, "Hegseth", "")


def test_quote_has_a_piece_for_each_of_its_ranges() -> None:
    found = {(piece.part, piece.start, piece.end) for piece in pieces_of(QUOTE)}
    assert found == {("content", 10, 20), ("content", 30, 40), ("source", 0, 3), ("cue", 4, 8)}


def test_only_content_and_entity_spans_can_be_resized() -> None:
    assert main_spans(QUOTE) == (Span(10, 20), Span(30, 40))
    assert main_spans(entity(1, 5)) == (Span(1, 5),)


def test_layers_hide_their_own_marks_only() -> None:
    suggestion = entity(0, 3, is_suggestion=True)
    assert is_shown(suggestion, ALL_LAYERS)
    assert not is_shown(suggestion, ALL_LAYERS - {"suggestions"})
    assert is_shown(entity(0, 3), ALL_LAYERS - {"suggestions"})
    assert not is_shown(entity(0, 3), ALL_LAYERS - {"entities"})
    assert is_shown(QUOTE, ALL_LAYERS - {"entities"})
    assert not is_shown(QUOTE, ALL_LAYERS - {"quotes"})


def test_index_gives_what_overlaps_in_the_order_of_the_text_and_the_longer_first() -> None:
    index = MarkIndex([QUOTE, entity(10, 14, mark_id="a"), entity(12, 13, mark_id="b"), entity(50, 60, mark_id="c")])
    assert [(p.mark.id, p.start) for p in index.overlapping(8, 13)] == [("q", 10), ("a", 10), ("b", 12)]
    assert index.overlapping(20, 30) == []


def test_index_finds_a_mark_that_began_long_before() -> None:
    index = MarkIndex([entity(0, 10_000, mark_id="long"), *(entity(n, n + 1, mark_id=str(n)) for n in range(1, 5_000))])
    assert [piece.mark.id for piece in index.overlapping(9_000, 9_001)] == ["long"]


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=25)


@given(spans, st.integers(0, 80), st.integers(1, 40), st.data())
def test_index_agrees_with_looking_at_every_mark_also_after_changes(
    ranges: list[tuple[int, int]], start: int, length: int, data: st.DataObject
) -> None:
    marks = [entity(at, at + size, mark_id=str(nth)) for nth, (at, size) in enumerate(ranges)]
    index = MarkIndex(marks)
    if marks:
        gone = data.draw(st.sampled_from(marks))
        index.remove(gone.id)
        other = data.draw(st.sampled_from(marks))
        index.add(entity(3, 33, mark_id=other.id))
        marks = [mark for mark in marks if mark.id not in (gone.id, other.id)] + [entity(3, 33, mark_id=other.id)]
    expected = sorted(
        (m.span.start, -m.span.end, m.id) for m in marks if m.span.start < start + length and start < m.span.end
    )
    found = index.overlapping(start, start + length)
    assert sorted((piece.start, -piece.end, piece.mark.id) for piece in found) == expected
    assert [(p.start, -p.end) for p in found] == sorted((p.start, -p.end) for p in found)
    assert {m.id for m in marks} == {m.id for m in marks if index.mark(m.id) == m}


def test_index_takes_another_version_of_a_mark_instead_of_the_first() -> None:
    index = MarkIndex([entity(0, 5)])
    index.add(entity(7, 9))
    assert [p.start for p in index.overlapping(0, 20)] == [7]
    index.remove("nobody")
    assert index.mark("e") == entity(7, 9)
