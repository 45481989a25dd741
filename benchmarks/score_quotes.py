"""`python -m benchmarks.score_quotes CORPUS ... [--tagger NAME]`: how many quotes come out right, and at what speed.

Quotes within quotes are left out of all ways, as taggers do not look for them.

A corpus is what `annotator train quotes` takes: a project, a jsonl export, a folder in the format of PolNeAR.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from annotator import paths
from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import QuoteDraft
from annotator.services.suggesting import DEFAULT_PIPELINE
from annotator.services.training import read_corpus
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline
from annotator.suggest.quotes import ScoredQuote, find_quotes
from annotator.suggest.reading import Part
from annotator.suggest.tagging.combining import combined, tagged_quotes
from annotator.suggest.tagging.jobs import parsed
from annotator.suggest.tagging.scoring import Scores, right_ones
from annotator.suggest.tagging.tagger import Tagger, load_tagger

Result = TypeVar("Result")
Find = Callable[[LabelledArticle, list[Part]], list[ScoredQuote]]


class Line(msgspec.Struct, frozen=True):
    """How good one way of finding quotes is, and how long it took, without the parse."""

    way: str
    scores: Scores
    cpu_s: float


def lines(articles: Iterable[LabelledArticle], tagger: Tagger | None) -> tuple[list[Line], float]:
    """A line for the rules and, with a tagger, for it alone and for both; and the CPU-seconds of the parse."""
    nlp = load_pipeline(DEFAULT_PIPELINE)
    ways = _ways(tagger)
    counts = {way: [0, 0, 0] for way in ways}
    spent = dict.fromkeys(ways, 0.0)
    parse_s = 0.0
    for article in articles:
        parts, seconds = _timed(lambda article=article: parsed(nlp, article))
        parse_s += seconds
        for way, find in ways.items():
            quotes, seconds = _timed(lambda find=find, article=article, parts=parts: find(article, parts))
            spent[way] += seconds
            drafts: list[QuoteDraft] = [quote.draft for quote in quotes]
            for at, more in enumerate((len(article.quotes), len(quotes), sum(right_ones(article, drafts)))):
                counts[way][at] += more
    return [Line(way, Scores(*counts[way]), spent[way]) for way in ways], parse_s


def _ways(tagger: Tagger | None) -> dict[str, Find]:
    ways: dict[str, Find] = {"rules": lambda article, parts: find_quotes(article.text, parts)}
    if tagger is not None:
        ways["tagger"] = lambda article, parts: _tagged(tagger, article, parts)
        ways["rules and tagger"] = lambda article, parts: _together(tagger, article, parts)
    return ways


def _tagged(tagger: Tagger, article: LabelledArticle, parts: list[Part]) -> list[ScoredQuote]:
    found = tagger.quotes(_text(article), parts, find_quotes(article.text, parts))
    return tagged_quotes(article.text, parts, found)


def _together(tagger: Tagger, article: LabelledArticle, parts: list[Part]) -> list[ScoredQuote]:
    rules = find_quotes(article.text, parts)
    return combined(article.text, parts, rules, tagger.quotes(_text(article), parts, rules), tagger.card.weighing)


def _text(article: LabelledArticle) -> ArticleText:
    return ArticleText(id=article.id, text=article.text, sections=article.sections)


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    before = time.process_time()
    return work(), time.process_time() - before


def main(arguments: Sequence[str] | None = None) -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score_quotes", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--tagger", metavar="NAME", help="a trained tagger: its name, or the path of its folder")
    chosen = parser.parse_args(arguments)
    tagger = load_tagger(paths.tagger_folder(chosen.tagger)) if chosen.tagger else None
    for corpus in chosen.corpora:
        found, parse_s = lines(read_corpus(corpus), tagger)
        print(f"{corpus.name}: {found[0].scores.there} quotes, {parse_s:.1f} CPU-s to parse")
        for line in found:
            scores = line.scores
            figures = f"P {scores.precision:6.1%}  R {scores.recall:6.1%}  F1 {scores.f1:6.1%}"
            print(f"  {line.way:16} {figures}  {line.cpu_s:.1f} CPU-s more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
