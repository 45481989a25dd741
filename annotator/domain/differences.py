"""Differences: where two layers of an article do not say the same, by kind, with the question that decides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from annotator.domain.alignment import Names, Pair, align_entities, align_quotes, align_stances, evidence_of, place_of
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
"""What two records differ in. `missing`: one layer has nothing of the kind there. Of several the first one counts.

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


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Two records that do not say the same, or one without a partner."""

    article: str
    what: What
    a: Annotation | None
    b: Annotation | None
    kinds: tuple[Kind, ...]
    place: Span
    question: str

    @property
    def kind(self) -> Kind:
        """The kind that it counts as."""
        return self.kinds[0]

    @property
    def key(self) -> str:
        """The ids of its records: it stays while they stay partners."""
        return key_of(self.a, self.b)

    @property
    def title(self) -> str:
        """A few words for lists."""
        if self.kind == "missing":
            return f"Only {'A' if self.b is None else 'B'} has this {self.what}"
        return {"boundary": f"Boundary of {_an(self.what)}", "label": "Label of an entity"}.get(
            self.kind, f"{self.kind.capitalize()} of {_an(self.what)}"
        )


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two layers of an article: what differs, by position, and the pairs that say exactly the same."""

    article: str
    differences: tuple[Difference, ...]
    alike: tuple[tuple[Annotation, Annotation], ...]


def key_of(a: Annotation | None, b: Annotation | None) -> str:
    """What names a pair: the ids of its records."""
    return f"{a.id if a else ''}|{b.id if b else ''}"


def compare(article: str, a: Sequence[Annotation], b: Sequence[Annotation], names: Names) -> Comparison:
    """Two layers of one article beside each other; of stances the submitted ones alone."""
    differences: list[Difference] = []
    alike: list[tuple[Annotation, Annotation]] = []
    for pair in _pairs(a, b, names):
        kinds = tuple(kinds_of(pair.a, pair.b, names))
        if kinds:
            differences.append(_difference(article, pair, kinds))
        elif pair.a is not None and pair.b is not None:
            alike.append((pair.a, pair.b))
    differences.sort(key=lambda one: (one.place, _ORDER.index(one.what), one.key))
    return Comparison(article=article, differences=tuple(differences), alike=tuple(alike))


def alone(article: str, records: Sequence[Annotation]) -> Comparison:
    """One layer by itself: each of its annotations is a case to approve; of stances the submitted ones."""
    wanted = [one for one in records if not isinstance(one, Stance) or one.is_submitted]
    cases = [
        Difference(
            article=article,
            what=_WHAT[type(one)],
            a=one,
            b=None,
            kinds=("review",),
            place=place_of(one),
            question=_REVIEW_QUESTIONS[type(one)],
        )
        for one in wanted
    ]
    cases.sort(key=lambda one: (one.place, _ORDER.index(one.what), one.key))
    return Comparison(article=article, differences=tuple(cases), alike=())


_ORDER = ("entity", "quote", "stance")


def _pairs(
    a: Sequence[Annotation], b: Sequence[Annotation], names: Names
) -> Iterator[Pair[Entity] | Pair[Quote] | Pair[Stance]]:
    yield from align_entities(*([one for one in side if isinstance(one, Entity)] for side in (a, b)))
    yield from align_quotes(*([one for one in side if isinstance(one, Quote)] for side in (a, b)))
    ours, theirs = ([one for one in side if isinstance(one, Stance) and one.is_submitted] for side in (a, b))
    yield from align_stances(ours, theirs, names)


def kinds_of(a: Annotation | None, b: Annotation | None, names: Names) -> Iterator[Kind]:
    """What two records differ in, the weightiest first; nothing where they say the same."""
    match (a, b):
        case (Entity(), Entity()):
            yield from _of_entities(a, b, names)
        case (Quote(), Quote()):
            yield from _of_quotes(a, b, names)
        case (Stance(), Stance()):
            yield from _of_stances(a, b, names)
        case _:
            yield "missing"


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


def _difference(article: str, pair: Pair[Entity] | Pair[Quote] | Pair[Stance], kinds: tuple[Kind, ...]) -> Difference:
    places = [place_of(one) for one in (pair.a, pair.b) if one is not None]
    what = _WHAT[type(pair.either)]
    return Difference(
        article=article,
        what=what,
        a=pair.a,
        b=pair.b,
        kinds=kinds,
        place=Span(min(one.start for one in places), max(one.end for one in places)),
        question=_question(what, kinds[0], pair.a, pair.b),
    )


def _question(what: str, kind: Kind, a: Annotation | None, b: Annotation | None) -> str:
    one = a or b
    if what == "quote" and kind == "boundary" and isinstance(a, Quote) and isinstance(b, Quote):
        ours, theirs = _spans(a.content), _spans(b.content)
        if ours[0].start == theirs[0].start:
            return "Where does the content of this quote end?"
        return "Where does the content of this quote begin?"
    words = one.text if isinstance(one, Entity) else ""
    return _QUESTIONS[what].get(kind, "Which one is right?").format(words=words)


def _an(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"
