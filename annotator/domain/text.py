"""Canonical text: what an article's text becomes, once, at import.

No Unicode normalisation (NFC and NFKC move offsets); no-break spaces, bidi controls and zero-width characters stay.
"""

from __future__ import annotations

import re

from annotator.domain.errors import UnreadableArticle

RECIPE = 1
MAX_CODE_POINTS = 2_000_000

_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085")
_REFUSED = re.compile(r"[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Apart from the others: together they are ten times slower on text without astral characters, which is most text.
_REFUSED_ASTRAL = re.compile(
    "[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)


def _refused(text: str) -> re.Match[str] | None:
    found = _REFUSED.search(text)
    if found is None and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text):
        found = _REFUSED_ASTRAL.search(text)
    return found


def canonicalise(raw: str, *, name: str = "The text") -> str:
    """The canonical form of a decoded text (recipe 1): no BOM at its start, every kind of line end a line feed.

    Raises:
        UnreadableArticle: it is empty or blank, too long, or holds NUL, a lone surrogate or a non-character.
    """
    text = _LINE_ENDS.sub("\n", raw.lstrip("\ufeff"))
    refused = _refused(text)
    if refused:
        code = f"U+{ord(refused.group()):04X}"
        raise UnreadableArticle(
            f"{name} holds {code} at character {refused.start()}, which no text may hold.",
            hint="It may not be a text file, or be in another encoding; save it as UTF-8.",
        )
    if not text.strip():
        raise UnreadableArticle(f"{name} is empty.", hint="Choose a file that holds an article.")
    if len(text) > MAX_CODE_POINTS:
        raise UnreadableArticle(
            f"{name} has {len(text):,} characters; an article may have {MAX_CODE_POINTS:,}.",
            hint="Split it into articles first.",
        )
    return text


def is_canonical(text: str) -> bool:
    """Whether a stored text is in the form that `canonicalise` gives."""
    try:
        return canonicalise(text) == text
    except UnreadableArticle:
        return False
