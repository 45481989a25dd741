"""Spans and passages: half-open ranges of an article's text, in code points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from annotator.domain.errors import NotAllowed


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, forbid_unknown_fields=True):
    """`[start, end)` in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies inside this one, or is equal to it."""
        return self.start <= other.start and other.end <= self.end


class Passage(msgspec.Struct, frozen=True, array_like=True, order=True, forbid_unknown_fields=True):
    """A span with the text that stood there when it was marked: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


Passages = tuple[Passage, ...]


def passage(text: str, start: int, end: int) -> Passage:
    """The passage `[start, end)` of a text.

    Raises:
        NotAllowed: it is empty or reaches beyond the text.
    """
    if not 0 <= start < end <= len(text):
        raise NotAllowed(
            f"The range {start} to {end} does not lie in the article (0 to {len(text)}).",
            hint="Select some text first.",
        )
    return Passage(start, end, text[start:end])


def passages(text: str, spans: Iterable[Span]) -> Passages:
    """The passages of several spans of a text, in its order; touching and overlapping ones become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(passage(text, span.start, span.end) for span in merged)


def hull(pieces: Sequence[Passage]) -> Span:
    """The shortest span that covers all the pieces."""
    return Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its edges; an all-blank span comes back as it is."""
    piece = text[span.start : span.end]
    if not piece.strip():
        return span
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
