"""Code points of a text to Qt's UTF-16 positions and back; the only place that converts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Both counts of one text. Positions run from 0 to the length of the text, both ends included."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # Qt counts each of these as two; in most articles there are none, and the counts are the same.
        has_astral = not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
        self._astral = [match.start() for match in _ASTRAL.finditer(text)] if has_astral else []
        self._astral_qt = [index + nth for nth, index in enumerate(self._astral)]

    @property
    def qt_length(self) -> int:
        """How many UTF-16 units the text has."""
        return self._length + len(self._astral)

    def to_qt(self, index: int) -> int:
        """The Qt position of a code point; an index outside the text gives the nearest end."""
        index = min(max(index, 0), self._length)
        return index + bisect_left(self._astral, index) if self._astral else index

    def to_python(self, qt_pos: int) -> int:
        """The code point at a Qt position; between the halves of a pair it is the code point they make.

        A position outside the text gives the nearest end: a Qt document may end in a separator of its own.
        """
        qt_pos = min(max(qt_pos, 0), self.qt_length)
        if not self._astral:
            return qt_pos
        before = bisect_right(self._astral_qt, qt_pos)
        # The last pair before counts as one code point from its second half on.
        inside_or_at = before > 0 and qt_pos <= self._astral_qt[before - 1] + 1
        return self._astral[before - 1] if inside_or_at else qt_pos - before
