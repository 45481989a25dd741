"""Quotations that no cue of their own claims: joined to the quote before, or quotes by themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from annotator.domain.quotation import Quotation
from annotator.domain.spans import Span
from annotator.suggest import acts, cues
from annotator.suggest.clauses import with_quotations
from annotator.suggest.patterns import Found, is_named_there
from annotator.suggest.reading import Reading, token_start
from annotator.suggest.unclaimed import LONG_ENOUGH, by_itself, is_sentence, reported_by_colon, shout_before, signed

_ONE_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?!\s+[A-Z“”\"‘']))*[.!?:,]?[”\"’']?\s*\Z")
_REST = re.compile(r"[^.!?\n“”\"]{0,120}[.,]?[”\"']{0,2}[ \u00a0]*\n\s*")
_LISTED = re.compile(r",?[ \u00a0]*(?:and|or|but|nor)[ \u00a0]+(?:an?[ \u00a0]+|the[ \u00a0]+)?")
# What stands before a quotation in a sentence of its own; a full stop within it belongs to a title.
_LED_IN = re.compile(r"[ \u00a0.”\"']*(?P<lead>[A-Z](?:[^.!?:\n“”\"]|(?<=[A-Z][a-z])\.|(?<=Mrs)\.){0,160})")
_ON = re.compile(r"(?:[ \u00a0,]+[\w’'-]+){1,6}[ \u00a0]+")
_AND_SO = re.compile(r",[ \u00a0](?:but|and|yet|so|or)[ \u00a0][^.!?:;\n“”\"]{3,120}")


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
        is_shouted = shout_before(reading, piece) is not None
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
            elif quote := by_itself(reading, piece):
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
    if reported_by_colon(reading, piece) or signed(reading, piece):
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
        is_said = is_sentence(reading, piece) or reading.inside(piece.span)[-1:] in ".!?…"
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
    if match is None or not is_last or len(inner.split()) < LONG_ENOUGH or reading.is_title(piece.span):
        return -1
    lead = Span(*match.span("lead"))
    return lead.start if _reports_nothing(reading, lead) else -1


def _reports_nothing(reading: Reading, lead: Span) -> bool:
    """Whether no verb of saying stands between: with one somebody else may speak."""
    part = reading.part_at(lead.start)
    if part is None:
        return False
    words = [token for token in part.doc if lead.start <= token_start(part, token) < lead.end]
    return not any(acts.lemma_of(token) in cues.TELLING for token in words if token.pos_ == "VERB")


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
    return bool(_REST.fullmatch(gap)) and not rest.strip(" .") and is_sentence(reading, piece)


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
