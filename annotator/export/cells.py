"""Values as cells of a spreadsheet: none is taken for a formula, and what was changed for that can be changed back."""

from __future__ import annotations

import re

import msgspec

from annotator.domain.spans import Span
from annotator.export.columns import Column, Value

Cell = str | int | float | None
LONGEST = 32_767
"""How many UTF-16 units a spreadsheet's cell takes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LIST = " | "
# What XML 1.0 has no way to write.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A spreadsheet reads "_x0041_" as an "A": so the standard (ECMA-376, ST_Xstring) has the line itself written so.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: `'` goes before one that begins like one, or with `'` itself.

    To undo it, take one leading `'` off.
    """
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    return cell.removeprefix("'")


def is_long(text: str) -> bool:
    """Whether a text is longer than a spreadsheet's cell."""
    return len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST


def cut(text: str) -> str:
    """As much of the beginning of a text as a cell takes."""
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore") if is_long(text) else text


def has_control(text: str) -> bool:
    """Whether a text holds characters that XML cannot."""
    return _CONTROL.search(text) is not None


def for_xml(text: str) -> str:
    """A text that XML can hold: control characters are replaced by the pictures of them (U+2400 and on)."""
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] < " " else "\ufffd", text)


def as_text(value: Value) -> Cell:
    """A value for a format without lists and truth: ranges as JSON, lists of texts with ` | ` between them.

    Ranges as JSON rather than as `3-12`, which spreadsheets take for a date.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        if any(isinstance(one, Span) for one in value):
            return msgspec.json.encode(value).decode("ascii")
        return _LIST.join(map(str, value))
    return value


def for_csv(column: Column, value: Value) -> tuple[Cell, str]:
    """A value as a cell of a CSV file, and what a spreadsheet does not hold of it, empty for nothing."""
    cell = as_text(value)
    if not isinstance(cell, str):
        return cell, ""
    if is_long(cell):
        return guarded(cell), f"{column.name} is longer than a cell of a spreadsheet ({LONGEST:,}): whole here alone"
    return guarded(cell), _mixed_up(column, value)


def for_sheet(column: Column, value: Value) -> tuple[Cell, str]:
    """A value as a cell of an XLSX file, and what that does not hold of it, empty for nothing."""
    cell = as_text(value)
    if not isinstance(cell, str):
        return cell, ""
    reason = _mixed_up(column, value)
    if has_control(cell):
        cell, reason = for_xml(cell), f"{column.name} has control characters; pictures of them stand in their place"
    # Last, for the mark in front and the escapes take room too.
    cell = guarded(_ESCAPED.sub("_x005F_", cell))
    if is_long(cell):
        cell, reason = cut(cell), f"{column.name} is cut: a cell takes {LONGEST:,} characters"
    return cell, reason


def _mixed_up(column: Column, value: Value) -> str:
    if isinstance(value, tuple) and any(_LIST in str(one) for one in value):
        return f"{column.name} has a text with “{_LIST}” in it, which also stands between texts"
    return ""
