"""Words, regions in quotation marks, and heads of sources, as the scorer of quotes counts them.

On purpose apart from the program's own rules for quotation marks, which it measures.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from annotator.domain.spans import Span

_WORD = re.compile(r"[^\W_]+(?:[’'\-.&][^\W_]+)*")

Words = frozenset[int]
Type = Literal["direct", "mixed", "indirect"]

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile("``|''|[\"＂“«„”»]")
_OPENS = ("``", "“", "«", "„")
_CLOSES = ("”", "»")
_DIRECT_SHARE = 0.9
_BREAKS = ",;:—–()[]"
_LITTLE_WORDS = """
of in at on for from with by to who whom whose that which where when while as about against near among between
under over after before during including and or but is are was were has have had said says
"""
_AFTER_HEAD = frozenset(_LITTLE_WORDS.split())


@lru_cache(maxsize=4)
def _all_words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _words_of(text: str, span: Span) -> list[Span]:
    """The words that share a character with a span, in order."""
    words = _all_words(text)
    first = bisect_right(words, span.start, key=lambda word: word.end)
    return words[first : bisect_left(words, span.end, key=lambda word: word.start)]


def words_in(text: str, spans: Iterable[Span]) -> Words:
    """The starts of the words that share a character with the spans; punctuation is no word."""
    return frozenset(word.start for span in spans for word in _words_of(text, span))


def regions(text: str) -> list[Span]:
    """What stands between double quotation marks, marks excluded.

    Straight marks toggle, curly ones open and close. What is open at the end of a paragraph ends there; a closing mark
    that nothing opened takes the paragraph from its start if the paragraph before ended inside a quotation.
    """
    found: list[Span] = []
    carried = False
    for paragraph in _PARAGRAPH.finditer(text):
        if paragraph.group().strip():
            pieces, carried = _in_paragraph(text, paragraph.start(), paragraph.end(), carried=carried)
            found += pieces
    return [one for one in found if one.end > one.start]


def _in_paragraph(text: str, first: int, last: int, *, carried: bool) -> tuple[list[Span], bool]:
    found: list[Span] = []
    start = -1
    is_first = True
    for mark in _MARK.finditer(text, first, last):
        what = mark.group()
        closes = what in _CLOSES or (what not in _OPENS and start >= 0)
        if closes and start >= 0:
            found.append(Span(start, mark.start()))
            start = -1
        elif closes and carried and is_first:
            found.append(Span(first, mark.start()))
        elif not closes:
            if start >= 0:
                found.append(Span(start, mark.start()))
            start = mark.end()
        is_first = False
    if start >= 0:
        found.append(Span(start, last))
    return found, start >= 0


def type_of(content: Words, quoted: Words) -> Type:
    """Direct where nine tenths of the words stand between marks, indirect where none does."""
    inside = len(content & quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT_SHARE * len(content) else "mixed"


def head_of(text: str, spans: Iterable[Span]) -> int | None:
    """The start of a source's head: “Michael Cohen, a lawyer”, “a spokesman for Mr Trump” (Cohen, spokesman).

    That is, in its first fragment with words, the last word before the first comma, dash, bracket or little word.
    """
    for span in sorted(spans):
        if found := _words_of(text, span):
            return _head_among(text, found)
    return None


def _head_among(text: str, found: list[Span]) -> int:
    head = found[0]
    for word in found[1:]:
        is_broken = any(one in _BREAKS for one in text[head.end : word.start])
        if is_broken or text[word.start : word.end].lower() in _AFTER_HEAD:
            break
        head = word
    return head.start
