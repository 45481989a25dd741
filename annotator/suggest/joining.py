"""Quotations that no cue of their own claims: joined to the quote before, or quotes by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.drafts import Reported
from annotator.domain.quotation import Quotation
from annotator.domain.spans import Span
from annotator.suggest import acts, cues, sources
from annotator.suggest.act_words import BY_COMPLEMENT
from annotator.suggest.clauses import gone_on, with_quotations
from annotator.suggest.patterns import Found, is_named_there, is_nobody
from annotator.suggest.reading import Part, Reading, token_end, token_start

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?!\s+[A-Z“”\"‘']))*[.!?:,]?[”\"’']?\s*\Z")
_SIGNED = re.compile(
    r"[ \t\u00a0]*\n{0,2}[ \t]*(?P<dash>[—–―]|--|-(?= ))[ \t\u00a0]*(?P<name>[A-Z][^\n:;“”\"]{2,70}?)\.?[ \t]*(?=\n|\Z)"
)
# A digest names the paper that it quotes in brackets: “…” [NYT]
_CREDITED = re.compile(r"[ \t\u00a0]*(?P<dash>\[)(?P<name>[A-Z][^\]\n“”\"]{1,40}?)\.?\][ \t]*(?=\n|\Z)")
_AS = re.compile(r"\bas (?:an? |the )?(?:\w+ )?\Z")
_SHOUT = re.compile(
    r"\b(?P<noun>chants?|slogans?|cr(?:y|ies)|calls|shouts?|signs|mottos?|mantra|catch-?phrase)\s+(?:(?:of|to|is|was)\s+)?\Z"
)
_REST = re.compile(r"[^.!?\n“”\"]{0,120}[.,]?[”\"']{0,2}[ \u00a0]*\n\s*")
_LISTED = re.compile(r",?[ \u00a0]*(?:and|or|but|nor)[ \u00a0]+(?:an?[ \u00a0]+|the[ \u00a0]+)?")
# What stands before a quotation in a sentence of its own; a full stop within it belongs to a title.
_LED_IN = re.compile(r"[ \u00a0.”\"']*(?P<lead>[A-Z](?:[^.!?:\n“”\"]|(?<=[A-Z][a-z])\.|(?<=Mrs)\.){0,160})")
_ON = re.compile(r"(?:[ \u00a0,]+[\w’'-]+){1,6}[ \u00a0]+")
_AND_SO = re.compile(r",[ \u00a0](?:but|and|yet|so|or)[ \u00a0][^.!?:;\n“”\"]{3,120}")
_SHOUT_CHARS = 20
_MIN_WORDS, _MIN_WORDS_ALONE, _MIN_WORDS_OPEN, _MIN_WORDS_LONG = 2, 4, 6, 10
_LABEL_CHARS = 70
_MAX_BETWEEN = 24
_TELLING = cues.SAY | cues.THINK | cues.LABEL
# A title is no quote, but what somebody names or likes is what their act is about.
_OF_TITLES = cues.LABEL | {"name", "like", "love", "enjoy", "rate"}
_ACTING = frozenset(word for words in BY_COMPLEMENT.values() for word in words) | _OF_TITLES


def with_loose_quotations(reading: Reading, found: list[Found]) -> list[Found]:
    """The quotes with the quotations that no cue has claimed: joined to the one before, or quotes of their own."""
    found = list(found)
    owners = {
        piece.start: number
        for number, one in enumerate(found)
        for span in one.content
        for piece in reading.quotations_in(span.start, span.end)
    }
    order = sorted(range(len(found)), key=lambda number: (found[number].end, number), reverse=True)
    done: list[int] = []
    previous: Quotation | None = None
    for piece in reading.quotations:
        while order and found[order[-1]].end <= piece.start:
            done.append(order.pop())
        is_shouted = bool(_SHOUT.search(reading.text, max(piece.start - _SHOUT_CHARS, 0), piece.start))
        if piece.start not in owners and (is_shouted or not is_named_there(reading, piece)):
            carried = owners.get(previous.start, -1) if previous and _carries_on(reading, previous, piece) else -1
            start = piece.start
            if previous and carried >= 0 and not piece.continues and not _has_cue(found[carried], previous, piece):
                start = previous.end
            owner = carried if carried >= 0 else _speaks_on(reading, found, done, piece)
            if owner < 0 and done and (first := _begun_again(reading, found[done[-1]], piece)) >= 0:
                owner, start = done[-1], first
            if owner >= 0:
                joined = with_quotations(reading, (*found[owner].content, Span(start, piece.end)))
                found[owner] = replace(found[owner], content=joined)
            elif quote := _by_itself(reading, piece):
                found.append(quote)
                owner = len(found) - 1
            if owner >= 0:
                owners[piece.start] = owner
                done.append(owner)
        previous = piece
    return found


def _carries_on(reading: Reading, previous: Quotation, piece: Quotation) -> bool:
    """Whether a quotation goes on with the one before: in the next paragraph, or as the next member of a list."""
    if piece.continues or _LISTED.fullmatch(reading.text, previous.end, piece.start):
        return True
    between = Span(previous.end, piece.start)
    if reading.inside(previous.span)[-1:] in ".!?…" or reading.is_title(piece.span):
        return False
    # ““One or two” that may have “slipped through””: a few words that say nothing of who speaks.
    is_short = bool(_ON.fullmatch(reading.text, between.start, between.end))
    return is_short and _reports_nothing(reading, between)


def _has_cue(one: Found, previous: Quotation, piece: Quotation) -> bool:
    """Whether the cue of a quote stands between two quotations: ““A,” he says, is “B.””"""
    return one.cue is not None and previous.end <= one.cue.start < piece.start


def _speaks_on(reading: Reading, found: list[Found], done: list[int], piece: Quotation) -> int:
    """The quote whose speaker a quotation carries on, as in ““A,” he said. “B.””; -1 for none."""
    if _reported_by_colon(reading, piece) or _signed(reading, piece):
        return -1
    # Whoever has spoken goes on, before whoever has done something.
    for number in sorted(done[:-4:-1], key=lambda one: found[one].reported == "act"):
        before = found[number]
        end = max(before.end, *(span.end for span in before.content))
        gap = reading.text[end : piece.start]
        if gap in (", ", ",\u00a0") and before.content[-1].end == end and before.reported == "speech":
            return number
        if not _goes_on(reading, before, gap, piece):
            continue
        if "\n" in gap:
            if _is_next_paragraph(reading, piece, gap):
                return number
            continue
        is_said = _is_sentence(reading, piece) or reading.inside(piece.span)[-1:] in ".!?…"
        if is_said and _is_sentence_end(reading, before, end, piece):
            return number
    return -1


def _begun_again(reading: Reading, before: Found, piece: Quotation) -> int:
    """Where the words begin that go on with a report and lead to a quotation, else -1."""
    end = before.content[-1].end
    if before.reported == "speech" and before.end == end and _AND_SO.fullmatch(reading.text, end, piece.start):
        return end if _reports_nothing(reading, Span(end, piece.start)) else -1
    return _sentence_after(reading, before, piece)


def _sentence_after(reading: Reading, before: Found, piece: Quotation) -> int:
    """Where the sentence begins that follows a report at once and ends with a quotation, else -1.

    ““They wait,” he said. So far “nobody has come.””: the whole sentence is his.
    """
    end = max(before.end, *(span.end for span in before.content))
    sentence = _sentence_at(reading, end - 1)
    if before.reported == "act" or before.source is None or sentence is None or sentence.end > piece.start:
        return -1
    match = _LED_IN.fullmatch(reading.text, max(sentence.end, end), piece.start)
    inner = reading.inside(piece.span)
    is_last = inner[-1:] in ".!?…" or reading.text[piece.end : piece.end + 1] in (".", "!", "?", "…")
    if match is None or not is_last or len(inner.split()) < _MIN_WORDS_ALONE or reading.is_title(piece.span):
        return -1
    lead = Span(*match.span("lead"))
    return lead.start if _reports_nothing(reading, lead) else -1


def _reports_nothing(reading: Reading, lead: Span) -> bool:
    """Whether no verb of saying stands between: with one somebody else may speak."""
    part = reading.part_at(lead.start)
    if part is None:
        return False
    words = [token for token in part.doc if lead.start <= token_start(part, token) < lead.end]
    return not any(acts.lemma_of(token) in _TELLING for token in words if token.pos_ == "VERB")


def _goes_on(reading: Reading, before: Found, gap: str, piece: Quotation) -> bool:
    """Whether a quote gives somebody's words, or the quotation after it is a sentence: “It failed, he said. “…””"""
    if any(True for span in before.content for _ in reading.quotations_in(span.start, span.end)):
        return before.reported == "speech"
    inner = reading.inside(piece.span)
    is_whole = (inner[:1].isupper() or inner[:1] == "[") and inner[-1:] in ".!?…"
    return is_whole and gap.rstrip()[-1:] in (".", "!", "?")


