"""What clauses say by themselves: what should be so, and what a thing is said or called to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.domain.words import word_set
from annotator.suggest import stance_words as words
from annotator.suggest.acts import is_infinitive
from annotator.suggest.attitude_parts import Attitude, clause_of, holder_of, is_negated, objects_of, thing_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMING = word_set("call brand label deem declare consider term dub find")
_NAMING_AS = word_set(
    "describe characterize portray denounce dismiss see regard view hail praise paint depict criticize slam"
)


def what_should_be(verb: Token) -> Iterator[Attitude]:
    """“Europe must lead”, “allies need to pay”: the clause itself is what should be so."""
    modal = next((child for child in verb.children if child.dep_ == "aux" and child.lower_ in words.SHOULD), None)
    if modal is None and verb.lemma_ in words.NEED and verb.lemma_ != "have":
        inner = next((child for child in verb.children if child.dep_ == "xcomp" and is_infinitive(child)), None)
        if inner is not None:
            modal = verb
    if modal is None:
        return
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")), None)
    if subject is None:
        return
    sign = -1 if is_negated(verb) else 1
    yield Attitude(modal, None, verb, clause_of(verb), sign, "should", "should")


def what_is_said(verb: Token) -> Iterator[Attitude]:
    """“The plan is unrealistic”, “they lied”: what a clause says of its own subject."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "csubj", "nsubjpass")), None)
    if subject is None or subject.lower_ in ("who", "which", "that", "there", "what"):
        return
    if verb.lemma_ == "be":
        for child in verb.children:
            if child.dep_ in ("acomp", "attr") and child.i > verb.i and (sign := _worth(child)):
                head = _extraposed(verb, subject) or subject
                sign = -sign if is_negated(verb) or is_negated(child) else sign
                yield Attitude(child, None, head, thing_of(head), sign, "be", "predicate")
                return
    elif verb.lemma_ in words.GOOD_DEEDS | words.BAD_DEEDS and not any(c.dep_ == "auxpass" for c in verb.children):
        sign = 1 if verb.lemma_ in words.GOOD_DEEDS else -1
        sign = -sign if is_negated(verb) else sign
        yield Attitude(verb, None, subject, thing_of(subject), sign, "be", "deed")


def _extraposed(verb: Token, subject: Token) -> Token | None:
    """The clause that “it” stands for: “it is obvious Europe should lead”."""
    if subject.lower_ != "it":
        return None
    inner = [
        child
        for part in (verb, *verb.children)
        for child in part.children
        if child.dep_ in ("ccomp", "csubj", "xcomp", "advcl")
    ]
    return next((child for child in inner if child.i > verb.i), None)


def _worth(word: Token) -> int:
    lemma = word.lemma_.lower()
    own = [lemma]
    if lemma in words.THINGS:
        own += [child.lemma_.lower() for child in word.children if child.dep_ in ("amod", "compound")]
    if words.BAD.intersection(own):
        return -1
    if any(child.lower_ in ("too", "no", "not") for child in word.children):
        return 0
    return 1 if words.GOOD.intersection(own) else 0


def what_is_named(verb: Token, lemma: str) -> Iterator[Attitude]:
    """“Called the plan a mistake”, “described him as weak”, “declared it unrealistic”."""
    if lemma in _NAMING and (named := _named(verb)) is not None:
        thing, about, sign = named
        yield Attitude(verb, holder_of(verb), thing, about, sign, "be", "naming")
        return
    if lemma in _NAMING_AS:
        objects = objects_of(verb)
        as_what, head = objects.get("as"), objects.get("object")
        if as_what is not None and head is not None and (sign := _worth(as_what)):
            yield Attitude(verb, holder_of(verb), head, thing_of(head), sign, "be", "naming")


def _named(verb: Token) -> tuple[Token, frozenset[int], int] | None:
    """What a verb of naming is about, its words, and whether what it is named is good (1) or bad (-1)."""
    thing = objects_of(verb).get("object")
    words_for = [
        child
        for child in verb.children
        if child.dep_ in ("oprd", "xcomp", "ccomp", "acomp") and child.i > verb.i and child.pos_ != "VERB"
    ]
    for word in words_for:
        if sign := _worth(word):
            inner = next((one for one in word.children if one.dep_ == "nsubj"), None)
            # “Calls borders unrealistic”: parsers take both for what is named.
            before = next((one for one in words_for if one.i < word.i and one.pos_ in ("NOUN", "PROPN")), None)
            head = inner or thing or before
            return (head, thing_of(head), sign) if head is not None else None
    if thing is None:
        return None
    # “Declared membership and the borders “unrealistic””: parsers hang the last word on the noun before it.
    about = thing_of(thing)
    last = verb.doc[max(about)]
    is_after_noun = last.pos_ == "ADJ" and last.dep_ == "amod" and last.i > last.head.i
    sign = _worth(last) if is_after_noun else 0
    return (thing, about - {last.i}, sign) if sign else None
