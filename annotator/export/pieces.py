"""An article's annotations as labelled ranges and links between them, as most annotation tools have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.domain.exchange import ArticleLine, EntityLine, QuoteLine, StanceLine
from annotator.domain.spans import Span
from annotator.export.facts import Facts, Told

SOURCE, CUE, ACT = "source", "cue", "reported_act"
CONTINUES, NESTED = "continues", "nested_in"
SPEAKER, HOLDER, VIA = "speaker", "holder", "via"
STANCE = "stance_"
"""What the labels of a stance's evidence begin with; the position follows."""
QUOTE_LABELS = ("direct_quote", "mixed_quote", "indirect_quote", ACT)
LINKS = (SOURCE, CUE, CONTINUES, NESTED, SPEAKER, HOLDER, VIA)


@dataclass(frozen=True, slots=True)
class Piece:
    """A range with a label. `key` is unique in its article, `record` the id of what it is a piece of.

    `label` is an entity's own, one of `QUOTE_LABELS`, `source`, `cue`, or `stance_` with the position. `told` has the
    facts of the record, with its first piece alone, and the type of evidence with the first piece of each.
    """

    key: str
    start: int
    end: int
    label: str
    kind: str
    record: str
    score: float | None = None
    told: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one piece to another, by their keys: from a quote to its source, cue, next fragment, the quote that it
    stands in, or a mention of its speaker; from evidence to the next of its stance, or a mention of holder or via."""

    start: str
    end: str
    label: str


def pieces(line: ArticleLine) -> tuple[list[Piece], list[Link]]:
    """All ranges of a line, by position, and all links between them."""
    facts = Facts(line)
    found: list[Piece] = [
        Piece(one.id, one.start, one.end, one.label, "entity", one.id, one.origin.score, facts.entity(one))
        for one in line.entities
    ]
    links: list[Link] = []
    for quote in line.quotes:
        found += _of_quote(quote, facts.quote(quote))
        links += _links(line, quote)
    links += [
        Link(f"{quote.id}.0", f"{quote.nested_in}.0", NESTED) for quote in line.quotes if quote.nested_in is not None
    ]
    for stance in line.stances:
        parts = list(_of_stance(stance, facts.stance(stance)))
        found += parts
        links += [Link(before.key, after.key, CONTINUES) for before, after in pairwise(parts)]
        links += _people(line, stance)
    found.sort(key=lambda one: (one.start, one.end, one.kind, one.key))
    return found, links


def quote_label(quote: QuoteLine) -> str:
    """What the content of a quote is labelled as."""
    return ACT if quote.reported == "act" else f"{quote.form}_quote"


def _of_quote(quote: QuoteLine, told: Told) -> Iterator[Piece]:
    score, label = quote.origin.score, quote_label(quote)
    for number, span in enumerate(quote.content):
        said = {} if number else told
        yield Piece(f"{quote.id}.{number}", span.start, span.end, label, "quote", quote.id, score, said)
    for number, span in enumerate(quote.source):
        yield Piece(f"{quote.id}.s{number}", span.start, span.end, SOURCE, "quote", quote.id, score)
    if quote.cue is not None:
        yield Piece(f"{quote.id}.c", quote.cue.start, quote.cue.end, CUE, "quote", quote.id, score)


def _links(line: ArticleLine, quote: QuoteLine) -> Iterator[Link]:
    first = f"{quote.id}.0"
    yield from (Link(first, f"{quote.id}.s{number}", SOURCE) for number in range(len(quote.source)))
    if quote.cue is not None:
        yield Link(first, f"{quote.id}.c", CUE)
    for number in range(1, len(quote.content)):
        yield Link(f"{quote.id}.{number - 1}", f"{quote.id}.{number}", CONTINUES)
    speaker = mention(line, quote.speaker, (quote.source or quote.content)[0])
    if speaker is not None:
        yield Link(first, speaker.id, SPEAKER)


def _of_stance(stance: StanceLine, told: Told) -> Iterator[Piece]:
    label, score = stance_label(stance), stance.origin.score
    number = 0
    for evidence in stance.evidence:
        said = {"evidence_type": evidence.type} | ({} if number else told)
        for span in evidence.spans:
            yield Piece(f"{stance.id}.{number}", span.start, span.end, label, "stance", stance.id, score, said)
            number, said = number + 1, {}


def stance_label(stance: StanceLine) -> str:
    """What the evidence of a stance is labelled as."""
    return STANCE + (stance.position or "open")


def _people(line: ArticleLine, stance: StanceLine) -> Iterator[Link]:
    for label, actor in ((HOLDER, stance.holder), (VIA, stance.via)):
        found = mention(line, actor, stance.evidence[0].spans[0]) if stance.evidence else None
        if found is not None:
            yield Link(f"{stance.id}.0", found.id, label)


def mention(line: ArticleLine, actor: str | None, near: Span) -> EntityLine | None:
    """The entity that means an actor and lies nearest to a range, the earlier among equals."""
    if actor is None:
        return None
    found = [one for one in line.entities if one.actor == actor]
    return min(found, key=lambda one: (max(0, near.start - one.end, one.start - near.end), one.start), default=None)
