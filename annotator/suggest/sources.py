"""Who speaks: the noun phrase behind a reporting verb, and what kind of source it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.drafts import SourceKind
from annotator.suggest import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_SUBJECTS = ("nsubj", "nsubjpass")
_CLIMB = ("advcl", "xcomp", "pcomp", "conj", "prep", "acl", "acomp")
# "He was quoted as saying", "she is reported to have said": here the passive's subject is who spoke.
_QUOTED = ("quote", "cite", "report", "say", "force", "record", "catch", "hear")
_BY = ("by", "in", "after", "before", "while", "without", "as", "to")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM")
_FINITE = ("VBD", "VBZ", "VBP")
_SPEAKING = cues.SAY | cues.LABEL | cues.COMMIT | cues.ASK | {"blame", "praise", "condemn", "reject", "defend"}
_MAX_CLIMB = 4
_MAX_APPOSITION = 25
_MAX_CLAUSE = 9


def subject_of(verb: Token) -> Token | None:
    """The head of the noun phrase that speaks: the verb's own subject or agent, or that of the verb it hangs on."""
    if who := _quoted_as(verb):
        return who
    if object_before(verb) is not None:
        return subject_of(verb.head)
    at = verb.head.head if is_of_reporter(verb) else verb
    for _ in range(_MAX_CLIMB):
        own = _own_subject(at)
        if own is not None:
            return own
        # "It was announced that ..." and "he was told that ...": whoever spoke is not named.
        if at is verb and verb.lemma_ in cues.FEEL and verb.dep_ != "acomp":
            return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        if at is verb and verb.tag_ == "VBN" and verb.dep_ == "advcl" and verb.lemma_ in cues.ASK:
            return None
        if at is verb and any(child.dep_ == "auxpass" for child in verb.children) and verb.dep_ != "conj":
            return None
        if at.dep_ == "acl" and at.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _behind(at.head) if at is verb else None
        if at.dep_ not in _CLIMB or at.head.i == at.i or (at.dep_ == "prep" and at.lower_ not in _BY):
            return None
        is_later_cue = at is verb and at.tag_ == "VBG" and at.i > 0 and at.nbor(-1).text in ",–—"
        at = at.head
        if is_later_cue and at.dep_ == "ccomp" and at.head.lemma_ in cues.SAY:
            # “He stressed that more was needed, saying ...”: parsers hang “saying” on the nearer verb.
            at = at.head
    return None


def object_before(verb: Token) -> Token | None:
    """What the parser takes for the subject of a verb, though it is the object of the verb before.

    “Minister reveals plan for Europe, calls for talks”: one comma parts “calls” from “plan”.
    """
    thing = _own_subject(verb) if verb.dep_ == "ccomp" else None
    if thing is None or thing.i > verb.i or verb.nbor(-1).text != ",":
        return None
    return thing if sum(token.text == "," for token in verb.doc[thing.i : verb.i]) == 1 else None


def _quoted_as(verb: Token) -> Token | None:
    """Whom somebody else quotes: “the paper quoted the mayor as saying”, “was quoted by the paper as saying”."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or verb.head.head.lemma_.lower() not in _QUOTED:
        return None
    return next((child for child in verb.head.head.children if child.dep_ in ("dobj", "nsubjpass")), None)


def is_first_person(word: Token) -> bool:
    """Whether a word means whoever speaks: “we”, but not the “US”."""
    return word.lower_ in cues.FIRST and word.text != "US"


def is_of_reporter(verb: Token) -> bool:
    """Whether a verb tells more of the speaker of the clause to which parsers join it.

    “They admitted that he had gone but declined to comment”, “she said the deal was off and vowed to fight on”.
    """
    is_joined = verb.dep_ == "conj" and verb.head.dep_ == "ccomp" and verb.head.head.lemma_.lower() in cues.SAY
    if not is_joined or _own_subject(verb) is not None:
        return False
    lemma, cue, kinds = verb.lemma_.lower(), verb.head.head, {child.dep_ for child in verb.head.children}
    if lemma in ("decline", "refuse"):
        return any(child.dep_ == "xcomp" and child.lemma_.lower() in cues.SILENT for child in verb.children)
    # What only is, or is done to, vows and urges nothing; nor does “will try and insisted” go together.
    is_other = verb.head.lemma_ == "be" or "auxpass" in kinds or verb.head.tag_ != verb.tag_
    return is_other and verb.tag_ == cue.tag_ and lemma in _SPEAKING


def _behind(noun: Token) -> Token:
    """Who speaks where a noun does: “put out a statement saying”, “the mayor’s decision to tell”."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    if noun.dep_ == "dobj" and noun.lemma_.lower() in cues.ARTIFACTS:
        return _own_subject(noun.head) or noun
    return noun


def _own_subject(verb: Token) -> Token | None:
    agents = [child for agent in verb.children if agent.dep_ == "agent" for child in agent.children]
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if agents and passive:
        return agents[0]
    if (last := speaker_behind(verb)) is not None:
        return last
    for child in verb.children:
        if child.dep_ not in _SUBJECTS or (child.dep_ == "nsubjpass" and verb.lemma_ not in _QUOTED):
            continue
        return child
    return None


