"""Drafts: what a model proposes, before anybody makes it their work."""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.spans import Passage, Passages, Span, hull

QuoteForm = Literal["direct", "mixed", "indirect"]
Reported = Literal["speech", "act"]
SourceKind = Literal["named", "pronoun", "description", "anonymous", "collective", "artifact", "none"]


class EntityDraft(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="entity"
):
    """A proposed entity."""

    start: int
    end: int
    text: str
    label: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def key(self) -> str:
        """What makes it the same proposal when a model proposes it again."""
        return f"entity {self.start}-{self.end} {self.label}"


class QuoteDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="quote"):
    """A proposed quote: reported speech or thought, or a reported act such as “praised the plan”."""

    content: Passages
    source: Passages = ()
    cue: Passage | None = None
    form: QuoteForm
    source_kind: SourceKind
    reported: Reported = "speech"

    @property
    def span(self) -> Span:
        return hull(self.content)

    @property
    def key(self) -> str:
        """What makes it the same proposal when a model proposes it again."""
        return "quote " + ",".join(f"{piece.start}-{piece.end}" for piece in self.content)


Draft = EntityDraft | QuoteDraft


class Suggestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft with the model behind it. Never anybody's work until a person decides about it.

    The id is made of article, model and draft, so that the same proposal has the same id at the next run.
    """

    id: str
    article: str
    draft: Draft
    model: str
    version: str
    score: float
