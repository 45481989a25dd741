"""Words in a text: where the words of a search stand in it, and what is around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from annotator.domain.spans import Span

CONTEXT_CHARS = 40

_TOKEN = re.compile(r"[^\W_]+")
_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text in small letters without diacritics, as searches compare it; its length may be another one."""
    return _bare(text.casefold())


def _bare(text: str) -> str:
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def tokens(words: str) -> list[str]:
    """The folded words of a search; signs that are no letters or digits only divide them."""
    return _TOKEN.findall(fold(words))


def first_hit(text: str, wanted: Sequence[str]) -> Span | None:
    """Where folded words first stand in a text, all in a row if they do, else one of them; `None` for nowhere.

    The last word may be the beginning of one; the hit reaches to the end of that word.
    """
    if not wanted:
        return None
    *whole, last = (re.escape(word) for word in wanted)
    ends = [*(f"{word}(?![^\\W_])" for word in whole), f"{last}[^\\W_]*"]
    for pattern in (r"[\W_]+".join(ends), f"(?:{'|'.join(ends)})"):
        found = _search(re.compile(rf"(?<![^\W_]){pattern}", re.IGNORECASE), text)
        if found:
            return found
    return None


def _search(pattern: re.Pattern[str], text: str) -> Span | None:
    found = pattern.search(text)
    if found or text.isascii():
        return Span(*found.span()) if found else None
    folded, places = _folded_with_places(text)
    found = pattern.search(folded)
    return Span(places[found.start()], places[found.end() - 1] + 1) if found else None


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the text that it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        bare = fold(char)
        folded.append(bare)
        places += [place] * len(bare)
    return "".join(folded), places


def holds_all(text: str, wanted: Sequence[str]) -> bool:
    """Whether each of the folded words stands in the text; the last may be the beginning of one."""
    here = tokens(text)
    *whole, last = wanted
    return set(whole) <= set(here) and any(word.startswith(last) for word in here)


def context(text: str, span: Span, *, chars: int = CONTEXT_CHARS) -> tuple[str, str]:
    """About so many characters on either side of a span, cut between words, each white space one blank.

    The two stand right beside the span's words, so that the three joined read as the text does.
    """
    low, high = max(0, span.start - chars), min(len(text), span.end + chars)
    before, after = text[low : span.start], text[span.end : high]
    if low > 0 and not text[low - 1].isspace():
        before = before.split(maxsplit=1)[-1] if " " in before.strip() else before
    if high < len(text) and not text[high].isspace() and " " in after.strip():
        after = after.rsplit(maxsplit=1)[0]
    return _BLANKS.sub(" ", before), _BLANKS.sub(" ", after)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, to be looked up."""
    return frozenset(text.split())
