"""Quotations that neither a cue nor the quote before claims: signed, after a colon, led up to by a verb, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.domain.drafts import Reported
from annotator.domain.quotation import Quotation
from annotator.domain.spans import Span
from annotator.suggest import acts, cues, sources
from annotator.suggest.act_words import BY_COMPLEMENT
from annotator.suggest.clauses import gone_on, with_quotations
from annotator.suggest.patterns import Found, is_nobody
from annotator.suggest.reading import Part, Reading, token_end, token_start

if TYPE_CHECKING:
    from spacy.tokens import Token

LONG_ENOUGH = 4
"""So many words in marks are more than a name or a scare quote."""

_SIGNED = re.compile(
    r"[ \t\u00a0]*\n{0,2}[ \t]*(?P<dash>[—–―]|--|-(?= ))[ \t\u00a0]*(?P<name>[A-Z][^\n:;“”\"]{2,70}?)\.?[ \t]*(?=\n|\Z)"
)
# A digest names the paper that it quotes in brackets: “…” [NYT]
_CREDITED = re.compile(r"[ \t\u00a0]*(?P<dash>\[)(?P<name>[A-Z][^\]\n“”\"]{1,40}?)\.?\][ \t]*(?=\n|\Z)")
_AS = re.compile(r"\bas (?:an? |the )?(?:\w+ )?\Z")
_SHOUT = re.compile(
    r"\b(?P<noun>chants?|slogans?|cr(?:y|ies)|calls|shouts?|signs|mottos?|mantra|catch-?phrase)\s+(?:(?:of|to|is|was)\s+)?\Z"
)
_SHOUT_CHARS = 20
_LABEL_CHARS = 70
_MAX_BETWEEN = 24
# A title is no quote, but what somebody names or likes is what their act is about.
_OF_TITLES = cues.LABEL | {"name", "like", "love", "enjoy", "rate"}
_ACTING = frozenset(word for words in BY_COMPLEMENT.values() for word in words) | _OF_TITLES
_MIN_WORDS, _MIN_WORDS_OPEN, _MIN_WORDS_LONG = 2, 6, 10


def is_sentence(reading: Reading, piece: Quotation) -> bool:
    """Whether a quotation by itself is something said: some length, and an edge like a sentence."""
    inner = reading.inside(piece.span)
    ends = inner[-1:] in ".,!?…—–-"
    return len(inner.split()) >= (_MIN_WORDS if ends else _MIN_WORDS_OPEN) and (ends or inner[:1].isupper())


def by_itself(reading: Reading, piece: Quotation) -> Found | None:
    """The quote that a quotation makes without the one before; `None` for a title or a scare quote."""
    part = reading.part_at(piece.start)
    if part is None:
        return None
    if is_sentence(reading, piece):
        for make in (signed, reported_by_colon, _named_later):
            if quote := make(reading, piece):
                return quote
    if quote := _led_up_to(reading, part, piece):
        return quote
    if shout := shout_before(reading, piece):
        return Found(part, (piece.span,), "quotation alone", Span(*shout.span("noun")))
    inner = reading.inside(piece.span)
    starts = not reading.text[max(piece.start - 2, 0) : piece.start].strip(' \n.!?:”"')
    is_long = len(inner.split()) >= _MIN_WORDS_LONG and inner[:1].isupper()
    if (
        is_sentence(reading, piece)
        and (starts or is_long)
        and len(inner.split()) >= _MIN_WORDS * 2
        and _has_verb(part, piece.span)
    ):
        return Found(part=part, content=(piece.span,), pattern="quotation alone")
    return None


def _led_up_to(reading: Reading, part: Part, piece: Quotation) -> Found | None:
    """A quotation in a sentence after a verb of saying or acting whose complement the parser has not understood."""
    before = [
        token
        for token in _sentence_before(reading, part, piece.start)
        if token.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "SCONJ", "ADP", "PRON", "ADV", "DET")
    ]
    is_title = reading.is_title(piece.span)
    is_label = bool(_AS.search(reading.text, max(piece.start - 20, 0), piece.start))
    for verb in reversed(before):
        lemma = verb.lemma_.lower()
        key = acts.lemma_of(verb)
        if verb.pos_ != "VERB" or not (is_label or key in cues.TELLING or key in _ACTING):
            continue
        # “A play called “Faust””, “known as “zero Covid””: what is named names nobody.
        # “One lawmaker called Trump “a clown””: who is called something stands between.
        names_another = verb.dep_ != "amod" and any(t.i > verb.i and t.pos_ in ("PROPN", "PRON") for t in before)
        is_passive = verb.tag_ == "VBN" and not (
            names_another or any(child.dep_ in ("aux", "auxpass", "agent", "nsubj") for child in verb.children)
        )
        if is_passive and verb.dep_ == "amod":
            # “Calling the proposed credit “a handout””: that only says which credit.
            continue
        if is_passive or (is_title and lemma not in _OF_TITLES):
            return None
        head = sources.subject_of(verb)
        if head is None or reading.is_quoted(token_start(part, head)) or is_nobody(head, verb):
            return None
        phrase = sources.noun_phrase(head, before=verb)
        start = _start_of_content(part, verb, piece)
        if start is None or (phrase.start <= start.i < phrase.end):
            return None
        content = reading.trim(token_start(part, start), gone_on(reading, part, piece.span, verb).end)
        if content is None:
            return None
        cue = Span(token_start(part, verb), token_end(part, verb))
        reported: Reported = "speech" if lemma in cues.TELLING else "act"
        is_long = len(reading.inside(piece.span).split()) >= LONG_ENOUGH
        pattern = "quotation led up to" if is_long else "words led up to"
        return Found(part, with_quotations(reading, [content]), pattern, cue, phrase, head, reported)
    return None


def _sentence_before(reading: Reading, part: Part, at: int) -> list[Token]:
    token = part.doc.char_span(at - part.start, at - part.start + 1, alignment_mode="expand")
    if token is None:
        return []
    return [one for one in part.doc[token[0].sent.start : token[0].i] if not reading.is_quoted(token_start(part, one))]


def _start_of_content(part: Part, verb: Token, piece: Quotation) -> Token | None:
    """Where what a verb reports begins: its “that”, else the first word after the verb and its preposition."""
    after = [token for token in part.doc[verb.i + 1 :] if token_start(part, token) <= piece.start]
    for token in after:
        if token.dep_ == "mark" or token.lower_ in ("that", "how", "why", "whether"):
            return token
    while after and (after[0].pos_ in ("ADP", "ADV", "PUNCT") or after[0].dep_ == "prt") and len(after) > 1:
        if token_start(part, after[0]) >= piece.start:
            break
        after = after[1:]
    return after[0] if after else None


def _has_verb(part: Part, span: Span) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in part.doc if span.start <= token_start(part, token) < span.end)


def signed(reading: Reading, piece: Quotation) -> Found | None:
    """““...” — Anna Meyer”: a name after a dash or in brackets, at the end of the line, signs the quotation."""
    part = reading.part_at(piece.start)
    match = _SIGNED.match(reading.text, piece.end) or _CREDITED.match(reading.text, piece.end)
    if part is None or match is None:
        return None
    name = part.doc.char_span(
        match.start("name") - part.start, match.end("name") - part.start, alignment_mode="contract"
    )
    if name is None or any(token.pos_ in ("VERB", "AUX") for token in name):
        return None
    dash = Span(*match.span("dash"))
    return Found(part, (piece.span,), "signed quotation", dash, name, name.root)


def reported_by_colon(reading: Reading, piece: Quotation) -> Found | None:
    """“The mayor had this to say: “...””: the subject of the sentence before a colon says the quotation."""
    stop = len(reading.text[: piece.start].rstrip())
    if stop == 0 or reading.text[stop - 1] != ":":
        return None
    part = reading.part_at(stop - 1)
    if part is None:
        return None
    colon = next((token for token in part.doc if token_end(part, token) == stop), None)
    if colon is None:
        return None
    before = [token for token in colon.sent if token.i < colon.i]
    verbs = [token for token in before if token.pos_ == "VERB"] or [token for token in before if token.pos_ == "AUX"]
    saying = [token for token in verbs if token.lemma_.lower() in cues.SAY]
    # “A diplomat was blunter: “…””: parsers may take a word of the quotation for the root.
    being = [token for token in verbs[:1] if token.pos_ == "AUX"]
    for verb in (*reversed(saying), colon.sent.root, *being):
        head = sources.subject_of(verb) if verb.pos_ in ("VERB", "AUX") else None
        if head is not None and head.i < colon.i and not reading.is_quoted(token_start(part, head)):
            phrase = sources.noun_phrase(head, before=verb)
            cue = Span(token_start(part, verb), token_end(part, verb))
            return Found(part, (piece.span,), "quotation after a colon", cue, phrase, head)
    return _labelled(part, colon, piece) if not verbs else None


def _labelled(part: Part, colon: Token, piece: Quotation) -> Found | None:
    """““Rep. Anna Meyer (D): “…””: a name and a colon at the start of a line."""
    bracket = next((token.i for token in part.doc[: colon.i] if token.text == "("), colon.i)
    name = part.doc[:bracket]
    named = any(token.pos_ == "PROPN" for token in name)
    if not named or len(name.text) > _LABEL_CHARS:
        return None
    start = token_start(part, colon)
    return Found(
        part, (piece.span,), "quotation after a colon", Span(start, start + 1), name, _head_of(part, list(name))
    )


def _named_later(reading: Reading, piece: Quotation) -> Found | None:
    """““...,” Rep. Elijah (D-Md.) said”: the first reporting verb after a quotation that ends with a comma.

    For sentences that the parser did not understand.
    """
    inner = reading.inside(piece.span)
    part = reading.part_at(piece.end)
    if part is None or inner[-1:] not in ",?!—–-…":
        return None
    after = list(_tokens_from(reading, part, piece.end))
    for place, token in enumerate(after):
        is_compound = token.nbor(-1).text == "-"
        if is_compound or token.lemma_.lower() not in cues.SAY or token.pos_ not in ("VERB", "AUX", "NOUN"):
            continue
        before = after[:place]
        names = [word for word in before if word.pos_ in ("PROPN", "NOUN", "PRON")]
        if not names or any(word.pos_ == "VERB" for word in before):
            return None
        head = names[0] if names[0].pos_ == "PRON" else _head_of(part, before) or names[-1]
        phrase = part.doc[before[0].i : token.i]
        while len(phrase) and (phrase[-1].is_punct or phrase[-1].pos_ in ("AUX", "ADV")) and phrase[-1].text != ")":
            phrase = phrase[:-1]
        cue = Span(token_start(part, token), token_end(part, token))
        return Found(part, (piece.span,), "quotation beside a cue", cue, phrase, head)
    return None


def _tokens_from(reading: Reading, part: Part, start: int) -> Iterator[Token]:
    count = 0
    for token in part.doc:
        at = token_start(part, token)
        if at < start or (count == 0 and token.is_punct) or token.is_space:
            continue
        if reading.is_quoted(at) or count >= _MAX_BETWEEN or token.text in ".;":
            return
        count += 1
        yield token


def _head_of(part: Part, words: list[Token]) -> Token | None:
    """The last name before a comma or bracket."""
    head = None
    for word in words:
        if word.text in ",(":
            break
        if word.pos_ in ("PROPN", "NOUN"):
            head = word
    return head


def shout_before(reading: Reading, piece: Quotation) -> re.Match[str] | None:
    """The noun right before a quotation that says that it is somebody's words: “chants of “Build it””."""
    return _SHOUT.search(reading.text, max(piece.start - _SHOUT_CHARS, 0), piece.start)
