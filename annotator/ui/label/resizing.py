"""Moving the bounds of a thing by keys: pure values, shown by the reading view, kept by one act at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from annotator.domain.drafts import EntityDraft
from annotator.domain.records import Entity
from annotator.domain.spans import Span
from annotator.ui.label.cards import Thing, marked_of

# A possessive is a word of its own: entities leave it out.
_WORD = regex.compile(r"\w+(?:[’'\-](?!s\b)\w+)*|[’']s\b|[^\w\s]")
_GRAPHEME = regex.compile(r"\X")


def word_at(text: str, place: int) -> Span | None:
    """The word that a caret stands in or at the edge of; `None` on white space and at punctuation."""
    begin = max(text.rfind("\n", 0, place) + 1, place - 200)
    for found in _WORD.finditer(text[begin : place + 200]):
        span = Span(begin + found.start(), begin + found.end())
        if span.start <= place <= span.end and text[span.start].isalnum():
            return span
    return None


def _stops(text: str, low: int, high: int, *, by_word: bool) -> Iterator[int]:
    for found in (_WORD if by_word else _GRAPHEME).finditer(text[low:high]):
        yield low + found.start()
        yield low + found.end()


@dataclass(frozen=True, slots=True)
class Resizing:
    """The bounds of one thing (of one fragment of a quote) while they are being moved."""

    thing_id: str
    span: Span
    fragment: int
    is_changed: bool = False

    @staticmethod
    def of(thing: Thing, text: str, caret: int) -> Resizing:
        """Begin with a thing; of a quote the fragment at the caret, else its first."""
        body = marked_of(thing)
        if isinstance(body, Entity | EntityDraft):
            return Resizing(thing.id, Span(body.start, body.end), 0)
        at = next((n for n, one in enumerate(body.content) if one.start <= caret <= one.end), 0)
        return Resizing(thing.id, body.content[at].span, at)

    def nearest(self, span: Span, thing: Thing) -> int:
        """Which fragment of a thing a moved span was."""
        body = marked_of(thing)
        if isinstance(body, Entity | EntityDraft):
            return 0
        distances = [abs(one.start - span.start) + abs(one.end - span.end) for one in body.content]
        return distances.index(min(distances))

    def moved(self, text: str, *, edge: str, forward: bool, by_word: bool) -> Resizing:
        """One edge (`start` or `end`) a character or a word further; it stays in its paragraph and never empties."""
        low = text.rfind("\n", 0, self.span.start) + 1
        line_end = text.find("\n", self.span.end)
        high = len(text) if line_end < 0 else line_end
        place = self.span.start if edge == "start" else self.span.end
        stops = sorted(set(_stops(text, low, high, by_word=by_word)))
        if edge == "start":
            stops = [one for one in stops if one < self.span.end and (one == place or not text[one].isspace())]
        else:
            stops = [one for one in stops if one > self.span.start and (one == place or not text[one - 1].isspace())]
        ahead = [one for one in stops if one > place] if forward else [one for one in reversed(stops) if one < place]
        if not ahead:
            return self
        span = Span(ahead[0], self.span.end) if edge == "start" else Span(self.span.start, ahead[0])
        return replace(self, span=span, is_changed=True)
