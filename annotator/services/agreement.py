"""Agreement of two layers: measures with intervals, how many units they rest on, and the items behind each."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from annotator import __version__
from annotator.domain import measures
from annotator.domain.alignment import Names, Pair, align_entities, align_quotes, align_stances
from annotator.domain.differences import key_of
from annotator.domain.errors import AnnotatorError
from annotator.domain.measures import Continuum, Counts
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Annotation, Entity, Quote, Stance
from annotator.domain.spans import Passages
from annotator.services import reviewing
from annotator.store import articles, deciding
from annotator.store.project import Project

ALL = "all"
_DIGITS = 4


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure of two layers. `value` and its 95 % interval are `None` where they are not defined.

    `units` are what was compared, `excluded` what could not be (a side has nothing there); `items` are the keys of the
    differences behind it (`Difference.key`); `by_article` is the same measure of each article by itself.
    """

    what: str
    measure: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    excluded: int
    items: tuple[str, ...] = ()
    by_article: dict[str, float | None] = {}

    @property
    def title(self) -> str:
        """What is measured, in words."""
        return f"{self.what}, {self.measure}" if self.label == ALL else f"{self.what} {self.label}, {self.measure}"


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of two layers over the articles that both have finished, or else have worked on (`is_finished`)."""

    a: str
    b: str
    articles: int
    figures: tuple[Figure, ...]
    confusion: tuple[tuple[str, str, int], ...] = ()
    is_finished: bool = True


@dataclass
class _Tally:
    """What one measure counts, an entry an article."""

    what: str
    measure: str
    label: str
    of: Callable[[Counts], float | None]
    counts: list[Counts] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    units: int = 0
    excluded: int = 0
    items: list[str] = field(default_factory=list)


class _Tallies:
    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str], _Tally] = {}
        # The article that is counted now.
        self.article = ""

    def add(
        self,
        place: tuple[str, str, str],
        of: Callable[[Counts], float | None],
        counts: Counts,
        *,
        units: int,
        excluded: int = 0,
        items: Sequence[str] = (),
    ) -> None:
        tally = self.found.setdefault(place, _Tally(*place, of=of))
        tally.counts.append(counts)
        tally.articles.append(self.article)
        tally.units += units
        tally.excluded += excluded
        tally.items += items

    def figures(self) -> Job[tuple[Figure, ...]]:
        made: list[Figure] = []
        for number, tally in enumerate(self.found.values()):
            yield Progress(number, len(self.found), "Drawing articles anew")
            made.append(_figure(tally))
        return tuple(made)


def _figure(tally: _Tally) -> Figure:
    value = tally.of(np.sum(tally.counts, axis=0))
    limits = measures.interval(tally.counts, tally.of) if value is not None else None
    return Figure(
        what=tally.what,
        measure=tally.measure,
        label=tally.label,
        value=None if value is None else round(float(value), _DIGITS),
        low=round(limits[0], _DIGITS) if limits else None,
        high=round(limits[1], _DIGITS) if limits else None,
        units=tally.units,
        excluded=tally.excluded,
        items=tuple(tally.items),
        by_article={
            article: None if (found := tally.of(counts)) is None else round(float(found), _DIGITS)
            for article, counts in zip(tally.articles, tally.counts, strict=True)
        },
    )


def agreement(project: Project, a: str, b: str) -> Job[Agreement]:
    """A job that measures how far two authors agree, pooled over the articles that both have marked as done.

    Where they have finished none in common, those count that both have worked on: then what one has not come to yet
    counts as a difference, and `is_finished` says so.
    """
    ids = deciding.finished_by_both(project.conn, a, b)
    is_finished = bool(ids)
    ids = ids or deciding.marked_by_both(project.conn, a, b)
    names = reviewing.names_of(project)
    layers: list[list[list[Annotation]]] = []
    for number, article in enumerate(ids):
        yield Progress(number, len(ids), "Reading")
        layers.append([deciding.marked_by(project.conn, author, article) for author in (a, b)])
    values = _Values(layers, names)
    tallies = _Tallies()
    positions: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, (article, (ours, theirs)) in enumerate(zip(ids, layers, strict=True)):
        yield Progress(number, len(ids), "Comparing")
        tallies.article = article
        length = len(articles.text_of(project.conn, article))
        _entities(tallies, _kind(ours, Entity), _kind(theirs, Entity), values, length)
        _quotes(tallies, _kind(ours, Quote), _kind(theirs, Quote), values)
        _stances(tallies, _submitted(ours), _submitted(theirs), values, positions)
    figures = yield from tallies.figures()
    confusion = tuple((one, other, count) for (one, other), count in sorted(positions.items()))
    return Agreement(a=a, b=b, articles=len(ids), figures=figures, confusion=confusion, is_finished=is_finished)


class _Values:
    """All values that stand anywhere, so that the tables of all articles have the same rows."""

    def __init__(self, layers: Sequence[Sequence[Sequence[Annotation]]], names: Names) -> None:
        records = [one for article in layers for side in article for one in side]
        self.names = names
        self.labels = sorted({one.label for one in records if isinstance(one, Entity)})
        self.forms = ("direct", "mixed", "indirect")
        speakers: set[Hashable] = {names.actor(one.speaker) for one in records if isinstance(one, Quote)}
        self.speakers = sorted(speakers, key=str)
        self.positions = sorted({one.position or "none" for one in records if isinstance(one, Stance)})


def _kind(records: Sequence[Annotation], kind: type[Entity] | type[Quote]) -> list:  # type: ignore[type-arg]
    return [one for one in records if isinstance(one, kind)]


def _submitted(records: Sequence[Annotation]) -> list[Stance]:
    return [one for one in records if isinstance(one, Stance) and one.is_submitted]


def _pair_f1(counts: Counts) -> float | None:
    return measures.f1(*counts)


def _entities(
    tallies: _Tallies, ours: Sequence[Entity], theirs: Sequence[Entity], values: _Values, length: int
) -> None:
    pairs = align_entities(ours, theirs)
    partners = [(pair.a, pair.b) for pair in pairs if pair.a is not None and pair.b is not None]
    for label in (ALL, *values.labels):
        mine = [one for one in ours if label in (ALL, one.label)]
        other = [one for one in theirs if label in (ALL, one.label)]
        both = [(x, y) for x, y in partners if label == ALL or x.label == y.label == label]
        exact = [(x, y) for x, y in both if (x.start, x.end, x.label) == (y.start, y.end, y.label)]
        wrong = _keys(pairs, {x.id for x, _ in exact}, label)
        for measure, right in (("exact F1", exact), ("overlap F1", both)):
            counts = np.array([len(right), len(mine), len(other)], dtype=float)
            place = ("Entities", measure, label)
            tallies.add(place, _pair_f1, counts, units=len(mine) + len(other) - len(right), items=wrong)
        _unitizing(tallies, label, mine, other, values, length)
    same_span = [(x.label, y.label) for x, y in partners if (x.start, x.end) == (y.start, y.end)]
    items = [key_of(x, y) for x, y in partners if (x.start, x.end) == (y.start, y.end) and x.label != y.label]
    counts = measures.table(same_span, values.labels)
    left = len(pairs) - len(same_span)
    for measure, of in (("kappa", measures.cohen_kappa), ("alpha", measures.alpha_of_two)):
        place = ("Labels of the same span", measure, ALL)
        tallies.add(place, of, counts, units=len(same_span), excluded=left, items=items)


def _unitizing(
    tallies: _Tallies, label: str, mine: Sequence[Entity], other: Sequence[Entity], values: _Values, length: int
) -> None:
    wanted = values.labels if label == ALL else [label]
    coders = [[(one.start, one.end, one.label) for one in side] for side in (mine, other)]
    found = Continuum(coders, length, wanted)
    counts = np.vstack([found.shared, found.squares])
    tallies.add(("Entities", "u-alpha", label), _u_alpha, counts, units=len(mine) + len(other))


def _u_alpha(counts: Counts) -> float | None:
    return measures.u_alpha(counts[:-1], counts[-1])


def _keys(pairs: Sequence[Pair[Entity]], right: set[str], label: str) -> list[str]:
    return [
        key_of(pair.a, pair.b)
        for pair in pairs
        if not (pair.a and pair.a.id in right)
        and (label == ALL or label in {one.label for one in (pair.a, pair.b) if one is not None})
    ]


def _quotes(tallies: _Tallies, ours: Sequence[Quote], theirs: Sequence[Quote], values: _Values) -> None:
    pairs = align_quotes(ours, theirs)
    partners = [(pair.a, pair.b) for pair in pairs if pair.a is not None and pair.b is not None]
    alone = len(pairs) - len(partners)
    both = np.array([len(partners), len(ours), len(theirs)], dtype=float)
    exact = [(x, y) for x, y in partners if _same(x.content, y.content)]
    missed = [key_of(pair.a, pair.b) for pair in pairs if pair.a is None or pair.b is None]
    other = [key_of(x, y) for x, y in partners if not _same(x.content, y.content)]
    right = np.array([len(exact), len(ours), len(theirs)], dtype=float)
    tallies.add(("Quotes, content", "exact F1", ALL), _pair_f1, right, units=len(pairs), items=[*other, *missed])
    tallies.add(("Quotes, content", "overlap F1", ALL), _pair_f1, both, units=len(pairs), items=missed)
    for part, pieces in (("source", _source), ("cue", _cue)):
        _part(tallies, part, partners, pieces, alone)
    _speakers(tallies, partners, values, alone)
    forms = [(x.form, y.form) for x, y in partners]
    wrong = [key_of(x, y) for x, y in partners if x.form != y.form]
    counts = measures.table(forms, values.forms)
    tallies.add(
        ("Quotes, form", "kappa", ALL), measures.cohen_kappa, counts, units=len(partners), excluded=alone, items=wrong
    )


def _speakers(tallies: _Tallies, partners: Sequence[tuple[Quote, Quote]], values: _Values, alone: int) -> None:
    """Who has linked no speaker has said nothing: such pairs are left out, as alpha leaves out missing values."""
    said = [(x, y) for x, y in partners if x.speaker and y.speaker]
    speakers = [(values.names.actor(x.speaker), values.names.actor(y.speaker)) for x, y in said]
    tallies.add(
        ("Quotes, speaker", "alpha", ALL),
        measures.alpha_of_shares,
        measures.shares(speakers, values.speakers),
        units=len(said),
        excluded=alone + len(partners) - len(said),
        items=[key_of(x, y) for (x, y), (one, two) in zip(said, speakers, strict=True) if one != two],
    )


def _part(
    tallies: _Tallies,
    part: str,
    partners: Sequence[tuple[Quote, Quote]],
    pieces: Callable[[Quote], Passages],
    alone: int,
) -> None:
    """Exact and overlap F1 of the sources or cues of partners, where either has one."""
    marked = [(x, y) for x, y in partners if pieces(x) or pieces(y)]
    ours, theirs = (sum(bool(pieces(pair[side])) for pair in marked) for side in (0, 1))
    exact = [(x, y) for x, y in marked if _same(pieces(x), pieces(y))]
    near = [(x, y) for x, y in marked if _overlap(pieces(x), pieces(y))]
    for measure, right in (("exact F1", exact), ("overlap F1", near)):
        items = [key_of(x, y) for x, y in marked if (x, y) not in right]
        counts = np.array([len(right), ours, theirs], dtype=float)
        tallies.add((f"Quotes, {part}", measure, ALL), _pair_f1, counts, units=len(marked), excluded=alone, items=items)


def _source(one: Quote) -> Passages:
    return one.source


def _cue(one: Quote) -> Passages:
    return (one.cue,) if one.cue else ()


def _same(ours: Passages, theirs: Passages) -> bool:
    return sorted(piece.span for piece in ours) == sorted(piece.span for piece in theirs)


def _overlap(ours: Passages, theirs: Passages) -> bool:
    return any(one.span.overlaps(other.span) for one in ours for other in theirs)


def _stances(
    tallies: _Tallies,
    ours: Sequence[Stance],
    theirs: Sequence[Stance],
    values: _Values,
    positions: defaultdict[tuple[str, str], int],
) -> None:
    names = values.names
    pairs = align_stances(ours, theirs, names)
    found = [
        (pair.a, pair.b)
        for pair in pairs
        if pair.a is not None
        and pair.b is not None
        and names.actor(pair.a.holder) == names.actor(pair.b.holder)
        and names.target(pair.a.target) == names.target(pair.b.target)
    ]
    right = np.array([len(found), len(ours), len(theirs)], dtype=float)
    taken = {x.id for x, _ in found}
    missed = [key_of(pair.a, pair.b) for pair in pairs if not (pair.a and pair.a.id in taken)]
    tallies.add(("Stances found by both", "F1", ALL), _pair_f1, right, units=len(pairs), items=missed)
    said = [(x.position or "none", y.position or "none") for x, y in found]
    for pair_of in said:
        positions[pair_of] += 1
    wrong = [key_of(x, y) for x, y in found if x.position != y.position]
    counts = measures.table(said, values.positions)
    tallies.add(
        ("Stances, position", "alpha", ALL),
        measures.alpha_of_two,
        counts,
        units=len(found),
        excluded=len(pairs) - len(found),
        items=wrong,
    )


def methods(found: Agreement, *, a: str = "A", b: str = "B") -> str:
    """A paragraph for a methods section: what was measured, on how much, and how."""
    shown = [one for one in found.figures if one.label == ALL]
    done = "finished" if found.is_finished else "begun (unfinished work counts as difference)"
    told = "; ".join(f"{one.title} {_told(one)}" for one in shown)
    return (
        f"Agreement of {a} and {b} was measured over {found.articles} articles that both had {done}, pooled over"
        f" articles, with 95 % bootstrap intervals over articles (1,000 draws). {told}. Entities and quotes were paired"
        " by maximum-weight matching (quotes from an intersection over union of 0.5 on), stances by holder, target and"
        f" overlapping evidence. Computed by Annotator {__version__}."
    )


def _told(one: Figure) -> str:
    if one.value is None:
        return "not defined"
    limits = f" [{one.low:.2f}, {one.high:.2f}]" if one.low is not None and one.high is not None else ""
    left = f", {one.excluded} excluded" if one.excluded else ""
    return f"{one.value:.2f}{limits} (n = {one.units}{left})"


def write_csv(found: Agreement, out: Path, *, a: str, b: str) -> None:
    """Write all figures as a table (RFC 4180); the layers go by these names.

    Raises:
        AnnotatorError: the file cannot be written.
    """
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(
                ["layers", "what", "measure", "label", "value", "low", "high", "units", "excluded", "articles"]
            )
            layers = _safe(f"{a} / {b}")
            for one in found.figures:
                numbers = [one.value, one.low, one.high, one.units, one.excluded, found.articles]
                shown = ["" if number is None else number for number in numbers]
                rows.writerow([layers, one.what, one.measure, _safe(one.label), *shown])
        partial.replace(out)
    except OSError as error:
        raise AnnotatorError(
            f"{out} cannot be written ({error.strerror}).", hint="Choose a folder that you can write to."
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
