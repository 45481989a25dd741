"""Who is for or against what, by the words and the parse of one line; whose words it stands in is not asked here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.suggest import cues
from annotator.suggest import stance_words as words
from annotator.suggest.acts import is_infinitive, lemma_of, subtrees
from annotator.suggest.attitude_parts import (
    Attitude,
    Manner,
    clause_of,
    holder_of,
    in_its_mode,
    is_negated,
    is_state,
    objects_of,
    thing_of,
)
from annotator.suggest.attitudes_of_clauses import what_is_named, what_is_said, what_should_be
from annotator.suggest.attitudes_of_nouns import NOUNS, noun_complement, of_adjective, of_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TRAILING = ("of", "with", "between")


def attitudes_in(doc: Doc) -> Iterator[Attitude]:
    """The attitudes of a line, in the order of their cues."""
    for token in doc:
        if token.pos_ in ("VERB", "AUX"):
            yield from _of_verb(token)
        elif token.pos_ == "NOUN":
            yield from of_noun(token)
        elif token.pos_ == "ADJ":
            yield from of_adjective(token)


def _of_verb(verb: Token) -> Iterator[Attitude]:
    lemma = lemma_of(verb)
    objects = objects_of(verb)
    found = [*_silence(verb, lemma), *what_should_be(verb), *what_is_said(verb), *what_is_named(verb, lemma)]
    if not found:
        found = [*_wanting(verb, lemma, objects), *_judging(verb, lemma, objects)]
    yield from (in_its_mode(one, verb) for one in found)


def _judging(verb: Token, lemma: str, objects: dict[str, Token]) -> Iterator[Attitude]:
    if is_state(verb) and "to" in objects:
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        yield Attitude(verb, subject, objects["to"], thing_of(objects["to"]), -1, "judge", "adjective")
        return
    for sign, table in ((1, words.FOR), (-1, words.AGAINST)):
        for name, lemmas in table.items():
            head = objects.get(name)
            if head is None or lemma not in lemmas:
                continue
            if head.lemma_.lower() in NOUNS and head.dep_ == "dobj" and noun_complement(head):
                # “Rejected criticism of the plan”: the noun says more.
                continue
            about = _accused(head) if lemma in words.ACCUSE else _with_trailing(verb, thing_of(head))
            yield Attitude(verb, holder_of(verb), head, about, sign, "judge", f"verb {name}")
            return
    if lemma in words.SHUN_DOING | words.WANT_DOING:
        sign = -1 if lemma in words.SHUN_DOING else 1
        for child in verb.children:
            if child.dep_ in ("xcomp", "pcomp") and child.tag_ == "VBG":
                yield Attitude(verb, holder_of(verb), child, frozenset(subtrees([child])), sign, "judge", "verb doing")


def _accused(head: Token) -> frozenset[int]:
    """Who is accused, without of what, which the parser may hang on them: “the president of lying”."""
    of_what = [child for child in head.children if child.dep_ == "prep" and child.lower_ == "of"]
    doing = [one for one in of_what if any(inner.tag_ == "VBG" for inner in one.children)]
    return thing_of(head) - frozenset(subtrees(doing))


def _with_trailing(verb: Token, about: frozenset[int]) -> frozenset[int]:
    """What follows a thing without a comma belongs to it, though the parser hangs it on the verb: “the deal with”."""
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in _TRAILING and child.i == max(about) + 1:
            about |= frozenset(subtrees([child]))
    return about


def _wanting(verb: Token, lemma: str, objects: dict[str, Token]) -> Iterator[Attitude]:
    """“Urged allies to pay”, “called for talks”, “demanded that he go”, “vowed to fight”, “refused to sign”."""
    holder = holder_of(verb)
    infinitive = next(
        (child for child in verb.children if child.dep_ in ("xcomp", "ccomp", "advcl") and is_infinitive(child)), None
    )
    if infinitive is not None and infinitive.i > verb.i:
        who = (
            next((child for child in infinitive.children if child.dep_ == "nsubj"), None)
            or objects.get("object")
            or objects.get("on")
        )
        if lemma in words.URGE and who is not None:
            about = (
                frozenset(subtrees([who, infinitive])) if who.head != infinitive else frozenset(subtrees([infinitive]))
            )
            yield Attitude(verb, holder, infinitive, about, 1, "want", "ask" if lemma in words.MERELY_ASK else "urge")
            return
        if lemma in words.PLEDGE | words.REFUSE and who is None and infinitive.dep_ == "xcomp":
            sign = -1 if lemma in words.REFUSE else 1
            yield Attitude(
                verb,
                holder,
                infinitive,
                frozenset(subtrees([infinitive])),
                sign,
                "will",
                "pledge" if sign > 0 else "refusal",
            )
            return
    wanted = _subjunctive(verb, lemma)
    if wanted is not None:
        yield Attitude(verb, holder, wanted, clause_of(wanted), 1, "want", "urge")
        return
    for name, lemmas in words.CALL_FOR.items():
        head = objects.get(name)
        if head is None or lemma not in lemmas or head.pos_ == "PRON" or (name == "for" and "object" in objects):
            continue
        with_purpose = [
            child
            for child in verb.children
            if child.dep_ in ("advcl", "xcomp") and is_infinitive(child) and child.i > head.i
        ]
        if name == "for" and lemma == "call" and with_purpose:
            about = frozenset(subtrees([head, with_purpose[0]]))
            yield Attitude(verb, holder, with_purpose[0], about, 1, "want", "urge")
        elif not (lemma == "call" and head.ent_type_ == "PERSON"):
            pattern = "ask" if lemma in words.MERELY_ASK else f"call {name}"
            yield Attitude(verb, holder, head, thing_of(head), 1, "want", pattern)
        return


def _subjunctive(verb: Token, lemma: str) -> Token | None:
    """The clause of “demanded that he go”, “demanding nations take the lead”: its verb is bare."""
    if lemma not in words.SUBJUNCTIVE:
        return None
    clause = next((child for child in verb.rights if child.dep_ == "ccomp"), None)
    if clause is None or clause.tag_ not in ("VB", "VBP"):
        return None
    kinds = {child.dep_ for child in clause.lefts}
    return clause if kinds & {"nsubj", "nsubjpass"} and "aux" not in kinds else None


def _silence(verb: Token, lemma: str) -> Iterator[Attitude]:
    """“Declined to comment on”, “would not say whether”, “has not decided whether”."""
    if lemma in words.REFUSE:
        inner = next(
            (child for child in verb.children if child.dep_ == "xcomp" and lemma_of(child) in cues.SILENT), None
        )
        if inner is not None:
            yield _silent(verb, inner, "silent")
    elif lemma in words.HAVE_NOT_DECIDED and is_negated(verb):
        yield _silent(verb, verb, "undecided")
    elif lemma == "say" and is_negated(verb) and any(child.lower_ in ("would", "did") for child in verb.children):
        yield _silent(verb, verb, "silent")
    elif lemma in ("take", "have") and is_negated(verb):
        head = objects_of(verb).get("object")
        if head is not None and head.lemma_.lower() in ("position", "side", "stance"):
            yield _silent(verb, verb, "silent")


def _silent(cue: Token, inner: Token, manner: Manner) -> Attitude:
    named = [child for child in inner.children if child.dep_ in ("ccomp", "xcomp") and child.i > inner.i]
    for word in ("on", "about"):
        objects = objects_of(inner) if inner is not cue else {}
        head = objects.get(word) or objects_of(cue).get(word)
        if head is not None:
            named.append(head)
    head = named[0] if named else inner
    about = frozenset(subtrees([head])) if named else frozenset()
    return Attitude(cue, holder_of(cue), head, about, 0, manner, manner)