def _is_next_paragraph(reading: Reading, piece: Quotation, gap: str) -> bool:
    """Whether a paragraph that is one quotation follows a paragraph that ends in the quote."""
    line_end = reading.text.find("\n", piece.end)
    rest = reading.text[piece.end : line_end if line_end >= 0 else len(reading.text)]
    return bool(_REST.fullmatch(gap)) and not rest.strip(" .") and _is_sentence(reading, piece)


def _is_sentence_end(reading: Reading, before: Found, end: int, piece: Quotation) -> bool:
    gap = reading.text[end : piece.start]
    if not gap.strip() or _ONE_SENTENCE.match(gap):
        return True
    sentence = _sentence_at(reading, end - 1)
    return sentence is not None and not reading.text[sentence.end : piece.start].strip()


def _sentence_at(reading: Reading, at: int) -> Span | None:
    part = reading.part_at(at)
    if part is None:
        return None
    token = part.doc.char_span(at - part.start, at - part.start + 1, alignment_mode="expand")
    if token is None:
        return None
    return Span(part.start + token[0].sent.start_char, part.start + token[0].sent.end_char)


def _is_sentence(reading: Reading, piece: Quotation) -> bool:
    """Whether a quotation by itself is something said: some length, and an edge like a sentence."""
    inner = reading.inside(piece.span)
    ends = inner[-1:] in ".,!?…—–-"
    return len(inner.split()) >= (_MIN_WORDS if ends else _MIN_WORDS_OPEN) and (ends or inner[:1].isupper())


