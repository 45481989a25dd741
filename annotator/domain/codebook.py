"""The codebook: labels, positions, targets and numbered rules, as a project carries them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from annotator.domain.errors import AnnotatorError

Hue = Literal["person", "org", "place", "time", "other"]
Position = Literal["support", "oppose", "mixed", "undecided", "neutral", "no_position", "unclear"]

# What the positions mean where a codebook says nothing else; the order is that of choosing.
POSITION_MEANINGS: dict[Position, str] = {
    "support": "takes the side",
    "oppose": "takes the other side",
    "mixed": "explicitly both, in this text",
    "undecided": "says not to have decided",
    "neutral": "says not to take sides",
    "no_position": "mentioned, with no side given",
    "unclear": "a side is taken, it cannot be told which",
}


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entity label. `hue` names a colour role of the themes; `hotkey` is a digit 1 to 9 or empty."""

    name: str
    title: str = ""
    hue: Hue = "other"
    hotkey: str = ""
    is_retired: bool = False


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A numbered rule with good and bad examples."""

    id: str
    text: str
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    is_retired: bool = False


class PositionMeaning(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a position means in this project; a retired one is not offered."""

    name: Position
    text: str
    is_retired: bool = False


class CodebookTarget(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A target that the project starts with."""

    label: str
    statement: str
    kind: Literal["claim", "policy", "actor", "event", "issue"] = "policy"


class Codebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of a codebook. Labels are retired, never deleted."""

    name: str
    labels: tuple[Label, ...]
    positions: tuple[PositionMeaning, ...] = ()
    targets: tuple[CodebookTarget, ...] = ()
    rules: tuple[Rule, ...] = ()

    def position_meanings(self) -> list[PositionMeaning]:
        """All positions, as this codebook words them or as they are meant otherwise, in the order of choosing."""
        own = {one.name: one for one in self.positions}
        return [own.get(name, PositionMeaning(name=name, text=text)) for name, text in POSITION_MEANINGS.items()]

    def label(self, name: str) -> Label | None:
        """The label of that name, retired or not."""
        return next((label for label in self.labels if label.name == name), None)

    def label_of_hotkey(self, hotkey: str) -> Label | None:
        """The label in use that has this digit as its key."""
        return next((label for label in self.labels if label.hotkey == hotkey and not label.is_retired), None)


def parse_codebook(toml: bytes, *, name: str = "The codebook") -> Codebook:
    """The codebook of a TOML file.

    Raises:
        AnnotatorError: it is not TOML, has an unknown or missing field, or the same label or hotkey twice.
    """
    try:
        codebook = msgspec.toml.decode(toml, type=Codebook)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise AnnotatorError(
            f"{name} is not a codebook: {error}.", hint="Compare it with seeds/codebook.toml."
        ) from None
    problem = codebook_problem(codebook)
    if problem:
        raise AnnotatorError(f"{name} is not a codebook: {problem}.", hint="Correct the file and try again.")
    return codebook


def to_toml(codebook: Codebook) -> bytes:
    """The codebook as a TOML file that `parse_codebook` reads back just the same."""
    return msgspec.toml.encode(codebook)


def codebook_problem(codebook: Codebook) -> str:
    """The first thing that is wrong with a codebook, as a clause without a full stop; empty where all is well."""
    names = [label.name for label in codebook.labels]
    keys = [label.hotkey for label in codebook.labels if label.hotkey]
    if not names:
        return "it has no labels"
    positions: list[str] = [one.name for one in codebook.positions]
    rules = [rule.id for rule in codebook.rules]
    for values, what in ((names, "label"), (keys, "hotkey"), (rules, "rule"), (positions, "position")):
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice:
            return f"the {what} {twice} is there twice"
    bad = next((key for key in keys if not re.fullmatch("[1-9]", key)), None)
    return f"the hotkey {bad} is not a digit from 1 to 9" if bad else ""