def speaker_behind(verb: Token) -> Token | None:
    """Who stands behind a verb of saying that ends a sentence, “…, said Anna Meyer”, whatever stands before it."""
    if verb.tag_ not in _FINITE or verb.lemma_ not in cues.SAY or verb.i < 2:
        return None
    before = verb.nbor(-2) if verb.nbor(-1).is_quote else verb.nbor(-1)
    after = next((child for child in verb.rights if child.dep_ == "nsubj"), None)
    return after if before.text == "," and after is not None and after.left_edge.i == verb.i + 1 else None


def subject_of_misread(verb: Token) -> Token | None:
    """The subject of a verb that the parser has taken for a noun: its own, else the noun that the sentence hangs on."""
    root, subject = verb.sent.root, next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    return subject or (root if root.pos_ in ("NOUN", "PROPN") and root.i < verb.i else None)


def inverted_subject(verb: Token) -> Token | None:
    """The noun that follows a verb without subject (“, says defence chief”), whatever the parser calls it."""
    after = verb.i + 1
    while after < len(verb.doc) and verb.doc[after].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
        after += 1
    last = after - 1
    if last <= verb.i or verb.doc[last].pos_ not in ("NOUN", "PROPN"):
        return None
    return verb.doc[last]


def noun_phrase(head: Token, *, before: Token | None = None) -> TokenSpan:
    """The whole noun phrase of a head, with titles and appositions, without relative clauses and asides.

    With `before`, a verb, it never holds that verb.
    """
    doc = head.doc
    left = head.left_edge.i
    if before is not None and left <= before.i < head.i:
        left = before.i + 1
    while left < head.i and (doc[left].is_punct or doc[left].dep_ in ("cc", "mark", "advmod", "prep")):
        left += 1
    end = _right_end(head, before) + 1
    if before is not None and end <= before.i and not any(token.pos_ == "VERB" for token in doc[end : before.i]):
        end = _grown(doc, end, before.i)
    return doc[left:end]


def _grown(doc: Doc, end: int, stop: int) -> int:
    """Where a phrase before its verb ends when the parser has cut it short: nouns and prepositions up to the verb."""
    at = end
    while at < stop and (doc[at].pos_ in _NOMINAL or doc[at].text in "-'’"):
        at += 1
    reaches = all(token.pos_ in ("AUX", "ADV", "PART") for token in doc[at:stop])
    return at if reaches and at > end and doc[at - 1].pos_ in ("NOUN", "PROPN") else end


def _right_end(head: Token, before: Token | None = None) -> int:
    end = head.i
    comma = False
    for child in head.rights:
        if child.dep_ == "punct":
            comma = comma or child.text in ",—–-("
            if child.text in "—–(":
                break
            continue
        if before is not None and child.left_edge.i <= before.i <= child.right_edge.i:
            break
        reach = _right_end(child, before)
        if child.dep_ in ("advcl", "ccomp", "parataxis") or (comma and child.dep_ not in ("appos", "conj", "cc")):
            break
        if child.dep_ == "relcl" and (_has_pronoun(child) or reach - head.i > _MAX_CLAUSE):
            break
        if child.dep_ == "appos" and reach - child.left_edge.i > _MAX_APPOSITION:
            break
        end = max(end, reach)
    # A comma, a conjunction that nothing follows and a possessive are no part of it.
    while end > head.i and head.doc[end].dep_ in ("cc", "punct", "case"):
        end -= 1
    return end


def _has_pronoun(clause: Token) -> bool:
    return any(token.lower_ in ("who", "whom", "which", "that", "whose", "where") for token in clause.subtree)


def kind_of_source(source: TokenSpan | None, head: Token | None) -> SourceKind:
    """What kind of source a noun phrase is."""
    if source is None or head is None:
        return "none"
    lemma, text = head.lemma_.lower(), source.text.lower()
    if head.lower_ in cues.VAGUE:
        return "anonymous" if _is_anonymous(source, lemma) else "collective"
    if head.pos_ == "PRON":
        return "pronoun"
    if _is_named(source, head):
        return "named"
    if _is_anonymous(source, lemma):
        return "anonymous"
    if lemma in cues.ARTIFACTS:
        return "artifact"
    if head.tag_ in ("NNS", "NNPS") or lemma in cues.GROUPS or " and " in text:
        return "collective"
    return "description"


def _is_named(source: TokenSpan, head: Token) -> bool:
    # "Pentagon officials" holds a name and is none; "the coach, Alireza Mehraban" is one.
    people = {token.i for token in source if token.ent_type_ == "PERSON" and token.lower_ not in cues.ROLES}
    if people and (head.pos_ == "PROPN" or any(child.i in people for child in head.children if child.dep_ == "appos")):
        return True
    if head.pos_ == "NOUN" and head.i in people:
        return True
    return head.pos_ == "PROPN" and head.lower_ not in cues.ROLES and head.lower_.rstrip("s") not in cues.ROLES


def _is_anonymous(source: TokenSpan, lemma: str) -> bool:
    text = source.text.lower()
    if lemma in cues.ANONYMOUS_HEADS or any(mark in text for mark in cues.ANONYMOUS_MARKS):
        return True
    first = source[0].lower_
    return first in ("one", "a", "an", "another", "unnamed", "unidentified") and lemma in cues.ANONYMOUS_ROLES
