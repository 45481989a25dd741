"""An article's annotations as labelled ranges and links between them, as most annotation tools have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.export.counts import Loss

SOURCE, CUE, ACT = "source", "cue", "reported_act"
CONTINUES, NESTED = "continues", "nested_in"
STANCE = "stance_"
"""What the labels of a stance's evidence begin with; the position follows."""
QUOTE_LABELS = ("direct_quote", "mixed_quote", "indirect_quote", ACT)
LINKS = (SOURCE, CUE, CONTINUES, NESTED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A range with a label. `key` is unique in its article, `record` the id of what it is a piece of.

    `label` is an entity's own, one of `QUOTE_LABELS`, `source`, `cue`, or `stance_` with the position.
    """

    key: str
    start: int
    end: int
    label: str
    kind: str
    record: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one piece to another, by their keys: to the source or cue of a quote, to its next fragment, or to the
    quote that it stands in."""

    start: str
    end: str
    label: str


def pieces(line: ArticleLine) -> tuple[list[Piece], list[Link]]:
    """All ranges of a line, by position, and all links between them."""
    found: list[Piece] = [
        Piece(one.id, one.start, one.end, one.label, "entity", one.id, one.origin.score) for one in line.entities
    ]
    links: list[Link] = []
    for quote in line.quotes:
        found += _of_quote(quote)
        links += _links(quote)
    links += [
        Link(f"{quote.id}.0", f"{quote.nested_in}.0", NESTED) for quote in line.quotes if quote.nested_in is not None
    ]
    for stance in line.stances:
        found += _of_stance(stance)
    found.sort(key=lambda one: (one.start, one.end, one.kind, one.key))
    return found, links


def quote_label(quote: QuoteLine) -> str:
    """What the content of a quote is labelled as."""
    return ACT if quote.reported == "act" else f"{quote.form}_quote"


def _of_quote(quote: QuoteLine) -> Iterator[Piece]:
    score = quote.origin.score
    for number, span in enumerate(quote.content):
        yield Piece(f"{quote.id}.{number}", span.start, span.end, quote_label(quote), "quote", quote.id, score)
    for number, span in enumerate(quote.source):
        yield Piece(f"{quote.id}.s{number}", span.start, span.end, SOURCE, "quote", quote.id, score)
    if quote.cue is not None:
        yield Piece(f"{quote.id}.c", quote.cue.start, quote.cue.end, CUE, "quote", quote.id, score)


def _links(quote: QuoteLine) -> Iterator[Link]:
    first = f"{quote.id}.0"
    yield from (Link(first, f"{quote.id}.s{number}", SOURCE) for number in range(len(quote.source)))
    if quote.cue is not None:
        yield Link(first, f"{quote.id}.c", CUE)
    for number in range(1, len(quote.content)):
        yield Link(f"{quote.id}.{number - 1}", f"{quote.id}.{number}", CONTINUES)


def _of_stance(stance: StanceLine) -> Iterator[Piece]:
    label = STANCE + (stance.position or "open")
    spans = [span for evidence in stance.evidence for span in evidence.spans]
    for number, span in enumerate(spans):
        yield Piece(f"{stance.id}.{number}", span.start, span.end, label, "stance", stance.id, stance.origin.score)


def names(line: ArticleLine) -> dict[str, str]:
    """What the actors and targets of a line are called, by id."""
    return {one.id: one.name for one in line.actors} | {one.id: one.label for one in line.targets}


def stance_words(stance: StanceLine, called: dict[str, str]) -> str:
    """A stance in words: who stands where on what."""
    holder = called.get(stance.holder or "", "nobody")
    via = f" (via {called.get(stance.via, stance.via)})" if stance.via else ""
    return f"{holder}{via}: {stance.position or 'open'} – {called.get(stance.target or '', 'no target')}"


def left_out(lines: Iterable[ArticleLine], *, words: str = "") -> list[Loss]:
    """What no tool of this kind has a place for, counted; `words` names what a format lacks besides."""
    counts = dict.fromkeys(("notes", "rejections", "states of articles", "stances without evidence"), 0)
    for line in lines:
        counts["notes"] += len(line.notes)
        counts["rejections"] += len(line.rejections)
        counts["states of articles"] += line.status is not None
        counts["stances without evidence"] += sum(not stance.evidence for stance in line.stances)
    told = [
        Loss(reason=f"{what} are left out: the format has no place for them ({n})") for what, n in counts.items() if n
    ]
    origin = "where records came from (their origin) is left out: the format has no place for it"
    return [*told, *(Loss(reason=one) for one in (origin, words) if one)]
