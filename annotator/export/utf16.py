"""Code points to UTF-16 code units, for formats that browsers read."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Where the code points of a text lie in its UTF-16 form."""

    def __init__(self, text: str) -> None:
        self._astral = [index for index, character in enumerate(text) if ord(character) > 0xFFFF]

    def at(self, index: int) -> int:
        """The code unit at which a code point begins; for the text's length its length in code units."""
        return index + bisect_left(self._astral, index)
