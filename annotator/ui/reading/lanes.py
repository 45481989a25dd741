"""Lanes: where lines, labels and notes go so that none is drawn over another. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

# How far a label may be pushed along by the ones before it: about six capitals.
_PUSH_PX = 28.0
_LEAST_LABEL_PX = 12.0


def assign_lanes(ranges: Sequence[tuple[float, float]]) -> list[int]:
    """The lane of each range, so that ranges of one lane share nothing but an edge; as few lanes as possible.

    Lane 0 goes to whatever starts first, the longer before the shorter; the result is in the order given.
    """
    order = sorted(range(len(ranges)), key=lambda nth: (ranges[nth][0], -ranges[nth][1], nth))
    ends: list[float] = []
    lanes = [0] * len(ranges)
    for nth in order:
        start, end = ranges[nth]
        lane = next((lane for lane, busy_until in enumerate(ends) if busy_until <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        lanes[nth] = lane
    return lanes


def place_labels(
    wanted: Sequence[tuple[float, float]], *, left: float, right: float, gap: float
) -> list[tuple[float, float]]:
    """Left edge and room of each label of one line, between `left` and `right`, never closer than `gap`.

    `wanted` holds left edge and width, in the order of their left edges. A label that meets the next one pushes it a
    little; beyond that it gets less room than its width, and is to be elided. Where a line holds more labels than
    fit at all, the last ones get no room.
    """
    placed: list[tuple[float, float]] = []
    free_from = left
    for nth, (anchor, width) in enumerate(wanted):
        start = max(anchor, free_from)
        end = start + width
        if nth + 1 < len(wanted):
            least = min(width, _LEAST_LABEL_PX)
            end = min(end, max(wanted[nth + 1][0] + _PUSH_PX - gap, start + least))
        if end > right:
            start = max(free_from, min(start, right - width))
            end = right
        room = max(0.0, end - start)
        placed.append((start, room))
        free_from = start + room + gap if room else free_from
    return placed


@dataclass(frozen=True, slots=True)
class Note:
    """A margin note: where its top is wanted or, once stacked, where it is; and what it stands for."""

    top: float
    speaker: str
    detail: str
    ids: tuple[str, ...]
    is_suggestion: bool
    short: str = ""

    @property
    def lines(self) -> int:
        """How many lines of text it takes; at least one, for its bar."""
        return max(1, bool(self.speaker) + bool(self.detail))


def stack_notes(notes: Sequence[Note], *, line_px: float, padding_px: float, gap_px: float) -> list[Note]:
    """The notes with no two of them over each other, in the order of their tops.

    A note that would lie over the one before it becomes one with it where both are of one speaker and one standing
    (suggested or not), and moves down otherwise.
    """
    stacked: list[Note] = []
    free_from = float("-inf")
    for note in sorted(notes, key=lambda note: note.top):
        last = stacked[-1] if stacked else None
        if last and note.top < free_from and _belong_together(last, note):
            stacked[-1] = last = _merged(last, note)
        else:
            last = replace(note, top=max(note.top, free_from))
            stacked.append(last)
        free_from = last.top + note_height(last, line_px=line_px, padding_px=padding_px) + gap_px
    return stacked


def note_height(note: Note, *, line_px: float, padding_px: float) -> float:
    """How tall a note is."""
    return note.lines * line_px + 2 * padding_px


def _belong_together(one: Note, other: Note) -> bool:
    return one.speaker == other.speaker and one.is_suggestion == other.is_suggestion


def _merged(one: Note, other: Note) -> Note:
    ids = one.ids + other.ids
    detail = one.detail if one.detail == other.detail else f"{len(ids)} quotes"
    return replace(one, ids=ids, detail=detail)
