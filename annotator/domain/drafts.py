"""Drafts: what a model proposes, before anybody makes it their work."""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.codebook import Position
from annotator.domain.spans import Passage, Passages, Span, hull

QuoteForm = Literal["direct", "mixed", "indirect"]
Reported = Literal["speech", "act"]
SourceKind = Literal["named", "pronoun", "description", "anonymous", "collective", "artifact", "none"]
ActorType = Literal[
    "person",
    "organization",
    "party",
    "state_body",
    "media_outlet",
    "group",
    "document",
    "anonymous",
    "public_opinion",
    "article_author",
]
TargetKind = Literal["claim", "policy", "actor", "event", "issue"]
Dimension = Literal["belief", "policy", "evaluation", "commitment"]
Explicitness = Literal["stated", "implied", "inferred"]
EvidenceType = Literal[
    "direct_quote",
    "mixed_quote",
    "indirect_quote",
    "reported_action",
    "reported_attitude",
    "document_text",
    "headline_framing",
    "author_characterisation",
    "inference",
]

SURE_SPEAKER = 0.7
"""From this score on a guess is shown as the speaker, and accepting the quote links it."""


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


class SpeakerGuess(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who may have said a quote: known to the registry (`actor`), or new.

    An unnamed speaker is a guess of type `anonymous` whose name is the description, without an actor. `reason` says in
    words why; `aliases` and `roles` are what the article calls somebody new besides the name.
    """

    name: str
    type: ActorType
    actor: str | None = None
    score: float
    reason: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE_SPEAKER

    @property
    def is_unnamed(self) -> bool:
        return self.type == "anonymous" and self.actor is None


class QuoteDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="quote"):
    """A proposed quote: reported speech or thought, or a reported act such as “praised the plan”.

    `speakers` are guesses at who said it, the likeliest first.
    """

    content: Passages
    source: Passages = ()
    cue: Passage | None = None
    form: QuoteForm
    source_kind: SourceKind
    reported: Reported = "speech"
    speakers: tuple[SpeakerGuess, ...] = ()

    @property
    def speaker(self) -> SpeakerGuess | None:
        """The first guess where it is sure enough to be shown as the speaker."""
        return self.speakers[0] if self.speakers and self.speakers[0].is_sure else None

    @property
    def span(self) -> Span:
        return hull(self.content)

    @property
    def key(self) -> str:
        """What makes it the same proposal when a model proposes it again."""
        return "quote " + ",".join(f"{piece.start}-{piece.end}" for piece in self.content)


class TargetGuess(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a stance may be about: a target of the registry (`id`), or a new one; `reason` says in words why."""

    id: str | None = None
    label: str
    statement: str
    kind: TargetKind
    score: float
    reason: str


class StanceDraft(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="stance"
):
    """A proposed stance; `targets` are guesses, the likeliest first.

    It rests on the quote with the key `quote`, or, where that is empty, on words of the article. Where `position` is
    open it is no suggestion to be shown: it only prepares what an annotator who begins a stance there is offered.
    `reason` says in words why.
    """

    quote: str = ""
    holder: SpeakerGuess | None = None
    via: SpeakerGuess | None = None
    targets: tuple[TargetGuess, ...] = ()
    dimension: Dimension | None = None
    position: Position | None = None
    explicitness: Explicitness = "stated"
    evidence: Passages
    evidence_type: EvidenceType
    reason: str = ""

    @property
    def is_sure(self) -> bool:
        return self.position is not None

    @property
    def target(self) -> TargetGuess | None:
        """The likeliest target."""
        return self.targets[0] if self.targets else None

    @property
    def span(self) -> Span:
        return hull(self.evidence)

    @property
    def key(self) -> str:
        """What makes it the same proposal when a model proposes it again: its words, whose it is, and the sentence.

        Not the target's id, which a target gets only when it comes into the registry.
        """
        places = ",".join(f"{piece.start}-{piece.end}" for piece in self.evidence)
        holder = self.holder.name if self.holder else ""
        about = self.target.statement if self.is_sure and self.target else ""
        return f"stance {places} {holder} {self.position or ''} {about}".rstrip()


Draft = EntityDraft | QuoteDraft | StanceDraft


def without_guesses(draft: Draft) -> Draft:
    """What a draft says of the text alone."""
    return msgspec.structs.replace(draft, speakers=()) if isinstance(draft, QuoteDraft) else draft


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
