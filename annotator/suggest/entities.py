"""Entities: what spaCy's recogniser finds, trimmed as the codebook says, with the gazetteer and the whole article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.drafts import EntityDraft
from annotator.domain.spans import passage
from annotator.suggest import name_patterns, office_words
from annotator.suggest.consistency import Line, consistent
from annotator.suggest.listed import Gazetteer
from annotator.suggest.names import Name, longest_first
from annotator.suggest.reading import Part

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

UNKNOWN_PRECISION = 0.5
# What is right on texts about politics, of what the model's makers measured on their own: CrossNER's train part and
# the first half of its dev part, 1,700 names. Of other labels nothing is known there.
ON_POLITICS = {"PERSON": 0.9, "ORG": 0.88, "GPE": 0.84, "LOC": 0.8, "FAC": 0.86}
# spaCy knows few names in lines that are all capitals.
CAPITALS_FACTOR = 0.5

_ARTICLES = ("the", "a", "an")
_POSSESSIVES = ("'s", "’s", "'", "’")
# Languages that write words of one to three letters together with the next one.
_ELIDING = ("fr", "it", "ca")
_ELIDED = 4
_NEVER_BARE = ("the hague",)
_HEADLINES = frozenset(("headline", "alt_headline", "seo_headline"))
# Words of captions and layouts that run into the name before them: “Washington D.C. Image: US Navy”.
_LAYOUT = frozenset(("Image", "Images", "Photo", "Photograph", "File", "Video", "Credit", "Picture", "Source"))
_CAPITALS_SHARE = 0.7
_NO_GAZETTEER = Gazetteer()


class ScoredEntity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity and how far to trust it, 0 to 1."""

    draft: EntityDraft
    score: float


def find_entities(
    text: str,
    parts: Iterable[Part],
    *,
    precision: Mapping[str, float],
    gazetteer: Gazetteer = _NO_GAZETTEER,
    has_patterns: bool = True,
    factors: Mapping[str, float] = ON_POLITICS,
) -> Iterator[ScoredEntity]:
    """The entities of an article, in order; none reaches over a line and none overlaps another.

    A leading article, a trailing possessive, white space and punctuation are left out. spaCy gives no probability of
    an entity, so the score of what it finds is the precision that was measured for its label (`precision`, 0 to 1; a
    label without has 0.5), times what holds of it elsewhere (`factors`). To that come the names of the gazetteer and
    what `name_patterns` and `consistency` add, with the scores that stand there.
    """
    parts = [part for part in parts if len(part.doc)]
    lines = [_line(text, part) for part in parts]
    names: list[Name] = []
    for part, line in zip(parts, lines, strict=True):
        listed = list(gazetteer.find(text, line.start, line.end, is_capitals=line.is_capitals))
        found = _names(part, line, precision, factors)
        names += gazetteer.applied(_with_patterns(text, line, found) if has_patterns else found, listed)
    for one in consistent(names, text, lines, gazetteer.labels):
        piece = passage(text, one.start, one.end)
        draft = EntityDraft(start=piece.start, end=piece.end, text=piece.text, label=one.label)
        yield ScoredEntity(draft=draft, score=one.score)


def _line(text: str, part: Part) -> Line:
    last = part.doc[-1]
    end = part.start + last.idx + len(last.text_with_ws)
    letters = [char for char in text[part.start : end] if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    is_capitals = len(letters) > 10 and capitals >= _CAPITALS_SHARE * len(letters)
    return Line(part.start, end, is_headline=part.kind in _HEADLINES, is_capitals=is_capitals)


def _names(part: Part, line: Line, precision: Mapping[str, float], factors: Mapping[str, float]) -> list[Name]:
    """What the model finds in a line."""
    factor = CAPITALS_FACTOR if line.is_capitals else 1.0
    found = []
    for entity in part.doc.ents:
        kept = _trimmed(entity)
        kept = office_words.without(kept, entity.label_) if kept is not None else None
        if kept is not None:
            label = office_words.label_of(kept, entity.label_)
            score = factor * precision.get(label, UNKNOWN_PRECISION) * factors.get(label, 1.0)
            found.append(Name(part.start + kept.start_char, part.start + kept.end_char, label, score))
    return found


def _with_patterns(text: str, line: Line, found: list[Name]) -> list[Name]:
    """What the model finds in a line, and the patterns: a pattern's name replaces what it touches."""
    patterns = (name_patterns.events, name_patterns.unions, name_patterns.byline)
    shaped = longest_first(name for pattern in patterns for name in pattern(text, line.start, line.end))
    found = _without(found, shaped)
    short = list(name_patterns.abbreviations([*found, *shaped], text, line.end))
    return [*_without(found, short), *shaped, *short]


def _without(names: list[Name], others: list[Name]) -> list[Name]:
    return [one for one in names if not any(one.overlaps(other) for other in others)]


def _trimmed(entity: TokenSpan) -> TokenSpan | None:
    doc, start, end = entity.doc, entity.start, _end(entity)
    while start < end and (_is_loose(doc[start], doc[start:end].text, "()[]") or _is_article(doc[start:end])):
        start += 1
    while end > start and _is_loose(doc[end - 1], doc[start:end].text, ")(]["):
        end -= 1
    return doc[start:end] if any(char.isalnum() for char in doc[start:end].text) else None


def _end(entity: TokenSpan) -> int:
    """Where an entity ends without a bracket that it opens only, and without a word of the layout."""
    doc, end = entity.doc, entity.end
    for token in entity:
        if token.text in "([" and token.i > entity.start and not any(other.text in ")]" for other in entity):
            end = token.i
            break
    if end < len(doc) and end - entity.start > 1 and doc[end - 1].text in _LAYOUT and doc[end].text in (":", "by"):
        end -= 1
    return end


def _is_article(span: TokenSpan) -> bool:
    return span[0].lower_ in _ARTICLES and span.text.lower() not in _NEVER_BARE


def _is_loose(token: Token, text: str, brackets: str) -> bool:
    """Whether an edge token goes; a bracket stays if its partner (the next of `brackets`) is there."""
    at = brackets.find(token.text) if len(token.text) == 1 else -1
    if at in (0, 2):
        return text.count(token.text) != text.count(brackets[at + 1])
    # spaCy counts the percent sign among the punctuation.
    return token.is_space or (token.is_punct and token.text != "%") or token.text in _POSSESSIVES or _is_elided(token)


def _is_elided(token: Token) -> bool:
    """Whether it is “l’”, “d’” or “qu’” before a word."""
    return token.lang_ in _ELIDING and token.text[-1] in "'’" and token.text[:-1].isalpha() and len(token) <= _ELIDED
