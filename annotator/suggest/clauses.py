"""What a verb reports in a clause: where its words begin and end, as spans of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.domain.words import word_set
from annotator.suggest import acts, cues, sources
from annotator.suggest.reading import Part, Reading, token_end, token_start

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_TRAILING = ("prep", "advcl", "npadvmod", "advmod")
_CONTRASTS = ("while", "though", "although", "whereas")
_QUESTIONS = cues.QUESTIONS | {"how", "why", "whether", "who", "when", "where"}
_SECOND = _QUESTIONS | {"that"}
_CONDITIONS = ("if", "unless", "because", "until", "although", "though")
# Verbs that close a sentence: “…, the court ruled.”
_LAST = cues.SAY | cues.FIND
_FINITE = ("VBD", "VBP", "VBZ", "MD")
_CLOSING = ("conj", "parataxis", "ccomp", "relcl", "ROOT")
_ENDS = (".", "!", "?", "…", "...")
# “Called it “rigged” in a tweet on Monday”: that tells of the saying.
_MEDIA = cues.ARTIFACTS | {"interview", "speech", "debate", "show", "address", "briefing", "rally", "conference"}
_COMMENTS = word_set(
    """acknowledgment acknowledgement admission allusion assertion claim comment contention dig jab nod position
    reference reminder remark shift sign statement suggestion swipe departure echo"""
)
_AFTER_ANOTHER = re.compile(r"[”\"'’] ?[–—-]{1,2} ?\Z")
_MAX_ASIDE = 16
_MAX_REST, _MAX_RECIPIENT = 3, 6
_ASKED = ("ask", "press", "question", "quiz")


def clause_of(reading: Reading, part: Part, verb: Token, source: TokenSpan | None) -> tuple[Span, ...]:
    """What a verb's clause says: its clausal complement, or the clause that the verb stands in as an aside."""
    aside = _aside_within(verb)
    if aside and not _is_title(reading, part, aside.stop):
        return spans_of(reading, part, set(range(verb.sent.start, verb.sent.end)) - set(aside))
    tokens: set[int] = set()
    own = set(range(source.start, source.end)) if source is not None else set()
    for child in verb.children:
        is_asked = child.dep_ == "advcl" and is_question_before(verb) and any(one.lower_ == "if" for one in child.lefts)
        if not (child.dep_ == "ccomp" or is_asked) or sources.object_before(child):
            continue
        if child.i > verb.i or (verb.lemma_ in cues.SAY and not _is_other_sentence(child, verb)):
            first = _first_of(reading, part, child).i
            tokens.update(token.i for token in child.subtree if child.i < verb.i or token.i >= first)
    tokens -= acts.subtrees(_of_reporter(verb))
    if tokens and min(tokens) > verb.i:
        _add_trailing(tokens, verb)
        _add_second(tokens, verb)
        tokens = _before_asides(reading, part, tokens)
        if verb.i + 1 < min(tokens) and part.doc[verb.i + 1].text == ",":
            tokens |= acts.subtrees(_conditions(verb))
    if not tokens and (_is_as_clause(verb) or _is_aside(verb)):
        own.update({token.i for token in verb.subtree} - acts.subtrees(_conditions(verb)))
        tokens.update(token.i for token in verb.head.subtree)
    if not tokens and _closes_sentence(verb):
        subject = next(child for child in verb.lefts if child.dep_ == "nsubj")
        tokens.update(range(verb.sent.start, subject.left_edge.i - 1))
    if not tokens and sources.speaker_behind(verb) is not None:
        # The parser has taken the verb of what is said for a noun: “The rejection signals change, said Anna Meyer”.
        return spans_of(reading, part, set(range(verb.sent.start, verb.i - 1)))
    tokens -= own | {verb.i}
    return spans_of(reading, part, tokens) if any(part.doc[at].pos_ in ("VERB", "AUX") for at in tokens) else ()


