"""An article as the tagger reads it: windows of word pieces over its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.quotation import find_quotations

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from annotator.suggest.reading import Piece

MAX_PIECES = 256
"""Word pieces of a window, the marks of its beginning and of its lines' ends included."""

SHAPES = 3
"""Lower case or no letters, capitalised, capitals only; twice, as all of it may be inside quotation marks."""


class Window(msgspec.Struct, frozen=True):
    """Word pieces of some lines of one article, one after the other.

    `ids` are those of the vocabulary, `shapes` the letters' case plus 3 inside quotation marks, `lines` the number of
    each piece's line, and `spans` where it stands in the article; the marks that the tokenizer adds stand nowhere.
    `hints` are what the rules see in each piece, `leads` for each kind of link where it leads by the rules (see
    `targets.Targets`); both are empty where no rules were asked.
    """

    ids: list[int]
    shapes: list[int]
    lines: list[int]
    spans: list[tuple[int, int]]
    hints: list[int] = []
    leads: list[list[int]] = []

    def __len__(self) -> int:
        return len(self.ids)


def windows(tokenizer: Tokenizer, text: str, lines: Iterable[Piece], *, size: int = MAX_PIECES) -> Iterator[Window]:
    """The windows of an article: as many whole lines as go into one, a longer line cut between two words."""
    pieces = list(lines)
    quoted = bytearray(len(text) + 1)
    for quotation in find_quotations(text):
        quoted[quotation.start : quotation.end] = b"\1" * (quotation.end - quotation.start)
    first, end = (tokenizer.encode(mark, add_special_tokens=False).ids[0] for mark in ("[CLS]", "[SEP]"))
    window = _started(first)
    encodings = tokenizer.encode_batch([text[one.start : one.end] for one in pieces], add_special_tokens=False)
    for number, (piece, encoding) in enumerate(zip(pieces, encodings, strict=True)):
        spans = [(piece.start + start, piece.start + stop) for start, stop in encoding.offsets]
        words = encoding.word_ids
        at = 0
        while at < len(spans):
            cut = _cut(words, at, size - 2)
            if len(window) + cut - at + 1 > size:
                yield window
                window = _started(first)
            window.ids.extend([*encoding.ids[at:cut], end])
            window.shapes.extend([*(_shape(text[s:e]) + SHAPES * quoted[s] for s, e in spans[at:cut]), 0])
            window.lines.extend([number] * (cut - at + 1))
            window.spans.extend([*spans[at:cut], (-1, -1)])
            at = cut
    if len(window) > 1:
        yield window


def _started(first: int) -> Window:
    return Window([first], [0], [0], [(-1, -1)])


def _cut(words: list[int | None], at: int, room: int) -> int:
    if len(words) - at <= room:
        return len(words)
    cut = at + room
    while cut > at + 1 and words[cut] == words[cut - 1]:
        cut -= 1
    return cut if cut > at + 1 else at + room


def _shape(piece: str) -> int:
    if not piece[:1].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1
