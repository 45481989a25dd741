"""Stances: whose position on what a quote or a reported act shows. Only the sure ones have a position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from annotator.domain.drafts import (
    Dimension,
    EvidenceType,
    QuoteDraft,
    SpeakerGuess,
    StanceDraft,
    TargetGuess,
    TargetKind,
)
from annotator.domain.nesting import around
from annotator.domain.records import Position
from annotator.domain.spans import Passage, Passages, passage
from annotator.suggest import sources
from annotator.suggest.attitude_parts import Attitude
from annotator.suggest.attitudes import attitudes_in
from annotator.suggest.messages import KnownTarget
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.reading import Part, token_end, token_start
from annotator.suggest.speakers import Resolver
from annotator.suggest.stance_targets import SAME, is_turned, known_guesses, new_guess, stands_alone
from annotator.suggest.standing import Standing, standing_of

SHOWN = 0.8
"""A stance has a position from this score on; below it only prepares what the annotator is offered."""

SCORES: dict[str, float] = {
    "verb object": 0.9,
    "verb": 0.85,
    "noun": 0.8,
    "adjective": 0.83,
    "naming": 0.85,
    "should": 0.85,
    "call": 0.85,
    "urge": 0.85,
    "refusal": 0.7,
    "ask": 0.6,
    "silent": 0.85,
    "undecided": 0.85,
    "call noun": 0.85,
    "predicate": 0.8,
    "deed": 0.6,
    "pledge": 0.6,
    "verb doing": 0.8,
}
"""How often what a pattern says is right; see docs/suggestions-stances.md for how it was measured."""

_DIMENSION_OF: dict[TargetKind, Dimension] = {
    "claim": "belief",
    "policy": "policy",
    "actor": "evaluation",
    "event": "evaluation",
    "issue": "evaluation",
}
_QUOTE_TYPES: dict[str, EvidenceType] = {
    "direct": "direct_quote",
    "mixed": "mixed_quote",
    "indirect": "indirect_quote",
}
_REASONS: dict[str, str] = {
    "judge": "takes a side",
    "want": "says what is wanted",
    "should": "says what should be so",
    "be": "judges it",
    "will": "says what will be done",
    "silent": "no side is taken",
    "undecided": "not decided",
}
_UNSURE = 0.3


class ScoredStance(msgspec.Struct, frozen=True, kw_only=True):
    """A stance and how far to trust it, 0 to 1, and the pattern that found it."""

    draft: StanceDraft
    score: float
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """An attitude with the quote that it stands in or makes, and whose it is."""

    part: Part
    standing: Standing
    quote: QuoteDraft | None


def find_stances(
    text: str,
    parts: Iterable[Part],
    quotes: Sequence[ScoredQuote],
    people: Resolver,
    *,
    targets: Sequence[KnownTarget] = (),
) -> list[ScoredStance]:
    """The stances of an article, by position: at most one for a quote, and those of reported acts beside quotes.

    `quotes` have their speakers, and `people` tells who else holds an attitude. Each quote without a sure one gets a
    prepared one where a known target may be meant.
    """
    parts = list(parts)
    drafts = [one.draft for one in quotes]
    found = list(_found(parts, drafts))
    others = _others(text, found, people)
    outers = {one.key: outer for one in drafts if (outer := around(one, drafts)) is not None}
    tellers = {key: outer.speaker for key, outer in outers.items()}
    made = [
        one
        for at, each in enumerate(found)
        if (one := _stance(text, each, others.get(at), targets, tellers)) is not None
    ]
    best: dict[str, ScoredStance] = {}
    for one in sorted(made, key=lambda one: (-one.score, one.draft.span)):
        best.setdefault(one.draft.quote or one.draft.key, one)
    sure_places = [one.draft.span for one in best.values() if one.draft.quote]
    kept = [
        one
        for one in best.values()
        if one.draft.quote or (one.draft.is_sure and not any(one.draft.span.overlaps(span) for span in sure_places))
    ]
    # Who only tells what others say has no stance prepared.
    beside = {*best, *(outer.key for outer in outers.values())}
    kept += [_prepared(one, targets, tellers.get(one.key)) for one in drafts if one.key not in beside]
    useful = [one for one in kept if one.draft.is_sure or one.draft.targets]
    unique = {one.draft.key: one for one in useful}
    return sorted(unique.values(), key=lambda one: (one.draft.span, one.draft.key))


def _found(parts: Sequence[Part], drafts: Sequence[QuoteDraft]) -> Iterator[_Found]:
    by_place = _Places(drafts)
    for part in parts:
        for one in attitudes_in(part.doc):
            at = token_start(part, one.cue)
            quote, is_cue = by_place.quote_at(at)
            if quote is None:
                # The words of a clause may be the quote though its cue is another word: “echoed calls for”.
                quote, is_cue = by_place.quote_of(_places(part, one)), one.cue.pos_ != "NOUN"
            standing = standing_of(part, one, quote, is_cue=is_cue)
            if standing is not None:
                yield _Found(part, standing, quote)


class _Places:
    """The quotes of an article by the places of their cues and contents."""

    def __init__(self, drafts: Sequence[QuoteDraft]) -> None:
        self._cues = {at: one for one in drafts if one.cue for at in range(one.cue.start, one.cue.end)}
        # The innermost content is written last.
        ordered = sorted(drafts, key=lambda one: -len(one.span))
        self._contents = {at: one for one in ordered for piece in one.content for at in range(piece.start, piece.end)}

    def quote_at(self, at: int) -> tuple[QuoteDraft | None, bool]:
        """The quote whose cue or content holds a character, and whether it is the cue."""
        cue = self._cues.get(at)
        return (cue, True) if cue is not None else (self._contents.get(at), False)

    def quote_of(self, places: Sequence[int]) -> QuoteDraft | None:
        """The quote whose content holds most of some characters, if more than half of its own."""
        held = [one for at in places if (one := self._contents.get(at)) is not None]
        if len(held) * 2 < len(places) or not held:
            return None
        return max(held, key=lambda one: sum(other is one for other in held))


def _places(part: Part, one: Attitude) -> list[int]:
    return [token_start(part, part.doc[at]) for at in sorted(one.about)]


def _others(text: str, found: Sequence[_Found], people: Resolver) -> dict[int, SpeakerGuess]:
    """Who the holders are that are not the speaker of their quote, by the place of what was found in its list."""
    guesses: dict[int, SpeakerGuess] = {}
    for at, one in enumerate(found):
        holder = one.standing.holder
        if holder is None:
            continue
        phrase = sources.noun_phrase(holder, before=one.standing.attitude.cue)
        start, end = one.part.start + phrase.start_char, one.part.start + phrase.end_char
        if end > start and text[start:end].strip():
            asked = QuoteDraft(
                content=(_clause(text, one),),
                source=(passage(text, start, end),),
                form="indirect",
                source_kind=sources.kind_of_source(phrase, holder),
            )
            if these := people.guesses(asked):
                guesses[at] = these[0]
    return guesses


def _clause(text: str, one: _Found) -> Passage:
    """The words of an attitude by itself: from who holds it to what it is about."""
    attitude, part = one.standing.attitude, one.part
    tokens = {attitude.cue.i, *attitude.about}
    if attitude.holder is not None:
        tokens.add(attitude.holder.left_edge.i if attitude.holder.i < attitude.cue.i else attitude.holder.i)
    start = token_start(part, part.doc[min(tokens)])
    end = token_end(part, part.doc[max(tokens)])
    said = text[start:end].rstrip(" ,;:–—-")
    return passage(text, start, start + len(said))


def _stance(
    text: str,
    found: _Found,
    other: SpeakerGuess | None,
    targets: Sequence[KnownTarget],
    tellers: Mapping[str, SpeakerGuess | None],
) -> ScoredStance | None:
    standing, quote = found.standing, found.quote
    speaker = quote.speaker if quote is not None else None
    holder = other if standing.holder is not None else speaker
    via = speaker if standing.holder is not None and quote is not None else None
    if via is None and quote is not None:
        via = tellers.get(quote.key)
    if holder is not None and via is not None and holder.name == via.name:
        via = None
    about = " ".join(part.text for part in _about(text, found))
    guesses, is_known = _targets(standing.attitude, about, targets)
    score = _score(standing, holder, guesses)
    position = _position(standing, about, guesses, targets) if score >= SHOWN else None
    evidence: Passages = quote.content if quote is not None else (_clause(text, found),)
    kind = guesses[0].kind if guesses else "policy"
    draft = StanceDraft(
        quote=quote.key if quote is not None else "",
        holder=holder,
        via=via,
        targets=guesses,
        dimension="commitment" if standing.attitude.manner == "will" and not is_known else _DIMENSION_OF[kind],
        position=position,
        explicitness="stated" if quote is not None else "implied",
        evidence=evidence,
        evidence_type=_evidence_type(found),
        reason=f"“{standing.attitude.cue.text}” {_REASONS[standing.attitude.manner]}",
    )
    return ScoredStance(draft=draft, score=score, pattern=standing.attitude.pattern)


def _about(text: str, found: _Found) -> list[Passage]:
    part = found.part
    tokens = sorted(found.standing.attitude.about)
    if not tokens:
        return list(found.quote.content) if found.quote is not None else []
    start, end = token_start(part, part.doc[tokens[0]]), token_end(part, part.doc[tokens[-1]])
    return [passage(text, start, end)]


def _targets(one: Attitude, about: str, targets: Sequence[KnownTarget]) -> tuple[tuple[TargetGuess, ...], bool]:
    """The guesses, and whether the first is a known target that is surely meant."""
    known = known_guesses(about, targets)
    if known and known[0].score >= SAME:
        return tuple(known), True
    new = new_guess(one)
    return (*([new] if new else []), *known), False


def _score(standing: Standing, holder: SpeakerGuess | None, guesses: Sequence[TargetGuess]) -> float:
    is_named = holder is not None and holder.is_sure and not holder.is_unnamed
    is_worded = bool(guesses) and (
        stands_alone(standing.attitude) if guesses[0].id is None else guesses[0].score >= SAME
    )
    if is_named and standing.attitude.manner == "should" and _is_about(holder, standing.attitude):
        # Who says of himself in the third person what he should do is mostly the author of the article.
        return _UNSURE
    if not (standing.is_sure and is_named and is_worded):
        return _UNSURE
    return score_of(standing.attitude)


def _is_about(holder: SpeakerGuess | None, one: Attitude) -> bool:
    """Whether the subject of a clause names its own holder."""
    subject = next((child for child in one.head.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return holder is not None and subject is not None and subject.text in holder.name.split()


def score_of(one: Attitude) -> float:
    """How far to trust what an attitude's pattern says, 0 to 1, where all else is sure."""
    pattern = one.pattern
    return next(score for name, score in SCORES.items() if pattern == name or pattern.startswith(f"{name} "))


