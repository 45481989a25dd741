"""Reported acts and attitudes: the complements of verbs such as “praised”, “called for” and “is expected”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotator.suggest.act_words import BY_COMPLEMENT

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH_OBJECT = ("as", "for", "of", "with", "on", "about")
_COMPLEMENTS = ("oprd", "acomp", "attr")


def act_of(verb: Token) -> tuple[set[int], str] | None:
    """The tokens of what a verb's act is about, and the name of that complement; None for other verbs."""
    key = lemma_of(verb)
    for name, tokens in _complements(verb):
        if key in BY_COMPLEMENT.get(name, ()):
            return tokens - {verb.i}, name
    return None


def lemma_of(verb: Token) -> str:
    """The lemma of a verb with its particle: “point_out”."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    lemma = verb.lemma_.lower()
    return f"{lemma}_{particle}" if particle else lemma


def is_infinitive(token: Token) -> bool:
    return any(child.tag_ == "TO" for child in token.children)


def subtrees(tokens: Iterable[Token]) -> set[int]:
    return {word.i for token in tokens for word in token.subtree}


def _complements(verb: Token) -> Iterator[tuple[str, set[int]]]:
    """The complements that a verb has, the most telling first."""
    children = list(verb.children)
    if any(child.dep_ == "auxpass" for child in children):
        yield from _of_passive(verb, children)
        return
    objects = [child for child in children if child.dep_ == "dobj" and child.i > verb.i][:1]
    infinitives = [child for child in children if child.dep_ in ("xcomp", "ccomp") and is_infinitive(child)][:1]
    complements = [child for child in children if child.dep_ in _COMPLEMENTS and child.i > verb.i][:1]
    prepositions = [child for child in children if child.dep_ == "prep" and child.i > verb.i]
    if infinitives:
        has_own = any(child.dep_ == "nsubj" for child in infinitives[0].children)
        name = "object and infinitive" if objects or has_own else "infinitive"
        yield name, subtrees(objects + infinitives)
        return
    if objects:
        if complements:
            yield "object complement", subtrees(objects + complements)
        for word in prepositions:
            if word.lower_ in _WITH_OBJECT:
                yield f"object {word.lower_}", subtrees([*objects, word])
        yield "object", subtrees(objects)
        return
    participles = [child for child in children if child.dep_ in ("xcomp", "pcomp") and child.tag_ == "VBG"]
    if participles:
        yield "participle", subtrees(participles[:1])
    subjects = [child for child in children if child.dep_ == "nsubj"]
    if complements and subjects:
        yield "seeming", subtrees(subjects + complements)
    for word in prepositions:
        inner = [child for child in word.children if child.dep_ in ("pobj", "pcomp")]
        if inner:
            yield word.lower_, subtrees(inner)


def _of_passive(verb: Token, children: list[Token]) -> Iterator[tuple[str, set[int]]]:
    subjects = [child for child in children if child.dep_ in ("nsubjpass", "csubjpass")][:1]
    if not subjects:
        return
    infinitives = [child for child in children if child.dep_ in ("xcomp", "ccomp") and is_infinitive(child)][:1]
    complements = [child for child in children if child.dep_ in _COMPLEMENTS and child.i > verb.i][:1]
    if infinitives:
        yield "passive infinitive", subtrees(subjects + infinitives)
    elif complements:
        yield "passive complement", subtrees(subjects + complements)
    if any(child.dep_ == "agent" for child in children):
        yield "passive by", subtrees(subjects)
        return
    for child in children:
        if child.dep_ == "prep" and child.lower_ in ("as", "of"):
            yield f"passive {child.lower_}", subtrees([*subjects, child])
    yield "passive", subtrees(subjects)
