"""The lossless exchange format `annotator-article/1`: one JSON object an article.

All offsets are half-open code-point ranges of `text`. Field order here is the order in the file.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.drafts import Draft, QuoteForm, Reported, SourceKind, SpeakerGuess
from annotator.domain.records import (
    ActorType,
    ArticleState,
    Dimension,
    EvidenceType,
    Explicitness,
    Origin,
    Position,
    Role,
    TargetKind,
)
from annotator.domain.sections import Section
from annotator.domain.spans import Span

FORMAT: Literal["annotator-article/1"] = "annotator-article/1"


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of the format have in common: an unknown field is an error."""


class ArticleMeta(_Line, frozen=True, kw_only=True):
    """What is known of an article besides its text. `id` is the hash of the text, `published` an ISO date."""

    id: str
    name: str
    title: str
    language: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


class EntityLine(_Line, frozen=True, kw_only=True):
    """An entity; `text` repeats the words of the range."""

    id: str
    start: int
    end: int
    text: str
    label: str
    actor: str | None = None
    origin: Origin


class QuoteLine(_Line, frozen=True, kw_only=True):
    """A quote; `content` and `source` are lists of ranges, `cue` is one range or null.

    `speakers` are a suggestion's guesses at who said it, the likeliest first; a person's quote has its `speaker`.
    """

    id: str
    form: QuoteForm
    source_kind: SourceKind
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: Span | None = None
    reported: Reported = "speech"
    speaker: str | None = None
    nested_in: str | None = None
    origin: Origin
    speakers: tuple[SpeakerGuess, ...] = ()


class EvidenceLine(_Line, frozen=True, kw_only=True):
    """A piece of evidence of a stance."""

    spans: tuple[Span, ...]
    type: EvidenceType
    quote: str | None = None


class StanceLine(_Line, frozen=True, kw_only=True):
    """A stance; what has not been chosen yet is null."""

    id: str
    holder: str | None = None
    via: str | None = None
    target: str | None = None
    dimension: Dimension | None = None
    position: Position | None = None
    explicitness: Explicitness | None = None
    confidence: int | None = None
    rationale: str = ""
    evidence: tuple[EvidenceLine, ...] = ()
    is_submitted: bool = False
    origin: Origin


class ActorLine(_Line, frozen=True, kw_only=True):
    """An actor that the article's annotations name."""

    id: str
    type: ActorType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


class TargetLine(_Line, frozen=True, kw_only=True):
    """A target that the article's stances name."""

    id: str
    kind: TargetKind
    label: str
    statement: str


class NoteLine(_Line, frozen=True, kw_only=True):
    """A note on the article (`subject` null) or on one of its records."""

    id: str
    subject: str | None = None
    reply_to: str | None = None
    text: str
    is_resolved: bool = False


class RejectionLine(_Line, frozen=True, kw_only=True):
    """A suggestion that was turned down."""

    id: str
    suggested: Draft
    name: str
    version: str
    score: float | None = None


class StatusLine(_Line, frozen=True, kw_only=True):
    """How far the annotator is with the article."""

    id: str
    state: ArticleState
    is_flagged: bool = False


class ArticleLine(_Line, frozen=True, kw_only=True):
    """One article with one layer. Lists are sorted: by position, then by id; registries by id."""

    format: Literal["annotator-article/1"] = FORMAT
    offset_unit: Literal["codepoint"] = "codepoint"
    article: ArticleMeta
    text: str
    sections: tuple[Section, ...]
    layer: str
    codebook: str | None = None
    status: StatusLine | None = None
    entities: tuple[EntityLine, ...] = ()
    quotes: tuple[QuoteLine, ...] = ()
    stances: tuple[StanceLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    rejections: tuple[RejectionLine, ...] = ()
    actors: tuple[ActorLine, ...] = ()
    targets: tuple[TargetLine, ...] = ()
