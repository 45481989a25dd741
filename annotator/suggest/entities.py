"""Entities: what spaCy's named entity recogniser finds, trimmed as the codebook says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.drafts import EntityDraft
from annotator.domain.spans import passage
from annotator.suggest.reading import Part

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

UNKNOWN_PRECISION = 0.5

_ARTICLES = ("the", "a", "an")
_POSSESSIVES = ("'s", "’s", "'", "’")
_NEVER_BARE = ("the hague",)


class ScoredEntity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity and how far to trust it, 0 to 1."""

    draft: EntityDraft
    score: float


def find_entities(text: str, parts: Iterable[Part], *, precision: Mapping[str, float]) -> Iterator[ScoredEntity]:
    """The entities of an article, in order; none reaches over a line.

    A leading article, a trailing possessive, white space and punctuation are left out. spaCy gives no probability of
    an entity, so the score is the precision that the model's makers measured for its label (`precision`, 0 to 1; a
    label that they do not list has 0.5).
    """
    for part in parts:
        for entity in part.doc.ents:
            kept = _trimmed(entity)
            if kept is None:
                continue
            piece = passage(text, part.start + kept.start_char, part.start + kept.end_char)
            draft = EntityDraft(start=piece.start, end=piece.end, text=piece.text, label=entity.label_)
            yield ScoredEntity(draft=draft, score=precision.get(entity.label_, UNKNOWN_PRECISION))


def _trimmed(entity: TokenSpan) -> TokenSpan | None:
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (_is_loose(doc[start], doc[start:end].text, "()[]") or _is_article(doc[start:end])):
        start += 1
    while end > start and _is_loose(doc[end - 1], doc[start:end].text, ")(]["):
        end -= 1
    return doc[start:end] if any(char.isalnum() for char in doc[start:end].text) else None


def _is_article(span: TokenSpan) -> bool:
    return span[0].lower_ in _ARTICLES and span.text.lower() not in _NEVER_BARE


def _is_loose(token: Token, text: str, brackets: str) -> bool:
    """Whether an edge token goes; a bracket stays if its partner (the next of `brackets`) is there."""
    at = brackets.find(token.text) if len(token.text) == 1 else -1
    if at in (0, 2):
        return text.count(token.text) != text.count(brackets[at + 1])
    # spaCy counts the percent sign among the punctuation.
    return token.is_space or (token.is_punct and token.text != "%") or token.text in _POSSESSIVES