def _by_itself(reading: Reading, piece: Quotation) -> Found | None:
    part = reading.part_at(piece.start)
    if part is None:
        return None
    if _is_sentence(reading, piece):
        for make in (_signed, _reported_by_colon, _named_later):
            if quote := make(reading, piece):
                return quote
    if quote := _led_up_to(reading, part, piece):
        return quote
    if shout := _SHOUT.search(reading.text, max(piece.start - _SHOUT_CHARS, 0), piece.start):
        return Found(part, (piece.span,), "quotation alone", Span(*shout.span("noun")))
    inner = reading.inside(piece.span)
    starts = not reading.text[max(piece.start - 2, 0) : piece.start].strip(' \n.!?:”"')
    is_long = len(inner.split()) >= _MIN_WORDS_LONG and inner[:1].isupper()
    if (
        _is_sentence(reading, piece)
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
        if verb.pos_ != "VERB" or not (is_label or key in _TELLING or key in _ACTING):
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
        reported: Reported = "speech" if lemma in _TELLING else "act"
        is_long = len(reading.inside(piece.span).split()) >= _MIN_WORDS_ALONE
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


def _signed(reading: Reading, piece: Quotation) -> Found | None:
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


def _reported_by_colon(reading: Reading, piece: Quotation) -> Found | None:
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
