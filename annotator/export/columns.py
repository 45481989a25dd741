"""The columns of the flat tables, the same for all formats that write them; docs/formats.md explains each."""

from __future__ import annotations

from typing import Literal, NamedTuple

from annotator.domain.spans import Span

Kind = Literal["text", "integer", "number", "truth", "spans", "texts"]
Value = str | int | float | bool | tuple[Span, ...] | tuple[str, ...] | None
Row = dict[str, Value]


class Column(NamedTuple):
    """A column: what its values are, and how wide a spreadsheet shows it, in characters."""

    name: str
    kind: Kind = "text"
    width: int = 14


_ID = 12
_WORDS = 60
_PLACE = (
    Column("layer"),
    Column("article_id", width=_ID),
    Column("article", width=26),
    Column("outlet", width=16),
    Column("published", width=12),
)
_RANGE = (Column("section", width=12), Column("start", "integer", 8), Column("end", "integer", 8))
_ORIGIN = (
    Column("origin", width=10),
    Column("act", width=10),
    Column("model", width=22),
    Column("model_version", width=10),
    Column("score", "number", 8),
)
_TIMES = (Column("made_by"), Column("made", width=24), Column("changed", width=24))

TABLES: dict[str, tuple[Column, ...]] = {
    "articles": (
        *_PLACE,
        Column("title", width=_WORDS),
        Column("author", width=20),
        Column("language", width=10),
        Column("url", width=30),
        Column("state", width=12),
        Column("is_flagged", "truth", 10),
        Column("characters", "integer", 10),
        Column("entities", "integer", 10),
        Column("quotes", "integer", 10),
        Column("stances", "integer", 10),
        Column("text", width=_WORDS),
    ),
    "sections": (
        *_PLACE,
        *_RANGE,
        Column("text", width=_WORDS),
    ),
    "entities": (
        *_PLACE,
        *_RANGE,
        Column("text", width=30),
        Column("label", width=12),
        Column("actor", width=24),
        Column("actor_type"),
        Column("context", width=_WORDS),
        *_ORIGIN,
        *_TIMES,
        Column("entity_id", width=_ID),
        Column("actor_id", width=_ID),
    ),
    "quotes": (
        *_PLACE,
        *_RANGE,
        Column("text", width=_WORDS),
        Column("speaker", width=24),
        Column("speaker_type"),
        Column("speaker_score", "number", 8),
        Column("source", width=30),
        Column("cue", width=14),
        Column("form", width=10),
        Column("reported", width=10),
        Column("source_kind", width=12),
        Column("context", width=_WORDS),
        *_ORIGIN,
        *_TIMES,
        Column("content_spans", "spans"),
        Column("source_spans", "spans"),
        Column("cue_spans", "spans"),
        Column("quote_id", width=_ID),
        Column("speaker_id", width=_ID),
        Column("nested_in", width=_ID),
    ),
    "stances": (
        *_PLACE,
        *_RANGE,
        Column("holder", width=24),
        Column("holder_type"),
        Column("position", width=12),
        Column("target", width=30),
        Column("statement", width=44),
        Column("target_kind", width=10),
        Column("via", width=24),
        Column("dimension", width=12),
        Column("explicitness", width=12),
        Column("confidence", "integer", 10),
        Column("is_submitted", "truth", 10),
        Column("rationale", width=30),
        Column("reason", width=30),
        Column("text", width=_WORDS),
        Column("context", width=_WORDS),
        *_ORIGIN,
        *_TIMES,
        Column("stance_id", width=_ID),
        Column("holder_id", width=_ID),
        Column("via_id", width=_ID),
        Column("target_id", width=_ID),
    ),
    "evidence": (
        *_PLACE,
        *_RANGE,
        Column("type", width=18),
        Column("text", width=_WORDS),
        Column("context", width=_WORDS),
        Column("spans", "spans"),
        Column("stance_id", width=_ID),
        Column("number", "integer", 8),
        Column("quote_id", width=_ID),
    ),
    "notes": (
        *_PLACE,
        Column("about", width=10),
        Column("text", width=_WORDS),
        Column("is_resolved", "truth", 10),
        *_TIMES,
        Column("note_id", width=_ID),
        Column("subject_id", width=_ID),
        Column("reply_to", width=_ID),
    ),
    "rejections": (
        *_PLACE,
        *_RANGE,
        Column("kind", width=10),
        Column("text", width=_WORDS),
        Column("label", width=14),
        Column("model", width=22),
        Column("model_version", width=10),
        Column("score", "number", 8),
        *_TIMES,
        Column("rejection_id", width=_ID),
    ),
    "decisions": (
        *_PLACE,
        Column("reviewer", width=20),
        Column("decided", width=24),
        Column("outcome", width=10),
        Column("kind", width=10),
        Column("text", width=_WORDS),
        Column("rule", width=10),
        Column("comment", width=40),
        Column("decision_id", width=_ID),
        Column("record_ids", "texts", 26),
        Column("taken_ids", "texts", 26),
    ),
    "actors": (
        Column("layer"),
        Column("actor_id", width=_ID),
        Column("actor", width=30),
        Column("type", width=14),
        Column("aliases", "texts", 40),
        Column("roles", "texts", 40),
        Column("entities", "integer", 10),
        Column("quotes", "integer", 10),
        Column("stances", "integer", 10),
    ),
    "targets": (
        Column("layer"),
        Column("target_id", width=_ID),
        Column("target", width=30),
        Column("statement", width=_WORDS),
        Column("kind", width=10),
        Column("stances", "integer", 10),
        Column("support", "integer", 10),
        Column("oppose", "integer", 10),
        Column("other", "integer", 10),
    ),
    "stands": (
        Column("layer"),
        Column("holder", width=24),
        Column("holder_type"),
        Column("target", width=30),
        Column("statement", width=_WORDS),
        Column("support", "integer", 10),
        Column("oppose", "integer", 10),
        Column("other", "integer", 10),
        Column("balance", "integer", 10),
        Column("stances", "integer", 10),
        Column("first", width=12),
        Column("last", width=12),
        Column("holder_id", width=_ID),
        Column("target_id", width=_ID),
    ),
    "stories": (
        Column("article_id", width=_ID),
        Column("article", width=26),
        Column("story_id", width=_ID),
        Column("articles_in_story", "integer", 18),
    ),
}
