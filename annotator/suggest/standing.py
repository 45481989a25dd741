"""Whose attitude it is: the speaker's of the quote, or somebody's whose attitude the speaker only tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.drafts import QuoteDraft
from annotator.suggest import stance_words as words
from annotator.suggest.acts import lemma_of
from annotator.suggest.attitude_parts import Attitude, is_negated, is_told
from annotator.suggest.reading import Part, token_start
from annotator.suggest.sources import is_first_person, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """An attitude with its holder: a word of the text, or `None` for the speaker of the quote.

    `sign` is the attitude's, turned round where somebody denies it; `is_sure` says that it is told as a fact.
    """

    attitude: Attitude
    holder: Token | None
    sign: int
    is_sure: bool


def standing_of(part: Part, one: Attitude, quote: QuoteDraft | None, *, is_cue: bool) -> Standing | None:
    """Whose an attitude is; `None` where nobody is said to hold it."""
    claim = _claim_over(one)
    is_claim_inside = claim is not None and _is_inside(part, claim, quote)
    sign, is_sure = one.sign, one.is_real
    if claim is not None:
        lemma = lemma_of(claim)
        if is_negated(claim) or lemma in words.DENY:
            sign = -sign
            is_sure = is_sure and one.manner in ("should", "be")
        is_sure = is_sure and (not is_claim_inside or is_told(claim)) and lemma not in words.ASK
    if quote is None:
        holder = one.holder if one.holder is not None else None
        return Standing(one, holder, sign, is_sure) if holder is not None and not is_first_person(holder) else None
    holder = one.holder
    if holder is not None and (holder.ent_type_ in ("PERCENT", "CARDINAL") or holder.lower_ in ("percent", "%")):
        # A poll counts people; it names none.
        return None
    if holder is None and is_claim_inside and claim is not None:
        holder = subject_of(claim)
        if holder is None:
            return None
    if holder is None and one.cue.pos_ == "NOUN" and one.manner != "be" and not is_cue:
        return None
    if holder is None or is_first_person(holder) or _is_source(part, holder, quote):
        return Standing(one, None, sign, is_sure)
    if is_cue and not _is_named_apart(one):
        # The finder of quotes and the finder of attitudes see different subjects.
        return Standing(one, None, sign, is_sure and not quote.source)
    return Standing(one, holder, sign, is_sure)


def _claim_over(one: Attitude) -> Token | None:
    """The verb of saying or thinking whose clause an attitude stands in."""
    at = one.cue
    for _ in range(_MAX_CLIMB):
        if at.dep_ == "ccomp" and lemma_of(at.head) in words.CLAIM | words.DENY | words.ASK:
            return at.head
        if at.head.i == at.i or at.dep_ in ("advcl", "relcl", "acl", "parataxis"):
            return None
        at = at.head
    return None


def _is_inside(part: Part, word: Token, quote: QuoteDraft | None) -> bool:
    at = token_start(part, word)
    return quote is not None and any(piece.start <= at < piece.end for piece in quote.content)


def _is_source(part: Part, holder: Token, quote: QuoteDraft) -> bool:
    at = token_start(part, holder)
    return any(piece.start <= at < piece.end for piece in quote.source)


def _is_named_apart(one: Attitude) -> bool:
    """Whether a noun has its own holder: “echoed calls by Trump”."""
    return one.cue.pos_ == "NOUN" and one.holder is not None and one.holder.i in {word.i for word in one.cue.subtree}
