"""The full positive sentence of a target: whether there is one, and what it may be, from the label alone."""

from __future__ import annotations

from collections.abc import Collection

import regex

from annotator.domain.records import TargetKind

_FINITE = regex.compile(
    r"\b(should|must|ought|shall|will|would|can|cannot|could|may|might|needs?|deserves?|is|are|was|were|has|have|had|"
    r"does|do|did)\b",
    regex.IGNORECASE,
)
_WANTED = regex.compile(r"\b(should|must|ought|shall|needs? to)\b", regex.IGNORECASE)
_MEASURE = regex.compile(
    r"\b(plans?|deals?|treaty|treaties|agreements?|laws?|bills?|bans?|sanctions?|tariffs?|tax(es)?|aid|spending|budgets?|"
    r"cuts?|reforms?|memberships?|withdrawals?|deployments?|deliver(y|ies)|increases?|negotiations?|talks)\b",
    regex.IGNORECASE,
)
_EVENT = regex.compile(
    r"\b(summits?|meetings?|wars?|invasions?|attacks?|elections?|strikes?|visits?|speech(es)?|votes?|trials?|protests?|"
    r"referend(um|ums|a)|coups?|raids?)\b",
    regex.IGNORECASE,
)
# "Ukraine in NATO": somebody somewhere.
_PLACED = regex.compile(r"(?P<who>\p{Lu}\S*(?: \p{Lu}\S*)*) (?P<where>(?:in|inside|outside|out of) .+)")
_NAME = regex.compile(r"\p{Lu}\S*(?: \p{Lu}\S*){0,3}")
_FEWEST_WORDS = 3
_PROPOSED: dict[TargetKind, str] = {
    "claim": "{} is a fact",
    "policy": "There should be {}",
    "actor": "{} deserves support",
    "event": "{} is a good thing",
    "issue": "{} is important",
}


def is_sentence(text: str) -> bool:
    """Whether words read as a sentence of their own: three or more, one of which says what is or should be."""
    return len(text.split()) >= _FEWEST_WORDS and _FINITE.search(text) is not None


def lacks_statement(label: str, statement: str) -> bool:
    """Whether a target still has no sentence: nothing but its label stands in for one, and that is none."""
    said = " ".join(statement.split()).rstrip(".")
    return not said or (said.casefold() == label.strip().rstrip(".").casefold() and not is_sentence(label))


def likely_kind(label: str, actors: Collection[str] = ()) -> TargetKind:
    """What kind of target a label most likely names; `actors` are the names in the registry."""
    if _WANTED.search(label):
        return "policy"
    if label.casefold() in {one.casefold() for one in actors}:
        return "actor"
    if is_sentence(label):
        return "claim"
    if _MEASURE.search(label):
        return "policy"
    if _EVENT.search(label):
        return "event"
    return "actor" if _NAME.fullmatch(label) else "policy"


def likely_statement(label: str, kind: TargetKind) -> str:
    """A sentence to begin with: what one who is for the target would say. The annotator words it."""
    words = " ".join(label.split()).rstrip(".")
    if not words:
        return ""
    placed = _PLACED.fullmatch(words)
    if is_sentence(words):
        said = words
    elif kind == "policy" and placed:
        said = f"{placed['who']} should be {placed['where']}"
    else:
        said = _PROPOSED[kind].format(words)
    return said[0].upper() + said[1:]
