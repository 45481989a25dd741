"""What a screen reader says of annotations when the caret enters or leaves them: plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.domain.codebook import Codebook
from annotator.domain.drafts import EntityDraft, StanceDraft, Suggestion
from annotator.domain.records import Entity, Stance
from annotator.ui.label.cards import Thing, body_of, kind_words, speaker_of
from annotator.ui.label.stance_cards import VERBS
from annotator.ui.label.suggested_stances import kind_of, suggested_words

_TRANSITIVE = ("support", "oppose")


def thing_words(
    thing: Thing,
    *,
    codebook: Codebook,
    actors: Mapping[str, str],
    targets: Mapping[str, str],
    stances: Sequence[Stance] = (),
) -> str:
    """A thing in words: `entity, Pete Hegseth, person, suggested`; of a quote also its stances."""
    body = body_of(thing)
    state = "suggested" if isinstance(thing, Suggestion) else "confirmed"
    if isinstance(body, Entity | EntityDraft):
        label = codebook.label(body.label)
        name = label.title.lower() if label and label.title else body.label
        return ", ".join(("entity", " ".join(body.text.split()), name, state))
    if isinstance(body, StanceDraft):
        return f"stance, {suggested_words(body, actors)}, {state}"
    source = speaker_of(body, actors)
    by = f"quote by {source}" if body.source or source != "No source" else "quote without a source"
    return ", ".join((by, kind_words(body), state, *(_stance_words(one, targets) for one in stances)))


def _stance_words(stance: Stance, targets: Mapping[str, str]) -> str:
    target = targets.get(stance.target or "", "") or "no target yet"
    verb = VERBS[stance.position]
    words = f"{verb} {target}" if stance.position in _TRANSITIVE else f"{verb}: {target}"
    return words if stance.is_submitted else f"{words}, draft"


def passage_words(entered: Sequence[str], left: Sequence[Thing]) -> str:
    """What is said when the caret moves: what it entered (in words), else what it left; empty when neither."""
    if entered:
        return "; ".join(entered)
    kinds = dict.fromkeys(kind_of(body_of(one)) for one in left)
    return ", ".join(f"end of {kind}" for kind in kinds)
