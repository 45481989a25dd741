"""`python -m benchmarks.suggest_quality.reliability [CORPUS ...]`: how often suggested quotes of a score are right.

A calibrated score is the share of its suggestions that are right, as training counts it (`tagging.scoring`). For each
tenth of the scale: how many quotes have such a score, their mean score, and the share that is right. The last line is
the expected calibration error: the mean distance of score and share over all quotes.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import QuoteDraft
from annotator.services.training import read_corpus
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles
from annotator.suggest.tagging.scoring import right_ones
from benchmarks.suggest_quality import data

_BINS = 10


def judged(articles: Sequence[LabelledArticle]) -> Iterator[tuple[float, bool]]:
    """The score of each suggested quote of some articles, and whether it is right."""
    by_id = {one.id: one for one in articles}
    texts = [ArticleText(id=one.id, text=one.text, sections=one.sections) for one in articles]
    for name, suggestions in suggest_articles(load_pipeline(), texts):
        found = [(one.score, one.draft) for one in suggestions if isinstance(one.draft, QuoteDraft)]
        right = right_ones(by_id[name], [draft for _, draft in found])
        yield from zip((score for score, _ in found), right, strict=True)


def lines(found: Sequence[tuple[float, bool]]) -> list[str]:
    """The table in Markdown, and the expected calibration error."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, is_right in found:
        bins[min(int(score * _BINS), _BINS - 1)].append((score, is_right))
    made = ["| score | quotes | mean score | right |", "| --- | ---: | ---: | ---: |"]
    error = 0.0
    for number, some in sorted(bins.items()):
        mean, share = (sum(column) / len(some) for column in zip(*some, strict=True))
        error += abs(mean - share) * len(some) / len(found)
        made.append(f"| {number / _BINS:.1f}–{(number + 1) / _BINS:.1f} | {len(some):,} | {mean:.2f} | {share:.2f} |")
    return [*made, "", f"Expected calibration error: {error:.3f}."]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of each corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest_quality.reliability", description=__doc__)
    parser.add_argument("corpora", nargs="*", default=[str(data.OUR_CORPUS)], help="as `annotator train quotes` takes")
    for place in map(Path, parser.parse_args(arguments).corpora):
        print(f"{place.name}\n", *lines(list(judged(list(read_corpus(place))))), "", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
