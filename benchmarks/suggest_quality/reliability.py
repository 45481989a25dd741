"""`python -m benchmarks.suggest_quality.reliability [CORPUS ...]`: how often suggested quotes of a score are right.

A calibrated score is the share of its suggestions that are right. For each tenth of the scale: how many quotes have
such a score, their mean score, and the share that is right, in full and in content alone. The last line is the expected
calibration error: the mean distance of score and share over all quotes.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import QuoteDraft
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles
from benchmarks.suggest_quality import data
from benchmarks.suggest_quality.quote_scorer import right_ones
from benchmarks.suggest_quality.quotes import as_labelled

_BINS = 10

Judged = tuple[float, bool, bool]
"""The score of a suggestion; whether it is right, and whether its content is."""


def judged(articles: Sequence[LabelledArticle]) -> Iterator[Judged]:
    """All suggested quotes of some articles, with their scores."""
    by_id = {one.id: one for one in articles}
    texts = [ArticleText(id=one.id, text=one.text, sections=one.sections) for one in articles]
    for name, suggestions in suggest_articles(load_pipeline(), texts):
        found = [(one.score, one.draft) for one in suggestions if isinstance(one.draft, QuoteDraft)]
        ours = [as_labelled(draft) for _, draft in found]
        article = by_id[name]
        full = right_ones(article.text, article.quotes, ours)
        content = right_ones(article.text, article.quotes, ours, with_source=False)
        for number, (score, _) in enumerate(found):
            yield score, number in full, number in content


def lines(found: Sequence[Judged]) -> list[str]:
    """The table in Markdown, and the expected calibration error."""
    bins: defaultdict[int, list[Judged]] = defaultdict(list)
    for one in found:
        bins[min(int(one[0] * _BINS), _BINS - 1)].append(one)
    made = ["| score | quotes | mean score | right | content right |", "| --- | ---: | ---: | ---: | ---: |"]
    error = 0.0
    for number, some in sorted(bins.items()):
        score, full, content = (sum(one[at] for one in some) / len(some) for at in range(3))
        error += abs(score - full) * len(some) / len(found)
        span = f"{number / _BINS:.1f}–{(number + 1) / _BINS:.1f}"
        made.append(f"| {span} | {len(some):,} | {score:.2f} | {full:.2f} | {content:.2f} |")
    return [*made, "", f"Expected calibration error: {error:.3f}."]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of each corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest_quality.reliability", description=__doc__)
    parser.add_argument("corpora", nargs="*", default=[str(data.OUR_CORPUS)], help="our jsonl, or a folder of PolNeAR")
    for place in map(Path, parser.parse_args(arguments).corpora):
        articles = data.our_articles(place) if place.suffix == ".jsonl" else data.articles(place)
        print(f"{place.name}\n", *lines(list(judged(articles))), "", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
