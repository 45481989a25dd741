"""Direct quotes without a parse: quotations and dash dialogue, with the reporting verb and the source beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace

from annotator.domain.drafts import QuoteDraft, SourceKind
from annotator.domain.quotation import find_quotations
from annotator.domain.spans import Span, passage, passages
from annotator.suggest.languages import LANGUAGES, Reporting
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.reading import Part

_SCORES = {
    "quotation beside a cue": 0.75,
    "dialogue": 0.75,
    "quotation after a colon": 0.6,
    "according to": 0.6,
    "quotation alone": 0.3,
}
_WORD = re.compile(r"\w[\w’'.-]*\w|\w|\b[’']")
_AROUND = 120
_MAX_SOURCE = 7
_MIN_WORDS, _MIN_WORDS_OPEN = 3, 6
_ONE_SENTENCE = re.compile(r"[^.!?:\n]*[.]?\s*")
_ENDS = (".", "!", "?", "…", ",", "؟", "،")
_BREAK = re.compile(r"[,;:()\n.!?،؛«»“”„\"]|\s[—–-]|[—–]")


@dataclass(frozen=True)
class _Told:
    cue: Span
    source: Span | None


def find_direct_quotes(text: str, parts: Iterable[Part], language: str) -> list[ScoredQuote]:
    """The direct quotes of an article in a language of `LANGUAGES`, or in another one without cues and sources."""
    words = LANGUAGES.get(language, Reporting(frozenset(), frozenset()))
    found: list[ScoredQuote] = []
    lines = [Span(part.start, part.end) for part in parts]
    if words.has_dialogue:
        found = [quote for line in lines if (quote := _dialogue(text, line, words))]
    taken = [piece.span for quote in found for piece in quote.draft.content]
    for piece in find_quotations(text):
        line = next((line for line in lines if line.contains(piece.span)), None)
        if piece.depth or line is None or any(one.overlaps(piece.span) for one in taken):
            continue
        quote = _quotation(text, line, piece.span, words)
        if quote and quote.draft.cue is None and found and _speaks_on(text, found[-1], piece.span):
            found[-1] = _with_fragment(text, found[-1], piece.span)
        elif quote:
            found.append(quote)
    return sorted(found, key=lambda one: (one.draft.span, one.draft.key))


def _quotation(text: str, line: Span, span: Span, words: Reporting) -> ScoredQuote | None:
    told = _told_after(text, Span(span.end, line.end), words) or _told_before(text, Span(line.start, span.start), words)
    inner = text[span.start + 1 : span.end].rstrip("”“»\"'’ \u00a0\u202f")
    after_colon = text[line.start : span.start].rstrip().endswith(":")
    ends = inner.endswith(_ENDS) or text[span.end : span.end + 1] == ","
    count = len(_WORD.findall(inner))
    is_utterance = count >= (_MIN_WORDS if ends or after_colon else _MIN_WORDS_OPEN)
    if told is not None and (count >= _MIN_WORDS or after_colon):
        return _scored(text, (span,), told, words, "quotation beside a cue")
    told = _told_according(text, Span(line.start, span.start), words)
    # A word or two that begin small are no title: « nécessaire ».
    if told is not None and (count >= _MIN_WORDS or inner.lstrip()[:1].islower()):
        return _scored(text, (span,), told, words, "according to")
    if is_utterance:
        return _scored(text, (span,), None, words, "quotation after a colon" if after_colon else "quotation alone")
    return None


def _speaks_on(text: str, before: ScoredQuote, span: Span) -> bool:
    """Whether a quotation follows the sentence that tells the one before: ““A”, sagte Meyer am Montag. “B.””."""
    cue = before.draft.cue
    end = before.draft.span.end
    return cue is not None and cue.start >= end and bool(_ONE_SENTENCE.fullmatch(text, end, span.start))


def _with_fragment(text: str, quote: ScoredQuote, span: Span) -> ScoredQuote:
    content = passages(text, [*(one.span for one in quote.draft.content), span])
    return replace(quote, draft=replace(quote.draft, content=content))


def _dialogue(text: str, line: Span, words: Reporting) -> ScoredQuote | None:
    """“— Not now, — said Petrov. — Later.”: a line that begins with a dash, and a verb after a second one."""
    start = re.compile(r"[—–]\s*").match(text, line.start, line.end)
    if start is None:
        return None
    for dash in re.compile(r"(?<=[\w,.!?…])\s*[—–]\s*").finditer(text, start.end(), line.end):
        cue = _verb(words).match(text, dash.end(), line.end)
        if cue is None:
            continue
        source = _source_from(text, Span(cue.end(), line.end), words)
        rest = re.compile(r"[.,]?\s*[—–]\s*[.,]?\s*").search(text, source.end if source else cue.end(), line.end)
        content = [Span(start.end(), dash.start())]
        if rest and rest.end() < line.end:
            content.append(Span(rest.end(), rest.end() + len(text[rest.end() : line.end].rstrip())))
        return _scored(text, content, _Told(Span(*cue.span("verb")), source), words, "dialogue")
    return None


@cache
def _verb(words: Reporting) -> re.Pattern[str]:
    return _any_of(words.verbs)


@cache
def _according(words: Reporting) -> re.Pattern[str]:
    return _any_of(words.according)


def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(one).replace("_", r"\s+") for one in phrases), key=len, reverse=True)
    return re.compile(rf"(?P<verb>\b(?:{'|'.join(forms)})\b)" if forms else r"(?P<verb>(?!))", re.IGNORECASE)


def _told_after(text: str, room: Span, words: Reporting) -> _Told | None:
    """“..., sagte Meyer am Montag”; also “..., Meyer sagte”."""
    gap = re.compile(r"[\s,.–—-]*").match(text, room.start, room.end)
    at = gap.end() if gap else room.start
    if "." in text[room.start : at]:
        return None
    if verb := _verb(words).match(text, at, room.end) or _according(words).match(text, at, room.end):
        return _Told(Span(*verb.span("verb")), _source_from(text, Span(verb.end(), room.end), words))
    pronoun = _WORD.match(text, at, room.end)
    if pronoun and pronoun.group().lower() in words.pronouns:
        verb = _verb(words).match(text, pronoun.end() + 1, room.end)
        if verb:
            return _Told(Span(*verb.span("verb")), Span(*pronoun.span()))
    return None


def _told_according(text: str, room: Span, words: Reporting) -> _Told | None:
    """“Selon le ministre, la réforme est « nécessaire »”: the sentence begins with whose words a quotation gives."""
    begin = max(room.start, room.end - _AROUND)
    for end in re.compile(r"[.!?]\s+|[:;]").finditer(text, begin, room.end):
        begin = end.end()
    phrase = _according(words).match(text, begin, room.end)
    source = _source_from(text, Span(phrase.end(), room.end), words) if phrase else None
    if phrase is None or source is None:
        return None
    tokens = list(_WORD.finditer(text, source.start, source.end))
    if text[source.end : source.end + 1] not in (",", "،") and tokens[-1].group()[0].islower():
        # Without a comma nothing tells where it ends: “Według ministra reforma jest …”. One word is surely of it.
        source = Span(source.start, tokens[tokens[0].group().lower() in words.articles].end())
    return _Told(Span(*phrase.span("verb")), source)


def _told_before(text: str, room: Span, words: Reporting) -> _Told | None:
    """“Meyer sagte am Montag: ...” and “dijo el ministro: ...”."""
    stop = room.start + len(text[room.start : room.end].rstrip())
    if stop == room.start or text[stop - 1] not in ":,":
        return None
    begin = max(room.start, stop - _AROUND)
    for match in re.compile(r"[.!?]\s+|[:;«»“”]").finditer(text, begin, stop - 1):
        begin = match.end()
    verbs = list(_verb(words).finditer(text, begin, stop - 1))
    if not verbs:
        return None
    verb = verbs[-1]
    before = _source_before(text, Span(begin, verb.start()), words)
    source = before or _source_from(text, Span(verb.end(), stop - 1), words)
    return _Told(Span(*verb.span("verb")), source)


def _source_from(text: str, room: Span, words: Reporting) -> Span | None:
    """The words after a verb up to punctuation, or to a small word that follows a name."""
    end_of_room = _BREAK.search(text, room.start, room.end)
    tokens = list(_WORD.finditer(text, room.start, end_of_room.start() if end_of_room else room.end))[:_MAX_SOURCE]
    kept: list[re.Match[str]] = []
    for token in tokens:
        word = token.group()
        after_name = bool(kept) and kept[-1].group()[:1].isupper()
        if word.lower() in words.stops or (after_name and word[0].islower() and word not in words.particles):
            break
        kept.append(token)
        if word.lower() in words.pronouns:
            break
    while kept and kept[-1].group() in words.particles | words.articles:
        kept.pop()
    return Span(kept[0].start(), kept[-1].end()) if kept else None


def _source_before(text: str, room: Span, words: Reporting) -> Span | None:
    """The whole beginning of the sentence where it is short, else the names right before the verb."""
    breaks = list(_BREAK.finditer(text, room.start, room.end))
    tokens = list(_WORD.finditer(text, breaks[-1].end() if breaks else room.start, room.end))
    if not 1 <= len(tokens) <= _MAX_SOURCE or any(one.group().lower() in words.stops for one in tokens):
        names: list[re.Match[str]] = []
        for token in reversed(tokens):
            if not token.group()[:1].isupper():
                break
            names.insert(0, token)
        tokens = names
    return Span(tokens[0].start(), tokens[-1].end()) if tokens else None


def _scored(text: str, content: Iterable[Span], told: _Told | None, words: Reporting, pattern: str) -> ScoredQuote:
    source = told.source if told else None
    draft = QuoteDraft(
        content=passages(text, list(content)),
        source=passages(text, [source]) if source else (),
        cue=passage(text, told.cue.start, told.cue.end) if told else None,
        form="direct",
        source_kind=_kind(text[source.start : source.end], words) if source else "none",
    )
    return ScoredQuote(draft=draft, score=_SCORES[pattern], pattern=pattern)


def _kind(source: str, words: Reporting) -> SourceKind:
    tokens = _WORD.findall(source)
    if source.lower() in words.pronouns:
        return "pronoun"
    has_article = tokens[0].lower() in words.articles
    return "named" if any(one[:1].isupper() for one in tokens[has_article:]) and not has_article else "description"
