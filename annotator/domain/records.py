"""The kinds of records that people make. All are frozen; ids are UUIDs; a record belongs to its author.

The fields of a record are the columns of its table in the project file (see `store.schema`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.codebook import Codebook
from annotator.domain.codebook import Position as Position
from annotator.domain.drafts import ActorType as ActorType
from annotator.domain.drafts import Dimension as Dimension
from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, QuoteForm, Reported, SourceKind
from annotator.domain.drafts import EvidenceType as EvidenceType
from annotator.domain.drafts import Explicitness as Explicitness
from annotator.domain.drafts import TargetKind as TargetKind
from annotator.domain.spans import Passage, Passages

ArticleState = Literal["todo", "in_progress", "done"]
Task = Literal["label", "review"]
Outcome = Literal["a", "b", "other", "both", "neither", "edited", "deferred"]


class Origin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a record came from, and what was suggested when a suggestion was behind it."""

    by: Literal["person", "model", "import"] = "person"
    name: str = ""
    version: str = ""
    score: float | None = None
    act: Literal["added", "accepted", "corrected"] = "added"
    suggested: Draft | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all records have."""

    id: str
    author: str


class Entity(Record, frozen=True, kw_only=True):
    """A span with a label of the codebook, and perhaps an actor."""

    article: str
    start: int
    end: int
    text: str
    label: str
    actor: str | None = None
    origin: Origin = Origin()


class Quote(Record, frozen=True, kw_only=True):
    """Who said or did what: content (quotation marks included, cue excluded), sources and cue."""

    article: str
    content: Passages
    source: Passages = ()
    cue: Passage | None = None
    form: QuoteForm
    source_kind: SourceKind
    speaker: str | None = None
    nested_in: str | None = None
    origin: Origin = Origin()
    reported: Reported = "speech"


class Role(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an actor was, from and until when (ISO dates, either end open)."""

    title: str
    since: str | None = None
    until: str | None = None


class Actor(Record, frozen=True, kw_only=True):
    """Somebody or something that speaks or takes a stand."""

    type: ActorType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    merged_into: str | None = None


class Target(Record, frozen=True, kw_only=True):
    """What one can be for or against: a short label and one full positive sentence."""

    kind: TargetKind
    label: str
    statement: str
    merged_into: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of text that shows a stance."""

    spans: Passages
    type: EvidenceType
    quote: str | None = None


class Stance(Record, frozen=True, kw_only=True):
    """Where a holder stands on a target. It stays a draft until it is complete and submitted."""

    article: str
    holder: str | None = None
    via: str | None = None
    target: str | None = None
    dimension: Dimension | None = None
    position: Position | None = None
    explicitness: Explicitness | None = None
    confidence: int | None = None
    rationale: str = ""
    evidence: tuple[Evidence, ...] = ()
    is_submitted: bool = False
    origin: Origin = Origin()


class Note(Record, frozen=True, kw_only=True):
    """A remark on a record or an article, or a reply to another note."""

    article: str | None = None
    subject: str | None = None
    reply_to: str | None = None
    text: str
    is_resolved: bool = False


class Rejection(Record, frozen=True, kw_only=True):
    """A suggestion that its author turned down; it holds the suggestion whole, so that it stays rejected."""

    article: str
    suggested: Draft
    name: str
    version: str
    score: float | None = None


class ArticleStatus(Record, frozen=True, kw_only=True):
    """How far its author is with an article."""

    article: str
    state: ArticleState = "todo"
    is_flagged: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record of a third or further layer, by its id, and the hash of what a reviewer saw of it."""

    record: str
    seen: str


class Decision(Record, frozen=True, kw_only=True):
    """What a reviewer decided between records (`a`, `b`, `others`: ids), and what was seen then (hashes).

    `taken` is which of `others` was taken, where the outcome is `other`.
    """

    article: str
    a: str | None = None
    b: str | None = None
    seen_a: str | None = None
    seen_b: str | None = None
    outcome: Outcome
    result: str | None = None
    rule: str | None = None
    comment: str = ""
    others: tuple[Seen, ...] = ()
    taken: str | None = None

    @property
    def sides(self) -> tuple[Seen, ...]:
        """All records that it is about."""
        first = (
            Seen(record=one, seen=seen or "") for one, seen in ((self.a, self.seen_a), (self.b, self.seen_b)) if one
        )
        return (*first, *self.others)

    @property
    def takes(self) -> tuple[Seen, ...]:
        """The records that it takes as they were seen."""
        if self.outcome == "both":
            return self.sides
        wanted = {"a": self.a, "b": self.b, "other": self.taken}.get(self.outcome)
        return tuple(one for one in self.sides if one.record == wanted)


class Assignment(Record, frozen=True, kw_only=True):
    """Who is to do what with an article, and by when (an ISO date); its author is who has assigned it."""

    article: str
    assignee: str
    task: Task
    due: str | None = None


class CodebookVersion(Record, frozen=True, kw_only=True):
    """One version of the project's codebook; the highest version is in force."""

    version: int
    codebook: Codebook


KINDS: dict[str, type[Record]] = {
    "entity": Entity,
    "quote": Quote,
    "actor": Actor,
    "target": Target,
    "stance": Stance,
    "note": Note,
    "rejection": Rejection,
    "article_status": ArticleStatus,
    "decision": Decision,
    "assignment": Assignment,
    "codebook": CodebookVersion,
}
KIND_OF: dict[type[Record], str] = {record: kind for kind, record in KINDS.items()}

# Records that everybody may change: the latest version counts (logical clock, then author).
SHARED_KINDS = frozenset({"actor", "target", "codebook"})

Annotation = Entity | Quote | Stance


def kind_of(record: Record) -> str:
    """The name of a record's kind, as the journal and the tables spell it."""
    return KIND_OF[type(record)]


def passages_of(record: Record) -> Passages:
    """Every passage that a record marks in its article, in no particular order."""
    match record:
        case Entity():
            return (Passage(record.start, record.end, record.text),)
        case Quote():
            return record.content + record.source + ((record.cue,) if record.cue else ())
        case Stance():
            return tuple(piece for evidence in record.evidence for piece in evidence.spans)
    return ()


def draft_of(record: Entity | Quote) -> Draft:
    """What a record says, apart from who says it: comparable with a suggestion's draft without its guesses."""
    if isinstance(record, Entity):
        return EntityDraft(start=record.start, end=record.end, text=record.text, label=record.label)
    return QuoteDraft(
        content=record.content,
        source=record.source,
        cue=record.cue,
        form=record.form,
        source_kind=record.source_kind,
        reported=record.reported,
    )
