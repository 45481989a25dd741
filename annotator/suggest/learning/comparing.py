"""How two pipelines come out on the same articles, label by label, with an interval of the difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from annotator.domain import measures
from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import EntityDraft, Suggestion
from annotator.domain.measures import Counts
from annotator.domain.sureness import sure_ones
from annotator.suggest.learning.card import Comparison, LabelScores
from annotator.suggest.tagging.scoring import Scores

Found = set[tuple[int, int, str]]


def shown(suggestions: Iterable[Suggestion]) -> Found:
    """The entities that the window shows of suggestions, at the step “balanced”."""
    drafts = [one.draft for one in sure_ones(suggestions, "balanced")]
    return {(one.start, one.end, one.label) for one in drafts if isinstance(one, EntityDraft)}


def labelled(article: LabelledArticle) -> Found:
    """The entities that are there."""
    return {(one.start, one.end, one.label) for one in article.entities}


def scores_of(articles: Sequence[LabelledArticle], found: Sequence[Found], labels: Iterable[str]) -> dict[str, Scores]:
    """The scores of what was found in articles, by label."""
    result = {}
    for label in sorted(labels):
        there = theirs = right = 0
        for article, names in zip(articles, found, strict=True):
            mine = {one for one in labelled(article) if one[2] == label}
            ours = {one for one in names if one[2] == label}
            there, theirs, right = there + len(mine), theirs + len(ours), right + len(mine & ours)
        result[label] = Scores(there, theirs, right)
    return result


def total(scores: Iterable[Scores]) -> Scores:
    """The scores taken together."""
    listed = list(scores)
    return Scores(sum(one.there for one in listed), sum(one.found for one in listed), sum(one.right for one in listed))


def counts_of(articles: Sequence[LabelledArticle], found: Sequence[Found], labels: frozenset[str]) -> list[Counts]:
    """For each article what is right, what is there and what was found: what `f1_of` takes, pooled."""
    result = []
    for article, names in zip(articles, found, strict=True):
        mine, ours = labelled(article), {one for one in names if one[2] in labels}
        result.append(np.array([len(mine & ours), len(mine), len(ours)], dtype=float))
    return result


def f1_of(counts: Counts) -> float:
    """The F1 of pooled counts, 0 where there is nothing."""
    return float(measures.f1(*counts) or 0.0)


def compared(
    current: str,
    articles: Sequence[LabelledArticle],
    before: Sequence[Found],
    after: Sequence[Found],
    labels: frozenset[str],
) -> Comparison:
    """Two readings of the same articles side by side; the interval is paired: each draw takes an article with both."""
    old, new = scores_of(articles, before, labels), scores_of(articles, after, labels)
    both = [
        np.concatenate(pair)
        for pair in zip(counts_of(articles, before, labels), counts_of(articles, after, labels), strict=True)
    ]
    limits = measures.interval(both, lambda counts: f1_of(counts[3:]) - f1_of(counts[:3]))
    return Comparison(
        current=current,
        articles=len(articles),
        labels=tuple(LabelScores(label=one, before=old[one], after=new[one]) for one in sorted(labels)),
        before=total(old.values()),
        after=total(new.values()),
        low=round(limits[0], 4) if limits else None,
        high=round(limits[1], 4) if limits else None,
    )
