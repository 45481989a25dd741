"""What the annotator decided before about the same words: shown while deciding."""

from __future__ import annotations

from annotator.domain.drafts import EntityDraft, StanceDraft, Suggestion
from annotator.domain.records import Entity, Quote
from annotator.store import precedents
from annotator.store.project import Project


def precedents_of(project: Project, thing: Entity | Quote | Suggestion) -> list[str]:
    """A sentence for each kind of earlier decision about the same words or the same cue; empty where there is none.

    The thing itself is not counted.
    """
    body = thing.draft if isinstance(thing, Suggestion) else thing
    conn, me = project.conn, project.author.id
    if isinstance(body, Entity | EntityDraft):
        own = body.label if isinstance(body, Entity) else ""
        marked = [(label, count - (label == own)) for label, count in precedents.labels_of_words(conn, me, body.text)]
        told = [f"“{body.text}” marked {label} {_times(count)}" for label, count in marked if count]
        refused = precedents.rejected_labels_of_words(conn, me, body.text)
        return told + [f"“{body.text}” as {label} turned down {_times(count)}" for label, count in refused]
    if isinstance(body, StanceDraft) or body.cue is None:
        return []
    kept, refused_count = precedents.quotes_of_cue(conn, me, body.cue.text)
    kept -= isinstance(body, Quote)
    parts = [f"confirmed {_times(kept)}"] if kept else []
    parts += [f"turned down {_times(refused_count)}"] if refused_count else []
    return [f"Quotes with “{body.cue.text}”: {', '.join(parts)}"] if parts else []


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
