"""What a stance is about: the project's targets by likeness, and a new one worded as a full positive sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.canonical import as_score
from annotator.domain.drafts import TargetGuess, TargetKind
from annotator.domain.words import fold, tokens, word_set
from annotator.suggest import cues
from annotator.suggest import stance_words as words
from annotator.suggest.attitude_parts import Attitude
from annotator.suggest.messages import KnownTarget

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SAME = 0.8
"""From this likeness on a known target is proposed as the one that is meant."""
LIKELY = 0.34
"""From this likeness on it is offered."""
MAX_GUESSES = 5
_LABEL_CHARS = 44
_DANGLING = frozenset(["as", "and", "or", "but", "while", "if", "that", "to", "of", "for", "with", "by", ",", "–", "—"])
_MAX_WORDS = 32
_STOP = word_set(
    """
    a an the of for to in on at by with from as and or but that this these those it its is are was were be been
    being should must shall will would can could may might ought need needs has have had do does did not no their
    his her our your my more than into over under about there who which what when where how very most any all some
    other own new if so such only also just still ever never between against among during after before since until
    while deserves support good thing fact important right role primary take takes lead
    """
)
_SAME_WORDS = {
    "united states": "us", "u s": "us", "america": "us", "american": "us", "washington": "us", "europe": "europe",
    "european": "europe", "europeans": "europe", "ukrainian": "ukraine", "russian": "russia", "percent": "pct",
    "defense": "defence", "britain": "uk", "british": "uk", "join": "member", "membership": "member",
    "members": "member", "troop": "troops", "allies": "ally", "gross domestic product": "gdp",
}  # fmt: skip
_STEM = 5
_OTHER_NAME, _MAX_OTHERS = 0.88, 3


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that tell one target from another, each with its weight, and how often they are turned round."""

    weights: dict[str, float]
    turns: int


def likeness(passage: str, target: KnownTarget) -> float:
    """How much of a target's words a passage holds, 0 to 1; names and numbers weigh double.

    Names and numbers of the passage that the target lacks make it less: “lead in Ukraine’s defence” is not “lead in
    its own”.
    """
    said = _words_of(passage).weights
    own = _words_of(f"{target.statement} {target.label}").weights
    others = sum(weight > 1 and not _is_there(word, set(own)) for word, weight in said.items())
    share = max(_share(set(said), _words_of(text)) for text in (target.statement, target.label))
    return share * _OTHER_NAME ** min(others, _MAX_OTHERS)


def _share(said: set[str], wanted: _Words) -> float:
    whole = sum(wanted.weights.values())
    if len(wanted.weights) < 2 or not whole:
        return 0.0
    return sum(weight for word, weight in wanted.weights.items() if _is_there(word, said)) / whole


def _is_there(word: str, said: set[str]) -> bool:
    return word in said or (len(word) >= _STEM and any(other[:_STEM] == word[:_STEM] for other in said))


def _words_of(text: str) -> _Words:
    plain = f" {' '.join(tokens(text.replace('%', ' percent ')))} "
    for long, short in _SAME_WORDS.items():
        plain = plain.replace(f" {long} ", f" {short} ")
    capitals = {fold(one) for one in text.replace("’", " ").replace("'", " ").split() if one[:1].isupper()}
    weights: dict[str, float] = {}
    turns = 0
    for word in plain.split():
        turns += word in words.AWAY
        if word not in _STOP and word not in words.AWAY:
            weights[word] = 2.0 if word in capitals or word[:1].isdigit() or word in _SAME_WORDS.values() else 1.0
    return _Words(weights, turns)


def is_turned(passage: str, target: KnownTarget) -> bool:
    """Whether a passage speaks of the opposite of a target, as far as its words say: to end it, to leave, without."""
    return (_words_of(passage).turns - _words_of(target.statement).turns) % 2 == 1


def known_guesses(passage: str, targets: Iterable[KnownTarget]) -> list[TargetGuess]:
    """The targets that share enough with a passage, the likeliest first."""
    scored = [(likeness(passage, one), one) for one in targets]
    found = sorted((pair for pair in scored if pair[0] >= LIKELY), key=lambda pair: (-pair[0], pair[1].label))
    return [
        TargetGuess(
            id=one.id,
            label=one.label,
            statement=one.statement,
            kind=one.kind,
            score=as_score(score),
            reason=f"shares {round(100 * score)} % of its words",
        )
        for score, one in found[:MAX_GUESSES]
    ]


