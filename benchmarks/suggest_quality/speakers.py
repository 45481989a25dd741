"""The suite of speakers: whom the sources of labelled quotes mean, on GUM and on our own corpus.

The quotes are given, so that nothing but the speaker is measured. Precision and recall are those of the first guesses
that are sure enough to be shown; the note says how often the first guess is right, sure or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.drafts import SURE_SPEAKER, QuoteDraft, SpeakerGuess
from annotator.suggest.pipeline import load_pipeline
from annotator.suggest.reading import Part, pieces
from annotator.suggest.sources import kind_of_source
from annotator.suggest.speakers import Resolver
from benchmarks.suggest_quality import data
from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.gold_speakers import KINDS, GoldArticle, Who, names_somebody, of_corpus, of_gum
from benchmarks.suggest_quality.table import Figure, Row

if TYPE_CHECKING:
    from spacy.language import Language

ANYWHERE = "he and she anywhere"


@dataclass(frozen=True)
class Answer:
    """The guesses at a source, and who it is."""

    article: str
    source: str
    kind: str
    who: Who
    guesses: tuple[SpeakerGuess, ...]

    @property
    def is_right(self) -> bool:
        """Whether the first guess is; no guess is right for somebody whom the article does not name."""
        return self.who.is_right(self.guesses[0]) if self.guesses else not self.who.is_named

    @property
    def is_among(self) -> bool:
        return any(self.who.is_right(one) for one in self.guesses)

    @property
    def names_somebody(self) -> bool:
        return bool(self.guesses) and names_somebody(self.guesses[0])

    @property
    def is_sure(self) -> bool:
        return bool(self.guesses) and self.guesses[0].is_sure

    @property
    def is_falsely_named(self) -> bool:
        return not self.who.is_named and not self.is_right


def rows(places: Places) -> list[Row]:
    """By the kind of source, those whom the article names; then those whom it does not."""
    nlp = load_pipeline()
    found: list[Row] = []
    for name, file in (("GUM news dev", "gum.news.dev.jsonl"), ("GUM interview", "gum.interview.jsonl")):
        found += rows_of(name, "CC BY", answers(nlp, of_gum(file)))
    if data.OUR_CORPUS.exists():
        found += rows_of("our corpus, test", "MIT, CC BY", answers(nlp, of_corpus(data.OUR_CORPUS)))
    return found


def answers(nlp: Language, articles: Iterable[GoldArticle]) -> list[Answer]:
    """What the resolver says for every source and, where they are labelled, every “he” and “she”."""
    return [answer for article in articles for answer in _of_article(nlp, article)]


def _of_article(nlp: Language, article: GoldArticle) -> Iterator[Answer]:
    text = article.text.text
    places = list(pieces(article.text))
    docs = nlp.pipe([text[one.start : one.end] for one in places])
    parts = [Part(start=one.start, doc=doc, kind=one.kind) for one, doc in zip(places, docs, strict=True)]
    drafts = [_as_the_rules_see_it(parts, draft) for draft in article.drafts]
    resolver = Resolver(text, parts, drafts)
    for one in article.asked:
        words = " … ".join(piece.text for piece in article.drafts[one.quote].source)
        yield Answer(article.text.id, words, one.kind, one.who, resolver.guesses(drafts[one.quote]))
    for at, who in article.pronouns:
        mention = resolver.mentions.by_head.get(at)
        guesses = tuple(
            SpeakerGuess(name=one.persona.name, type=one.persona.type, score=one.score, reason=one.reason)
            for one in (mention.choices if mention else ())
        )
        yield Answer(article.text.id, text[at : at + 3], ANYWHERE, who, guesses)


def _as_the_rules_see_it(parts: Sequence[Part], draft: QuoteDraft) -> QuoteDraft:
    """A quote with the kind of source that its suggestion would have."""
    for part in parts:
        for piece in draft.source[:1]:
            begin, end = piece.start - part.start, piece.end - part.start
            span = part.doc.char_span(begin, end, alignment_mode="expand") if begin >= 0 else None
            if span:
                return msgspec.structs.replace(draft, source_kind=kind_of_source(span, span.root))
    return draft


def rows_of(name: str, licence: str, found: Sequence[Answer]) -> list[Row]:
    """The rows of one collection."""
    by_kind: defaultdict[str, list[Answer]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    sources = [one for one in found if one.kind != ANYWHERE]
    shown = [("all sources", sources), *((kind, by_kind[kind]) for kind in (*KINDS, ANYWHERE))]
    made = [_row(f"speakers, {what}", name, licence, some) for what, some in shown if some]
    return [row for row in made if row.figure and row.figure.labelled] + [_unnamed(name, licence, sources)]


def _row(what: str, name: str, licence: str, some: Sequence[Answer]) -> Row:
    """Of those whom the article names; a sure name for somebody unnamed counts as a wrong one."""
    named = [one for one in some if one.who.is_named]
    sure = [one for one in some if one.is_sure and one.names_somebody and (one.who.is_named or not one.is_right)]
    right = sum(one.is_right for one in sure)
    total = Counter(first=sum(one.is_right for one in named), among=sum(one.is_among for one in named))
    note = f"first guess {_percent(total['first'], named)}, among the guesses {_percent(total['among'], named)}"
    figure = Figure.of(right, right, len(named), len(sure))
    return Row(what=what, data=name, licence=licence, figure=figure, note=note)


def _unnamed(name: str, licence: str, sources: Sequence[Answer]) -> Row:
    unnamed = [one for one in sources if not one.who.is_named]
    wrong = [one for one in unnamed if one.is_falsely_named]
    sure = sum(one.is_sure for one in wrong)
    note = f"{len(unnamed)} whom the article does not name: {len(wrong)} named all the same, {sure} of them surely"
    return Row(what=f"speakers, unnamed, from {SURE_SPEAKER:g}", data=name, licence=licence, note=note)


def _percent(count: int, of: Sequence[Answer]) -> str:
    return f"{100 * count / len(of):.1f}" if of else "–"
