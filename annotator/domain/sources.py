"""What kind of source some words are, told from the words alone: a proposal that the annotator may change."""

from __future__ import annotations

import regex

from annotator.domain.drafts import SourceKind

_PRONOUNS = frozenset({
    "he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who", "whom", "this", "that",
    "these", "those", "one", "himself", "herself", "themselves",
})  # fmt: skip
_COLLECTIVE = regex.compile(
    r"\b(officials|allies|governments?|countries|nations|lawmakers|ministers|leaders|analysts|experts|critics|people|"
    r"residents|voters|members|groups?|several|many|some|most|others|administration|officers|researchers|both|all)\b",
    regex.IGNORECASE,
)
_ANONYMOUS = regex.compile(
    r"\b(sources?|familiar with|anonymous(ly)?|unnamed|unidentified|on condition of|insiders?|somebody|someone|"
    r"not authori[sz]ed|(one|an?|another) (?:\w+ ){0,3}(official|diplomat|source|person|aide|insider|officer))\b",
    regex.IGNORECASE,
)
_ARTIFACT = regex.compile(
    r"\b(report|statement|document|letter|study|survey|poll|post|tweet|email|memo|law|bill|treaty|paper|filing|"
    r"documents|figures|data|headline|article|website|transcript|communiqu[eé]|declaration)\b",
    regex.IGNORECASE,
)
# Two capitalised words, or one that does not begin the phrase after a title in small letters.
_NAME = regex.compile(r"\p{Lu}[\p{L}’'\-]+(?:\s+(?:(?:de|van|von|der|al|bin|la|le|du)\s+)?\p{Lu}[\p{L}’'\-.]*)+")
_ROLE = regex.compile(
    r"\b(secretary|minister|president|spokes\w+|chief|chancellor|chair\w*|director|general|ambassador|senator|"
    r"governor|commissioner|officer|head|leader|coach|mayor|premier|press)\b",
    regex.IGNORECASE,
)


def kind_of_words(words: str) -> SourceKind:
    """The kind of source that a phrase is most likely: `none` for an empty one, `named` where it holds a name."""
    phrase = " ".join(words.split())
    if not phrase:
        return "none"
    if phrase.casefold() in _PRONOUNS:
        return "pronoun"
    if _ANONYMOUS.search(phrase):
        return "anonymous"
    if _has_name(phrase):
        return "named"
    if _COLLECTIVE.search(phrase):
        return "collective"
    if _ARTIFACT.search(phrase):
        return "artifact"
    return "description" if phrase[0].islower() or _ROLE.search(phrase) or " " in phrase else "named"


def _has_name(phrase: str) -> bool:
    for found in _NAME.finditer(phrase):
        names = [word for word in found.group().split() if not _ROLE.fullmatch(word) and not _TITLE.fullmatch(word)]
        if len(names) >= 2 and not _COLLECTIVE.search(phrase):
            return True
    return False


# Words that stand capitalised in titles and names of offices without naming anybody.
_TITLE = regex.compile(
    r"(US|UK|EU|UN|NATO|British|American|French|German|Russian|Ukrainian|European|Defen[cs]e|State|Foreign|Prime|"
    r"Deputy|Pentagon|White|House|Interior|Finance|Trump|Biden|The|A|An|United|States|Press)",
    regex.IGNORECASE,
)
