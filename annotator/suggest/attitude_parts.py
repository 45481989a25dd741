"""What all patterns of attitudes share: who holds one, what it is about, and whether it is told as a fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from annotator.suggest import stance_words as words
from annotator.suggest.acts import lemma_of, subtrees
from annotator.suggest.sources import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Manner = Literal["judge", "want", "should", "be", "will", "silent", "undecided"]
"""judge: for or against a thing. want: that it be so. should: the clause says so. be: what a thing is said to be.
will: what the holder will do. silent, undecided: no side is taken."""

_LOOSE = ("relcl", "acl", "appos", "advcl", "parataxis")
_MAX_CLIMB = 6


@dataclass(frozen=True, slots=True)
class Attitude:
    """A holder's attitude to a thing: `sign` is 1 for, -1 against, 0 neither; `about` are the tokens of the thing.

    `head` is the thing's first word by syntax, and `holder` None where the clause does not say whose attitude it is.
    `pattern` names by what it was found. `is_real` is false for conditions, possibilities, questions and the like.
    """

    cue: Token
    holder: Token | None
    head: Token
    about: frozenset[int]
    sign: int
    manner: Manner
    pattern: str
    is_real: bool = True


def objects_of(verb: Token) -> dict[str, Token]:
    """The complements of a verb by name: “object”, or the preposition."""
    found: dict[str, Token] = {}
    is_passive = any(child.dep_ == "auxpass" for child in verb.children) and not is_state(verb)
    for child in verb.children:
        if child.dep_ == "dobj" or (is_passive and child.dep_ == "nsubjpass"):
            found.setdefault("object", child)
        elif child.dep_ in ("prep", "agent") and child.i > verb.i:
            inner = next((one for one in child.children if one.dep_ in ("pobj", "pcomp")), None)
            if inner is not None and child.dep_ == "prep":
                found.setdefault(child.lower_, inner)
    if verb.dep_ == "relcl" and "object" not in found and _has_gap(verb):
        found["object"] = verb.head
    return found


def is_state(verb: Token) -> bool:
    """Whether a participle says how its subject stands: “is opposed to”."""
    return verb.lower_ == "opposed" and any(child.lower_ == "to" for child in verb.rights)


def _has_gap(verb: Token) -> bool:
    """Whether a relative clause has its own subject, so that its noun is the object: “the plan that he opposes”."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return bool(subjects) and subjects[0].lower_ not in ("who", "which", "that")


def holder_of(verb: Token) -> Token | None:
    """Who does what a verb says; a relative pronoun leads to its noun."""
    found = subject_of(verb)
    if found is not None and found.lower_ in ("who", "which", "that"):
        clause = found.head
        while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
            clause = clause.head
        return clause.head if clause.dep_ == "relcl" else None
    return found


def thing_of(head: Token) -> frozenset[int]:
    """A noun phrase without its asides; of a clause all of it. Its head is always among them."""
    if head.pos_ in ("VERB", "AUX"):
        return clause_of(head)
    loose = {
        at
        for child in head.subtree
        if child.dep_ in _LOOSE and child.i != head.i and child.i > head.i and _is_aside(child)
        for at in subtrees([child])
    }
    kept = {token.i for token in head.subtree} - loose
    # The head may be a mark itself: parsers make an object of a stray bracket.
    while max(kept) != head.i and head.doc[max(kept)].is_punct:
        kept.discard(max(kept))
    return frozenset(kept)


def _is_aside(child: Token) -> bool:
    return child.dep_ in ("relcl", "appos", "parataxis", "advcl") or child.left_edge.nbor(-1).text == ","


def clause_of(verb: Token) -> frozenset[int]:
    loose = {
        at
        for child in verb.children
        if child.dep_ in ("advcl", "parataxis", "ccomp") and child.i < verb.i
        for at in subtrees([child])
    }
    later = {at for child in verb.children if child.dep_ == "conj" for at in subtrees([child])}
    drop = {child.i for child in verb.children if child.dep_ in ("cc", "mark", "punct", "neg")}
    return frozenset(subtrees([verb]) - loose - later - drop)


def is_negated(word: Token) -> bool:
    """Whether a word is negated: “not”, “never”, “no longer”, “no” before a noun."""
    return any(
        child.dep_ == "neg"
        or (child.dep_ in ("det", "advmod", "preconj") and child.lower_ in words.NEGATIONS)
        or (child.lower_ == "longer" and child.i > 0 and child.nbor(-1).lower_ == "no")
        for child in word.children
    )


def in_its_mode(one: Attitude, verb: Token) -> Attitude:
    """The attitude as its verb has it: negated, refused, or only thought of."""
    if one.manner in ("silent", "undecided", "should") or one.pattern in ("predicate", "deed"):
        return replace(one, is_real=is_told(verb))
    real = is_told(verb)
    sign = one.sign
    if is_negated(verb) or (verb.dep_ == "xcomp" and lemma_of(verb.head) in words.REFUSE | {"fail"}):
        # Not to support is to oppose, more or less; not to oppose is nothing.
        real = real and sign > 0 and one.manner == "judge"
        sign = -sign
    return replace(one, sign=sign, is_real=real)


def is_told(verb: Token) -> bool:
    """Whether a clause is told as a fact: not as a condition, a possibility, a wish or a question."""
    at = verb
    for _ in range(_MAX_CLIMB):
        if any(child.dep_ == "aux" and child.lower_ in words.UNREAL for child in at.children):
            return False
        if any(child.dep_ == "mark" and child.lower_ in words.IF for child in at.children):
            return False
        if any(child.dep_ == "advmod" and child.lower_ in words.WHY and child.i < at.i for child in at.children):
            return False
        if at.dep_ in ("acl", "relcl", "xcomp") and at.head.lemma_.lower() in words.REFUSALS:
            return False
        if at.dep_ in ("xcomp", "ccomp") and at.head.i != at.i:
            lemma = lemma_of(at.head)
            if lemma in words.NOT_YET or (at.dep_ == "xcomp" and lemma in words.URGE):
                return False
            if lemma in words.ASK:
                return False
        if at.dep_ not in ("xcomp", "conj", "acomp", "pobj", "prep", "pcomp") or at.head.i == at.i:
            break
        at = at.head
    return verb.sent.text.rstrip(' ”"’')[-1:] != "?"
