"""What is shown of stances: who stands where on what, in words and signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.records import Dimension, Explicitness, Position, Stance

SIGNS: dict[Position | None, str] = {
    "support": "▲",
    "oppose": "▼",
    "mixed": "◆",
    "undecided": "◇",
    "neutral": "●",
    "no_position": "○",
    "unclear": "?",
    None: "…",
}
VERBS: dict[Position | None, str] = {
    "support": "supports",
    "oppose": "opposes",
    "mixed": "is of two minds",
    "undecided": "is undecided",
    "neutral": "is neutral",
    "no_position": "takes no position",
    "unclear": "is unclear",
    None: "no position yet",
}
POSITION_KEYS: dict[str, Position] = {
    "S": "support",
    "O": "oppose",
    "M": "mixed",
    "U": "undecided",
    "N": "neutral",
    "P": "no_position",
    "C": "unclear",
}
DIMENSIONS: dict[Dimension, str] = {
    "belief": "belief: it is so",
    "policy": "policy: it should be done",
    "evaluation": "evaluation: it is good",
    "commitment": "commitment: will do it",
}
EXPLICITNESS: dict[Explicitness, str] = {"stated": "stated", "implied": "implied", "inferred": "inferred"}
CONFIDENCE: dict[int, str] = {1: "1 unsure", 2: "2 fairly sure", 3: "3 sure"}
DIMENSION_KEYS: dict[str, Dimension] = {"B": "belief", "P": "policy", "E": "evaluation", "C": "commitment"}
EXPLICITNESS_KEYS: dict[str, Explicitness] = {"S": "stated", "I": "implied", "F": "inferred"}
MEANINGS: dict[Explicitness, str] = {
    "stated": "stated: the words say it",
    "implied": "implied: the words mean it",
    "inferred": "inferred: you conclude it, and say why",
}
# By field: the question, and the keys with what they choose.
FIELD_CHOICES: dict[str, tuple[str, dict[str, tuple[object, str]]]] = {
    "dimension": ("What is it about?", {key: (one, DIMENSIONS[one]) for key, one in DIMENSION_KEYS.items()}),
    "explicitness": ("How is it said?", {key: (one, MEANINGS[one]) for key, one in EXPLICITNESS_KEYS.items()}),
    "confidence": ("How sure are you?", {str(one): (one, text) for one, text in CONFIDENCE.items()}),
}
# What colours a sign; its shape says the same.
SIGN_ROLES = {SIGNS["support"]: "support", SIGNS["oppose"]: "oppose"} | {
    sign: "neutral" for position, sign in SIGNS.items() if position not in ("support", "oppose")
}
TONES: dict[Position | None, str] = {"support": "support", "oppose": "oppose"}


@dataclass(frozen=True)
class StanceCard:
    """One stance as the inspector shows it; `problem` says what a draft still lacks."""

    id: str
    holder: str
    via: str
    target: str
    position: Position | None
    dimension: Dimension | None
    explicitness: Explicitness | None
    confidence: int | None
    rationale: str
    evidence: tuple[str, ...]
    is_submitted: bool
    problem: str
    lacks_statement: bool = False

    @property
    def sign(self) -> str:
        return SIGNS[self.position]

    @property
    def verb(self) -> str:
        return VERBS[self.position]

    @property
    def tone(self) -> str:
        return TONES.get(self.position, "neutral")


def stance_card(
    stance: Stance,
    actors: Mapping[str, str],
    targets: Mapping[str, str],
    problem: str,
    *,
    lacks_statement: bool = False,
) -> StanceCard:
    """The card of a stance; `lacks_statement` where its target has no sentence."""
    pieces = tuple(" … ".join(" ".join(one.text.split()) for one in part.spans) for part in stance.evidence)
    return StanceCard(
        id=stance.id,
        holder=actors.get(stance.holder or "", "") or "No holder yet",
        via=actors.get(stance.via or "", ""),
        target=targets.get(stance.target or "", "") or "No target yet",
        position=stance.position,
        dimension=stance.dimension,
        explicitness=stance.explicitness,
        confidence=stance.confidence,
        rationale=stance.rationale,
        evidence=pieces,
        is_submitted=stance.is_submitted,
        problem=problem,
        lacks_statement=lacks_statement,
    )


def focused(stances: Sequence[Stance], wanted: str) -> Stance | None:
    """The stance that the keys change: the one of that id, else the first draft, else the first."""
    drafts = [one for one in stances if not one.is_submitted]
    return next((one for one in stances if one.id == wanted), None) or next(iter([*drafts, *stances]), None)


def margin_detail(stances: Sequence[Stance]) -> str:
    """The second line of a quote's margin note: `▼ opposes · 2 topics`; empty without stances."""
    chosen = [one for one in stances if one.position is not None]
    if not chosen:
        return "… stance begun" if stances else ""
    first = chosen[0].position
    topics = len({one.target for one in chosen})
    if any(one.position != first for one in chosen):
        return f"◆ {len(chosen)} stances"
    drafts = "" if all(one.is_submitted for one in chosen) else " · draft"
    return f"{SIGNS[first]} {VERBS[first]} · {topics} topic{'' if topics == 1 else 's'}{drafts}"


def margin_note(
    stances: Sequence[Stance], *, speaker: str | None, name: str, actors: Mapping[str, str]
) -> tuple[str, str]:
    """The two lines of a quote's margin note: who stands where; the second is empty without stances.

    `speaker` is the id of the quote's speaker and `name` what the speaker is called. Where the speaker only puts into
    words what somebody else holds, that one stands first: `Donald Trump` over `▲ supports · via Pete Hegseth`.
    """
    chosen = [one for one in stances if one.position is not None and one.holder]
    holders = list(dict.fromkeys(one.holder or "" for one in chosen))
    others = [one for one in holders if one != speaker]
    first = chosen[0].position if chosen else None
    if not others or any(one.position != first for one in chosen):
        return name, margin_detail(stances)
    said = f"{SIGNS[first]} {VERBS[first]}"
    if len(holders) > 1:
        return name, f"{said} · {len(holders)} holders"
    return actors.get(others[0], "unknown actor"), f"{said} · via {name}"


def told_by(stances: Sequence[Stance], *, speaker: str | None, name: str, names: Mapping[str, str]) -> str:
    """Whose stances a quote shows, in the words of the ledger: `Trump via Hegseth` where the speaker passes it on.

    `speaker` is the id of the quote's speaker and `name` what the speaker is called; `names` has short names by id.
    """
    holders = list(dict.fromkeys(one.holder for one in stances if one.holder))
    others = [names.get(one, "unknown actor") for one in holders if one != speaker]
    if not others:
        return name
    told = f"{', '.join(others)} via {names.get(speaker or '', name)}"
    return told if len(others) == len(holders) else f"{names.get(speaker or '', name)}; {told}"


def short_name(name: str, *, is_person: bool) -> str:
    """What news calls somebody on second mention: a person by the last name."""
    return name.split()[-1] if is_person and name.split() else name


def sign_of(stances: Sequence[Stance]) -> str:
    """One sign for a line of the ledger; empty without stances."""
    signs = list(dict.fromkeys(SIGNS[one.position] for one in stances))
    return signs[0] if len(signs) == 1 else "◆" if signs else ""
