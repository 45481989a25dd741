"""How the kinds of records are called in lists and forms."""

from __future__ import annotations

from annotator.domain.codebook import Hue
from annotator.domain.records import ActorType, TargetKind

ACTOR_TYPES: dict[ActorType, str] = {
    "person": "Person",
    "organization": "Organization",
    "party": "Party",
    "state_body": "State body",
    "media_outlet": "Media outlet",
    "group": "Group",
    "document": "Document",
    "anonymous": "Anonymous",
    "public_opinion": "Public opinion",
    "article_author": "Article’s author",
}
TARGET_KINDS: dict[TargetKind, str] = {
    "claim": "Claim",
    "policy": "Policy",
    "actor": "Actor",
    "event": "Event",
    "issue": "Issue",
}
# In place of the statement of a target that has none.
NO_SENTENCE = "no sentence yet"
HUES: dict[Hue, str] = {
    "person": "Blue",
    "org": "Purple",
    "place": "Green",
    "time": "Grey",
    "other": "Amber",
}


def times(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 annotation`, `2 annotations`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
