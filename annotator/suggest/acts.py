"""Reported acts and attitudes: the complements of verbs such as “praised”, “called for” and “is expected”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotator.suggest.act_words import BY_COMPLEMENT, BY_WORD, LIGHT_VERBS
from annotator.suggest.cues import SAY
from annotator.suggest.sources import object_before, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

KEYS = frozenset(key for keys in BY_COMPLEMENT.values() for key in keys)
"""The verbs of acts and attitudes, with their particles."""

_WITH_OBJECT = ("as", "for", "of", "with", "on", "about")
_TRAILING = ("of", "for", "about", "to", "from", "against", "over", "as", "by", "with")
# “Said in a statement on Monday” states nothing about Monday.
TIMES = ("DATE", "TIME")
_HELPS = ("aux", "auxpass", "agent")
_UPON = ("on", "upon")
_HELD = ("dobj", "acomp", "attr", "oprd")
_COMPLEMENTS = ("oprd", "acomp", "attr")


def act_of(verb: Token) -> tuple[set[int], str] | None:
    """The tokens of what a verb's act is about, and the name of that complement; None for other verbs."""
    key = lemma_of(verb)
    if key not in KEYS:
        return None
    if _is_part_of_a_thing(verb) or _leads_to_report(verb):
        return None
    for name, tokens in _complements(verb):
        if key in BY_COMPLEMENT.get(name, ()):
            return _with_trailing(verb, tokens) - {verb.i}, name
    return None


def _is_part_of_a_thing(verb: Token) -> bool:
    """Whether a verb only says what sort of thing a noun is (“votes needed”, “a chance to praise”), or is governed."""
    if verb.dep_ == "acl":
        # “The chancellor, asked about it, ...”: somebody else asked.
        return verb.tag_ in ("VB", "VBN") or verb.lower_ == "asked"
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not any(child.dep_ in _HELPS for child in verb.children):
        # “Known as the Iron Lady, Thatcher ...”: somebody else did it.
        return True
    return verb.tag_ == "VB" and verb.dep_ in ("ccomp", "conj") and not any(c.dep_ == "aux" for c in verb.children)


def _leads_to_report(verb: Token) -> bool:
    """Whether a verb only leads to one of saying: “went on to say”, “quoted the mayor as saying”."""
    if verb.lemma_.lower() == "go":
        inner = [child for child in verb.children if child.dep_ == "xcomp"]
    else:
        named = [child for child in verb.children if child.lower_ == "as"]
        inner = [word for child in named for word in child.children if word.dep_ == "pcomp"]
    return any(word.lemma_.lower() in SAY for word in inner)


def _with_trailing(verb: Token, tokens: set[int]) -> set[int]:
    """What follows a complement without a comma belongs to it, though the parser may hang it on the verb."""
    tokens = set(tokens)
    for child in verb.rights:
        follows = child.left_edge.i == max(tokens) + 1
        is_phrase = child.dep_ == "prep" and child.lower_ in _TRAILING
        is_purpose = child.dep_ == "advcl" and is_infinitive(child) and max(tokens) > verb.i
        if follows and (is_phrase or is_purpose):
            tokens |= subtrees([child])
    return tokens


def act_of_word(word: Token) -> tuple[set[int], str, Token | None] | None:
    """The same of a noun or an adjective (“his claim that”, “is critical of”), and the head of who holds it."""
    lemma = word.lemma_.lower()
    for child in word.rights:
        name = _name_of_complement(child)
        if name and lemma in BY_WORD[word.pos_].get(name, ()):
            inner = (
                [one for one in child.children if one.dep_ in ("pobj", "pcomp")] if child.dep_ == "prep" else [child]
            )
            if all(one.ent_type_ in TIMES for one in inner):
                continue
            tokens = subtrees(inner)
            return (tokens, f"{word.pos_.lower()} and complement", _holder(word)) if tokens else None
    return None


def _name_of_complement(child: Token) -> str:
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ not in ("acl", "ccomp", "xcomp"):
        return ""
    if is_infinitive(child):
        return "infinitive"
    return "clause" if any(one.dep_ == "mark" and one.lower_ == "that" for one in child.lefts) else ""


