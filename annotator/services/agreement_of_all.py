"""Agreement of more than two layers at once, and of each two of them.

F1 is that of all pairs of layers, counted together; alpha (Krippendorff 2011) and u-alpha (2016) are those of all
coders. Kappa is a measure of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations

import msgspec
import numpy as np

from annotator.domain import differences, measures
from annotator.domain.alignment import Pair, align_quotes, align_stances, grouped
from annotator.domain.differences import Difference, Kind, What
from annotator.domain.measures import Continuum
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Annotation, Entity, Quote, Stance
from annotator.services import agreement, reviewing
from annotator.services.agreement import Agreement, Values, of_kind, submitted
from annotator.services.figures import ALL, Figure, Tallies, pair_f1, u_alpha
from annotator.store import articles
from annotator.store.project import Project


class AgreementOfAll(msgspec.Struct, frozen=True, kw_only=True):
    """All layers `together`, over the articles that all have, and each two over those that both have."""

    together: Agreement
    pairs: tuple[Agreement, ...]


def agreement_of_all(project: Project, authors: Sequence[str]) -> Job[AgreementOfAll]:
    """A job that measures how far three or more authors agree; which articles count is as in `agreement`."""
    pairs: list[Agreement] = []
    for a, b in combinations(authors, 2):
        pairs.append((yield from agreement.agreement(project, a, b)))
    ids, is_finished, layers = yield from agreement.read(project, authors)
    values = Values(layers, reviewing.names_of(project))
    of_pairs, of_all = Tallies(), Tallies()
    differing: list[Difference] = []
    for number, (article, sides) in enumerate(zip(ids, layers, strict=True)):
        yield Progress(number, len(ids), "Comparing all")
        of_pairs.article = of_all.article = article
        length = len(articles.text_of(project.conn, article))
        for ours, theirs in combinations(sides, 2):
            agreement.compare(of_pairs, ours, theirs, values, length, defaultdict(int))
        _entities(of_all, [of_kind(one, Entity) for one in sides], values, length)
        _quotes(of_all, [of_kind(one, Quote) for one in sides], values)
        _stances(of_all, sides, values)
        # So many layers stand side by side in a review; of more there are no cases.
        if len(sides) <= reviewing.MOST_LAYERS:
            differing += differences.compare(article, sides, values.names).differences
    of_pairs.keep(pair_f1)
    of_two = yield from of_pairs.figures()
    figures = [*of_two, *(yield from of_all.figures())]
    shown = tuple(msgspec.structs.replace(one, items=_behind(one, differing)) for one in figures)
    found = Agreement(layers=tuple(authors), articles=len(ids), figures=shown, is_finished=is_finished)
    return AgreementOfAll(together=found, pairs=tuple(pairs))


def _behind(figure: Figure, differing: Sequence[Difference]) -> tuple[str, ...]:
    """The cases of all layers that a figure is about, by what they differ in."""
    what, kinds = _CASES[figure.what]
    if figure.measure == "overlap F1" and "missing" in kinds:
        kinds = ("missing",)
    return tuple(
        one.key
        for one in differing
        if one.what == what
        and set(kinds) & set(one.kinds)
        and (figure.label == ALL or figure.label in {each.label for each in one.records if isinstance(each, Entity)})
    )


_CASES: dict[str, tuple[What, tuple[Kind, ...]]] = {
    "Entities": ("entity", ("missing", "boundary", "label")),
    "Labels of the same span": ("entity", ("label",)),
    "Quotes, content": ("quote", ("missing", "boundary")),
    "Quotes, source": ("quote", ("source",)),
    "Quotes, cue": ("quote", ("cue",)),
    "Quotes, speaker": ("quote", ("speaker",)),
    "Quotes, form": ("quote", ("form",)),
    "Stances found by both": ("stance", ("missing", "holder", "target")),
    "Stances, position": ("stance", ("position",)),
}


def _entities(tallies: Tallies, sides: Sequence[Sequence[Entity]], values: Values, length: int) -> None:
    for label in (ALL, *values.labels):
        wanted = [[one for one in side if label in (ALL, one.label)] for side in sides]
        coders = [[(one.start, one.end, one.label) for one in side] for side in wanted]
        found = Continuum(coders, length, values.labels if label == ALL else [label])
        counts = np.vstack([found.shared, found.squares])
        tallies.add(("Entities", "u-alpha", label), u_alpha, counts, units=sum(map(len, wanted)))
    spans: defaultdict[tuple[int, int], list[Hashable]] = defaultdict(lambda: [None] * len(sides))
    for layer, side in enumerate(sides):
        for one in side:
            spans[one.start, one.end][layer] = one.label
    _alpha(tallies, "Labels of the same span", list(spans.values()), values.labels)


def _quotes(tallies: Tallies, sides: Sequence[Sequence[Quote]], values: Values) -> None:
    groups = grouped(sides, align_quotes)

    def speaker(one: Quote) -> Hashable:
        return values.names.actor(one.speaker) if one.speaker else None

    _alpha(tallies, "Quotes, speaker", _said(groups, speaker), values.speakers)
    _alpha(tallies, "Quotes, form", _said(groups, lambda one: one.form), values.forms)


def _stances(tallies: Tallies, sides: Sequence[Sequence[Annotation]], values: Values) -> None:
    names = values.names

    def align(a: Sequence[Stance], b: Sequence[Stance]) -> list[Pair[Stance]]:
        return [Pair(one, other) for one, other in agreement.stance_partners(align_stances(a, b, names), names)]

    groups = grouped([submitted(one) for one in sides], align)
    _alpha(tallies, "Stances, position", _said(groups, lambda one: one.position or "none"), values.positions)


def _said(groups: Sequence[Sequence[Entity | Quote | Stance | None]], value: Callable) -> list[list[Hashable]]:  # type: ignore[type-arg]
    return [[None if one is None else value(one) for one in group] for group in groups]


def _alpha(tallies: Tallies, what: str, units: Sequence[Sequence[Hashable]], values: Sequence[Hashable]) -> None:
    """Count alpha of units; those of which fewer than two coders said something are left out."""
    several = [unit for unit in units if sum(one is not None for one in unit) > 1]
    counts = measures.shares(several, values)
    left = len(units) - len(several)
    tallies.add((what, "alpha", ALL), measures.alpha_of_shares, counts, units=len(several), excluded=left)
