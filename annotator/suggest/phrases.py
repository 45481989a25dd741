"""Reported speech by fixed phrases: “according to”, “in the words of”, and the colons of headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest import acts, cues, sources
from annotator.suggest.act_words import BY_WORD
from annotator.suggest.clauses import spans_of, with_quotations
from annotator.suggest.patterns import Found, is_nobody
from annotator.suggest.reading import Part, Reading, token_end, token_start

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_COLON = re.compile(r"(?P<left>[^:.!?\n]{2,60}):\s+(?P<right>\S.{8,})")
_COLON_LAST = re.compile(r"(?P<right>.{12,}):\s+(?P<left>[^:.!?\n]{2,40})\Z")
_TURN = re.compile(
    r"[\"“]?(?P<name>(?:[A-Z][\w.’'-]*\s+){0,3}[A-Z][\w.’'-]+)(?:\s*\([^)\n]{2,30}\))?(?P<colon>:)\s+(?P<said>\S.{5,})"
)
_MIN_TURNS = 3
_MAX_NAME = 7
_VERBS = ("VERB", "AUX")
_CLEARED = ("that", "how", "why", "what", "whether")
_MESSAGES = BY_WORD["NOUN"]["clause"] | cues.MESSAGES


def by_phrases(reading: Reading, part: Part) -> Iterator[Found]:
    """What fixed phrases of one part report, in their order; colons count in headlines and their variants only."""
    for token in part.doc:
        if reading.is_quoted(token_start(part, token)):
            continue
        if token.lower_ == "according":
            yield from _according_to(reading, part, token)
        elif token.lower_ == "words":
            yield from _in_the_words_of(reading, part, token)
        elif token.lower_ == "clear" and token.head.lemma_ == "make":
            yield from _made_clear(reading, part, token)
        elif token.lemma_ == "be":
            yield from _message_is(reading, part, token)
    if part.kind != "body" or part is reading.title:
        yield from _colon(reading, part)


def by_turns(reading: Reading) -> Iterator[Found]:
    """The turns of a transcript: at least three lines of the article that begin with a name and a colon."""
    bodies = [part for part in reading.parts if part.kind == "body"]
    turns = [(part, match) for part in bodies if (match := _TURN.match(reading.text, part.start, part.end))]
    names = Counter(match["name"] for _, match in turns)
    if len(turns) < _MIN_TURNS or max(names.values()) < _MIN_TURNS - 1:
        return
    for part, match in turns:
        first, last = match.span("name")
        name = part.doc.char_span(first - part.start, last - part.start, alignment_mode="contract")
        content = reading.trim(*match.span("said"))
        if name is not None and content is not None:
            colon = Span(*match.span("colon"))
            yield Found(part, (content,), "turn of a transcript", colon, name, name.root)


def _according_to(reading: Reading, part: Part, token: Token) -> Iterator[Found]:
    doc = part.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return
    heads = [child for child in doc[token.i + 1].children if child.dep_ in ("pobj", "pcomp")]
    if not heads:
        return
    phrase = _before_new_phrase(sources.noun_phrase(heads[0]))
    sentence = token.sent
    inside = range(token.i, phrase.end)
    tokens = {word.i for word in sentence if word.i not in inside}
    after = [index for index in tokens if index >= phrase.end and not doc[index].is_punct]
    before = [index for index in tokens if index < token.i and doc[index].pos_ in _VERBS]
    if before and after and (_is_new_clause(doc[min(after)]) or not any(doc[at].pos_ in _VERBS for at in after)):
        # What follows is another clause, or a rest of the source such as a date.
        tokens = {index for index in tokens if index < token.i}
    yield Found(
        part=part,
        content=spans_of(reading, part, tokens),
        pattern="according to",
        cue=Span(token_start(part, token), token_end(part, doc[token.i + 1])),
        source=phrase,
        head=heads[0],
    )


def _before_new_phrase(phrase: TokenSpan) -> TokenSpan:
    """“According to Rathbun the property was returned”: the source ends where a second noun phrase starts."""
    for token in phrase[1:]:
        if token.pos_ == "DET" and token.nbor(-1).pos_ in ("PROPN", "NOUN"):
            return token.doc[phrase.start : token.i]
    return phrase


def _is_new_clause(token: Token) -> bool:
    return token.dep_ in ("cc", "mark") or token.lower_ in ("who", "which", "while", "but", "and")


def _in_the_words_of(reading: Reading, part: Part, token: Token) -> Iterator[Found]:
    """“In the mayor’s words, “...”” and “in the words of the mayor”: the quotations of that sentence are hers."""
    heads = [child for child in token.children if child.dep_ in ("poss", "nmod") and child.nbor(1).text[0] in "'’"]
    heads += [child for child in token.children if child.dep_ == "poss" and child.pos_ == "PRON"]
    heads += [word for child in token.children if child.lower_ == "of" for word in child.children]
    if token.head.lower_ != "in" or not heads:
        return
    phrase = sources.noun_phrase(heads[0])
    start, end = part.start + token.sent.start_char, part.start + token.sent.end_char
    content = tuple(piece.span for piece in reading.quotations_in(start, end))
    cue = Span(token_start(part, token), token_end(part, token))
    yield Found(part, content, "in the words of", cue, phrase, heads[0])


def _made_clear(reading: Reading, part: Part, clear: Token) -> Iterator[Found]:
    """“He made (it) clear that taxes would rise”: parsers hang the clause on either word."""
    verb = clear.head
    clauses = [word for word in (*verb.rights, *clear.rights) if word.i > clear.i and _begins_with(word, _CLEARED)]
    head = sources.subject_of(verb)
    if clauses and head is not None and not is_nobody(head, verb):
        yield Found(
            part=part,
            content=spans_of(reading, part, acts.subtrees(clauses[:1])),
            pattern="clause of a verb",
            cue=Span(token_start(part, verb), token_end(part, clear)),
            source=sources.noun_phrase(head, before=verb),
            head=head,
        )


def _message_is(reading: Reading, part: Part, verb: Token) -> Iterator[Found]:
    """“The mayor’s message was that nobody should panic”: what an owned claim is said to be."""
    clauses = [word for word in verb.rights if word.dep_ == "ccomp" and _begins_with(word, ("that",))]
    nouns = [word for word in verb.lefts if word.dep_ == "nsubj" and word.lemma_.lower() in _MESSAGES]
    owner = acts.owner_of(nouns[0]) if nouns and clauses else None
    if owner is not None and not reading.is_quoted(token_start(part, owner)):
        yield Found(
            part=part,
            content=spans_of(reading, part, acts.subtrees(clauses)),
            pattern="noun and complement",
            cue=Span(token_start(part, nouns[0]), token_end(part, nouns[0])),
            source=sources.noun_phrase(owner, before=nouns[0]),
            head=owner,
        )


def _begins_with(clause: Token, words: Collection[str]) -> bool:
    return any(word.lower_ in words for word in clause.lefts)


def _colon(reading: Reading, part: Part) -> Iterator[Found]:
    """“Pentagon chief: Europe must take the lead”, or the other way round."""
    for pattern in (_COLON, _COLON_LAST):
        match = pattern.match(part.doc.text)
        if not match:
            continue
        name = part.doc.char_span(*match.span("left"), alignment_mode="expand")
        said = part.doc.char_span(*match.span("right"), alignment_mode="expand")
        if name is None or said is None or not _is_somebody(name):
            continue
        content = reading.trim(part.start + match.start("right"), part.start + match.end("right"))
        if not _has_verb(said) and not (content and reading.quotations_in(content.start, content.end)):
            continue
        colon = part.start + min(match.end("left"), match.end("right"))
        if content is not None:
            quoted = with_quotations(reading, [content])
            yield Found(part, quoted, "headline colon", Span(colon, colon + 1), name, name.root)
            return


def _has_verb(span: TokenSpan) -> bool:
    return any(token.pos_ in _VERBS for token in span)


def _is_somebody(span: TokenSpan) -> bool:
    if len(span) > _MAX_NAME or _has_verb(span):
        return False
    words = {token.lemma_.lower() for token in span}
    known = cues.ROLES | cues.GROUPS | cues.ARTIFACTS | cues.ANONYMOUS_ROLES | cues.ANONYMOUS_HEADS
    return bool(words & known) or any(token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") for token in span)
