"""An article as the suggester reads it: parsed pieces that know where they stand in the article's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.quotation import MARKS, Quotation, find_quotations
from annotator.domain.sections import SectionKind
from annotator.domain.spans import Span
from annotator.suggest.messages import ArticleText

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MAX_PIECE = 20_000

_MIN_LINES, _MAX_TITLE = 3, 140
_LINE = re.compile(r"[^\n]+")
_MARKS = "".join(MARKS) + " "
_IN_TITLES = frozenset({"with", "from", "into", "over", "upon", "about", "after", "before", "under", "without"})
# “CLEVELAND, July 19 (UPI) — ”: a parser would take the town for the subject.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [\w. ]{2,25})?(?: \([\w/ ]{2,20}\))?"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?:, [\w. ]{2,25})? \((?:[A-Z]{2,}|Reuters|Bloomberg)\))"
    r" ?(?:—|–|--|-) (?=\S)"
)
_EDGE = " \t\n\r\u00a0,;:–—-"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a section: what spaCy sees at a time."""

    start: int
    end: int
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Part:
    """A parsed piece; token offsets plus `start` are offsets in the article."""

    start: int
    doc: Doc
    kind: SectionKind

    @property
    def end(self) -> int:
        """Where it ends in the article; at once, while spaCy puts a document's text together anew each time."""
        return token_end(self, self.doc[-1]) + len(self.doc[-1].whitespace_) if len(self.doc) else self.start


def pieces(article: ArticleText) -> Iterator[Piece]:
    """The lines of all sections, without headings, bullets and blank lines, in the text's order.

    The dateline that a line begins with is a piece of its own. A line longer than 20,000 characters is cut
    after a sentence or a word, as no parser should get more at once.
    """
    sections = [(section.kind, section.start, section.end) for section in article.sections]
    for kind, start, end in sections or [("body", 0, len(article.text))]:
        for line in _LINE.finditer(article.text, start, end):
            at = line.start()
            if dateline := _DATELINE.match(article.text, at, line.end()):
                yield Piece(at, dateline.end(), kind)
                at = dateline.end()
            while line.end() - at > MAX_PIECE:
                cut = _cut(article.text, at)
                yield Piece(at, cut, kind)
                at = cut
            if article.text[at : line.end()].strip():
                yield Piece(at, line.end(), kind)


def _cut(text: str, start: int) -> int:
    window = text[start : start + MAX_PIECE]
    for mark in (". ", " "):
        found = window.rfind(mark, MAX_PIECE // 2)
        if found >= 0:
            return start + found + len(mark)
    return start + MAX_PIECE


class Reading:
    """One article: its text, its parsed parts and its quotations."""

    def __init__(self, text: str, parts: list[Part]) -> None:
        self.text = text
        self.parts = parts
        self.quotations: tuple[Quotation, ...] = tuple(q for q in find_quotations(text) if q.depth == 0)
        # Outermost quotations lie apart, so that their ends are in order like their starts.
        self._ends = [piece.end for piece in self.quotations]
        self._part_starts = [part.start for part in parts]
        self._quoted = bytearray(len(text) + 1)
        for piece in self.quotations:
            self._quoted[piece.start : piece.end] = b"\1" * (piece.end - piece.start)

    @property
    def title(self) -> Part | None:
        """The first line where the article has no sections and a line of its own looks like a headline."""
        if len(self.parts) < _MIN_LINES or any(part.kind != "body" for part in self.parts):
            return None
        first = self.parts[0]
        return first if first.end <= _MAX_TITLE and first.start == 0 else None

    def is_quoted(self, at: int) -> bool:
        """Whether a character lies between quotation marks, marks included."""
        return bool(self._quoted[at])

    def quotations_in(self, start: int, end: int) -> Iterator[Quotation]:
        """The quotations that share a character with a range, in order."""
        for at in range(bisect_right(self._ends, start), len(self.quotations)):
            if self.quotations[at].start >= end:
                return
            yield self.quotations[at]

    def inside(self, span: Span) -> str:
        """The words of a quotation without its marks."""
        return self.text[span.start : span.end].strip(_MARKS)

    def is_title(self, span: Span) -> bool:
        """Whether words in quotation marks are a name or a title: each longer word but a preposition has a capital."""
        words = [word for word in self.inside(span).split() if len(word) > 3 or word[:1].isupper()]
        words = [word for word in words if word not in _IN_TITLES]
        return bool(words) and all(not word[:1].islower() for word in words)

    def part_at(self, at: int) -> Part | None:
        """The part that holds a character; none for headings and bullets."""
        number = bisect_right(self._part_starts, at) - 1
        if number < 0 or at >= self.parts[number].end:
            return None
        return self.parts[number]

    def quoted_share(self, span: Span) -> float:
        """How much of a span's letters and digits lie between quotation marks, 0 to 1."""
        places = [at for at in range(span.start, span.end) if self.text[at].isalnum()]
        return sum(self._quoted[at] for at in places) / len(places) if places else 0.0

    def trim(self, start: int, end: int) -> Span | None:
        """The range without commas, dashes, spaces and the full stop at its edges; None if no word is left."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip(_EDGE + "."))
        piece = self.text[start:end].rstrip(_EDGE)
        if piece.endswith(".") and not piece.endswith("..") and not self.is_quoted(start + len(piece) - 1):
            piece = piece[:-1].rstrip(_EDGE)
        return Span(start, start + len(piece)) if any(char.isalnum() for char in piece) else None


def token_start(part: Part, token: Token) -> int:
    """Where a token begins in the article."""
    return part.start + token.idx


def token_end(part: Part, token: Token) -> int:
    """Where a token ends in the article."""
    return part.start + token.idx + len(token)
