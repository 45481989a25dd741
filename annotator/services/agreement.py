"""Agreement of two layers: measures with intervals, how many units they rest on, and the items behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import msgspec
import numpy as np

from annotator.domain import measures
from annotator.domain.alignment import Names, Pair, align_entities, align_quotes, align_stances
from annotator.domain.differences import key_of
from annotator.domain.measures import Continuum, Counts
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Annotation, Entity, Quote, Stance
from annotator.domain.spans import Passages
from annotator.services import reviewing
from annotator.services.figures import ALL, Figure, Tallies, pair_f1, u_alpha
from annotator.store import articles, deciding
from annotator.store.project import Project

# Measures of two people's choices: the usual one, and two that take chance otherwise.
_OF_TWO: tuple[tuple[str, Callable[[Counts], float | None]], ...] = (
    ("kappa", measures.cohen_kappa),
    ("pi", measures.scott_pi),
    ("AC1", measures.gwet_ac1),
)


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of layers over the articles that all have finished, or else have worked on (`is_finished`)."""

    layers: tuple[str, ...]
    articles: int
    figures: tuple[Figure, ...]
    confusion: tuple[tuple[str, str, int], ...] = ()
    is_finished: bool = True


def agreement(project: Project, a: str, b: str) -> Job[Agreement]:
    """A job that measures how far two authors agree, pooled over the articles that both have marked as done.

    Where they have finished none in common, those count that both have worked on: then what one has not come to yet
    counts as a difference, and `is_finished` says so.
    """
    ids, is_finished, layers = yield from read(project, (a, b))
    values = Values(layers, reviewing.names_of(project))
    tallies = Tallies()
    positions: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, (article, (ours, theirs)) in enumerate(zip(ids, layers, strict=True)):
        yield Progress(number, len(ids), "Comparing")
        tallies.article = article
        compare(tallies, ours, theirs, values, len(articles.text_of(project.conn, article)), positions)
    figures = yield from tallies.figures()
    confusion = tuple((one, other, count) for (one, other), count in sorted(positions.items()))
    return Agreement(layers=(a, b), articles=len(ids), figures=figures, confusion=confusion, is_finished=is_finished)


def read(project: Project, authors: Sequence[str]) -> Job[tuple[list[str], bool, list[list[list[Annotation]]]]]:
    """A job that gives the articles that all have, whether all have finished them, and by article what each marked."""
    people = [one for one in authors if one != reviewing.GOLD]
    ids = deciding.finished_by_all(project.conn, people)
    is_finished = bool(ids)
    ids = ids or deciding.marked_by_all(project.conn, people)
    if len(people) < len(authors):
        decided = reviewing.in_gold(project)
        ids = [one for one in ids if one in decided]
    layers: list[list[list[Annotation]]] = []
    for number, article in enumerate(ids):
        yield Progress(number, len(ids), "Reading")
        layers.append([reviewing.marked_by(project, author, article) for author in authors])
    return ids, is_finished, layers


def compare(
    tallies: Tallies,
    ours: Sequence[Annotation],
    theirs: Sequence[Annotation],
    values: Values,
    length: int,
    positions: defaultdict[tuple[str, str], int],
) -> None:
    """Count all measures of what two layers have in one article of that length."""
    _entities(tallies, of_kind(ours, Entity), of_kind(theirs, Entity), values, length)
    _quotes(tallies, of_kind(ours, Quote), of_kind(theirs, Quote), values)
    _stances(tallies, submitted(ours), submitted(theirs), values, positions)


class Values:
    """All values that stand anywhere, so that the tables of all articles have the same rows."""

    def __init__(self, layers: Sequence[Sequence[Sequence[Annotation]]], names: Names) -> None:
        records = [one for article in layers for side in article for one in side]
        self.names = names
        self.labels = sorted({one.label for one in records if isinstance(one, Entity)})
        self.forms = ("direct", "mixed", "indirect")
        speakers: set[Hashable] = {names.actor(one.speaker) for one in records if isinstance(one, Quote)}
        self.speakers = sorted(speakers, key=str)
        self.positions = sorted({one.position or "none" for one in records if isinstance(one, Stance)})


def of_kind(records: Sequence[Annotation], kind: type[Entity] | type[Quote]) -> list:  # type: ignore[type-arg]
    """The records of one kind."""
    return [one for one in records if isinstance(one, kind)]


def submitted(records: Sequence[Annotation]) -> list[Stance]:
    """The stances that are no drafts."""
    return [one for one in records if isinstance(one, Stance) and one.is_submitted]


