"""In which unit a file counts its offsets, found by the words that it repeats, and the same places as code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.errors import AnnotatorError, BadExchange
from annotator.domain.foreign import UNIT_NAMES, ForeignMark, ForeignText, Unit
from annotator.domain.spans import Span
from annotator.domain.text import canonicalise

UNITS: tuple[Unit, ...] = ("codepoint", "utf16", "utf8")
_TWO_ENDS = re.compile("\r\n")
_HINT = "Export it again, or correct the program that wrote it."


@dataclass(frozen=True)
class Counting:
    """How a file counts: its unit, and whether a line's end of two characters counts as one."""

    unit: Unit = "codepoint"
    is_lf: bool = False

    @property
    def title(self) -> str:
        """The unit in words."""
        return UNIT_NAMES[self.unit] + (", a line end counting once" if self.is_lf else "")


class Ruler:
    """The places of a text by a file's offsets, as code points of its canonical form; or, where that is a part of an
    article and begins `at` a place of it, as code points of the article `whole`."""

    def __init__(self, raw: str, counting: Counting, *, whole: str = "", at: int = 0) -> None:
        self.text = whole or canonicalise(raw)
        self._at = at
        counted = _TWO_ENDS.sub("\n", raw) if counting.is_lf else raw
        self._starts = _starts(counted, counting.unit)
        self._length = len(counted)
        lead = len(counted) - len(counted.lstrip("\ufeff"))
        self._lead = lead
        self._removed = [one.start() + 1 for one in _TWO_ENDS.finditer(counted)]

    def place(self, offset: int) -> int | None:
        """The place of an offset; `None` beyond the text, or inside of a character."""
        at = offset
        if self._starts is not None:
            at = bisect_left(self._starts, offset)
            if at >= len(self._starts) or self._starts[at] != offset:
                return None
        if not 0 <= at <= self._length:
            return None
        return self._at + max(0, at - self._lead - bisect_left(self._removed, at))

    def spans(self, mark: ForeignMark) -> tuple[Span, ...] | None:
        """The spans of a mark, sorted; `None` where one does not lie in the text."""
        found = []
        for start, end in mark.spans:
            first, last = self.place(start), self.place(end)
            if first is None or last is None or first >= last:
                return None
            found.append(Span(first, last))
        return tuple(sorted(found)) or None

    def fits(self, mark: ForeignMark) -> bool:
        """Whether a mark lies in the text, and its words are those that the file repeats, white space apart."""
        spans = self.spans(mark)
        if spans is None:
            return False
        if mark.words is None:
            return True
        return _plain(" ".join(self.text[one.start : one.end] for one in spans)) == _plain(mark.words)

    def is_clean(self, mark: ForeignMark) -> bool:
        """Whether a mark neither cuts a word nor begins or ends with white space."""
        spans = self.spans(mark) or ()
        return all(self._is_edge(one.start) and self._is_edge(one.end) for one in spans) and not any(
            self.text[one.start].isspace() or self.text[one.end - 1].isspace() for one in spans
        )

    def _is_edge(self, at: int) -> bool:
        return not (0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum())


def _plain(words: str) -> str:
    return " ".join(words.split())


def _starts(text: str, unit: Unit) -> list[int] | None:
    """Where each character starts, and where the last ends; `None` where that is its number."""
    if unit == "codepoint" or (unit == "utf8" and text.isascii()):
        return None
    coded = text.encode("utf-16-le" if unit == "utf16" else "utf-8", "surrogatepass")
    if unit == "utf16" and len(coded) == 2 * len(text):
        return None
    starts, at = [0], 0
    for letter in text:
        code = ord(letter)
        at += (1 + (code > 0xFFFF)) if unit == "utf16" else (1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF))
        starts.append(at)
    return starts


def counting_of(texts: Sequence[ForeignText], *, file: str, wanted: Unit | None = None) -> Counting:
    """How a file counts: as wanted, else in code points where its words fit so, else as all of them fit.

    Where a file repeats no words, the unit decides in which no mark cuts a word. A mark that fits in no unit says
    nothing about it; it is for the caller to refuse.

    Raises:
        BadExchange: some marks fit in one unit alone and others in another, or nothing tells which unit it is.
    """
    marked = [one for one in texts if one.marks and not one.problem]
    units = (wanted,) if wanted else UNITS
    has_two = any("\r\n" in one.text for one in marked)
    choices = [Counting(unit, is_lf) for is_lf in ((False, True) if has_two else (False,)) for unit in units]
    if _is_sure(marked, choices[0]):
        return choices[0]
    fitting: dict[Counting, set[tuple[int, int]]] = {one: set() for one in choices}
    clean: dict[Counting, int] = dict.fromkeys(choices, 0)
    places: dict[Counting, list[object]] = {one: [] for one in choices}
    count = 0
    repeats = False
    for number, text in enumerate(marked):
        try:
            rulers = {choice: Ruler(text.text, choice) for choice in choices}
        except AnnotatorError:
            continue
        for at, mark in enumerate(text.marks):
            count += 1
            repeats = repeats or mark.words is not None
            for choice, ruler in rulers.items():
                if ruler.fits(mark):
                    fitting[choice].add((number, at))
                    clean[choice] += ruler.is_clean(mark)
                places[choice].append(ruler.spans(mark))
    best = max(choices, key=lambda one: (len(fitting[one]), clean[one]))
    anywhere = set().union(*fitting.values())
    if anywhere - fitting[best]:
        number, at = min(anywhere - fitting[best])
        raise BadExchange(
            f"{file} mixes ways to count: {marked[number].place} has a mark at {marked[number].marks[at].spans[0][0]}"
            f" that does not fit where most count in {best.title}.",
            hint=_HINT,
        )
    equal = [one for one in choices if len(fitting[one]) == len(fitting[best]) and places[one] != places[best]]
    if not repeats and any(clean[one] == clean[best] for one in equal):
        raise BadExchange(
            f"{file} does not repeat the marked words, and nothing tells in which unit it counts.",
            hint="Say it on the command line: --offsets codepoint, utf16 or utf8.",
        )
    return best


def _is_sure(marked: Sequence[ForeignText], counting: Counting) -> bool:
    """Whether all marks repeat their words and fit, so that no other way to count need be tried."""
    try:
        rulers = ((one, Ruler(one.text, counting)) for one in marked)
        return all(mark.words is not None and ruler.fits(mark) for one, ruler in rulers for mark in one.marks)
    except AnnotatorError:
        return False


def mark_problem(text: ForeignText, ruler: Ruler) -> str:
    """The first mark of a text that does not fit, as a sentence; empty where all do."""
    for mark in text.marks:
        if ruler.fits(mark):
            continue
        where = ", ".join(f"{start} to {end}" for start, end in mark.spans[:3])
        place = f"{text.place}, line {mark.line}" if mark.line else text.place
        spans = ruler.spans(mark)
        if spans is None:
            return f"{place}: {mark.label} at {where} does not lie in the text (0 to {len(ruler.text)})."
        there = _short(" ".join(ruler.text[one.start : one.end] for one in spans))
        return f"{place}: at {where} stands “{there}”, not “{_short(mark.words or '')}”."
    return ""


def _short(words: str) -> str:
    flat = _plain(words)
    return flat if len(flat) <= 40 else flat[:39] + "…"
