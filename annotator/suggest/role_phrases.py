"""Roles around a name: “US Defense Secretary Pete Hegseth”, “Anna Meyer, the mayor of Ulm,”, “the coach, Ali Reza,”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.suggest.roles import HEADS, PEOPLE, Role, role_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LINKS = ("of", "for", "to", "at", "in")
_JOINED = (*_LINKS, "the", "'s", "’s", "-", "and", "&")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")
_MAX_BEFORE, _MAX_AFTER = 12, 14
_VERBS = ("VERB", "AUX")

Found = tuple[Role, int, int]


def roles_around(doc: Doc, first: int, last: int) -> Iterator[Found]:
    """The roles that stand at a name (tokens `first` to `last`, half-open), each with the tokens of its phrase."""
    before = _before(doc, first)
    if before is None and first > 1 and doc[first - 1].text == "," and _is_apart(doc, last):
        before = _before(doc, first - 1)
    if before is not None:
        yield before
    after = _after(doc, last)
    if after is not None:
        yield after
    yield from _copula(doc, first, last)


def _is_apart(doc: Doc, last: int) -> bool:
    return last >= len(doc) or doc[last].is_punct or doc[last].pos_ in _VERBS


def _before(doc: Doc, stop: int) -> Found | None:
    at = stop
    while at > 0 and stop - at < _MAX_BEFORE:
        token = doc[at - 1]
        if token.pos_ not in _NOMINAL and token.lower_ not in _JOINED:
            break
        at -= 1
    while at < stop and (doc[at].lower_ in _JOINED or doc[at].text in "-'’"):
        at += 1
    if at >= stop:
        return None
    links = [token.i for token in doc[at:stop] if token.lower_ in _LINKS]
    inner = [token.i for token in doc[at : links[0] if links else stop] if _is_head(token.lower_)]
    if not inner and links:
        at = links[-1] + 1
        inner = [token.i for token in doc[at:stop] if _is_head(token.lower_)]
    if not inner:
        return None
    head = inner[-1]
    begin = at - 1 if at > 0 and doc[at - 1].pos_ in ("DET", "PRON") else at
    return role_of(doc[at:stop].text, doc[head].lower_), begin, stop


def _after(doc: Doc, last: int) -> Found | None:
    if last + 1 >= len(doc) or doc[last].text not in (",", "(", "–", "—"):
        # “Lydia Buchtmann for Food Standards Australia”: no noun says what she is.
        return None
    at = last + 1
    end = at
    while end < len(doc) and end - at < _MAX_AFTER:
        token = doc[end]
        if (
            token.pos_ in _VERBS
            or (token.is_punct and token.text not in "-'’")
            or token.lower_ in ("who", "which", "whose")
        ):
            break
        end += 1
    phrase = doc[at:end]
    if not len(phrase) or phrase[0].pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "ADV", "PRON"):
        return None
    # A list of names is no apposition.
    if end < len(doc) and doc[end].lower_ == "and":
        return None
    limit = next((token.i for token in phrase if token.lower_ in _LINKS), end)
    heads = [token.i for token in doc[at:limit] if _is_head(token.lower_)]
    if not heads or limit - heads[-1] > 2:
        return None
    return role_of(phrase.text, doc[heads[-1]].lower_), at, end


def _copula(doc: Doc, first: int, last: int) -> Iterator[Found]:
    head = doc[first:last].root
    if head.dep_ != "nsubj" or head.head.lemma_ not in ("be", "become"):
        return
    for child in head.head.children:
        if child.dep_ == "attr" and _is_head(child.lower_):
            words = doc[child.left_edge.i : min(child.right_edge.i + 1, child.i + 8)]
            yield role_of(words.text, child.lower_), first, last


def _is_head(word: str) -> bool:
    return word in HEADS or (word in PEOPLE and word not in ("host", "figure", "guard", "fan", "lady"))
