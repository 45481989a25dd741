"""The suite of a trained tagger: what rules and tagger find together, on PolNeAR and on our own corpus."""

from __future__ import annotations

from annotator.suggest.tagging.tagger import load_tagger
from benchmarks.suggest_quality import data
from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.quotes import rows_of, scored
from benchmarks.suggest_quality.table import Row


def rows(places: Places) -> list[Row]:
    """Full F1 and its parts. GUM is left out: most of it is in the corpus that we train on."""
    if places.tagger is None:
        return [Row(what="quotes, with a tagger", data="", licence="", note=data.TAGGER_HINT)]
    tagger = load_tagger(places.tagger)
    way = f"{{}}, rules and {tagger.card.name}"
    found = []
    if places.polnear is not None:
        scorer = scored(data.articles(places.polnear), tagger=tagger)
        found += rows_of(way.format("PolNeAR dev"), "none stated", scorer, {"full": 66.0})
    if data.OUR_CORPUS.exists():
        scorer = scored(data.our_articles(data.OUR_CORPUS), with_nested=True, tagger=tagger)
        found += rows_of(way.format("our corpus, test"), "MIT, CC BY", scorer, {})
    return found
