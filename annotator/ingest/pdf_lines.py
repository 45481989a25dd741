"""Makes paragraphs of the lines of a PDF: a page has lines at places, and no more than that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_EDGE = 0.12
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite|p\.)?\s*\d{1,4}\s*(?:(?:of|/|von|de)\s*\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…]['”’\"»)\]]*$")
_ITEM = re.compile(r"(?:[-–—•*▪●◦]|\d{1,2}[.)])\s")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐]$")
_SET_CLOSE = re.compile(r"\w—\w")
_GOES_ON = re.compile(r"[^\W\d_]+")
# How much wider than usual the gap above a new paragraph is, and how far it is indented, in heights of a line.
_GAP = 0.45
_INDENT = 0.8
_SHORT = 0.82


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, its edges in points from the lower left of the page; `block` tells columns apart."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    block: int

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def without_margins(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """The lines without page numbers, and without what stands at the top or foot of most pages.

    `heights` are those of the pages. Of two pages both must have it.
    """
    pages = len(heights)
    repeated = Counter(key for key, _ in {(_key(one), one.page) for one in lines if _is_at_edge(one, heights)})
    needed = max(2, (pages + 1) // 2)
    return [
        one
        for one in lines
        if not (
            _is_at_edge(one, heights) and (_PAGE_NUMBER.fullmatch(one.text.strip()) or repeated[_key(one)] >= needed)
        )
    ]


def _is_at_edge(line: Line, heights: Sequence[float]) -> bool:
    height = heights[line.page]
    return line.bottom > height * (1 - _EDGE) or line.top < height * _EDGE


def _key(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).casefold())


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of lines in reading order, words that a line end broke put together again.

    A new one begins after a wider gap than usual, at an indented line, after a short line that ends a sentence, and at
    the item of a list. A paragraph that a column or page breaks in the middle of a sentence goes on.
    """
    known = Counter(word.casefold() for one in lines for word in _WORDS.findall(one.text))
    dashes = "".join(one.text.strip() + "\n" for one in lines)
    known["—"] = len(_SET_CLOSE.findall(dashes)) - dashes.count(" — ")
    pitch = _pitch(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined([line.text.strip() for line in group], known) for group in groups]


def _pitch(lines: Sequence[Line]) -> float:
    """From one line to the next, in heights of a line: 1.0 is set solid."""
    steps = [
        (above.top - below.top) / above.height
        for above, below in pairwise(lines)
        if above.block == below.block and above.top > below.top
    ]
    return median(steps) if steps else 1.2


def _goes_on(group: Sequence[Line], line: Line, pitch: float) -> bool:
    above = group[-1]
    if _ITEM.match(line.text.strip()):
        return False
    is_ended = bool(_ENDS.search(above.text.strip()))
    step = (above.top - line.top) / above.height
    if above.page != line.page or step < 0 or step > 8:
        # A new page or column: only a sentence that is under way goes on.
        return not is_ended and line.text.strip()[:1].islower()
    if step > pitch + _GAP or abs(above.height - line.height) > 0.25 * above.height:
        return False
    is_indented = line.left - min(one.left for one in group) > _INDENT * line.height and len(group) > 1
    width = max(one.right for one in (*group, line)) - min(one.left for one in group)
    is_short = above.right - min(one.left for one in group) < _SHORT * width
    return not (is_ended and (is_short or is_indented))


def _joined(lines: Sequence[str], known: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _joint(text, line, known)
    return " ".join(text.replace("\xad", "").split())


def _joint(text: str, line: str, known: Counter[str]) -> str:
    if text.endswith("\xad"):
        return text[:-1] + line
    broken, following = _BROKEN.search(text), _GOES_ON.match(line)
    if broken is None or following is None:
        # Of “word—word” a line end takes nothing away.
        is_close = known["—"] > 0 and (text.endswith("—") or line.startswith("—"))
        return text + ("" if is_close else " ") + line
    with_hyphen = f"{broken[1]}-{following[0]}".casefold()
    whole = f"{broken[1]}{following[0]}".casefold()
    # “war-time” is set so elsewhere, or “NATO-led”: a hyphen of the word's own.
    is_own = known[with_hyphen] > known[whole] or not following[0].islower() or "-" in broken[1] or broken[1].isupper()
    if is_own and known[whole] <= known[with_hyphen]:
        return text + line
    return text[:-1] + line
