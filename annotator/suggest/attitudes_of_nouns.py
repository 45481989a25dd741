"""Attitudes that nouns and adjectives hold: “her criticism of the plan”, “a supporter of”, “critical of”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.suggest import stance_words as words
from annotator.suggest.acts import is_infinitive, lemma_of, subtrees
from annotator.suggest.attitude_parts import Attitude, holder_of, in_its_mode, thing_of

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = frozenset().union(*words.NOUNS_FOR.values(), *words.NOUNS_AGAINST.values())


def noun_complement(noun: Token) -> tuple[str, Token] | None:
    for child in noun.children:
        if child.dep_ == "prep":
            inner = next((one for one in child.children if one.dep_ in ("pobj", "pcomp")), None)
            if inner is not None and child.lower_ != "by":
                return child.lower_, inner
    return None


def of_noun(noun: Token) -> Iterator[Attitude]:
    """“Her criticism of the plan”, “a Clinton supporter”, “Washington’s call for Europe to lead”."""
    lemma = noun.lemma_.lower()
    if lemma not in NOUNS:
        return
    holder = _holder_of_noun(noun)
    if lemma in words.CALL_NOUNS and (wanted := _clause_with_for(noun)) is not None:
        found = Attitude(noun, holder, wanted, frozenset(subtrees([wanted])), 1, "want", "call noun")
        yield in_its_mode(found, noun.head if noun.dep_ in ("dobj", "pobj") else noun)
        return
    for child in noun.rights:
        if child.dep_ != "prep":
            continue
        inner = next((one for one in child.children if one.dep_ in ("pobj", "pcomp")), None)
        for sign, table in ((1, words.NOUNS_FOR), (-1, words.NOUNS_AGAINST)):
            if inner is not None and lemma in table.get(child.lower_, ()):
                found = _noun_attitude(noun, holder, inner, child, sign)
                yield in_its_mode(found, noun.head if noun.dep_ in ("dobj", "pobj") else noun)
                return


def _clause_with_for(noun: Token) -> Token | None:
    """The clause of “calls for states to pay”."""
    return next(
        (
            child
            for child in noun.rights
            if is_infinitive(child) and any(word.dep_ == "mark" and word.lower_ == "for" for word in child.children)
        ),
        None,
    )


def _noun_attitude(noun: Token, holder: Token | None, inner: Token, prep: Token, sign: int) -> Attitude:
    if noun.lemma_.lower() not in words.CALL_NOUNS:
        return Attitude(noun, holder, inner, thing_of(inner), sign, "judge", "noun")
    after = [
        child for part in (noun, prep, inner) for child in part.children if is_infinitive(child) and child.i > inner.i
    ]
    if is_infinitive(inner):
        return Attitude(noun, holder, inner, frozenset(subtrees([inner])), 1, "want", "call noun")
    if after:
        about = frozenset(subtrees([inner])) | frozenset(subtrees([after[0]]))
        return Attitude(noun, holder, after[0], about, 1, "want", "call noun")
    return Attitude(noun, holder, inner, thing_of(inner), 1, "want", "call noun")


def _holder_of_noun(noun: Token) -> Token | None:
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None and owner.lower_ not in ("his", "her", "its", "their", "my", "our"):
        return owner
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            inner = next((one for one in child.children if one.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    if owner is not None:
        return holder_of(noun.head) if noun.head.pos_ == "VERB" else owner
    named = next((child for child in noun.children if child.dep_ in ("compound", "amod") and child.ent_type_), None)
    if named is not None and noun.lemma_.lower() in words.HELD:
        return named
    verb = noun.head
    if noun.dep_ == "dobj" and lemma_of(verb) in words.LIGHT_VERBS:
        return holder_of(verb)
    if noun.dep_ == "pobj" and verb.lower_ == "in" and verb.head.pos_ in ("VERB", "AUX"):
        return holder_of(verb.head)
    if noun.dep_ == "attr":
        return holder_of(verb)
    if noun.dep_ == "appos":
        return verb
    return None


def of_adjective(word: Token) -> Iterator[Attitude]:
    lemma = word.lemma_.lower()
    verb = word.head
    holder = holder_of(verb) if word.dep_ in ("acomp", "oprd", "xcomp") else None
    if holder is None:
        return
    for child in word.children:
        inner = next((one for one in child.children if one.dep_ in ("pobj", "pcomp")), None)
        for sign, table in ((1, words.ADJECTIVES_FOR), (-1, words.ADJECTIVES_AGAINST)):
            if child.dep_ == "prep" and inner is not None and lemma in table.get(child.lower_, ()):
                yield in_its_mode(Attitude(word, holder, inner, thing_of(inner), sign, "judge", "adjective"), verb)
                return
