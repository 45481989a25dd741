"""Who said it: for each quote the people and bodies that its source may mean, the likeliest first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.canonical import as_score
from annotator.domain.drafts import ActorType, QuoteDraft, SpeakerGuess
from annotator.domain.spans import Passage, Span
from annotator.suggest.bodies import type_of
from annotator.suggest.cues import FIRST
from annotator.suggest.interviews import SECOND, Interview
from annotator.suggest.known import Known
from annotator.suggest.mentions import Choice, Mention, Mentions
from annotator.suggest.personas import Cast, Persona
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.reading import Part, Reading
from annotator.suggest.roles import COUNTRY_OF, HEADS, TITLES
from annotator.suggest.sources import is_first_person

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

MAX_GUESSES = 5
_TELLING_SCORE, _PLAIN_SCORE = 0.7, 0.5
_MAX_NAME, _MAX_PERSON = 6, 3
_SAME_SPEAKER = 0.5
_MAX_BACK = 20
_TWO_NAMES = 0.6


@dataclass(frozen=True, slots=True)
class _Source:
    part: Part
    span: TokenSpan

    @property
    def head(self) -> Token:
        return self.span.root


class Resolver:
    """One article with its quotes: who is in it, and whom each source means; `known` is the project's registry."""

    def __init__(
        self, text: str, parts: Iterable[Part], drafts: Sequence[QuoteDraft], known: Known | None = None
    ) -> None:
        self.reading = Reading(text, list(parts))
        self._sources = {piece: found for draft in drafts for piece in draft.source if (found := self._source(piece))}
        named = [(one.part, run) for one in self._sources.values() if (run := _proper_run(one)) is not None]
        self.cast = Cast(self.reading.parts, extra=named)
        said = [
            (_start(found.part, found.head), piece.end, [(one.start, one.end) for one in draft.content])
            for draft in drafts
            for piece in draft.source
            if (found := self._sources.get(piece))
        ]
        self.mentions = Mentions(self.reading, self.cast, said)
        self._interview = Interview(self.reading, self.cast)
        self._known = known or Known(())
        self._drafts = sorted(((one.span, one) for one in drafts), key=lambda pair: (pair[0], pair[1].key))

    def _source(self, piece: Passage) -> _Source | None:
        part = self.reading.part_at(piece.start)
        if part is None:
            return None
        span = part.doc.char_span(piece.start - part.start, piece.end - part.start, alignment_mode="expand")
        return _Source(part, span) if span is not None and len(span) else None

    def with_speakers(self, quotes: Sequence[ScoredQuote]) -> list[ScoredQuote]:
        """The quotes, in their order, each with guesses at its speaker."""
        return [
            msgspec.structs.replace(
                quote, draft=msgspec.structs.replace(quote.draft, speakers=self.guesses(quote.draft))
            )
            for quote in quotes
        ]

    def guesses(self, draft: QuoteDraft) -> tuple[SpeakerGuess, ...]:
        """Who may have said a quote, or whose an attitude is that stands beside the quotes, the likeliest first.

        Nobody is there twice.
        """
        made: dict[tuple[str, str | None], SpeakerGuess] = {}
        for choice in sorted(self._choices(draft), key=lambda one: -one.score):
            guess = self._guess(choice)
            made.setdefault((guess.name, guess.actor), guess)
        ranked = sorted(made.values(), key=lambda one: -one.score)
        return tuple(ranked[:MAX_GUESSES])

    def _choices(self, draft: QuoteDraft) -> Iterator[Choice]:
        if not draft.source:
            yield from self._before(draft)
            return
        sources = (self._sources.get(piece) or self._source(piece) for piece in draft.source)
        found = [one for one in sources if one is not None]
        for number, source in enumerate(found):
            for choice in self._of_source(source, draft):
                if draft.source_kind == "anonymous" and not choice.persona.is_named:
                    choice = Choice(_unnamed(choice.persona), choice.score, "the article does not name this source")
                yield choice if number == 0 else Choice(choice.persona, min(choice.score, _SAME_SPEAKER), choice.reason)

    def _of_source(self, source: _Source, draft: QuoteDraft) -> Iterator[Choice]:
        word = source.head.lower_
        if is_first_person(source.head) or word in SECOND:
            yield from self._first_person(source, word)
            return
        if (behind := _antecedent(source)) is not None:
            yield from self._of_antecedent(source, behind)
            return
        mentions = self._mentions_in(source)
        # “President Trump’s new Pentagon chief” is not Trump.
        names = [
            one
            for one in mentions
            if one.kind == "name"
            and one.choices[0].persona.type == "person"
            and source.part.doc[one.head].dep_ != "poss"
        ]
        at_head = self.mentions.by_head.get(_start(source.part, source.head))
        if at_head is not None and (at_head.kind in ("name", "pronoun") or not names):
            yield from at_head.choices
        elif names:
            factor = _TWO_NAMES if len({id(one.choices[0].persona) for one in names}) > 1 else 1.0
            for one in names:
                yield from (Choice(c.persona, c.score * factor, c.reason) for c in one.choices)
        else:
            yield self._as_called(source, draft)

    def _of_antecedent(self, source: _Source, noun: Token) -> Iterator[Choice]:
        """“European governments, many of whom say”: the group that a relative pronoun leads to."""
        at_noun = self.mentions.by_head.get(_start(source.part, noun))
        words = _noun_group(noun)
        reason = f"“{source.span.text}” means {words}"
        for choice in at_noun.choices if at_noun is not None else ():
            yield Choice(choice.persona, choice.score * _SAME_SPEAKER, reason)
        if at_noun is None:
            yield Choice(Persona(_bare(words), "group", is_named=True), _TELLING_SCORE, reason)

    def _mentions_in(self, source: _Source) -> list[Mention]:
        places = (_start(source.part, token) for token in source.span)
        return [found for place in places if (found := self.mentions.by_head.get(place)) is not None]

    def _first_person(self, source: _Source, word: str) -> Iterator[Choice]:
        outer = self._around(source)
        if outer is not None and word in FIRST:
            for choice in self._choices(outer):
                yield Choice(choice.persona, choice.score * 0.95, f"“{source.head.text}” inside what this speaker says")
        elif self._interview.is_one:
            found = self._interview.choice(source.part, word)
            if found is not None:
                yield found
        elif word in FIRST:
            author = Persona("author of the article", "article_author", is_named=False)
            yield Choice(author, 0.5, "the first person outside quotation marks")

    def _around(self, source: _Source) -> QuoteDraft | None:
        """The nearest quote of somebody's own words around a source."""
        at = _start(source.part, source.head)
        for _, one in self._drafts_before(at):
            if one.form != "indirect" and one.source and any(p.start <= at < p.end for p in one.content):
                return one
        return None

    def _drafts_before(self, place: int) -> list[tuple[Span, QuoteDraft]]:
        """The quotes that begin shortly before a place, the nearest first."""
        end = bisect_right(self._drafts, place, key=lambda pair: pair[0].start)
        return self._drafts[max(end - _MAX_BACK, 0) : end][::-1]

    def _before(self, draft: QuoteDraft) -> Iterator[Choice]:
        """A quotation without a source: whoever spoke in the quote before, if that is near."""
        before = next((pair for pair in self._drafts_before(draft.span.start - 1) if pair[1].source), None)
        if before is None or draft.form == "indirect":
            return
        if self.reading.text.count("\n", before[0].end, draft.span.start) <= 2:
            for choice in self._choices(before[1]):
                yield Choice(choice.persona, choice.score * _SAME_SPEAKER, "speaker of the quote before")

    def _as_called(self, source: _Source, draft: QuoteDraft) -> Choice:
        """A source without a word that means anybody known: a document, a group or somebody unnamed, in its words."""
        words = _bare(source.span.text)
        has_name = any(_is_proper(token, source) for token in source.span)
        kinds: dict[str, tuple[ActorType, str]] = {
            "artifact": ("document", "a document, as the source calls it"),
            "collective": ("group", "a group, as the source calls it"),
            "named": (_type_of_name(words), "named in the source"),
        }
        type_, reason = kinds.get(draft.source_kind, ("anonymous", "the article does not say who this is"))
        is_telling = draft.source_kind == "anonymous" or (has_name and len(words.split()) <= _MAX_NAME)
        score = _TELLING_SCORE if is_telling else _PLAIN_SCORE
        return Choice(Persona(words, type_, is_named=type_ != "anonymous"), score, reason)

    def _guess(self, choice: Choice) -> SpeakerGuess:
        persona = choice.persona
        known = self._known.match(persona)
        if known is not None:
            actor, reason, factor = known
            told = f"{choice.reason}; {reason}" if reason else choice.reason
            score = as_score(max(choice.score, 0.75) * factor if not persona.is_named else choice.score * factor)
            return SpeakerGuess(name=actor.name, type=actor.type, actor=actor.id, score=score, reason=told)
        is_person = persona.type == "person"
        return SpeakerGuess(
            name=persona.name,
            type=persona.type,
            score=as_score(choice.score),
            reason=choice.reason,
            roles=tuple(dict.fromkeys(role.words for role in persona.roles))[:3] if is_person else (),
        )


