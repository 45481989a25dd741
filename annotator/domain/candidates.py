"""What may be the cue and the source of a quote that an annotator makes: proposals from the words alone, best first."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from annotator.domain.spans import Span

# Inflected forms of the verbs that report speech most often in news.
_CUES = regex.compile(
    r"\b([Aa]ccording to|said|says|say|saying|told|tells|telling|added|adds|adding|wrote|writes|writing|stated|states|"
    r"stating|declared|declares|declaring|warned|warns|warning|noted|notes|noting|explained|explains|explaining|"
    r"argued|argues|arguing|insisted|insists|insisting|claimed|claims|claiming|announced|announces|announcing|"
    r"asked|asks|asking|replied|replies|replying|called|calls|calling|urged|urges|urging|acknowledged|acknowledges|"
    r"admitted|admits|admitting|denied|denies|denying|confirmed|confirms|confirming|suggested|suggests|suggesting|"
    r"reiterated|reiterates|reiterating|emphasi[sz]ed|emphasi[sz]es|emphasi[sz]ing|stressed|stresses|stressing|"
    r"described|describes|describing|reported|reports|reporting|believes?|believed|thinks?|thought|praised|praises|"
    r"criticized|criticised|criticizes|condemned|condemns|demanded|demands|demanding|promised|promises|promising|"
    r"vowed|vows|vowing|pledged|pledges|tweeted|posted|posts|quoted|quotes|concluded|concludes|recalled|recalls|"
    r"predicted|predicts|pointed out|points out|made clear|echoed|echoes|outlined|outlines|cited|cites|citing)\b"
)
# Forms that a verb which reports mostly has, and words of that shape that are none.
_PAST = regex.compile(r"\p{Ll}{2,}(?:ed|ing|ote|old|ght|oke|ore|ook|ung|ew)")
_PRESENT = regex.compile(r"\p{Ll}{2,}[^su\W]s")
_NO_VERB = regex.compile(
    r"according|allies|always|anything|before|being|bought|countries|days|does|during|eight|evening|everything|"
    r"few|fight|following|forces|has|having|his|hundred|including|indeed|its|leaders|light|members|might|months|"
    r"more|morning|nations|need|new|news|night|nothing|officials|old|others|ought|perhaps|red|right|sight|"
    r"something|speed|states|therefore|thing|this|thought|times|troops|united|was|weeks|years|yesterday"
)
_TOKEN = regex.compile(r"[\p{L}\p{M}’'\-]+|[^\s\p{L}\p{M}]")
_SUBJECT = regex.compile(r"\p{Lu}.*|he|she|they|it|who|which|also|later|then|officials?|minister|secretary|president")
_OBJECT = regex.compile(r"that|how|why|whether|he|she|they|it|\p{Lu}.*|[:“\"„«]")
_PRONOUN = regex.compile(r"\b(he|she|they|it|we|who|him|her|them)\b", regex.IGNORECASE)
# A run of capitalised words with titles before it in small letters: "Pentagon press secretary Kingsley Wilson".
_NAME = regex.compile(
    r"(?:\p{Lu}[\p{L}’'\-]*(?:\s+(?:of|for|de|van|von|the|al|press|secretary|chief|spokes\w+|minister|president)\b)?\s*)+"
)
_ROLE = regex.compile(
    r"\b(?:(?:(?i:an?|the|one|several|some|many|multiple|senior|former)|\p{Lu}[\p{L}’]+)\s+){0,4}"
    r"(?i:spokes(?:person|man|woman)|officials?|minister|secretary|president|chief|sources?|diplomats?|lawmakers?|"
    r"analysts?|experts?|individuals?|allies|residents?|leaders?|critics?|report|statement)\b"
)
_REACH = 400


def cue_candidates(text: str, content: Sequence[Span]) -> list[Span]:
    """Words outside the content that may report it, in its paragraphs: known verbs first, then what looks like one.

    Of each, the nearest comes first.
    """
    window = _window(text, content)
    known = [Span(one.start(), one.end()) for one in _CUES.finditer(text, *window)]
    like = [one for one in _like_cues(text, *window) if not any(one.overlaps(other) for other in known)]
    return _nearest(known, content) + _nearest(like, content)


def _like_cues(text: str, low: int, high: int) -> list[Span]:
    """Words that have the form of a verb and stand after somebody or before something said.

    In the present both, or a sign after it: its form is that of many plurals.
    """
    found: list[Span] = []
    words = list(_TOKEN.finditer(text, low, high))
    for nth, word in enumerate(words):
        form = word.group()
        if _NO_VERB.fullmatch(form):
            continue
        after = words[nth + 1].group() if nth + 1 < len(words) else ""
        follows = bool(nth and _SUBJECT.fullmatch(words[nth - 1].group()))
        leads = bool(_OBJECT.fullmatch(after))
        is_past = _PAST.fullmatch(form) and (follows or leads)
        if is_past or (_PRESENT.fullmatch(form) and follows and (leads or not after.isalpha())):
            found.append(Span(word.start(), word.end()))
    return found


def source_candidates(text: str, content: Sequence[Span], cue: Span | None, people: Sequence[Span] = ()) -> list[Span]:
    """Words outside content and cue that may name the source, the nearest to the cue (else the content) first.

    `people` are spans known to be names (entities), which go before phrases that only look like a source.
    """
    low, high = _window(text, content)
    known = [one for one in people if low <= one.start and one.end <= high]
    guessed: list[Span] = []
    for pattern in (_ROLE, _NAME, _PRONOUN):
        for one in pattern.finditer(text, low, high):
            words = one.group()
            span = Span(one.start(), one.start() + len(words.rstrip()))
            if span.end > span.start and not any(span.overlaps(other) for other in (*known, *guessed)):
                guessed.append(span)
    blocked = [*content, *([cue] if cue else [])]
    anchor = [cue] if cue else list(content)
    free = [one for one in (*known, *guessed) if not any(one.overlaps(other) for other in blocked)]
    return _nearest(free, anchor)


def _window(text: str, content: Sequence[Span]) -> tuple[int, int]:
    start, end = min(one.start for one in content), max(one.end for one in content)
    low = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    line_end = text.find("\n", end)
    return low, min(len(text) if line_end < 0 else line_end, end + _REACH)


def _nearest(spans: Sequence[Span], anchors: Sequence[Span]) -> list[Span]:
    free = [one for one in spans if not any(one.overlaps(other) for other in anchors)]
    return sorted(free, key=lambda one: (min(_gap(one, other) for other in anchors), one.start))


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
