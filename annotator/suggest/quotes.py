"""The quote finder: who said what, by rules on quotation marks and on spaCy's parse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from annotator.domain.drafts import QuoteDraft, QuoteForm
from annotator.domain.nesting import is_within
from annotator.domain.spans import Span, passage, passages
from annotator.suggest import sources
from annotator.suggest.act_words import BY_COMPLEMENT
from annotator.suggest.joining import with_loose_quotations
from annotator.suggest.patterns import Found, by_verbs
from annotator.suggest.phrases import by_phrases, by_turns
from annotator.suggest.reading import Part, Reading

SCORES: dict[str, float] = {
    "quotation beside a cue": 0.92,
    "signed quotation": 0.8,
    "quotation after a colon": 0.6,
    "according to": 0.9,
    "in the words of": 0.8,
    "turn of a transcript": 0.8,
    "headline colon": 0.6,
    "clause of a verb": 0.86,
    "clause of a thought": 0.77,
    "noun and complement": 0.5,
    "adj and complement": 0.45,
    **dict.fromkeys(BY_COMPLEMENT, 0.45),
    **{"infinitive": 0.6, "object and infinitive": 0.68, "object as": 0.75, "object complement": 0.5, "for": 0.5},
    **dict.fromkeys(("about", "against", "on", "to"), 0.25),
    "quotation led up to": 0.6,
    "words led up to": 0.35,
    "quotation alone": 0.7,
}
"""How likely a quote of each pattern is right, content and source; of two that overlap the one named first wins.

The share of right ones in `corpus/train.jsonl`, rounded, and drawn to the mean of its kind where it stands there less
than ten times: beside a cue 169 of 175, clauses of verbs 278 of 308, of thoughts 81 of 108, “according to” 25 of 26,
objects of acts 74 of 148, infinitives 43 of 73. Up to three words in marks that a verb leads up to were right 3
times of 11 there and 52 of 141 on 700 articles of PolNeAR's training part, longer ones 7 of 10 and 68 of 104.
How it does elsewhere: docs/suggestions.md, “Reliability”.
"""

# There 10 of 28 quotes without a source were right. A quotation that stands alone has none.
NO_SOURCE_FACTOR = 0.25

# Of nested quotes there 16 of 22 were right, of the others on the same patterns 521 of 590.
NESTED = 0.75

_PRIORITY = tuple(SCORES)
_DIRECT_SHARE = 0.9
_STRETCH = 1000
_CLAUSES = ("clause of a verb", "clause of a thought")


TAGGED = "tagger"
"""The pattern of quotes that no rule but a trained tagger has found."""


class ScoredQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quote, how far to trust it, 0 to 1, and the pattern that found it."""

    draft: QuoteDraft
    score: float
    pattern: str = ""


class Findings(NamedTuple):
    """The outermost quotes of an article, and what people say within what others say, both by position."""

    quotes: list[ScoredQuote]
    nested: list[ScoredQuote]

    def within(self, quotes: Iterable[ScoredQuote]) -> list[ScoredQuote]:
        """Those of the nested quotes that stand, with cue and source, within the content of one of some quotes."""
        drafts = [quote.draft for quote in quotes]
        return [one for one in self.nested if any(is_within(one.draft, draft) for draft in drafts)]


def find_quotes(text: str, parts: Iterable[Part]) -> list[ScoredQuote]:
    """The outermost quotes of an article, by position; see `find_all_quotes`."""
    return find_all_quotes(text, parts).quotes


def find_all_quotes(text: str, parts: Iterable[Part]) -> Findings:
    """The quotes of an article, and those within what they say: “he said she knew it was late”.

    `parts` are the parsed lines of the article. A score is that of the pattern (see `SCORES`), lowered where no
    source was found or the quote is nested: how often such quotes are right.
    """
    reading = Reading(text, list(parts))
    found = [
        quote
        for part in reading.parts
        for quote in (*by_verbs(reading, part), *by_phrases(reading, part))
        if quote.content
    ]
    found += by_turns(reading)
    outer = _without_overlaps(found)
    left = {id(one) for one in found} - {id(one) for one in outer}
    nested = [one for one in found if id(one) in left and one.reported == "speech" and one.cue and one.source]
    nested = [one for one in nested if not _is_same_breath(one, outer)]
    outer = with_loose_quotations(reading, _continued(reading, outer))
    quotes = _by_place(_scored(reading, one) for one in outer)
    lower = [_scored(reading, one) for one in _without_overlaps(nested)]
    findings = Findings(quotes, _by_place(msgspec.structs.replace(one, score=one.score * NESTED) for one in lower))
    return Findings(quotes, findings.within(quotes))


