"""What becomes of a suggestion: the record that is made of it, the rejection, and what a record says it came from."""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.drafts import EntityDraft, StanceDraft, Suggestion, without_guesses
from annotator.domain.records import Entity, Origin, Quote, Rejection, Stance, draft_of
from annotator.store.journal import new_id

Act = Literal["accepted", "corrected"]


def origin_of(suggestion: Suggestion, *, act: Act) -> Origin:
    """The origin of what an author makes of a suggestion; it holds the suggestion whole."""
    return Origin(
        by="model",
        name=suggestion.model,
        version=suggestion.version,
        score=suggestion.score,
        act=act,
        suggested=suggestion.draft,
    )


def record_of(suggestion: Suggestion, *, author: str, act: Act) -> Entity | Quote:
    """A new record, not yet written, with the content of a suggestion."""
    draft, origin = suggestion.draft, origin_of(suggestion, act=act)
    assert not isinstance(draft, StanceDraft), "a stance needs the registries; see stance_taking"
    if isinstance(draft, EntityDraft):
        return Entity(
            id=new_id(),
            author=author,
            article=suggestion.article,
            start=draft.start,
            end=draft.end,
            text=draft.text,
            label=draft.label,
            origin=origin,
        )
    return Quote(
        id=new_id(),
        author=author,
        article=suggestion.article,
        content=draft.content,
        source=draft.source,
        cue=draft.cue,
        form=draft.form,
        source_kind=draft.source_kind,
        reported=draft.reported,
        origin=origin,
    )


def rejection_of(thing: Suggestion | Entity | Quote | Stance, *, author: str) -> Rejection | None:
    """A new rejection, not yet written, of a suggestion or of the one behind a record; `None` where there was none."""
    origin = origin_of(thing, act="accepted") if isinstance(thing, Suggestion) else thing.origin
    if origin.suggested is None:
        return None
    return Rejection(
        id=new_id(),
        author=author,
        article=thing.article,
        suggested=origin.suggested,
        name=origin.name,
        version=origin.version,
        score=origin.score,
    )


def judged(record: Entity | Quote, *, is_speaker_right: bool = True) -> Entity | Quote:
    """The record with its origin saying whether it still is as it was suggested; the caller judges its speaker."""
    suggested = record.origin.suggested
    if suggested is None:
        return record
    is_same = draft_of(record) == without_guesses(suggested) and is_speaker_right
    act: Act = "accepted" if is_same else "corrected"
    return msgspec.structs.replace(record, origin=msgspec.structs.replace(record.origin, act=act))
