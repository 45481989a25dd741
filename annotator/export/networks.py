"""The networks of a debate: who stands where on what, and who agrees or disagrees with whom. Pure functions.

After Leifeld, P. (2017): Discourse Network Analysis: Policy Debates as Dynamic Networks, in: The Oxford Handbook of
Political Networks, and as Discourse Network Analyzer 3 computes them (`Exporter.java`): the qualifier is binary, and
duplicates are ignored within a document. A document is a story here: all articles that tell it in nearly the same
words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from annotator.export.readable import What, Who
from annotator.export.statements import Statement

SIDES = ("support", "oppose")


@dataclass(slots=True)
class Tie:
    """What one actor has said on one target. `stories` counts by position the stories in which it is said."""

    stories: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    days: set[str] = field(default_factory=set)

    @property
    def weight(self) -> int:
        return self.stories["support"] - self.stories["oppose"]

    @property
    def sided(self) -> int:
        return self.stories["support"] + self.stories["oppose"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two actors have in common, on how many `targets`; `average` is the weight divided by their activity."""

    weight: int
    average: float
    targets: int


Ties = dict[tuple[str, str], Tie]


@dataclass(frozen=True, slots=True)
class Network:
    """All ties by actor and target, and who and what these are, by key."""

    actors: dict[str, Who]
    targets: dict[str, What]
    ties: Ties


def network_of(statements: Iterable[Statement], story_of: Mapping[str, str]) -> Network:
    """The network of actors and targets; what a story says again of the same holder and position counts once."""
    actors: dict[str, Who] = {}
    targets: dict[str, What] = {}
    ties: Ties = {}
    seen: set[tuple[str, str, str, str]] = set()
    for one in statements:
        holder, target = one.holder.key, one.target.key
        actors.setdefault(holder, one.holder)
        targets.setdefault(target, one.target)
        tie = ties.setdefault((holder, target), Tie())
        tie.statements += 1
        if one.day:
            tie.days.add(one.day)
        story = (holder, target, one.position, story_of[one.article])
        if story not in seen:
            seen.add(story)
            tie.stories[one.position] += 1
    return Network(dict(sorted(actors.items())), dict(sorted(targets.items())), dict(sorted(ties.items())))


def congruence(network: Network) -> dict[tuple[str, str], Likeness]:
    """How often each two actors say the same: over targets and sides, the sum of the products of their counts."""
    return _likeness(network, lambda ours, theirs: sum(ours.stories[side] * theirs.stories[side] for side in SIDES))


def conflict(network: Network) -> dict[tuple[str, str], Likeness]:
    """How often each two actors say the contrary: over targets, the sum of the products of their opposite counts."""
    return _likeness(
        network,
        lambda ours, theirs: (
            ours.stories["support"] * theirs.stories["oppose"] + ours.stories["oppose"] * theirs.stories["support"]
        ),
    )


def _likeness(network: Network, product: Callable[[Tie, Tie], int]) -> dict[tuple[str, str], Likeness]:
    """All pairs that have any, by key; `average` divides by the mean of how often the two take a side at all."""
    activity: Counter[str] = Counter()
    by_target: dict[str, list[str]] = {}
    for (actor, target), tie in network.ties.items():
        if tie.sided:
            activity[actor] += tie.sided
            by_target.setdefault(target, []).append(actor)
    weights: Counter[tuple[str, str]] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for target, actors in by_target.items():
        for pair in combinations(actors, 2):
            ours, theirs = (network.ties[actor, target] for actor in pair)
            weights[pair] += product(ours, theirs)
            shared[pair] += product(ours, theirs) > 0
    return {
        pair: Likeness(weight, 2 * weight / (activity[pair[0]] + activity[pair[1]]), shared[pair])
        for pair, weight in sorted(weights.items())
        if weight
    }
