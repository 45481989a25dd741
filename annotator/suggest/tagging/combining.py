"""Quotes of a tagger as suggestions, and the rules' quotes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.drafts import QuoteDraft
from annotator.domain.spans import Span, passage, passages
from annotator.suggest import sources
from annotator.suggest.quotes import TAGGED, ScoredQuote, form_of
from annotator.suggest.reading import Part, Reading
from annotator.suggest.tagging.tagged import TaggedQuote

_NEAR = 3
# Rules below this are wrong more often than not where a tagger has seen nothing.
_SURE_RULE = 0.7


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
    text: str, parts: Sequence[Part], rules: Iterable[ScoredQuote], tagged: Iterable[TaggedQuote]
) -> list[ScoredQuote]:
    """The quotes of a tagger and, where it has found nothing, the sure ones of the rules; by position."""
    by_tagger = tagged_quotes(text, parts, tagged)
    both = [*by_tagger, *left_over(rules, by_tagger)]
    return sorted(both, key=lambda quote: (quote.draft.span, quote.draft.key))


def left_over(rules: Iterable[ScoredQuote], tagged: Iterable[ScoredQuote]) -> list[ScoredQuote]:
    """Those of the rules' quotes that are sure and share no content with the tagger's."""
    taken = [piece.span for quote in tagged for piece in quote.draft.content]
    return [quote for quote in rules if quote.score >= _SURE_RULE and not _is_taken(quote, taken)]


def _is_taken(quote: ScoredQuote, taken: Iterable[Span]) -> bool:
    return any(piece.span.overlaps(span) for span in taken for piece in quote.draft.content)


def _scored(reading: Reading, one: TaggedQuote, content: Sequence[Span]) -> ScoredQuote:
    source = one.source[0] if one.source else None
    part = reading.part_at(source.start) if source else None
    words = None
    if source and part:
        words = part.doc.char_span(source.start - part.start, source.end - part.start, alignment_mode="expand")
    draft = QuoteDraft(
        content=passages(reading.text, content),
        source=passages(reading.text, one.source),
        cue=passage(reading.text, one.cue.start, one.cue.end) if one.cue else None,
        form=form_of(reading, content),
        source_kind=sources.kind_of_source(words, words.root if words else None),
    )
    return ScoredQuote(draft=draft, score=one.score, pattern=TAGGED)


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
