"""Reported speech by the parse: reporting verbs with their clauses, quotations and other complements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.drafts import Reported
from annotator.domain.quotation import Quotation
from annotator.domain.spans import Span
from annotator.suggest import acts, cues, sources
from annotator.suggest.act_words import BY_WORD
from annotator.suggest.clauses import begun_before, clause_of, gone_on, is_question_before, spans_of, with_quotations
from annotator.suggest.reading import Part, Reading, token_end, token_start

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_BEFORE_CUE = ("aux", "auxpass", "neg", "advmod", "cop")
_MAX_GAP, _MAX_GAP_BEFORE = 100, 4
_BEFORE_QUOTATION = re.compile(r"[^.!?;\n“”\"]{0,90}?[,:]\s*\Z|\s*(?:that\s*)?\Z")
# “Known as “the Iron Lady”, she said …”: a name is no utterance.
_LABELLED = re.compile(r"\b(?:as|called|named|dubbed|nicknamed|titled)\s+(?:an?\s+|the\s+)?\Z")
_AFTER_QUOTATION = re.compile(r"[\s,–—-]*\Z")
_NAMED = re.compile(r"(?:\b(?:on|of|in|during|from|to|with|at|for|told|called|titled)|[’']s?)\s+\Z")
_WORKS = (
    "book|memoir|autobiography|novel|film|movie|documentary|show|series|sitcom|programme|program|podcast|album|song|single|"
    "play|musical|opera|painting|sequel|video|magazine"
)
_WORK_BEFORE = re.compile(rf"\b(?:{_WORKS}),?\s+\Z")
_WORK_AFTER = re.compile(rf"\s+(?:{_WORKS}|reboot|franchise|trilogy|host|co-host|anchor|star)s?\b")
_NAME_LOOK = 16
_CONTENT_FIRST = re.compile(r".{12,}?(?:[,:]|[,?!…–—-]+[”\"’'])\s+\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in the making; `pattern` says by what it was found."""

    part: Part
    content: tuple[Span, ...]
    pattern: str
    cue: Span | None = None
    source: TokenSpan | None = None
    head: Token | None = None
    reported: Reported = "speech"

    @property
    def source_span(self) -> Span | None:
        if self.source is None or not self.source.text.strip():
            return None
        # Runs of spaces are tokens to spaCy and may stand at the edges.
        words = self.source.text
        start = self.part.start + self.source.start_char + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip()))

    @property
    def end(self) -> int:
        """Where the last of content, cue and source ends."""
        return max(span.end for span in (*self.content, self.cue, self.source_span) if span is not None)


def by_verbs(reading: Reading, part: Part) -> Iterator[Found]:
    """What the verbs of one part report, in their order; what overlaps is not yet resolved."""
    for token in part.doc:
        start = token_start(part, token)
        if reading.is_quoted(start):
            continue
        # “Early-state voters” state nothing.
        is_compound = reading.text[start - 1 : start] == "-"
        if is_compound and token.pos_ != "NOUN":
            continue
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.tag_.startswith("VB") or _is_misread(reading, part, token):
            yield from _of_verb(reading, part, token)
        if token.pos_ in BY_WORD and (act := _act_of_word(reading, part, token)):
            yield act


def _is_misread(reading: Reading, part: Part, token: Token) -> bool:
    """Whether parsers take a verb for a noun: “A notice at the door read: “…””."""
    if token.pos_ != "NOUN" or token.lower_ not in ("read", "reads"):
        return False
    end = token_end(part, token)
    return any(piece.start - end <= len(": ") for piece in reading.quotations_in(end, end + len(": “")))


def _of_verb(reading: Reading, part: Part, verb: Token) -> Iterator[Found]:
    lemma = verb.lemma_.lower()
    key = acts.lemma_of(verb)
    says = lemma in cues.SAY or key in cues.SAY or _puts_it(verb) or _speaks_in_marks(reading, part, verb)
    thinks = lemma in cues.THINK
    if lemma in cues.FEEL:
        says, thinks = False, True
    elif verb.pos_ == "ADJ" or not (says or thinks or lemma in cues.LABEL or key in acts.KEYS):
        return
    found = _with_source(reading, part, verb)
    clause = clause_of(reading, part, verb, found.source)
    may_quote = says or lemma in cues.INWARD
    if may_quote and not is_question_before(verb) and (beside := _beside(reading, found, verb)):
        whole = _around(reading, found, verb, clause, beside)
        yield replace(found, content=whole, pattern="quotation beside a cue")
        return
    if (says or thinks or lemma in cues.LABEL) and clause:
        if _is_spoken(found, verb):
            yield replace(found, content=clause, pattern="clause of a verb" if says else "clause of a thought")
        return
    if act := _act(reading, found, verb):
        yield act