def new_guess(one: Attitude) -> TargetGuess | None:
    """A new target for what an attitude is about; none where its words cannot stand by themselves."""
    doc = one.head.doc
    worded = _statement(doc, one)
    if worded is None:
        return None
    label, statement, kind = worded
    if len(statement.split()) > _MAX_WORDS:
        return None
    return TargetGuess(label=_short(label), statement=statement, kind=kind, score=0.5, reason="new: what is said here")


def stands_alone(one: Attitude) -> bool:
    """Whether the words of a thing are understood without the sentence before: no “this”, no “he”, no “his remarks”."""
    doc = one.head.doc
    about = [doc[at] for at in sorted(one.about)]
    if about and about[0].tag_ in ("PRP$", "PRP"):
        return False
    return not any(
        word.lower_ in words.POINTING
        and word.text != "US"
        and word.dep_ not in ("mark", "det")
        and word.tag_ not in ("WDT", "IN", "PRP$")
        for word in about
        if word.dep_ != "expl"
    )


def _statement(doc: Doc, one: Attitude) -> tuple[str, str, TargetKind] | None:
    head = one.head
    if one.manner == "should" or (head.pos_ in ("VERB", "AUX") and _own_subject(head) is not None):
        return _of_clause(doc, one)
    if head.pos_ in ("VERB", "AUX"):
        return _of_action(doc, one)
    return _of_noun(doc, one)


def _of_clause(doc: Doc, one: Attitude) -> tuple[str, str, TargetKind] | None:
    """“Nato allies to increase their spending” becomes “Nato allies should increase their spending”."""
    head = one.head
    subject = _own_subject(head)
    if subject is None or _is_vague(subject):
        return None
    about = set(one.about) | {subject.i}
    edges = [at for at in sorted(about) if not doc[at].is_space]
    who = _text(doc, [at for at in edges if at in {word.i for word in subject.subtree}])
    rest = [at for at in edges if at not in {word.i for word in subject.subtree}]
    # What stands before the subject is no part of the sentence.
    rest = [at for at in rest if at > subject.i and not (doc[at].dep_ == "neg" and doc[at].head == head)]
    if one.manner == "want":
        rest = [at for at in rest if not (doc[at].tag_ == "TO" and doc[at].head == head)]
        said = f"{who} should {_text(doc, rest)}"
    else:
        said = f"{who} {_text(doc, rest)}"
    kind: TargetKind = "policy" if one.manner in ("want", "should") else "claim"
    return _as_label(said), _sentence(said), kind


def _of_action(doc: Doc, one: Attitude) -> tuple[str, str, TargetKind] | None:
    """“Vowed to fight the plan”: the holder's own action, which the sentence has to name."""
    about = [at for at in sorted(one.about) if doc[at].dep_ != "neg"]
    if one.manner == "will" or one.pattern == "urge":
        about = [at for at in about if not (doc[at].tag_ == "TO" and doc[at].head == one.head)]
        if one.holder is None or _is_vague(one.holder) or one.pattern == "urge":
            return None
        said = f"{_text(doc, [one.holder.i])} should {_text(doc, about)}"
        return _as_label(_text(doc, about)), _sentence(said), "policy"
    if one.head.tag_ == "VBG":
        action = _text(doc, about)
        return _as_label(action), _sentence(f"{action} is right"), "policy"
    return None


