"""What stands behind the records of a line and is not in it: who did what and when, and what reviews decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from annotator.domain.codebook import Label
from annotator.domain.exchange import ArticleLine


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody did to a record: `what` in words, `time` in UTC as the journal has it."""

    who: str
    what: str
    time: str


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """A decision in force: `records` are the ids of what it is about, `taken` of what it put into gold."""

    id: str
    reviewer: str
    time: str
    outcome: str
    records: tuple[str, ...]
    taken: tuple[str, ...]
    kind: str
    text: str
    rule: str = ""
    comment: str = ""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """The acts on the records of one line, by id and oldest first, and the decisions about them."""

    acts: dict[str, tuple[Act, ...]] = {}
    rulings: tuple[Ruling, ...] = ()


def _nothing(_: ArticleLine) -> Past:
    return Past()


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a writer asks; `labels` are the codebook's, by name."""

    labels: Mapping[str, Label] = field(default_factory=dict)
    of: Callable[[ArticleLine], Past] = _nothing