def _antecedent(source: _Source) -> Token | None:
    """The noun that “many of whom” stands for, before the comma; None for all other sources."""
    doc, start = source.part.doc, source.span.start
    if start < 2 or not any(token.lower_ == "whom" for token in source.span):
        return None
    noun = doc[start - 2]
    return noun if doc[start - 1].text == "," and noun.pos_ in ("NOUN", "PROPN") else None


def _noun_group(noun: Token) -> str:
    """A noun with the adjectives and nouns right before it, whatever the parser hangs on it."""
    first = noun.i
    while first > 0 and noun.doc[first - 1].pos_ in ("ADJ", "NOUN", "PROPN", "NUM"):
        first -= 1
    return noun.doc[first : noun.i + 1].text


def _is_proper(token: Token, source: _Source) -> bool:
    is_capital = token.text[:1].isupper() and token.i > source.span.start
    return is_capital or token.pos_ == "PROPN" or token.lower_ in COUNTRY_OF


def _unnamed(persona: Persona) -> Persona:
    return Persona(persona.name, "anonymous", is_named=False, is_plural=persona.is_plural)


def _type_of_name(words: str) -> ActorType:
    """What a name that nothing else is known of may be: a short one without a word for a body is a person's."""
    found = type_of(words, "")
    is_person = found == "organization" and len(words.split()) <= _MAX_PERSON and not words.isupper()
    return "person" if is_person else found


