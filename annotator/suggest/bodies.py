"""Organisations: what kind of actor a name of one is, and which names mean the same one."""

from __future__ import annotations

import re

from annotator.domain.drafts import ActorType
from annotator.domain.words import fold, word_set

METONYMS = word_set(
    "pentagon kremlin washington moscow beijing kyiv kiev brussels whitehall downing élysée capitol westminster"
)
"""Names of places that speak for a government."""

_STATE = word_set(
    """ministry department government council parliament court commission police army navy senate congress house
    office agency bureau administration authority cabinet embassy presidency treasury pentagon kremlin assembly
    bundestag duma knesset fbi cia nsa fda epa eu un state city county municipality district republic kingdom
    nations union sheriff"""
)
_PARTY = word_set("party democrats republicans labour tories conservatives gop liberals greens afd hamas hezbollah")
_MEDIA = word_set(
    """times post news journal reuters bbc cnn afp press tribune herald guardian telegraph independent mirror mail
    gazette magazine radio television tv wikinews bloomberg politico axios nbc cbs abc fox npr der spiegel monde
    figaro observer economist newsweek chronicle globe media wire"""
)
_LEGAL = word_set("inc corp ltd plc co llc group company corporation gmbh ag")
_SMALL = word_set("of the for and in on to a & de la")
_EDGE = re.compile(r"^(?:the|a|an)\s+|['’]s$|['’]$", re.IGNORECASE)
NOUNS = word_set(
    """ministry department government council parliament court commission police army navy agency bureau
    administration authority cabinet embassy company firm group organisation organization party union
    association university school team club bank institute foundation corporation newspaper magazine paper site
    website alliance committee board charity network channel publisher manufacturer airline retailer country
    city state county church hospital service"""
)
"""Nouns by which an article speaks of a body that it has named: “the ministry”."""


def bare(name: str) -> str:
    """A name without a leading article and a trailing possessive."""
    return _EDGE.sub("", " ".join(name.split())).strip(' ,.;:"“”')


def type_of(name: str, label: str) -> ActorType:
    """The kind of actor that a name with spaCy's label most likely is."""
    words = set(re.findall(r"[^\W\d_]+", fold(name)))
    if label == "NORP":
        return "party" if words & _PARTY else "group"
    if words & METONYMS or label == "GPE":
        return "state_body"
    if words & _PARTY:
        return "party"
    if words & _MEDIA:
        return "media_outlet"
    if words & _STATE or fold(name) in ("us", "u.s.", "white house", "downing street"):
        return "state_body"
    return "organization"


def first_letters(name: str) -> str:
    """What two names of one body have in common, whatever the form: the first letter."""
    return fold(name)[:1]


def is_short_for(ours: str, theirs: str) -> bool:
    """Whether two names of bodies mean the same one: initials, or a legal form more or less."""
    a, b = sorted((ours, theirs), key=len)
    if a.isupper() and 2 <= len(a) <= 6:
        big = [word for word in re.findall(r"[^\W\d_]+", b) if word.lower() not in _SMALL]
        return len(big) > 1 and "".join(word[0] for word in big).upper() == a.replace(".", "")
    short, long = fold(a).split(), [word.strip(".,") for word in fold(b).split()]
    return bool(short) and long[: len(short)] == short and len(long) > len(short) and set(long[len(short) :]) <= _LEGAL
