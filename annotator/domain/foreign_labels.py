"""What the labels of other programs mean here: a label of the codebook, or a part of a quote or a stance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from annotator.domain.codebook import POSITION_MEANINGS, Codebook

Role = Literal["entity", "content", "source", "cue", "stance"]

PARTS: dict[str, Role] = {"QUOTE": "content", "SOURCE": "source", "CUE": "cue", "STANCE": "stance"}
"""What a label can be mapped to besides the labels of the codebook."""

_ROLES: dict[str, Role] = {
    "quote": "content",
    "quotation": "content",
    "content": "content",
    "direct_quote": "content",
    "mixed_quote": "content",
    "indirect_quote": "content",
    "quote_direct": "content",
    "quote_mixed": "content",
    "quote_indirect": "content",
    "reported_act": "content",
    "source": "source",
    "cue": "cue",
    "stance": "stance",
    "evidence": "stance",
}
_STANCE = re.compile(r"(?:stance|evidence)_([a-z_]+)")
# What the usual taggers and tag sets call what codebooks for news call otherwise.
_SAME = (
    ("person", "per", "pers", "people", "persname", "prs"),
    ("org", "organization", "organisation", "orga", "company", "orgname", "gpe_org"),
    ("gpe", "country", "city", "state", "loc", "location", "gpe_loc"),
    ("loc", "location", "place", "placename", "geogname"),
    ("norp", "nationality", "group"),
    ("misc", "other"),
    ("date", "time"),
)


def role_of(label: str) -> Role:
    """The role that a label names by itself; `entity` where it names none."""
    plain = _plain(label)
    if plain in _ROLES:
        return _ROLES[plain]
    return "stance" if position_of(label) else "entity"


def position_of(label: str) -> str:
    """The position that the label of a stance's evidence names, `open` where it has none; else empty."""
    found = _STANCE.fullmatch(_plain(label))
    named = found.group(1) if found else ""
    return named if named in (*POSITION_MEANINGS, "open") else ""


def facts_of_label(label: str) -> dict[str, str]:
    """What a label itself says of a quote or a stance."""
    plain = _plain(label)
    if plain == "reported_act":
        return {"reported": "act"}
    for form in ("direct", "mixed", "indirect"):
        if plain in (f"{form}_quote", f"quote_{form}"):
            return {"form": form}
    position = position_of(label)
    return {"position": position} if position and position != "open" else {}


def unknown_labels(labels: Iterable[str], codebook: Codebook, mapping: Mapping[str, str]) -> list[str]:
    """The labels, sorted, that neither codebook nor mapping knows, and that name no part of a quote or stance."""
    known = {one.name for one in codebook.labels if not one.is_retired}
    return sorted({one for one in labels if one not in known and one not in mapping and role_of(one) == "entity"})


def likely_label(label: str, codebook: Codebook) -> str:
    """The label of the codebook that another program's most likely means; empty where none is alike."""
    known = {one.name.casefold(): one.name for one in codebook.labels if not one.is_retired}
    titles = {one.title.casefold(): one.name for one in codebook.labels if not one.is_retired and one.title}
    # "B-PER", "ner/PERSON": tag schemes and name spaces come first.
    for plain in (label.casefold(), re.split(r"[-/:.]", label)[-1].casefold()):
        if plain in known or plain in titles:
            return known.get(plain) or titles[plain]
        for same in _SAME:
            if plain in same:
                found = next((known[one] for one in same if one in known), "")
                if found:
                    return found
    return ""


def proposed_label(label: str, codebook: Codebook) -> str:
    """The label under which the codebook proposes what a model calls so: `PERSON` for `PER`, where it has no `PER`.

    A label that it knows, retired or not, or that means nothing there stays as it is.
    """
    return label if codebook.label(label) is not None else likely_label(label, codebook) or label


def meaning(label: str, codebook: Codebook, mapping: Mapping[str, str]) -> tuple[Role, str]:
    """The role of a label, and for entities the codebook's label; an empty label is left out."""
    if label in mapping:
        meant = mapping[label]
        return (PARTS[meant], meant) if meant in PARTS else ("entity", meant)
    known = codebook.label(label)
    if known is not None and not known.is_retired:
        return "entity", label
    role = role_of(label)
    return role, "" if role == "entity" else label


def _plain(label: str) -> str:
    return label.strip().casefold().replace("-", "_").replace(" ", "_")
