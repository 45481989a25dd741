"""`python -m benchmarks.suggest_quality.reliability [CORPUS ...]`: how often suggestions of a score are right.

A calibrated score is the share of its suggestions that are right. For each tenth of the scale: how many suggestions
have such a score, their mean score, and the share that is right. The last line is the expected calibration error: the
mean distance of score and share over all suggestions. Quotes count as in training (`tagging.scoring`); speakers are
the first guesses that name somebody; entities those of the classes that CrossNER has.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.corpus import LabelledArticle
from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.services.training import read_corpus
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles
from annotator.suggest.tagging.scoring import right_ones
from benchmarks.suggest_quality import data, entities, gold_speakers, speakers, stances

_BINS = 10

Judged = tuple[float, bool]
"""A score, and whether what has it is right."""


def quotes(articles: Sequence[LabelledArticle]) -> Iterator[Judged]:
    """The suggested quotes of some articles."""
    by_id = {one.id: one for one in articles}
    for name, suggestions in _suggested((one.id, one.text) for one in articles):
        found = [(one.score, one.draft) for one in suggestions if isinstance(one.draft, QuoteDraft)]
        right = right_ones(by_id[name], [draft for _, draft in found])
        yield from zip((score for score, _ in found), right, strict=True)


def names(sentences: Sequence[tuple[str, set[entities.Name]]]) -> Iterator[Judged]:
    """The suggested entities of sentences with marked names."""
    texts = ((str(number), text) for number, (text, _) in enumerate(sentences))
    for (_, suggestions), (_, marked) in zip(_suggested(texts), sentences, strict=True):
        for one in suggestions:
            draft = one.draft
            if isinstance(draft, EntityDraft) and (label := entities.class_of(draft.label)):
                yield one.score, (draft.start, draft.end, label) in marked


def guesses(articles: Iterable[gold_speakers.GoldArticle]) -> Iterator[Judged]:
    """The first guesses at the speakers of labelled quotes that name somebody."""
    for answer in speakers.answers(load_pipeline(), articles):
        if answer.kind != speakers.ANYWHERE and answer.names_somebody:
            yield answer.guesses[0].score, answer.is_right


def _suggested(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[Suggestion]]]:
    return suggest_articles(load_pipeline(), [ArticleText(id=name, text=text) for name, text in texts])


def lines(found: Sequence[Judged]) -> list[str]:
    """The table in Markdown, and the expected calibration error."""
    bins: defaultdict[int, list[Judged]] = defaultdict(list)
    for score, is_right in found:
        bins[min(int(score * _BINS), _BINS - 1)].append((score, is_right))
    made = ["| score | suggestions | mean score | right |", "| --- | ---: | ---: | ---: |"]
    error = 0.0
    for number, some in sorted(bins.items()):
        mean, share = (sum(column) / len(some) for column in zip(*some, strict=True))
        error += abs(mean - share) * len(some) / len(found)
        made.append(f"| {number / _BINS:.1f}–{(number + 1) / _BINS:.1f} | {len(some):,} | {mean:.2f} | {share:.2f} |")
    return [*made, "", f"Expected calibration error: {error:.3f}."]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of each corpus, of the speakers of ours and, with their data, of entities and stances."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggest_quality.reliability", description=__doc__)
    parser.add_argument("corpora", nargs="*", default=[str(data.OUR_CORPUS)], help="as `annotator train quotes` takes")
    parser.add_argument("--crossner", type=Path, help="the `dev.txt` of CrossNER's politics: its last 271 sentences")
    parser.add_argument("--pairs", type=Path, help="a file of sentences with directed pairs")
    chosen = parser.parse_args(arguments)
    for place in map(Path, chosen.corpora):
        _show(f"Quotes, {place.name}", quotes(list(read_corpus(place))))
    _show("Speakers that are named, our corpus, test", guesses(gold_speakers.of_corpus(data.OUR_CORPUS)))
    _show("Speakers that are named, GUM news", guesses(gold_speakers.of_gum("gum.news.dev.jsonl")))
    if chosen.crossner:
        held_out = list(entities.read_bio(chosen.crossner))[entities.FIRST_HELD_OUT :]
        _show("Entities, CrossNER politics dev, last 271", names(held_out))
    if chosen.pairs:
        _show("Stances, directed pairs", stances.judged(chosen.pairs))
    return 0


def _show(title: str, found: Iterable[Judged]) -> None:
    print(f"{title}\n", *lines(list(found)), "", sep="\n")


if __name__ == "__main__":
    sys.exit(main())
