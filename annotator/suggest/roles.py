"""Roles: the nouns that say what somebody is, and whether two of them can mean the same office."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.domain.words import fold, word_set
from annotator.suggest.given_names import Gender

# Each group: nouns that the news uses for one office.
_OFFICES = """
secretary minister chief head boss director chair chairman chairwoman chairperson commissioner tsar czar
|spokesman spokeswoman spokesperson representative|president leader|premier minister|coach manager|ambassador envoy
|ceo executive boss founder cofounder co-founder chief|lawyer attorney counsel|policeman policewoman officer
|congressman congresswoman lawmaker representative|senator lawmaker|journalist reporter correspondent editor
|professor academic researcher scientist scholar expert author coauthor co-author
|researcher scientist author coauthor co-author
"""
_SAME_OFFICE = tuple(word_set(group) for group in _OFFICES.split("|"))
# What else they may be called: “the diplomat” of an ambassador, never the other way round.
_BROADER: dict[str, frozenset[str]] = {
    "official": word_set(
        "secretary minister chief head director commissioner ambassador spokesman spokeswoman spokesperson"
    ),
    "politician": word_set(
        "senator minister president congressman congresswoman mayor governor chancellor premier lawmaker"
    ),
    "leader": word_set("minister premier chancellor president chairman chairwoman chair head king queen pope general"),
    "diplomat": word_set("ambassador envoy minister secretary consul"),
    "expert": word_set("professor researcher scientist analyst doctor director economist"),
    "executive": word_set("director president ceo chairman chairwoman manager founder"),
    "lawmaker": word_set("senator representative congressman congresswoman deputy speaker member"),
    "officer": word_set("general colonel admiral captain sergeant lieutenant major sheriff deputy"),
    "academic": word_set("professor lecturer dean"),
}
HEADS = (
    frozenset().union(*_SAME_OFFICE)
    | _BROADER.keys()
    | frozenset().union(*_BROADER.values())
    | word_set(
        """mayor governor senator congressman chancellor king queen pope judge prosecutor analyst economist doctor
        teacher captain general colonel admiral sergeant lieutenant commander candidate deputy treasurer
        activist member singer actor actress writer artist player striker goalkeeper owner partner adviser
        advisor aide speaker undersecretary engineer physicist biologist historian lecturer consultant
        administrator superintendent principal sheriff trainer pastor bishop archbishop imam rabbi princess
        prince duke premier dictator rapper comedian director-general"""
    )
)
PEOPLE = HEADS | word_set(
    """man woman boy girl teenager student pupil father mother brother sister son daughter husband wife uncle aunt
    resident victim suspect witness driver neighbour neighbor friend colleague worker employee staffer soldier
    farmer nurse source insider person poster user reader customer passenger survivor defector refugee migrant
    veteran voter critic volunteer protester demonstrator magician player user individual bystander pilot guard
    baby child lady guy applicant fan friend cousin fellow businessman businesswoman interviewer interviewee
    participant figure host guest youth paramedic firefighter policeman correspondent columnist blogger expert
    opponent rival successor predecessor ally"""
)
_FEMALE = word_set(
    """woman girl mother sister daughter wife aunt spokeswoman chairwoman congresswoman policewoman businesswoman
    queen princess lady actress"""
)
_MALE = word_set(
    """man boy father brother son husband uncle spokesman chairman congressman policeman businessman king prince
    duke pope guy"""
)
_HIS_TITLES = word_set("""mr sir lord king prince pope congressman spokesman chairman""")
_HER_TITLES = word_set("""ms mrs miss lady dame queen princess congresswoman spokeswoman chairwoman""")
_TITLES = word_set(
    """dr prof professor sen rep gov gen col capt lt sgt maj adm rev president minister secretary senator judge
    justice ambassador mayor chancellor governor general colonel captain coach doctor premier chief undersecretary
    director spokesperson researcher representative academic biologist economist analyst author coauthor magician
    founder co-founder sheriff officer admiral sergeant lieutenant ceo"""
)
TITLES: dict[str, Gender] = {
    **dict.fromkeys(_TITLES, ""),
    **dict.fromkeys(_HIS_TITLES, "m"),
    **dict.fromkeys(_HER_TITLES, "f"),
}
"""Words before a name, and whom each can mean."""
_RANKS = word_set("deputy vice former ex acting shadow assistant under undersecretary senior junior interim late")
_FREE_RANKS = word_set("senior acting late interim")
_STOP = word_set(
    """the a an of for to at in on and 's ’s new his her their its our my us' current then who top this that one
    another own as from with by , -"""
)
# Words that name the same field of an office.
_FIELDS = {
    "defence": "defense", "pentagon": "defense", "military": "defense", "state": "foreign", "home": "interior",
    "treasury": "finance", "press": "spokes", "premier": "prime", "foreign": "foreign",
}  # fmt: skip
_COUNTRIES = """
us u.s. usa america america's american united-states pentagon washington|uk u.k. britain british united-kingdom
france french|germany german|russia russian kremlin moscow|ukraine ukrainian kyiv kiev|china chinese beijing
israel israeli|iran iranian|poland polish|italy italian|spain spanish|turkey turkish|japan japanese|india indian
canada canadian|australia australian|denmark danish|sweden swedish|norway norwegian|finland finnish
netherlands dutch|belgium belgian|hungary hungarian|greece greek|austria austrian|switzerland swiss|ireland irish
mexico mexican|brazil brazilian|argentina argentine|syria syrian|iraq iraqi|afghanistan afghan|pakistan pakistani
egypt egyptian|saudi saudi-arabia|lebanon lebanese|palestine palestinian|south-korea south-korean
north-korea north-korean|taiwan taiwanese|romania romanian|czech|estonia estonian|latvia latvian
lithuania lithuanian|georgia georgian|belarus belarusian|venezuela venezuelan|cuba cuban|portugal portuguese
serbia serbian|nato|eu european european-union|un united-nations|scotland scottish|wales welsh
"""
COUNTRY_OF = {
    name: names.split()[0] for names in _COUNTRIES.replace("\n", "|").strip("|").split("|") for name in names.split()
}
_TWO_WORDS = re.compile(
    r"\b(united states|united kingdom|south korean?|north korean?|saudi arabia|united nations|european union)\b"
)
_PARTS = re.compile(r"[^\W_]+(?:[.’'\-][^\W_]+)*\.?")


@dataclass(frozen=True)
class Role:
    """An office in words: its noun, its fields (“defense”), its ranks (“deputy”), and whose it is."""

    head: str
    fields: frozenset[str]
    ranks: frozenset[str]
    places: frozenset[str]
    words: str

    @property
    def gender(self) -> Gender:
        return gender_of_noun(self.head)


def gender_of_noun(noun: str) -> Gender:
    """Whom a noun can mean; empty where it is both."""
    return "f" if noun in _FEMALE else "m" if noun in _MALE else ""


def is_spokesperson(role: Role) -> bool:
    """Whether a role is to speak for somebody."""
    return role.head.startswith("spokes") or "spokes" in role.fields


def role_of(words: str, head: str) -> Role:
    """The role that a phrase names; `head` is its noun, in small letters."""
    plain = _TWO_WORDS.sub(lambda found: found.group().replace(" ", "-"), fold(words).replace("’", "'"))
    found = [word.removesuffix("'s").rstrip(".") if word not in COUNTRY_OF else word for word in _PARTS.findall(plain)]
    places = frozenset(COUNTRY_OF[word] for word in found if word in COUNTRY_OF)
    ranks = frozenset(word for word in found if word in _RANKS)
    rest = [word for word in found if word not in _STOP and word not in ranks and word != fold(head)]
    fields = frozenset(_FIELDS.get(word, word) for word in rest if word not in COUNTRY_OF or word == "pentagon")
    return Role(fold(head), fields, ranks, places, " ".join(words.split()))


def fit(mention: Role, role: Role, *, places: frozenset[str] = frozenset()) -> float:
    """How well a description (“the Pentagon chief”) fits a role of somebody (“US Secretary of Defense”), 0 to 1.

    `places` are those of all of that person's roles: a British minister is not one who serves the US elsewhere.
    """
    places = places | role.places
    heads = _head_fit(mention.head, role.head, mention.fields | role.fields)
    if not heads or (mention.ranks ^ role.ranks) - _FREE_RANKS - (
        role.ranks - mention.ranks if not mention.fields else set()
    ):
        return 0.0
    if mention.places and places and not mention.places & places:
        return 0.0
    wanted = mention.fields - {mention.head, role.head}
    if not wanted:
        return heads * (0.9 if not mention.places or mention.places & places else 0.6)
    shared = wanted & (role.fields | {role.head})
    if not shared:
        return 0.0
    return heads * (1.0 if shared == wanted else 0.7)


def _head_fit(ours: str, theirs: str, fields: frozenset[str]) -> float:
    if ours == theirs:
        return 1.0
    if "spokes" in fields and {ours, theirs} <= _SAME_OFFICE[1] | {"secretary"}:
        return 0.9
    if any(ours in nouns and theirs in nouns for nouns in _SAME_OFFICE):
        return 0.9
    return 0.7 if theirs in _BROADER.get(ours, ()) else 0.0
