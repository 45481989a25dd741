"""What a trained pipeline's card says in words, for the terminal and the window."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.suggest.learning.card import Comparison, Curve, PipelineCard
from annotator.suggest.tagging.scoring import Scores

# Of fewer articles than that a difference of some points is mostly chance, and the interval is too narrow.
FEW_ARTICLES = 30


def card_lines(card: PipelineCard) -> Iterator[str]:
    """The card as lines: what was learnt, the comparison label by label, and the curve."""
    yield (
        f"Trained “{card.name}” from {card.base} on {card.entities:,} entities in {card.articles:,} articles;"
        f" {card.development:,} more chose its best state (step {card.steps:,})."
    )
    yield from table(card.held_out)
    yield verdict(card.held_out)
    if not card.steps:
        yield "Nothing that it learnt was better on those articles than what it began with: it is as it was."
    if card.curve is not None:
        for point in card.curve.points:
            yield f"{point.articles:>8,} articles  F1 {point.f1:.1%}"
        yield outlook(card.curve)


def table(compared: Comparison) -> Iterator[str]:
    """A line for each label, and one for all: how many there are, precision, recall and F1 before and after."""
    yield f"{'':16} {'there':>6}  {compared.current[:24] + ', P / R / F1':>38}  {'new, P / R / F1':>24}"
    for one in compared.labels:
        yield f"{one.label[:16]:16} {one.before.there:>6,}  {prf(one.before):>38}  {prf(one.after):>24}"
    yield f"{'all':16} {compared.before.there:>6,}  {prf(compared.before):>38}  {prf(compared.after):>24}"


def prf(scores: Scores) -> str:
    """Precision, recall and F1; a dash for what is not defined."""
    precision = f"{scores.precision:.0%}" if scores.found else "–"
    recall = f"{scores.recall:.0%}" if scores.there else "–"
    return f"{precision} / {recall} / {f'{scores.f1:.1%}' if scores.there + scores.found else '–'}"


def verdict(compared: Comparison) -> str:
    """What the comparison says, and how far it is to be trusted."""
    noun = "article" if compared.articles == 1 else "articles"
    told = (
        f"On {compared.articles:,} {noun} kept apart the F1 goes from {compared.before.f1:.1%} to"
        f" {compared.after.f1:.1%} ({points(compared.gain)} points"
    )
    if compared.low is None or compared.high is None:
        return f"{told}). One article says next to nothing."
    told += f"; 95 % interval {points(compared.low)} to {points(compared.high)})."
    if compared.articles < FEW_ARTICLES:
        told += f" Fewer than {FEW_ARTICLES} articles are too few to trust the interval."
    elif not compared.is_clear:
        told += " That may be chance."
    return told


def outlook(curve: Curve) -> str:
    """Whether more articles would help, as far as the curve can say."""
    if curve.gain is None or curve.low is None or curve.high is None:
        return (
            "These scores do not say what more articles would add: they are too few, or do not rise with the articles."
        )
    return (
        f"The next {curve.more:,} articles would likely add about {points(curve.gain)} points of F1 (95 % interval"
        f" {points(curve.low)} to {points(curve.high)}; training again would add chance of its own)."
    )


def points(share: float) -> str:
    """A difference of shares in points, with its sign."""
    return f"{share * 100:+.1f}"
