"""The keys that matter now, for the status bar: those in force of a few commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence

# Command id -> what it does, in a word.
Table = Sequence[tuple[str, str]]

LABEL_HINTS: Table = (
    ("mark.next", "next"),
    ("mark.accept", "accept"),
    ("mark.reject", "reject"),
    ("1–9", "label"),
    ("mark.resize", "bounds"),
    ("mark.accept_paragraph", "paragraph"),
    ("edit.undo", "undo"),
    ("help.shortcuts", "keys"),
)
REVIEW_HINTS: Table = (
    ("case.a", "take A"),
    ("case.b", "take B"),
    ("case.both", "both"),
    ("case.neither", "neither"),
    ("case.edit", "edit"),
    ("case.defer", "defer"),
    ("edit.undo", "undo"),
)
MANY_HINTS: Table = (
    ("case.a", "take A"),
    ("case.b", "take B"),
    ("case.c", "take C"),
    ("case.neither", "none"),
    ("case.edit", "edit"),
    ("case.defer", "defer"),
    ("edit.undo", "undo"),
)
ALONE_HINTS: Table = (
    ("case.a", "approve"),
    ("case.neither", "decline"),
    ("case.edit", "fix"),
    ("case.defer", "return"),
    ("case.next", "next"),
    ("edit.undo", "undo"),
)
REVIEW_HINTS_BY_LAYERS: Mapping[int, Table] = {1: ALONE_HINTS, 2: REVIEW_HINTS, 3: MANY_HINTS, 4: MANY_HINTS}
RESIZE_HINTS: Table = (
    ("edge.end_on_character", "end"),
    ("edge.start_on_character", "beginning"),
    ("edge.end_on_word", "by word"),
    ("mark.accept", "keep"),
    ("mark.escape", "leave"),
)


def hints_of(table: Table, actions: Mapping[str, QAction]) -> list[tuple[str, str]]:
    """The first key of each command with its word; commands without a key are left out, digits stay as they are."""
    found = [(_key(actions[one]) if one in actions else one, words) for one, words in table]
    return [(key, words) for key, words in found if key]


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