def _start(part: Part, token: Token) -> int:
    return part.start + token.idx


def _proper_run(source: _Source) -> TokenSpan | None:
    """The proper nouns of a source that may be a name which the recogniser missed: after a role, else at the head."""
    doc, span = source.part.doc, source.span
    roles = [token.i for token in span if token.lower_.rstrip(".") in HEADS or token.lower_.rstrip(".") in TITLES]
    if roles and roles[-1] + 1 < span.end and _is_name_word(doc[roles[-1] + 1]):
        return _run(source, roles[-1] + 1)
    head = span.root
    if head.lower_ in HEADS or not _is_name_word(head):
        return None
    return _run(source, head.i)


def _run(source: _Source, at: int) -> TokenSpan:
    doc = source.part.doc
    first, last = at, at + 1
    while first > source.span.start and _is_name_word(doc[first - 1]):
        first -= 1
    while last < source.span.end and _is_name_word(doc[last]):
        last += 1
    return doc[first:last]


def _is_name_word(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return token.pos_ == "PROPN" and word not in HEADS and word not in TITLES and token.text[:1].isupper()


def _bare(words: str) -> str:
    first, _, rest = " ".join(words.split()).partition(" ")
    return rest if first.lower() in ("a", "an", "the", "one") and rest else " ".join(words.split())
