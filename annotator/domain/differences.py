"""Differences: where layers of an article do not say the same, by kind, with the question that decides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from annotator.domain.alignment import (
    Names,
    align_entities,
    align_quotes,
    align_stances,
    evidence_of,
    grouped,
    place_of,
)
from annotator.domain.records import Annotation, Entity, Quote, Stance
from annotator.domain.spans import Passages, Span

Kind = Literal[
    "missing",
    "boundary",
    "label",
    "actor",
    "source",
    "cue",
    "speaker",
    "form",
    "reported",
    "target",
    "holder",
    "via",
    "position",
    "dimension",
    "explicitness",
    "evidence",
    "review",
]
"""What records differ in. `missing`: a layer has nothing of the kind there. Of several the first one counts.

`review`: nothing is compared; one person's annotation is to be approved.
"""

TITLES: dict[Kind, str] = {
    "missing": "Marked by one alone",
    "boundary": "Overlap, other boundary",
    "label": "Same span, other label",
    "actor": "Other actor",
    "source": "Other source",
    "cue": "Other cue",
    "speaker": "Other speaker",
    "form": "Other form",
    "reported": "Speech or act",
    "target": "Other target",
    "holder": "Other holder",
    "via": "Other go-between",
    "position": "Other position",
    "dimension": "Other dimension",
    "explicitness": "Other explicitness",
    "evidence": "Other evidence",
    "review": "To approve",
}

_QUESTIONS: dict[str, dict[Kind, str]] = {
    "entity": {
        "missing": "Is “{words}” an entity?",
        "boundary": "Where does this entity begin and end?",
        "label": "Which label has “{words}”?",
        "actor": "Who is “{words}”?",
    },
    "quote": {
        "missing": "Is this a quote?",
        "source": "Which words are its source?",
        "cue": "Which words are its cue?",
        "speaker": "Who says this?",
        "form": "Direct, mixed or indirect?",
        "reported": "Is this said, or is it an act?",
    },
    "stance": {
        "missing": "Does somebody take a stance here?",
        "target": "What is this stance about?",
        "holder": "Whose stance is it?",
        "via": "Who puts it into words?",
        "position": "For or against?",
        "dimension": "Which dimension is it?",
        "explicitness": "Stated, implied or inferred?",
        "evidence": "Which words show it?",
    },
}
_REVIEW_QUESTIONS: dict[type[Annotation], str] = {
    Entity: "Is this entity right?",
    Quote: "Is this quote right?",
    Stance: "Is this stance right?",
}
What = Literal["entity", "quote", "stance"]
_WHAT: dict[type[Annotation], What] = {Entity: "entity", Quote: "quote", Stance: "stance"}


LETTERS = "ABCD"
"""What layers beside each other are called; so many can be compared at once."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Records that do not say the same, a side each layer; `None` where a layer has nothing of the kind there."""

    article: str
    what: What
    sides: tuple[Annotation | None, ...]
    kinds: tuple[Kind, ...]
    place: Span
    question: str

    @property
    def kind(self) -> Kind:
        """The kind that it counts as."""
        return self.kinds[0]

    @property
    def records(self) -> tuple[Annotation, ...]:
        """The records that there are, in the order of their layers."""
        return tuple(one for one in self.sides if one is not None)

    @property
    def key(self) -> str:
        """The ids of its records: it stays while they stay partners."""
        return key_of(*self.sides)

    @property
    def who(self) -> str:
        """The letters of the layers that have something there, such as `A and C`."""
        has = [letter for letter, one in zip(LETTERS, self.sides, strict=False) if one is not None]
        return has[0] if len(has) == 1 else f"{', '.join(has[:-1])} and {has[-1]}"

    @property
    def title(self) -> str:
        """A few words for lists."""
        if self.kind == "missing":
            return f"Only {self.who} {'has' if len(self.records) == 1 else 'have'} this {self.what}"
        return {"boundary": f"Boundary of {_an(self.what)}", "label": "Label of an entity"}.get(
            self.kind, f"{self.kind.capitalize()} of {_an(self.what)}"
        )


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Layers of an article: what differs, by position, and the partners that all say exactly the same."""

    article: str
    differences: tuple[Difference, ...]
    alike: tuple[tuple[Annotation, ...], ...]


def key_of(*sides: Annotation | None) -> str:
    """What names partners: the ids of their records."""
    return "|".join(one.id if one else "" for one in sides)


def compare(article: str, layers: Sequence[Sequence[Annotation]], names: Names) -> Comparison:
    """Two or more layers of one article beside each other; of stances the submitted ones alone."""
    differences: list[Difference] = []
    alike: list[tuple[Annotation, ...]] = []
    for group in _groups(layers, names):
        kinds = _kinds_of_all(group, names)
        if kinds:
            differences.append(_difference(article, group, kinds))
        else:
            alike.append(tuple(one for one in group if one is not None))
    differences.sort(key=_place)
    return Comparison(article=article, differences=tuple(differences), alike=tuple(alike))


def alone(article: str, records: Sequence[Annotation]) -> Comparison:
    """One layer by itself: each of its annotations is a case to approve; of stances the submitted ones."""
    wanted = [one for one in records if not isinstance(one, Stance) or one.is_submitted]
    cases = [
        Difference(
            article=article,
            what=_WHAT[type(one)],
            sides=(one,),
            kinds=("review",),
            place=place_of(one),
            question=_REVIEW_QUESTIONS[type(one)],
        )
        for one in wanted
    ]
    return Comparison(article=article, differences=tuple(sorted(cases, key=_place)), alike=())


def _place(one: Difference) -> tuple[Span, int, str]:
    return (one.place, _ORDER.index(one.what), one.key)


_ORDER = ("entity", "quote", "stance")


def _groups(layers: Sequence[Sequence[Annotation]], names: Names) -> Iterator[Sequence[Annotation | None]]:
    yield from grouped([[one for one in layer if isinstance(one, Entity)] for layer in layers], align_entities)
    yield from grouped([[one for one in layer if isinstance(one, Quote)] for layer in layers], align_quotes)
    stances = [[one for one in layer if isinstance(one, Stance) and one.is_submitted] for layer in layers]
    yield from grouped(stances, lambda ours, theirs: align_stances(ours, theirs, names))


def _kinds_of_all(group: Sequence[Annotation | None], names: Names) -> tuple[Kind, ...]:
    """What any two partners differ in; `missing` before all where a layer has none."""
    there = [one for one in group if one is not None]
    missing: tuple[Kind, ...] = ("missing",) if len(there) < len(group) else ()
    found = dict.fromkeys(kind for one, other in combinations(there, 2) for kind in kinds_of(one, other, names))
    return (*missing, *found)


def kinds_of(a: Annotation, b: Annotation, names: Names) -> Iterator[Kind]:
    """What two records of one kind differ in, the weightiest first; nothing where they say the same."""
    match (a, b):
        case (Entity(), Entity()):
            yield from _of_entities(a, b, names)
        case (Quote(), Quote()):
            yield from _of_quotes(a, b, names)
        case (Stance(), Stance()):
            yield from _of_stances(a, b, names)


def _of_entities(a: Entity, b: Entity, names: Names) -> Iterator[Kind]:
    if (a.start, a.end) != (b.start, b.end):
        yield "boundary"
    if a.label != b.label:
        yield "label"
    # Who links no actor has not said that there is another one.
    if a.actor and b.actor and names.actor(a.actor) != names.actor(b.actor):
        yield "actor"


def _of_quotes(a: Quote, b: Quote, names: Names) -> Iterator[Kind]:
    if _spans(a.content) != _spans(b.content):
        yield "boundary"
    if names.actor(a.speaker) != names.actor(b.speaker):
        yield "speaker"
    if _spans(a.source) != _spans(b.source):
        yield "source"
    if _spans((a.cue,) if a.cue else ()) != _spans((b.cue,) if b.cue else ()):
        yield "cue"
    if a.form != b.form:
        yield "form"
    if a.reported != b.reported:
        yield "reported"


def _of_stances(a: Stance, b: Stance, names: Names) -> Iterator[Kind]:
    if a.position != b.position:
        yield "position"
    if names.target(a.target) != names.target(b.target):
        yield "target"
    if names.actor(a.holder) != names.actor(b.holder):
        yield "holder"
    if names.actor(a.via) != names.actor(b.via):
        yield "via"
    if a.dimension != b.dimension:
        yield "dimension"
    if a.explicitness != b.explicitness:
        yield "explicitness"
    if _spans(evidence_of(a)) != _spans(evidence_of(b)):
        yield "evidence"


def _spans(pieces: Passages) -> tuple[Span, ...]:
    return tuple(sorted(piece.span for piece in pieces))


def _difference(article: str, group: Sequence[Annotation | None], kinds: tuple[Kind, ...]) -> Difference:
    there = [one for one in group if one is not None]
    places = [place_of(one) for one in there]
    what = _WHAT[type(there[0])]
    return Difference(
        article=article,
        what=what,
        sides=tuple(group),
        kinds=kinds,
        place=Span(min(one.start for one in places), max(one.end for one in places)),
        question=_question(what, kinds[0], there),
    )


def _question(what: str, kind: Kind, there: Sequence[Annotation]) -> str:
    if what == "quote" and kind == "boundary":
        starts = {_spans(one.content)[0].start for one in there if isinstance(one, Quote)}
        return f"Where does the content of this quote {'end' if len(starts) == 1 else 'begin'}?"
    words = there[0].text if isinstance(there[0], Entity) else ""
    return _QUESTIONS[what].get(kind, "Which one is right?").format(words=words)


def _an(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
