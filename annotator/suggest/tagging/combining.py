"""Quotes of a tagger as suggestions, and the rules' quotes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.drafts import QuoteDraft, Reported
from annotator.domain.spans import Span, passage, passages
from annotator.suggest import acts, cues, sources
from annotator.suggest.act_words import BY_WORD
from annotator.suggest.quotes import TAGGED, ScoredQuote, form_of
from annotator.suggest.reading import Part, Reading
from annotator.suggest.tagging.tagged import TaggedQuote
from annotator.suggest.tagging.weighing import Evidence, Weighing, evidence

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_NEAR = 3
# At this chance the most quotes come out right (F1), on 42 articles that a tagger had not seen.
_LEAST = 0.35


def tagged_quotes(text: str, parts: Iterable[Part], tagged: Iterable[TaggedQuote]) -> list[ScoredQuote]:
    """A tagger's quotes as the rules give theirs: with form and kind of source, on the borders of words and marks."""
    reading = Reading(text, list(parts))
    quotes = {}
    for one in tagged:
        content = [kept for span in one.content if (kept := tidy(reading, span))]
        if content:
            quote = _scored(reading, one, content)
            quotes[quote.draft.key] = quote
    return sorted(quotes.values(), key=lambda quote: (quote.draft.span, quote.draft.key))


def combined(
    text: str,
    parts: Sequence[Part],
    rules: Iterable[ScoredQuote],
    tagged: Iterable[TaggedQuote],
    weighing: Weighing | None = None,
) -> list[ScoredQuote]:
    """The quotes of rules and tagger, see `united`."""
    return united(text, rules, tagged_quotes(text, parts, tagged), weighing or Weighing())


def united(
    text: str, rules: Iterable[ScoredQuote], tagged: Iterable[ScoredQuote], weighing: Weighing
) -> list[ScoredQuote]:
    """The likeliest quotes of both voices of which no two share a word, by position, with their chances as scores.

    What is rather wrong than right is left out. A quote of the tagger's reports an act if that of the rules does.
    """
    found = evidence(text, rules, tagged)
    chances = [weighing.chance(one.quote, one.factors) for one in found]
    taken: set[int] = set()
    kept = []
    for chance, one in sorted(zip(chances, found, strict=True), key=lambda pair: -pair[0]):
        if chance >= _LEAST and taken.isdisjoint(one.words):
            taken |= one.words
            kept.append(_weighed(one, chance))
    return sorted(kept, key=lambda quote: (quote.draft.span, quote.draft.key))


def _weighed(one: Evidence, chance: float) -> ScoredQuote:
    draft = one.quote.draft
    if one.quote.pattern == TAGGED and one.other is not None:
        draft = msgspec.structs.replace(draft, reported=one.other.draft.reported)
    return msgspec.structs.replace(one.quote, draft=draft, score=chance)


def _scored(reading: Reading, one: TaggedQuote, content: Sequence[Span]) -> ScoredQuote:
    source = one.source[0] if one.source else None
    words = _words_at(reading, source) if source else None
    draft = QuoteDraft(
        content=passages(reading.text, content),
        source=passages(reading.text, one.source),
        cue=passage(reading.text, one.cue.start, one.cue.end) if one.cue else None,
        form=form_of(reading, content),
        source_kind=sources.kind_of_source(words, words.root if words else None),
        reported=_reported(_words_at(reading, one.cue)) if one.cue else "speech",
    )
    return ScoredQuote(draft=draft, score=one.score, pattern=TAGGED)


def _words_at(reading: Reading, span: Span) -> TokenSpan | None:
    part = reading.part_at(span.start)
    if part is None:
        return None
    return part.doc.char_span(span.start - part.start, span.end - part.start, alignment_mode="expand")


def _reported(cue: TokenSpan | None) -> Reported:
    """Whether a cue reports words or an act, as the rules read it."""
    if cue is None or cue.root.lemma_.lower() in cues.TELLING:
        return "speech"
    is_act = acts.act_of(cue.root) if cue.root.pos_ == "VERB" else cue.root.pos_ in BY_WORD
    return "act" if is_act else "speech"


def tidy(reading: Reading, span: Span) -> Span | None:
    """Content without punctuation at its edges, and with the quotation marks that stand just outside of them."""
    kept = reading.trim(span.start, span.end)
    if kept is None:
        return None
    start, end = kept.start, kept.end
    for quotation in reading.quotations_in(max(start - 1, 0), end + 1):
        if abs(quotation.start - start) <= _NEAR:
            start = quotation.start
        if abs(quotation.end - end) <= _NEAR:
            end = quotation.end
    return Span(start, end) if start < end else None