def _around(
    reading: Reading, found: Found, verb: Token, clause: tuple[Span, ...], beside: tuple[Span, ...]
) -> tuple[Span, ...]:
    """The quotations beside a cue with the words of their sentences that are said, too."""
    cue = found.cue
    assert cue is not None
    # “He said although it is known, “nobody has looked””: the clause begins before the quotation.
    starts = clause and verb.lemma_ != "tell" and cue.end <= clause[0].start < beside[-1].start
    # “Said “most people” cannot be trusted”: the clause goes on after it.
    ends = clause and clause[0].contains(beside[-1]) and reading.inside(beside[-1])[-1:].isalnum()
    whole = with_quotations(reading, (*clause, *beside)) if starts or ends else beside
    if whole[0].end <= cue.start:
        return with_quotations(reading, (begun_before(reading, found.part, whole[0]), *whole))
    if lead := _lead(reading, found, whole[0]):
        whole = (lead, *whole)
    return (*whole[:-1], gone_on(reading, found.part, whole[-1], verb))


def _lead(reading: Reading, found: Found, piece: Span) -> Span | None:
    """The first words of a sentence that a cue between commas has broken: “The plan, she said, “is dead.””"""
    cue, source = found.cue, found.source_span
    if cue is None or source is None or source.end > cue.start or piece.start < cue.end:
        return None
    if reading.text[cue.end : piece.start].strip() != "," or not reading.text.endswith(
        (", ", ",\u00a0"), 0, source.start
    ):
        return None
    start = begun_before(reading, found.part, piece).start
    if start >= source.start or any(True for _ in reading.quotations_in(start, source.start)):
        return None
    return reading.trim(start, source.start)


def _puts_it(verb: Token) -> bool:
    """“As she put it, ...”."""
    return verb.lemma_ == "put" and any(child.dep_ == "dobj" and child.lower_ == "it" for child in verb.children)


def _speaks_in_marks(reading: Reading, part: Part, verb: Token) -> bool:
    """Whether words in quotation marks tell that a verb with “that” is one of saying: “sniped that “it is late””."""
    clause = next((child for child in verb.rights if child.dep_ == "ccomp"), None)
    if clause is None or verb.pos_ != "VERB" or verb.lemma_ in cues.THINK:
        return False
    that = next((word for word in clause.lefts if word.lower_ == "that" and word.dep_ == "mark"), None)
    end = token_end(part, clause.right_edge)
    return that is not None and any(
        len(reading.inside(piece.span).split()) > 1 and not reading.is_title(piece.span)
        for piece in reading.quotations_in(token_start(part, that), end)
    )


def _act(reading: Reading, found: Found, verb: Token) -> Found | None:
    """What a verb reports as an act or an attitude: “praised the plan”, “is expected to win”."""
    act = acts.act_of(verb)
    if act is None:
        return None
    tokens, name = act
    if name.startswith("passive") or name == "seeming" or (name == "infinitive" and verb.lemma_ in ("seem", "appear")):
        agents = [word for child in verb.children if child.dep_ == "agent" for word in child.children]
        head = agents[0] if agents else None
        found = replace(found, head=head, source=sources.noun_phrase(head) if head else None)
        if name == "infinitive":
            tokens |= acts.subtrees(child for child in verb.children if child.dep_ == "nsubj")
    elif found.head is None or is_nobody(found.head, verb):
        return None
    content = spans_of(reading, found.part, tokens)
    if not content:
        return None
    cue = _cue(found.part, verb, name)
    return replace(found, content=content, pattern=name, cue=cue, reported="act")


def _act_of_word(reading: Reading, part: Part, word: Token) -> Found | None:
    """What a noun or an adjective reports: “his claim that”, “is critical of”."""
    act = acts.act_of_word(word)
    if act is None:
        return None
    tokens, name, head = act
    content = spans_of(reading, part, tokens)
    if head is None or is_nobody(head) or reading.is_quoted(token_start(part, head)) or not content:
        return None
    cue = Span(token_start(part, word), token_end(part, word))
    reported: Reported = "speech" if word.doc[min(tokens)].lower_ == "that" else "act"
    phrase = sources.noun_phrase(head, before=word)
    return Found(part, content, name, cue, phrase, head, reported)


def _is_spoken(found: Found, verb: Token) -> bool:
    """Whether a verb with a clause reports something: not “that means we lose”, not a bare imperative."""
    head = found.head
    if head is None:
        return verb.lemma_ in cues.SAY
    return not is_nobody(head, verb)


def is_nobody(head: Token, verb: Token | None = None) -> bool:
    """Whether a subject such as “it” or “what” is no source; a relative pronoun stands for one.

    “It” may be a report or an office where the verb is one of saying.
    """
    if head.lower_ == "it" and verb is not None:
        if verb.lemma_.lower() in cues.SAY:
            return any(child.dep_ == "auxpass" for child in verb.children)
        # “It found that”: a report; “what it calls “clean coal””: a company.
        if verb.lemma_.lower() in cues.FIND | cues.LABEL:
            return False
        return not any(child.lower_ == "what" for child in verb.lefts)
    if head.lower_ in cues.RELATIVES and head.head.dep_ == "relcl":
        return False
    return head.lower_ in cues.FALSE_SUBJECTS