def _holder(word: Token) -> Token | None:
    """Whose claim or attitude it is: the owner's, else that of the subject of the verb that the word hangs on."""
    if (owner := owner_of(word)) is not None:
        return owner
    verb = word.head
    if word.dep_ == "pobj" and (verb.lower_ == "in" or (verb.lower_ == "of" and verb.head.lemma_ == "be")):
        return subject_of(verb.head) if verb.head.pos_ in ("VERB", "AUX") else None
    if word.dep_ == "dobj" and verb.lemma_.lower() not in LIGHT_VERBS:
        return None
    return subject_of(verb) if word.dep_ in _HELD and verb.pos_ in ("VERB", "AUX") else None


def owner_of(noun: Token) -> Token | None:
    """Whose claim or fear a noun says: “the mayor’s claim”, “concern among officials”."""
    for child in noun.children:
        # Parsers take “the mayor’s claim” for a sentence at times.
        if child.dep_ == "poss" or (child.dep_ == "nsubj" and any(one.dep_ == "case" for one in child.rights)):
            return child
        if child.dep_ == "prep" and child.lower_ == "among" and noun.lemma_ in BY_WORD["NOUN"]["clause"]:
            return next((one for one in child.children if one.dep_ == "pobj"), None)
    return None


def lemma_of(verb: Token) -> str:
    """The lemma of a verb with its particle: “point_out”, also “push_back”, which parsers take for an adverb."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    if not particle and any(child.lower_ == "back" and child.i == verb.i + 1 for child in verb.children):
        particle = "back"
    if _calls_on(verb):
        particle = "on"
    lemma = verb.lemma_.lower()
    return f"{lemma}_{particle}" if particle else lemma


def _calls_on(verb: Token) -> bool:
    """“Called on both sides to show restraint”."""
    is_asked = any(child.dep_ == "xcomp" and is_infinitive(child) for child in verb.rights)
    return verb.lemma_ == "call" and is_asked and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ in _UPON


def is_infinitive(token: Token) -> bool:
    return any(child.tag_ == "TO" for child in token.children)


def is_for_clause(token: Token) -> bool:
    """Whether a clause is one with “for” and its own subject: “called for allies to pay”."""
    kinds = {child.dep_: child.lower_ for child in token.lefts}
    return is_infinitive(token) and kinds.get("mark") == "for" and "nsubj" in kinds


def subtrees(tokens: Iterable[Token]) -> set[int]:
    return {word.i for token in tokens for word in token.subtree}


def _complements(verb: Token) -> Iterator[tuple[str, set[int]]]:
    """The complements that a verb has, the most telling first."""
    children = list(verb.children)
    if any(child.dep_ == "auxpass" for child in children):
        yield from _of_passive(verb, children)
        return
    wanted = [child for child in children if child.dep_ == "advcl" and is_for_clause(child) and child.i > verb.i][:1]
    if wanted:
        yield "for", subtrees(wanted)
    objects = [child for child in children if child.dep_ == "dobj" and child.i > verb.i][:1]
    objects = objects or [one for child in children if (one := object_before(child))][:1]
    infinitives = [child for child in children if child.dep_ in ("xcomp", "ccomp") and is_infinitive(child)][:1]
    complements = [child for child in children if child.dep_ in _COMPLEMENTS and child.i > verb.i][:1]
    prepositions = [child for child in children if child.dep_ == "prep" and child.i > verb.i]
    if infinitives:
        if _calls_on(verb):
            objects = [one for child in prepositions if child.lower_ in _UPON for one in child.children]
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
    participles = [child for child in children if child.tag_ == "VBG" and _is_complement(child)]
    if participles:
        yield "participle", subtrees(participles[:1])
    subjects = [child for child in children if child.dep_ == "nsubj"]
    if complements and subjects:
        yield "seeming", subtrees(subjects + complements)
    for word in prepositions:
        inner = [child for child in word.children if child.dep_ in ("pobj", "pcomp")]
        if inner:
            yield word.lower_, subtrees(inner)


def _is_complement(participle: Token) -> bool:
    """“Ruled out sending troops”: also where the parser takes it for an adverbial that follows at once."""
    before = participle.nbor(-1) if participle.i else participle
    follows = before == participle.head or (before.dep_ == "prt" and before.head == participle.head)
    return participle.dep_ in ("xcomp", "pcomp") or (participle.dep_ == "advcl" and follows)


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
        # “Condemned by the opposition as reckless”
        as_what = [child for child in children if child.dep_ == "prep" and child.lower_ == "as"]
        yield "passive by", subtrees(subjects + as_what)
        return
    for child in children:
        if child.dep_ == "prep" and child.lower_ in ("as", "of"):
            yield f"passive {child.lower_}", subtrees([*subjects, child])
    yield "passive", subtrees(subjects)