def _entities(tallies: Tallies, ours: Sequence[Entity], theirs: Sequence[Entity], values: Values, length: int) -> None:
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
            tallies.add(place, pair_f1, counts, units=len(mine) + len(other) - len(right), items=wrong)
        _unitizing(tallies, label, mine, other, values, length)
    same_span = [(x.label, y.label) for x, y in partners if (x.start, x.end) == (y.start, y.end)]
    items = [key_of(x, y) for x, y in partners if (x.start, x.end) == (y.start, y.end) and x.label != y.label]
    counts = measures.table(same_span, values.labels)
    left = len(pairs) - len(same_span)
    for measure, of in (*_OF_TWO, ("alpha", measures.alpha_of_two)):
        place = ("Labels of the same span", measure, ALL)
        tallies.add(place, of, counts, units=len(same_span), excluded=left, items=items)


def _unitizing(
    tallies: Tallies, label: str, mine: Sequence[Entity], other: Sequence[Entity], values: Values, length: int
) -> None:
    wanted = values.labels if label == ALL else [label]
    coders = [[(one.start, one.end, one.label) for one in side] for side in (mine, other)]
    found = Continuum(coders, length, wanted)
    counts = np.vstack([found.shared, found.squares])
    tallies.add(("Entities", "u-alpha", label), u_alpha, counts, units=len(mine) + len(other))


def _keys(pairs: Sequence[Pair[Entity]], right: set[str], label: str) -> list[str]:
    return [
        key_of(pair.a, pair.b)
        for pair in pairs
        if not (pair.a and pair.a.id in right)
        and (label == ALL or label in {one.label for one in (pair.a, pair.b) if one is not None})
    ]


def _quotes(tallies: Tallies, ours: Sequence[Quote], theirs: Sequence[Quote], values: Values) -> None:
    pairs = align_quotes(ours, theirs)
    partners = [(pair.a, pair.b) for pair in pairs if pair.a is not None and pair.b is not None]
    alone = len(pairs) - len(partners)
    both = np.array([len(partners), len(ours), len(theirs)], dtype=float)
    exact = [(x, y) for x, y in partners if _same(x.content, y.content)]
    missed = [key_of(pair.a, pair.b) for pair in pairs if pair.a is None or pair.b is None]
    other = [key_of(x, y) for x, y in partners if not _same(x.content, y.content)]
    right = np.array([len(exact), len(ours), len(theirs)], dtype=float)
    tallies.add(("Quotes, content", "exact F1", ALL), pair_f1, right, units=len(pairs), items=[*other, *missed])
    tallies.add(("Quotes, content", "overlap F1", ALL), pair_f1, both, units=len(pairs), items=missed)
    for part, pieces in (("source", _source), ("cue", _cue)):
        _part(tallies, part, partners, pieces, alone)
    _speakers(tallies, partners, values, alone)
    forms = [(x.form, y.form) for x, y in partners]
    wrong = [key_of(x, y) for x, y in partners if x.form != y.form]
    counts = measures.table(forms, values.forms)
    for measure, of in _OF_TWO:
        tallies.add(("Quotes, form", measure, ALL), of, counts, units=len(partners), excluded=alone, items=wrong)


def _speakers(tallies: Tallies, partners: Sequence[tuple[Quote, Quote]], values: Values, alone: int) -> None:
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
    tallies: Tallies,
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
        tallies.add((f"Quotes, {part}", measure, ALL), pair_f1, counts, units=len(marked), excluded=alone, items=items)


def _source(one: Quote) -> Passages:
    return one.source


def _cue(one: Quote) -> Passages:
    return (one.cue,) if one.cue else ()


def _same(ours: Passages, theirs: Passages) -> bool:
    return sorted(piece.span for piece in ours) == sorted(piece.span for piece in theirs)


def _overlap(ours: Passages, theirs: Passages) -> bool:
    return any(one.span.overlaps(other.span) for one in ours for other in theirs)


def stance_partners(pairs: Sequence[Pair[Stance]], names: Names) -> list[tuple[Stance, Stance]]:
    """The pairs of the same holder and target, whose positions can be compared."""
    return [
        (pair.a, pair.b)
        for pair in pairs
        if pair.a is not None
        and pair.b is not None
        and names.actor(pair.a.holder) == names.actor(pair.b.holder)
        and names.target(pair.a.target) == names.target(pair.b.target)
    ]


def _stances(
    tallies: Tallies,
    ours: Sequence[Stance],
    theirs: Sequence[Stance],
    values: Values,
    positions: defaultdict[tuple[str, str], int],
) -> None:
    names = values.names
    pairs = align_stances(ours, theirs, names)
    found = stance_partners(pairs, names)
    right = np.array([len(found), len(ours), len(theirs)], dtype=float)
    taken = {x.id for x, _ in found}
    missed = [key_of(pair.a, pair.b) for pair in pairs if not (pair.a and pair.a.id in taken)]
    tallies.add(("Stances found by both", "F1", ALL), pair_f1, right, units=len(pairs), items=missed)
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