def _is_same_breath(one: Found, outer: Iterable[Found]) -> bool:
    """Whether a thought is what its teller thinks: “she said she doubts it”."""
    source = one.source_span
    if one.pattern != "clause of a thought" or one.head is None or one.head.pos_ != "PRON" or source is None:
        return False
    starts = {piece.start for other in outer for piece in other.content}
    return bool(starts & {source.start, source.start - len("that ")})


def _by_place(quotes: Iterable[ScoredQuote]) -> list[ScoredQuote]:
    by_key = {quote.draft.key: quote for quote in quotes}
    return sorted(by_key.values(), key=lambda quote: (quote.draft.span, quote.draft.key))


def _scored(reading: Reading, found: Found) -> ScoredQuote:
    source = found.source_span
    form = form_of(reading, found.content)
    draft = QuoteDraft(
        content=passages(reading.text, found.content),
        source=passages(reading.text, [source]) if source else (),
        cue=passage(reading.text, found.cue.start, found.cue.end) if found.cue else None,
        form=form,
        source_kind=sources.kind_of_source(found.source if source else None, found.head),
        # Whose words are given has spoken them: he called the plan “a circus”.
        reported=found.reported if form == "indirect" else "speech",
    )
    return ScoredQuote(
        draft=draft, score=SCORES[found.pattern] * (1.0 if source else NO_SOURCE_FACTOR), pattern=found.pattern
    )


def form_of(reading: Reading, content: Sequence[Span]) -> QuoteForm:
    """The form of a quote: how much of its content stands between quotation marks."""
    length = sum(len(span) for span in content)
    share = sum(reading.quoted_share(span) * len(span) for span in content) / length
    if share == 0:
        return "indirect"
    return "direct" if share >= _DIRECT_SHARE else "mixed"


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Outermost quotes only: of two that share text the one that holds the other's cue stays, else the surer one."""
    kept: dict[int, Found] = {}
    # By stretches of text, so that a long article is not compared all with all.
    near: defaultdict[int, list[int]] = defaultdict(list)
    ranked = sorted(found, key=lambda one: (_PRIORITY.index(one.pattern), one.source is None, -_length(one.content)))
    for number, one in enumerate(ranked):
        stretches = {at for span in one.content for at in range(span.start // _STRETCH, span.end // _STRETCH + 1)}
        others = {other for at in stretches for other in near[at] if other in kept}
        rivals = {other for other in others if _shared(one.content, kept[other].content)}
        # “Half oppose the plan, a survey found”: the parser may take the survey for a part of the plan.
        holders = {other for other in rivals if one.reported == "act" and _holds(kept[other], one)}
        inner = {other for other in rivals - holders if _holds(one, kept[other])}
        if inner == rivals:
            for other in inner:
                del kept[other]
            kept[number] = one
            for at in stretches:
                near[at].append(number)
    return list(kept.values())


def _holds(outer: Found, inner: Found) -> bool:
    """Whether the cue of one stands in what the other says."""
    return inner.cue is not None and _covers(outer.content, inner.cue)


def _continued(reading: Reading, found: list[Found]) -> list[Found]:
    """Clauses made whole that a closing quotation mark has cut for the parser.

    “Reiterated it, writing that it was “obvious” Europe should lead”: the rest hangs on the verb before.
    """
    rests = {one.content[0].start: one for one in found if one.pattern in _CLAUSES and len(one.content) == 1}
    whole: list[Found] = []
    used: list[Found] = []
    for one in found:
        rest = rests.get(one.content[-1].end + 1)
        if rest is not None and _continues(reading, one, rest):
            used.append(rest)
            one = replace(one, content=(*one.content[:-1], Span(one.content[-1].start, rest.content[0].end)))
        whole.append(one)
    return [one for one in whole if one not in used]


def _continues(reading: Reading, one: Found, rest: Found) -> bool:
    """Whether the second begins a blank after the first, which says the same source later in the sentence."""
    if one.cue is None or rest.cue is None or one.source_span != rest.source_span:
        return False
    is_later = rest.cue.end < one.cue.start < one.content[0].start
    return is_later and reading.text[one.content[-1].end].isspace()


def _length(content: Iterable[Span]) -> int:
    return sum(len(span) for span in content)


def _shared(ours: Iterable[Span], theirs: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in ours for b in theirs)


def _covers(content: Iterable[Span], span: Span) -> bool:
    return any(piece.contains(span) for piece in content)
