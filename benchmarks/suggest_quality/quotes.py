"""The suite of quotes: what the rules find, on PolNeAR, on GUM and on our own corpus."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.drafts import QuoteDraft
from annotator.domain.nesting import is_within
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import load_pipeline, suggest_articles
from annotator.suggest.tagging.tagger import Tagger
from benchmarks.suggest_quality import data
from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.quote_scorer import KINDS, TYPES, QuoteScorer
from benchmarks.suggest_quality.table import Row

_GUM_LICENCE = "CC BY"
_POLNEAR_GOALS = {"full": 54.0, "full direct": 80.0, "regions": 97.0}


def rows(places: Places) -> list[Row]:
    """Full F1 and its parts; on GUM, which marks clauses only, without reported acts."""
    found = _polnear(places)
    for name, file, goal in (("GUM news dev", "gum.news.dev", 60.0), ("GUM interview", "gum.interview", 0.0)):
        scorer = scored(data.articles(data.GUM / f"{file}.jsonl"), with_acts=False)
        found += rows_of(f"{name}, without acts", _GUM_LICENCE, scorer, {"full": goal})
    if data.OUR_CORPUS.exists():
        scorer = scored(data.our_articles(data.OUR_CORPUS), with_nested=True)
        found += rows_of("our corpus, test", "MIT, CC BY", scorer, {})
    return found


def _polnear(places: Places) -> list[Row]:
    name, licence = "PolNeAR dev", "none stated"
    if places.polnear is None:
        return [Row(what="quotes", data=name, licence=licence, note=data.POLNEAR_HINT)]
    return rows_of(name, licence, scored(data.articles(places.polnear)), _POLNEAR_GOALS)


def rows_of(name: str, licence: str, scorer: QuoteScorer, goals: dict[str, float]) -> list[Row]:
    """The rows of a scorer: whole quotes, by form, and their parts."""
    kinds = ["full", *(f"full {kind}" for kind in TYPES), "content", "source", "regions"]
    kinds += [kind for kind in KINDS if scorer.figure(kind).labelled]
    return [
        Row(what=f"quotes, {kind}", data=name, licence=licence, figure=scorer.figure(kind), goal=goals.get(kind, 0.0))
        for kind in kinds
    ]


def scored(
    articles: Sequence[LabelledArticle],
    *,
    with_acts: bool = True,
    with_nested: bool = False,
    tagger: Tagger | None = None,
) -> QuoteScorer:
    """The scorer after all articles, by the rules or with a tagger beside them.

    Reported acts and quotes within quotes are left out where the corpus does not mark them.
    """
    by_id = {one.id: one for one in articles}
    texts = [ArticleText(id=one.id, text=one.text, sections=one.sections) for one in articles]
    scorer = QuoteScorer()
    for name, suggestions in suggest_articles(load_pipeline(), texts, tagger=tagger):
        drafts = [one.draft for one in suggestions if isinstance(one.draft, QuoteDraft)]
        if not with_nested:
            drafts = outermost(drafts)
        quotes = [_quote(one) for one in drafts if with_acts or one.reported == "speech"]
        scorer.add(by_id[name].text, by_id[name].quotes, quotes)
    return scorer


def outermost(drafts: Sequence[QuoteDraft]) -> list[QuoteDraft]:
    """The quotes that do not stand within what another one says."""
    return [one for one in drafts if not any(other is not one and is_within(one, other) for other in drafts)]


def _quote(draft: QuoteDraft) -> LabelledQuote:
    return LabelledQuote(
        content=tuple(one.span for one in draft.content),
        source=tuple(one.span for one in draft.source),
        cue=draft.cue.span if draft.cue else None,
        reported=draft.reported,
    )
