"""The labelled data that suggestions are measured on: read from where it lies, or where to get it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.exchange import ArticleLine
from annotator.domain.spans import Span
from annotator.ingest.jsonl import read_lines
from annotator.ingest.standoff import is_standoff, read_standoff

_ROOT = Path(__file__).resolve().parents[2]
GUM = _ROOT / "benchmarks" / "data" / "gum"
OUR_CORPUS = _ROOT / "corpus" / "test.jsonl"

POLNEAR_HINT = (
    "not here: get github.com/networkdynamics/PolNeAR (it states no licence: for measuring only), then"
    " `make bench-suggest POLNEAR=…/data/dev`"
)
CROSSNER_HINT = (
    "not here: get github.com/zliucr/CrossNER (MIT), then `make bench-suggest CROSSNER=…/ner_data/politics/dev.txt`"
)
PAIRS_HINT = (
    "not here: get github.com/bywords/directed_sentiment_analysis (it states no licence: for measuring only), then"
    " `make bench-suggest PAIRS=…/test.txt`"
)

TAGGER_HINT = (
    "not here: train one (docs/training-quotes.md), then `python -m benchmarks.suggest_quality tagged --tagger FOLDER`"
)


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Where data lies that is not in the repository."""

    polnear: Path | None = None
    crossner: Path | None = None
    pairs: Path | None = None
    tagger: Path | None = None


class _Quote(msgspec.Struct, frozen=True):
    content: list[tuple[int, int]]
    source: list[tuple[int, int]] = []
    cue: list[tuple[int, int]] = []


class Record(msgspec.Struct, frozen=True):
    """A line of the files of quotes and names."""

    id: str
    text: str
    quotes: list[_Quote] = []
    entities: list[tuple[int, int, str]] = []


def records(file: Path) -> list[Record]:
    """The lines of such a file."""
    return [msgspec.json.decode(line, type=Record) for line in file.read_bytes().splitlines() if line.strip()]


def articles(place: Path) -> list[LabelledArticle]:
    """The labelled articles of a file of records, or of a folder of the PolNeAR kind."""
    return list(read_standoff(place)) if is_standoff(place) else [_article(one) for one in records(place)]


def our_articles(file: Path) -> list[LabelledArticle]:
    """The labelled articles of our own corpus, with their sections."""
    return [_of_line(line) for line in read_lines(file)]


def _article(record: Record) -> LabelledArticle:
    quotes = (
        LabelledQuote(content=_spans(one.content), source=_spans(one.source), cue=next(iter(_spans(one.cue)), None))
        for one in record.quotes
    )
    return LabelledArticle(id=record.id, text=record.text, quotes=tuple(quotes))


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _of_line(line: ArticleLine) -> LabelledArticle:
    # Quotes inside quotes are not proposed; they are counted all the same.
    quotes = (
        LabelledQuote(content=one.content, source=one.source, cue=one.cue, reported=one.reported) for one in line.quotes
    )
    return LabelledArticle(id=line.article.id, text=line.text, sections=line.sections, quotes=tuple(quotes))