def _first_of(reading: Reading, part: Part, clause: Token) -> Token:
    """Where a clause begins: with its “that”, whatever the parser puts before: “said on “Meet the Press” that”."""
    start = token_start(part, clause)
    is_title = any(reading.is_title(piece.span) for piece in reading.quotations_in(start, start + 1))
    places = clause.subtree if is_title else clause.lefts
    that = next((word for word in places if word.dep_ == "mark" and word.lower_ == "that"), None)
    return that if that is not None else clause.left_edge


def begun_before(reading: Reading, part: Part, piece: Span) -> Span:
    """A quotation before its cue with the words of its sentence before it: “The plan is “a disaster,” she said”.

    The quotation alone where it begins with a capital: that is a sentence of its own.
    """
    # Praise for her “deep faith” – “faith that lasts,” he said: the second one stands by itself.
    if not reading.inside(piece)[:1].islower() or _AFTER_ANOTHER.search(
        reading.text, max(piece.start - 5, 0), piece.start
    ):
        return piece
    first = None
    for token in reversed([token for token in part.doc if token_start(part, token) < piece.start]):
        at = token_start(part, token)
        is_quoted = reading.is_quoted(at)
        if token.text in _ENDS and (not is_quoted or first is None or part.doc[token.i + 1].is_quote):
            break
        if not is_quoted and token.text in (":", ";"):
            break
        if not token.is_quote or is_quoted:
            first = token
    if first is None or first.tag_ in ("VBN", "VBG") or token_start(part, first) >= piece.start:
        return piece
    whole = reading.trim(token_start(part, first), piece.end)
    return whole if whole is not None and whole.start < piece.start else piece


def gone_on(reading: Reading, part: Part, piece: Span, verb: Token) -> Span:
    """A quotation with the phrase right after it: “called it “a lesson” about the need to wait”.

    The quotation alone where it ends with a mark of its own, or where the phrase belongs to words before the verb:
    “sells what it calls “clean coal” to the poor”.
    """
    if not reading.inside(piece)[-1:].isalnum() or reading.text[piece.end : piece.end + 1] != " ":
        return piece
    after = next((token for token in part.doc if token_start(part, token) > piece.end), None)
    if after is None or after.pos_ != "ADP" or after.dep_ != "prep" or reading.is_quoted(token_start(part, after)):
        return piece
    if after.head.i < verb.i or any(child.lower_ == "what" for child in verb.lefts):
        return piece
    inner = [token for token in after.subtree if token.i > after.i]
    if any(token.head == after and (token.lemma_ in _MEDIA or token.ent_type_ in acts.TIMES) for token in inner):
        return piece
    end = next((token for token in inner if (token.is_punct and token.tag_ != "HYPH") or token.pos_ == "CCONJ"), None)
    last = end.nbor(-1) if end is not None else after.right_edge
    return Span(piece.start, token_end(part, last)) if last.i > after.i else piece


def _is_other_sentence(clause: Token, verb: Token) -> bool:
    """Whether a clause before a verb is not its own: “A says so; B says otherwise”, “A says so, a claim B denies”."""
    has_own = any(child.dep_ == "dobj" for child in verb.lefts)
    return has_own or any(token.text == ";" for token in verb.doc[clause.i : verb.i])


def _aside_within(verb: Token) -> range:
    """The words from comma to comma that say who speaks within what is said, whatever the parser makes of them.

    “It was, she recalled, a terrible night”; empty where there is no such aside.
    """
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or verb.lemma_.lower() not in cues.SAY:
        return range(0)
    doc, first, last = verb.doc, subject.left_edge.i - 1, verb.i + 1
    # “The governor told reporters on Monday”
    kinds = {"prep", "npadvmod", "advmod", "dative"} | ({"dobj"} if verb.lemma_ == "tell" else set())
    beside = acts.subtrees(child for child in verb.rights if child.dep_ in kinds)
    while last in beside and last - verb.i <= _MAX_RECIPIENT and not doc[last].is_punct:
        last += 1
    is_apart = first > verb.sent.start and doc[first].text == "," and verb.i == subject.right_edge.i + 1
    is_within = last + 1 < verb.sent.end and doc[last].text == "," and doc[last + 1].tag_ not in ("VBG", "IN")
    is_in_brackets = any(token.text in "([" for token in verb.sent if token.i < first)
    return range(first, last + 1) if is_apart and is_within and not is_in_brackets else range(0)