def _with_source(reading: Reading, part: Part, verb: Token) -> Found:
    cue = _cue(part, verb, "")
    found = Found(part=part, content=(), pattern="", cue=cue)
    head = sources.subject_of(verb) if verb.pos_ != "NOUN" else sources.subject_of_misread(verb)
    if (
        head is None
        and verb.lemma_ in cues.SAY
        and _CONTENT_FIRST.match(part.doc[verb.sent.start : verb.i].text_with_ws)
    ):
        head = sources.inverted_subject(verb)
    if head is None or reading.is_quoted(token_start(part, head)):
        return found
    phrase = sources.noun_phrase(head, before=verb)
    # “How it works, or what rules would decide”: a question names nobody.
    first = part.doc[max(phrase.start - 1, 0)] if head.pos_ == "NOUN" else phrase[0]
    # “Which ministers say is historic” asks nothing.
    is_relative = verb.dep_ == "relcl" or (head.lower_ in cues.RELATIVES and head.head.dep_ == "relcl")
    if {phrase[0].lower_, first.lower_} & cues.QUESTIONS and not is_relative:
        return found
    return replace(found, source=phrase, head=head)


def _cue(part: Part, verb: Token, preposition: str) -> Span:
    first, last = verb.i, verb.i
    doc = verb.doc
    while first > 0 and doc[first - 1].head == verb and doc[first - 1].dep_ in _BEFORE_CUE:
        first -= 1
    if last + 1 < len(doc) and (doc[last + 1].dep_ == "prt" or doc[last + 1].lower_ in (preposition, "back")):
        last += 1
    if last + 1 < len(doc) and doc[last].lower_ == "back" and doc[last + 1].lower_ == preposition:
        last += 1
    return Span(token_start(part, doc[first]), token_end(part, doc[last]))


def _beside(reading: Reading, found: Found, verb: Token) -> tuple[Span, ...]:
    """The quotations that stand directly before or after a cue and its source."""
    cue = found.cue
    assert cue is not None
    first, last = cue.start, cue.end
    source = found.source_span
    if source and source.end <= cue.start and not reading.text[source.end : cue.start].strip(" ,"):
        first = source.start
    if source and source.start >= cue.end and source.start - cue.end <= 2:
        last = source.end
    # “..., highlighting it” says nothing of the quotation before it.
    own_subject = any(child.dep_ in ("nsubj", "agent") for child in verb.children) or verb.tag_ != "VBG"
    follow = reading.quotations_in(last, last + _MAX_GAP)
    precede = reading.quotations_in(max(first - _MAX_GAP_BEFORE, 0), first) if own_subject else ()
    after = [piece.span for piece in follow if _is_after(reading, found.part, piece, last)]
    before = [piece.span for piece in precede if _is_before(reading, piece, first) and not _is_in_source(found, piece)]
    if after and before and reading.inside(before[-1])[-1:] in "?!":
        before = []
    taken = before + after
    return tuple(taken) if any(_is_utterance(reading, span) for span in taken) else ()


def _is_before(reading: Reading, piece: Quotation, first: int) -> bool:
    gap = reading.text[piece.end : first]
    if piece.end > first or "\n" in gap or is_named_there(reading, piece):
        return False
    if _LABELLED.search(reading.text, max(piece.start - _NAME_LOOK, 0), piece.start):
        return False
    # A quotation that ends with a full stop stands by itself: its cue would have made it a comma.
    return bool(_AFTER_QUOTATION.match(gap)) and (reading.inside(piece.span)[-1:] in ",?!…—–" or gap.strip() != "")


def _is_in_source(found: Found, piece: Quotation) -> bool:
    """Whether a quotation says more of who speaks: “Humphrey, who calls him a “sociopath,” said”."""
    at = piece.start + 1 - found.part.start
    word = found.part.doc.char_span(at, at + 1, alignment_mode="expand")
    if word is None or found.head is None:
        return False
    return found.head.i < word[0].i and found.head.is_ancestor(word[0])


def is_named_there(reading: Reading, piece: Quotation) -> bool:
    """Whether words in quotation marks are the title of a work or a show: “said on NBC’s “Meet the Press””."""
    look = max(piece.start - _NAME_LOOK, 0)
    is_named = any(mark.search(reading.text, look, piece.start) for mark in (_NAMED, _WORK_BEFORE))
    return (is_named or bool(_WORK_AFTER.match(reading.text, piece.end))) and reading.is_title(piece.span)


def _is_after(reading: Reading, part: Part, piece: Quotation, last: int) -> bool:
    text = reading.text
    if piece.start < last or not _BEFORE_QUOTATION.match(text[last : piece.start].rstrip("\n")):
        return False
    if is_named_there(reading, piece):
        return False
    between = part.doc.char_span(last - part.start, piece.start - part.start, alignment_mode="expand")
    if between is None or text[last : piece.start].rstrip().endswith(":"):
        return True
    return not any(token.pos_ in ("VERB", "AUX") for token in between)


def _is_utterance(reading: Reading, span: Span) -> bool:
    """Whether words in quotation marks could have been said by themselves: three words, or an end of a sentence."""
    inner = reading.inside(span)
    return len(inner.split()) >= 3 or inner[-1:] in ".,!?"