def _position(
    standing: Standing, about: str, guesses: Sequence[TargetGuess], targets: Sequence[KnownTarget]
) -> Position:
    if standing.attitude.manner == "silent":
        return "no_position"
    if standing.attitude.manner == "undecided":
        return "undecided"
    sign = standing.sign
    known = next((one for one in targets if one.id == guesses[0].id), None)
    if known is not None and is_turned(about, known):
        sign = -sign
    return "support" if sign > 0 else "oppose"


def _evidence_type(found: _Found) -> EvidenceType:
    quote, attitude = found.quote, found.standing.attitude
    if quote is not None and quote.reported == "speech":
        return _QUOTE_TYPES[quote.form]
    if found.part.kind != "body":
        return "headline_framing"
    return "reported_attitude" if attitude.pattern in ("noun", "adjective", "call noun") else "reported_action"


def _prepared(quote: QuoteDraft, targets: Sequence[KnownTarget], via: SpeakerGuess | None) -> ScoredStance:
    """What is known of a stance that an annotator may begin on a quote: no position."""
    said = " ".join(piece.text for piece in quote.content)
    draft = StanceDraft(
        quote=quote.key,
        holder=quote.speaker,
        via=via,
        targets=tuple(known_guesses(said, targets)),
        evidence=quote.content,
        evidence_type="reported_action" if quote.reported == "act" else _QUOTE_TYPES[quote.form],
    )
    return ScoredStance(draft=draft, score=_UNSURE)
