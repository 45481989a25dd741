"""What is said of a record besides its words, for the formats that have labels and arrows and little more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from annotator.domain.codebook import Position
from annotator.domain.drafts import Dimension, EvidenceType, Explicitness, QuoteForm, Reported, SourceKind
from annotator.domain.exchange import ArticleLine, EntityLine, QuoteLine, StanceLine
from annotator.export.counts import Loss
from annotator.export.readable import Readable

CHOICES: dict[str, tuple[str, ...]] = {
    "form": get_args(QuoteForm),
    "reported": get_args(Reported),
    "source_kind": get_args(SourceKind),
    "position": (*get_args(Position), "open"),
    "evidence_type": get_args(EvidenceType),
    "dimension": get_args(Dimension),
    "explicitness": get_args(Explicitness),
    "confidence": ("1", "2", "3"),
}
"""The facts that are one of a few values; all others are free text."""

QUOTE_FACTS = ("form", "reported", "source_kind", "speaker")
STANCE_FACTS = (
    "position",
    "evidence_type",
    "holder",
    "via",
    "target",
    "target_label",
    "dimension",
    "explicitness",
    "confidence",
    "rationale",
)

Told = dict[str, str]


class Facts:
    """The facts of a line's records by name, none empty; where a suggestion has only a guess, the guess counts."""

    def __init__(self, line: ArticleLine) -> None:
        self._reading = Readable(line)

    def entity(self, one: EntityLine) -> Told:
        """Whom or what an entity means."""
        return _filled(actor=self._reading.actor(one.actor).name)

    def quote(self, one: QuoteLine) -> Told:
        """`QUOTE_FACTS` of a quote, as far as they are known."""
        speaker = self._reading.speaker(one).name
        return _filled(form=one.form, reported=one.reported, source_kind=one.source_kind, speaker=speaker)

    def stance(self, one: StanceLine) -> Told:
        """`STANCE_FACTS` of a stance, but for the type of evidence, which is the evidence's own."""
        target = self._reading.target(one)
        return _filled(
            position=one.position or "open",
            holder=self._reading.holder(one).name,
            via=self._reading.via(one).name,
            target=target.statement,
            target_label=target.label,
            dimension=one.dimension or "",
            explicitness=one.explicitness or "",
            confidence=str(one.confidence or ""),
            rationale=one.rationale,
        )


def _filled(**facts: str) -> Told:
    return {name: value for name, value in facts.items() if value.strip()}


def stance_words(told: Told) -> str:
    """A stance in words: who stands where on what."""
    via = f" (via {told['via']})" if "via" in told else ""
    target = told.get("target_label") or told.get("target", "no target")
    return f"{told.get('holder', 'nobody')}{via}: {told['position']} – {target}"


def notes_on(line: ArticleLine) -> dict[str, list[str]]:
    """What is written about each record (its id; empty: the article), replies with what they answer."""
    answered = {note.id: note.reply_to for note in line.notes}
    subjects = {note.id: note.subject or "" for note in line.notes}
    found: dict[str, list[str]] = {}
    for note in line.notes:
        first, seen = note.id, {note.id}
        while (before := answered[first]) is not None and before in answered and before not in seen:
            first = before
            seen.add(before)
        found.setdefault(subjects[first], []).append(note.text)
    return found


def left_out(lines: Sequence[ArticleLine], *, holds: Iterable[str] = (), words: str = "") -> list[Loss]:
    """What a format has no place for, counted.

    `holds` names what it does hold, of `notes`, `sections` and `facts`; `words` says what it lacks besides.
    """
    held = set(holds)
    counts = {
        "notes": 0 if "notes" in held else sum(len(line.notes) for line in lines),
        "rejections": sum(len(line.rejections) for line in lines),
        "states of articles": sum(line.status is not None for line in lines),
        "stances without evidence": sum(not one.evidence for line in lines for one in line.stances),
        "sections": 0 if "sections" in held else sum(_has_variants(line) * len(line.sections) for line in lines),
        "marks of submitted stances": sum(one.is_submitted for line in lines for one in line.stances),
        "guesses at a speaker after the first sure one": sum(
            max(0, len(one.speakers) - one.speakers[0].is_sure) for line in lines for one in line.quotes if one.speakers
        ),
    }
    told = [f"{what} are left out: the format has no place for them ({n})" for what, n in counts.items() if n]
    if "facts" in held:
        actors = len({one.id for line in lines for one in line.actors})
        targets = len({one.id for line in lines for one in line.targets})
        told += [f"types, aliases and roles of actors are left out: the format has their names ({actors})"] * bool(
            actors
        )
        told += [f"kinds of targets are left out: the format has their sentences ({targets})"] * bool(targets)
    origin = "where records came from (their origin) is left out: the format has no place for it"
    return [Loss(reason=one) for one in (*told, origin, words) if one]


def _has_variants(line: ArticleLine) -> bool:
    return any(one.kind != "body" for one in line.sections)