def _is_title(reading: Reading, part: Part, at: int) -> bool:
    """Whether the title of a work begins at a token: “it failed, he said in his book, “Failures””."""
    start = token_start(part, part.doc[at])
    return any(reading.is_title(piece.span) for piece in reading.quotations_in(start, start + 1))


def _closes_sentence(verb: Token) -> bool:
    """Whether a verb and its subject end a sentence after a comma, whatever the parser says: “, he told us.”"""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or verb.lemma_ not in _LAST or verb.dep_ not in _CLOSING:
        return False
    if any(is_question_before(child) for child in verb.lefts):
        return False
    first = subject.left_edge.i
    rest = [token for token in verb.doc[verb.i + 1 : verb.sent.end] if not token.is_punct]
    # “Known as the Iron Lady, Thatcher ruled”: what is no sentence was not said.
    is_sentence = any(token.tag_ in _FINITE for token in verb.doc[verb.sent.start : first])
    is_apart = is_sentence and first - 1 > verb.sent.start and verb.doc[first - 1].text == ","
    return is_apart and verb.i == subject.right_edge.i + 1 and len(rest) <= _MAX_REST


def is_question_before(verb: Token) -> bool:
    """Whether a verb says what was asked before an answer: “asked whether he would resign, he said”."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.lemma_ in _ASKED


def _is_as_clause(verb: Token) -> bool:
    objects = [child for child in verb.children if child.dep_ in ("dobj", "ccomp", "xcomp")]
    # “As she put it”
    has_object = any(verb.lemma_ != "put" or child.lower_ != "it" for child in objects)
    return verb.dep_ == "advcl" and not has_object and any(word.lower_ == "as" for word in verb.lefts)


def _is_aside(verb: Token) -> bool:
    """Whether a verb and its subject stand in what is said, as in “Europe, he said, must lead”."""
    if verb.dep_ not in ("parataxis", "ccomp") or verb.lemma_ not in cues.SAY:
        return False
    left, right = verb.left_edge, verb.right_edge
    is_apart = left.text in ",—–" or (left.i > 0 and verb.doc[left.i - 1].text in ',”"—–')
    return is_apart and right.i - left.i <= _MAX_ASIDE and any(child.dep_ == "nsubj" for child in verb.children)


def _of_reporter(verb: Token) -> list[Token]:
    """What the parser joins to a clause though it tells of who said it: “said they had met but declined to comment”."""
    inner = [child for child in verb.children if child.dep_ == "ccomp"]
    return [child for clause in inner for child in clause.rights if sources.is_of_reporter(child)]


def _conditions(verb: Token) -> list[Token]:
    """Clauses before an aside that belong to what is said: “If it fails, they warned, the house may fall”."""
    return [
        child
        for child in verb.lefts
        if child.dep_ == "advcl" and any(word.dep_ == "mark" and word.lower_ in _CONDITIONS for word in child.lefts)
    ]


def _before_asides(reading: Reading, part: Part, tokens: set[int]) -> set[int]:
    """A clause without what the parser hangs on it after a comma though it says more of the speaker.

    “..., adding”, “..., according to”: they report for themselves, or tell of the speaker.
    """
    first, last = min(tokens), max(tokens)
    for at in range(first + 2, last):
        word, after = part.doc[at], part.doc[at + 1]
        # American commas stand within the marks: “was “learning,” while others wrote letters”.
        is_closed = word.is_quote and word.nbor(-1).text == "," and not reading.is_quoted(token_start(part, after))
        if reading.is_quoted(token_start(part, word)) and not is_closed:
            continue
        is_joined = after.pos_ in ("CCONJ", "SCONJ", "ADV") and at + 2 <= last
        if (is_closed or word.text in (",", "–", "—", "-")) and _is_aside_start(
            after, part.doc[at + 2] if is_joined else after, last
        ):
            return {index for index in tokens if index < at + is_closed}
    return tokens


def _is_aside_start(first: Token, word: Token, last: int) -> bool:
    if first.lower_ == "according" or (first.lower_ in _CONTRASTS and first.dep_ == "mark"):
        return True
    if first.lower_ in ("a", "an") and any(one.lemma_ in _COMMENTS for one in first.doc[first.i + 1 : first.i + 4]):
        # “Said they would pay more, an acknowledgment that …”
        return True
    if word.tag_ == "VBG":
        return word.lemma_.lower() in cues.SAY or (
            word.right_edge.i >= last and word.dep_ in ("advcl", "conj", "pcomp")
        )
    return first.pos_ == "CCONJ" and _is_new_report(first)


def _is_new_report(conjunction: Token) -> bool:
    """Whether after “and” somebody else says something: “..., and others said that ...”."""
    verb = next((child for child in conjunction.head.rights if child.dep_ == "conj" and child.i > conjunction.i), None)
    if verb is None or verb.lemma_.lower() not in cues.SAY:
        return False
    kinds = {child.dep_ for child in verb.children}
    return "nsubj" in kinds and "ccomp" in kinds


def _add_trailing(tokens: set[int], verb: Token, kinds: tuple[str, ...] = _TRAILING) -> None:
    """Phrases that follow the clause without a comma belong to it, whatever the parser hangs them on."""
    for child in verb.rights:
        if child.dep_ in kinds and child.left_edge.i == max(tokens) + 1 and child.left_edge.lower_ != "according":
            tokens.update(token.i for token in child.subtree)


def _add_second(tokens: set[int], verb: Token) -> None:
    """A second clause belongs to the first, though the parser may join it to the verb: “or what it would cost”."""
    for child in verb.rights:
        follows = child.left_edge.i - max(tokens) in (1, 2, 3)
        if child.dep_ == "conj" and follows and child.left_edge.lower_ in _SECOND:
            tokens.update(range(max(tokens) + 1, child.left_edge.i))
            tokens.update(token.i for token in child.subtree)


def spans_of(reading: Reading, part: Part, tokens: set[int]) -> tuple[Span, ...]:
    """Token positions as spans of the article; a quotation that is touched is taken whole."""
    spans: list[Span] = []
    ordered = sorted(tokens)
    start = 0
    for place, index in enumerate(ordered):
        if place + 1 < len(ordered) and ordered[place + 1] == index + 1:
            continue
        first, last = part.doc[ordered[start]], part.doc[index]
        if last.pos_ == "CCONJ" and last.i > first.i:
            last = last.nbor(-1)
        kept = reading.trim(token_start(part, first), _clause_end(reading, part, first, last))
        if kept is not None:
            spans.append(kept)
        start = place + 1
    return with_quotations(reading, spans)


def _clause_end(reading: Reading, part: Part, first: Token, last: Token) -> int:
    """Where the words between two tokens end; a semicolon outside quotation marks ends them, too."""
    for token in part.doc[first.i + 1 : last.i + 1]:
        if token.text == ";" and not reading.is_quoted(token_start(part, token)):
            return token_start(part, token)
    return token_end(part, last)


def with_quotations(reading: Reading, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans grown over each quotation that they touch, in order, merged where they overlap."""
    grown: list[Span] = []
    for span in sorted(spans):
        for piece in list(reading.quotations_in(span.start, span.end)):
            span = Span(min(span.start, piece.start), max(span.end, piece.end))
        if grown and span.start <= grown[-1].end + 1:
            span = Span(grown.pop().start, span.end)
        grown.append(span)
    return tuple(grown)
