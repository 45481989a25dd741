"""Names by their shape: elections, wars and meetings, parties “of” somewhere, abbreviations, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.suggest.names import Name

EVENT_SCORE = 0.9
UNION_SCORE = 0.85
ABBREVIATION_SCORE = 0.85
BYLINE_SCORE = 0.9

_CAP = r"[A-Z\u00c0-\u00de](?:[\w.'’\-]*\w)?"
_CAPS = rf"{_CAP}(?:\s{_CAP})*"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan\\.|Feb\\.|Aug\\.|Sept\\.|Oct\\.|Nov\\.|Dec\\."
)
_KIND = (
    "general|federal|parliamentary|presidential|legislative|local|municipal|regional|provincial|state|gubernatorial|"
    "mayoral|senatorial|congressional|leadership|snap|early|mid-?term|special|council|assembly|constitutional|"
    "independence|national|European|primary|party|devolution|runoff|recall"
)
_ELECTION = re.compile(
    rf"(?<!\w)(?:(?:{_MONTHS})\s)?(?:1[6-9]|20)\d\d\s(?P<what>(?:(?:{_CAP}|of|and|the|{_KIND})\s){{0,8}})"
    r"(?P<noun>by-elections?|elections?|referendums?|primary|primaries|caucus|caucuses)(?!\w)"
    rf"(?P<place>\sin\s(?:the\s)?{_CAP}(?:\s(?:Kingdom|States|Zealand|Carolina|Dakota|Virginia|Jersey|Mexico|Hampshire|"
    r"York|Ireland|Korea|Africa|Island|Republic|Australia)(?!\w))?)?"
)
_PLACED = re.compile(r"(?:Parliament|Senate|House of Representatives|House|special)\s$")
_WAR = re.compile(
    rf"(?<!\w)(?:(?:First|Second|Third|1st|2nd)\s)?World\sWars?(?:\s(?:I{{1,3}}|One|Two|1|2)(?!\w))?"
    rf"|(?<!\w)(?:(?:{_CAP}|of|the)\s){{0,2}}{_CAP}\s(?:Civil\s|Revolutionary\s|Independence\s)?"
    r"(?:War|Wars|Revolution|Uprising|Rebellion|Intifada|Genocide)(?!\w)(?!\s(?:Crimes?|Department|Office|Memorial|"
    r"Powers|Room|Veterans|Museum|College|Cabinet|Secretary))"
    rf"|(?<!\w)(?:Battle|Siege|War|Treaty|Massacre|Storming)\sof\s(?:the\s)?{_CAPS}"
    rf"|(?<!\w)(?:1[6-9]|20)\d\d\s(?:{_CAP}\s){{1,5}}(?:Conference|Convention|Summit|summit|Congress|Olympics|Games|"
    r"World\sCup|invasion\sof\s" + _CAP + r")(?!\w)"
    r"|(?<!\w)(?:Winter|Summer)\s(?:Olympics|Paralympics)(?!\w)"
)
_UNION = re.compile(
    rf"(?<!\w)(?:{_CAP}\s){{0,4}}(?:Party|Parti|Partido|Movement|Union|Alliance|League|Front|Bloc|Federation|Coalition|"
    rf"Club|Forum|Congress|Centrists|Democrats)(?:\s(?:of|for)\s(?:the\s|a\s)?(?:{_CAP}s\sand\s)?{_CAPS}){{1,2}}"
)
_TREATY = re.compile(r"Treaty\s")
_ABBREVIATION = re.compile(r"\s?\(\s?(?P<short>[A-Z+][\w&+.\-]{1,9})\s?(?=[),;])")
_BYLINE = re.compile(rf"(?:By|BY)\s(?P<names>{_CAP}(?:\s{_CAP}){{1,3}})(?=\s*(?:$|,|\sand\s|\||–|—|\sin\s))")
_NO_SHORT_NAMES = frozenset(("MP", "MPs", "CEO", "PM", "TV", "MEP", "MEPs", "QC", "USD", "EUR", "GBP"))
_LEADING = re.compile(r"(?:The|A|An|In|At|On|During|After|Before|Since|For|By|And|But|When|While|With|of|the)\s")


def events(text: str, start: int, end: int) -> Iterator[Name]:
    """Elections with their year, wars and meetings between two offsets."""
    for found in _ELECTION.finditer(text, start, end):
        if found["what"].strip() or found["noun"].startswith(("by-", "referendum")):
            has_place = found["place"] and _PLACED.search(found["what"])
            yield Name(found.start(), found.end() if has_place else found.end("noun"), "EVENT", EVENT_SCORE)
    for found in _WAR.finditer(text, start, end):
        begin = _begin(text, found)
        label = "LAW" if _TREATY.match(text, begin) else "EVENT"
        yield Name(begin, found.end(), label, EVENT_SCORE)


def unions(text: str, start: int, end: int) -> Iterator[Name]:
    """Parties and associations that say of or for what they are: “Communist Party of Greece”."""
    for found in _UNION.finditer(text, start, end):
        yield Name(_begin(text, found), found.end(), "ORG", UNION_SCORE)


def _begin(text: str, found: re.Match[str]) -> int:
    begin = found.start()
    while lead := _LEADING.match(text, begin, found.end()):
        begin = lead.end()
    return begin


def abbreviations(names: Sequence[Name], text: str, end: int) -> Iterator[Name]:
    """The short names in brackets behind organizations: “Social Democratic Party (SDP)”."""
    for one in names:
        if one.label not in ("ORG", "NORP") or len(text[one.start : one.end].split()) < 2:
            continue
        found = _ABBREVIATION.match(text, one.end, end)
        if found and sum(char.isupper() for char in found["short"]) >= 2 and found["short"] not in _NO_SHORT_NAMES:
            yield Name(found.start("short"), found.end("short"), "ORG", ABBREVIATION_SCORE)


def byline(text: str, start: int, end: int) -> Iterator[Name]:
    """The person of a line like “By Jane Smith”."""
    found = _BYLINE.match(text, start, end)
    if found and end - found.end("names") < 60:
        yield Name(found.start("names"), found.end("names"), "PERSON", BYLINE_SCORE)