def _of_noun(doc: Doc, one: Attitude) -> tuple[str, str, TargetKind] | None:
    about = sorted(one.about)
    while about and doc[about[0]].dep_ in ("det", "poss") and doc[about[0]].lower_ in ("a", "an", "the"):
        about = about[1:]
    if not about or _is_vague(one.head) or _needs_more(one.head, about):
        return None
    thing = _text(doc, about)
    is_plural = one.head.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in one.head.children)
    if _is_somebody(one.head):
        return _as_label(thing), _sentence(f"{thing} deserve{'' if is_plural else 's'} support"), "actor"
    the = "" if is_plural or one.head.pos_ == "PROPN" or doc[about[0]].dep_ == "poss" else "the "
    if one.manner == "want":
        return _as_label(thing), _sentence(f"There should be {_article(thing, one.head)}{thing}"), "policy"
    owned = _owned(doc, about)
    if owned is not None:
        return _as_label(thing), _sentence(owned), "policy"
    if one.head.doc[min(one.about)].lower_ != "the" and doc[about[0]].pos_ not in ("DET", "PRON", "NUM"):
        return _as_label(thing), _sentence(f"There should be {_article(thing, one.head)}{thing}"), "policy"
    the = the if one.head.doc[min(one.about)].lower_ == "the" else ""
    return _as_label(thing), _sentence(f"{the}{thing} deserve{'' if is_plural else 's'} support"), "policy"


def _owned(doc: Doc, about: Sequence[int]) -> str | None:
    """“Ukraine’s NATO membership” as a sentence: Ukraine should have NATO membership."""
    case = next((at for at in about if doc[at].dep_ == "case"), None)
    if case is None:
        return None
    owner = doc[case].head
    is_first = owner.dep_ == "poss" and owner.left_edge.i == about[0] and doc[case - 1] == owner
    if not is_first or owner.ent_type_ not in ("GPE", "ORG", "NORP", "LOC"):
        return None
    rest = [at for at in about if at > case]
    return f"{_text(doc, range(about[0], case))} should have {_text(doc, rest)}" if rest else None


def _is_somebody(head: Token) -> bool:
    is_named = head.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") and head.pos_ == "PROPN"
    lemma = head.lemma_.lower()
    return is_named or lemma in cues.ROLES | cues.GROUPS | cues.ANONYMOUS_ROLES | words.PEOPLE


def _article(thing: str, head: Token) -> str:
    if head.tag_ != "NN" or not any(child.dep_ == "det" for child in head.children):
        return ""
    return "an " if thing[:1].lower() in "aeiou" else "a "


def _own_subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")), None) or (
        next((child for child in verb.head.children if child.dep_ in ("dobj", "pobj") and child.i < verb.i), None)
        if verb.dep_ in ("xcomp", "advcl", "acl") and any(child.tag_ == "TO" for child in verb.children)
        else None
    )


def _is_vague(word: Token) -> bool:
    """Whether a word means nothing outside its text."""
    return word.pos_ in ("PRON", "DET") or word.lower_ in ("that", "this", "it", "one", "others", "both", "some")


def _needs_more(head: Token, about: Sequence[int]) -> bool:
    """Whether a noun says too little alone: “the plan”, “his remarks”."""
    is_named = any(head.doc[at].pos_ == "PROPN" for at in about)
    content = [at for at in about if head.doc[at].pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "NUM")]
    return not is_named and len(content) < 2


def _text(doc: Doc, places: Sequence[int]) -> str:
    """The words at some places, spaced as in the text; a gap becomes one space."""
    said = ""
    last = -1
    for at in places:
        if said and _is_aside(doc[at]):
            break
        if last >= 0 and at != last + 1 and said and not said[-1].isspace():
            said += " "
        said += doc[at].text_with_ws
        last = at
    plain = " ".join(said.replace("“", "").replace("”", "").replace('"', "").replace("''", "").split())
    while plain and plain.rsplit(" ", 1)[-1].casefold() in _DANGLING:
        plain = plain.rpartition(" ")[0]
    return plain.strip(" ,;:–—-.")


def _is_aside(comma: Token) -> bool:
    """Whether a comma begins what is said of a thing in passing: “by 2027, a timeline that many find too short”."""
    if comma.text != "," or comma.i + 1 >= len(comma.doc):
        return False
    article = comma.nbor(1)
    return article.lower_ in ("a", "an") and any(child.dep_ == "relcl" for child in article.head.children)


def _sentence(said: str) -> str:
    said = " ".join(said.split())
    return f"{said[:1].upper()}{said[1:]}."


def _as_label(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"


def _short(label: str) -> str:
    if len(label) <= _LABEL_CHARS:
        return label
    return f"{label[: _LABEL_CHARS - 1].rsplit(' ', 1)[0].rstrip(',;')}…"
