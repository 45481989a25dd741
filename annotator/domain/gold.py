"""Gold: the layer that the decisions of reviewers make, as a pure function of decisions and what they were about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.journal import image, record_of
from annotator.domain.records import Annotation, Decision, Entity, Quote, Stance, kind_of

BY_POLICY = "alike"
"""The rule of decisions that nobody looked at: at least two people marked exactly the same."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with the logical clock of the act that made or last changed it."""

    decision: Decision
    clock: int

    @property
    def order(self) -> tuple[int, str, str]:
        """By this the latest counts: clock, author, id."""
        return (self.clock, self.decision.author, self.decision.id)


class GoldRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the gold layer, and the decision that put it there."""

    record: Annotation
    decision: Decision


def seen_as(record: Annotation) -> str:
    """The hash of a record as it stands: what a decision remembers of it."""
    return sha256_hex(canonical_json(image(record)))


def edited(record: Annotation) -> str:
    """A record that a reviewer has edited, as a decision keeps it: its kind and its image."""
    return canonical_json([kind_of(record), image(record)]).decode("utf-8")


def result_of(decision: Decision) -> Annotation | None:
    """The record that a reviewer's edit made; `None` for all other decisions.

    Raises:
        msgspec.MsgspecError: what the decision holds is no such record.
    """
    if decision.outcome != "edited" or decision.result is None:
        return None
    kind, plain = msgspec.json.decode(decision.result, type=tuple[str, dict[str, object]])
    record = record_of(kind, plain)
    assert isinstance(record, Entity | Quote | Stance)
    return record


def ids_of(decision: Decision) -> frozenset[str]:
    """The ids of the records that a decision is about."""
    return frozenset(one.record for one in decision.sides)


def in_force(decisions: Iterable[Decided]) -> list[Decision]:
    """The decisions that count: of two about the same record the later one, whoever made it."""
    kept: dict[str, Decision] = {}
    by_record: dict[str, str] = {}
    for one in sorted(decisions, key=lambda one: one.order):
        decision = one.decision
        for record in ids_of(decision):
            replaced = by_record.get(record)
            if replaced is not None:
                kept.pop(replaced, None)
            by_record[record] = decision.id
        kept[decision.id] = decision
    return sorted(kept.values(), key=lambda one: one.id)


def gold_of(decisions: Iterable[Decided], versions: Mapping[str, Annotation]) -> list[GoldRecord]:
    """The gold layer: what the decisions in force have taken, as it was seen when they were made; by record id.

    `versions` are records by what they are `seen_as`; a version that is not there leaves nothing. The order of the
    decisions does not matter.
    """
    found = [
        GoldRecord(record=record, decision=decision)
        for decision in in_force(decisions)
        for record in _taken(decision, versions)
    ]
    return sorted(found, key=lambda one: one.record.id)


def _taken(decision: Decision, versions: Mapping[str, Annotation]) -> list[Annotation]:
    if decision.outcome == "edited":
        made = result_of(decision)
        return [made] if made is not None else []
    return [versions[one.seen] for one in decision.takes if one.seen in versions]


def is_stale(decision: Decision, records: Mapping[str, Annotation]) -> bool:
    """Whether a side has changed, or was withdrawn, since the decision was made; `records` are those of now, by id."""
    return any((now := records.get(one.record)) is None or seen_as(now) != one.seen for one in decision.sides)
