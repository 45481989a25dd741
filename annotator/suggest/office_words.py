"""Words beside a name that tell what it is not: the “Defense” of a secretary, the “Patriot” of a missile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.words import word_set
from annotator.suggest.roles import COUNTRY_OF

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_HOLDERS = word_set("secretary minister secretaries ministers undersecretary chief spokesman spokeswoman spokesperson")
_PORTFOLIOS = word_set(
    """defense defence state foreign interior treasury justice finance health education energy labor labour
    transportation transport commerce agriculture environment home homeland economy culture trade deputy prime
    assistant affairs press"""
)
_WEAPONS = word_set(
    "missile missiles rocket rockets launcher launchers tank tanks jet jets drone drones rifle rifles howitzer"
)
_AIR_DEFENCE = word_set("defense defences defence defenses system systems battery batteries")
_NATIONAL = ("ish", "an", "ese", "ch")


def without(name: TokenSpan, label: str) -> TokenSpan | None:
    """A name without the words of an office: “British Defense” before “Secretary” is “British”, “Defense” nothing.

    The “State” of “Secretary of State” is nothing either; a department that is named as such stays.
    """
    doc, start, end = name.doc, name.start, name.end
    if label not in ("ORG", "GPE", "PERSON", "FAC"):
        return name
    if end < len(doc) and doc[end].lower_ in _HOLDERS:
        while end > start and doc[end - 1].lower_ in _PORTFOLIOS:
            end -= 1
    is_of = start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _HOLDERS
    if is_of and all(token.lower_ in _PORTFOLIOS for token in name):
        end = start
    return doc[start:end] if end > start else None


def label_of(name: TokenSpan, label: str) -> str:
    """The label that the words beside a name ask for, else the one it has."""
    doc = name.doc
    after = [token.lower_ for token in doc[name.end : name.end + 2]]
    if label in ("PERSON", "ORG", "GPE") and len(name) == 1 and after:
        is_air = after[0] == "air" and len(after) > 1 and after[1] in _AIR_DEFENCE
        if is_air or (after[0] in _WEAPONS and label == "PERSON"):
            return "PRODUCT"
    if label == "GPE" and name[-1].lower_ == "region":
        return "LOC"
    if label == "ORG" and name.text.lower() in COUNTRY_OF and name.text.endswith(_NATIONAL):
        return "NORP"
    return label
