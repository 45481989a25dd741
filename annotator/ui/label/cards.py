"""What the inspector and the reading view show of records and suggestions: plain values."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from annotator.domain.codebook import Codebook
from annotator.domain.drafts import EntityDraft, QuoteDraft, SpeakerGuess, StanceDraft, Suggestion
from annotator.domain.records import Entity, Quote, Stance
from annotator.domain.sections import Section
from annotator.domain.spans import Passages, Span, hull
from annotator.services.record_history import HistoryEntry
from annotator.ui.clock import local_time
from annotator.ui.label.stance_cards import margin_note, sign_of, told_by
from annotator.ui.label.suggested_stances import last_name, stance_mark, suggested_lines, suggested_note
from annotator.ui.reading.marks import EntityMark, Mark, QuoteMark

Thing = Entity | Quote | Suggestion
Body = Entity | Quote | EntityDraft | QuoteDraft | StanceDraft

REPORTED = {"speech": "Speech", "act": "Act"}
FORMS = {"direct": "Direct", "mixed": "Mixed", "indirect": "Indirect"}
SOURCE_KINDS = {
    "named": "named",
    "pronoun": "a pronoun",
    "description": "a description",
    "anonymous": "anonymous",
    "collective": "collective",
    "artifact": "a document",
    "none": "none in the text",
}


@dataclass(frozen=True)
class Field:
    """One line of a card; `action` is the command that changes it."""

    name: str
    value: str
    action: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """What happened to a thing, and in lines of its own what that changed."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class Card:
    """What the inspector shows of one thing."""

    heading: str
    passage: str
    pill: str
    fields: tuple[Field, ...]
    history: tuple[HistoryLine, ...]
    is_suggestion: bool
    is_entity: bool
    label: str = ""


@dataclass(frozen=True)
class LedgerRow:
    """A line of "who said what"; `who` is whose stance it shows, else the speaker."""

    id: str
    speaker: str
    who: str
    content: str
    is_suggestion: bool
    sign: str = ""
    section: str = "body"


def body_of(thing: Thing) -> Body:
    """What a thing says, whoever says it."""
    return thing.draft if isinstance(thing, Suggestion) else thing


def marked_of(thing: Thing) -> Entity | Quote | EntityDraft | QuoteDraft:
    """What a thing with bounds of its own says: an entity or a quote, never a suggested stance."""
    body = body_of(thing)
    assert not isinstance(body, StanceDraft)
    return body


def span_of(thing: Thing) -> Span:
    """The span from the first to the last character of a thing."""
    body = body_of(thing)
    if isinstance(body, Entity | EntityDraft):
        return Span(body.start, body.end)
    return body.span if isinstance(body, StanceDraft) else hull(body.content)


def joined(pieces: Passages) -> str:
    """Fragments as one line."""
    return " … ".join(" ".join(piece.text.split()) for piece in pieces)


def speaker_of(quote: Quote | QuoteDraft, actors: Mapping[str, str]) -> str:
    """The name of the speaker or of a sure guess; else the words of the source; else that there is none."""
    if isinstance(quote, Quote) and quote.speaker:
        return actors.get(quote.speaker, "unknown actor")
    if isinstance(quote, QuoteDraft) and quote.speaker is not None:
        return actors.get(quote.speaker.actor or "", quote.speaker.name)
    return joined(quote.source) or "No source"


def kind_words(quote: Quote | QuoteDraft) -> str:
    """What kind of quote it is in a word: its form, or that it is an act."""
    return "act" if quote.reported == "act" else FORMS[quote.form].lower()


def marks_of(
    things: Sequence[Thing],
    codebook: Codebook,
    actors: Mapping[str, str],
    stances: Mapping[str, Sequence[Stance]] = MappingProxyType({}),
    suggested: Mapping[str, Suggestion] = MappingProxyType({}),
    people: Container[str] = frozenset(),
) -> list[Mark]:
    """What the reading view shows of things, in their order; `suggested` are the open stances by their quotes.

    `people` are the names that may be cut to their last word where there is little room.

    A suggested stance is shown in its quote's margin note; one that rests on no quote has a mark of its own.
    """
    in_margins = {one.id for one in suggested.values()}
    hues = {one.name: one.hue for one in codebook.labels}
    marks: list[Mark] = []
    for thing in things:
        body = body_of(thing)
        is_suggestion = isinstance(thing, Suggestion)
        if isinstance(body, Entity | EntityDraft):
            hue = hues.get(body.label, "other")
            marks.append(EntityMark(thing.id, Span(body.start, body.end), body.label, hue, is_suggestion))
        elif isinstance(body, StanceDraft):
            if thing.id not in in_margins:
                marks.append(stance_mark(thing.id, body, actors, people))
        elif thing.id in suggested and not stances.get(thing.id):
            told = suggested_note(suggested[thing.id].draft, actors)
            marks.append(_quote_mark(thing.id, body, told, people, is_suggestion=is_suggestion))
        else:
            name, standing = margin_note(
                stances.get(thing.id, ()),
                speaker=body.speaker if isinstance(body, Quote) else None,
                name=speaker_of(body, actors),
                actors=actors,
            )
            what = kind_words(body)
            detail = f"{what} · suggested" if is_suggestion else standing or what
            marks.append(_quote_mark(thing.id, body, (name, detail), people, is_suggestion=is_suggestion))
    return marks


def _quote_mark(
    id_: str, body: Quote | QuoteDraft, note: tuple[str, str], people: Container[str], *, is_suggestion: bool
) -> QuoteMark:
    speaker, detail = note
    return QuoteMark(
        id=id_,
        content=tuple(piece.span for piece in body.content),
        source=tuple(piece.span for piece in body.source),
        cue=body.cue.span if body.cue else None,
        is_suggestion=is_suggestion,
        speaker=speaker,
        detail=detail,
        short=last_name(speaker, people),
    )


def card_of(
    thing: Thing,
    codebook: Codebook,
    actors: Mapping[str, str],
    history: Sequence[HistoryLine],
    earlier: Sequence[str] = (),
) -> Card:
    """The card of a thing."""
    body = body_of(thing)
    is_suggestion = isinstance(thing, Suggestion)
    kind = "entity" if isinstance(body, Entity | EntityDraft) else "quote"
    heading = f"{'Suggested' if is_suggestion else 'Selected'} {kind}"
    told = (*map(HistoryLine, _origin_lines(thing)), *(HistoryLine(f"Earlier: {one}") for one in earlier), *history)
    if isinstance(body, Entity | EntityDraft):
        label = codebook.label(body.label)
        fields = [Field("Label", body.label + (f" · {label.title}" if label and label.title else ""))]
        actor = body.actor if isinstance(body, Entity) else None
        fields.append(Field("Actor", actors.get(actor or "", "—"), "quote.speaker"))
        return Card(heading, body.text, body.label, tuple(fields), told, is_suggestion, True, body.label)
    if isinstance(body, StanceDraft):
        lines = tuple(Field(name, value, action) for name, value, action in suggested_lines(body, actors))
        return Card("Suggested stance", joined(body.evidence), "", lines, told, is_suggestion, False)
    fields = [
        Field("Speaker", _linked(body, actors), "quote.speaker"),
        *([Field("Because", body.speakers[0].reason)] if isinstance(body, QuoteDraft) and body.speakers else []),
        Field("Source", f"{joined(body.source) or '—'} ({SOURCE_KINDS[body.source_kind]})", "quote.source"),
        Field("Cue", body.cue.text if body.cue else "—", "quote.cue"),
        Field(
            "Form",
            FORMS[body.form] + (f" · {len(body.content)} fragments" if len(body.content) > 1 else ""),
            "quote.form",
        ),
        Field("Reported", REPORTED[body.reported], "quote.reported"),
    ]
    return Card(heading, joined(body.content), FORMS[body.form], tuple(fields), told, is_suggestion, False)


def _linked(body: Quote | QuoteDraft, actors: Mapping[str, str]) -> str:
    if isinstance(body, Quote) and body.speaker:
        return actors.get(body.speaker, "unknown actor")
    if body.source_kind == "anonymous" and isinstance(body, Quote):
        return "unnamed"
    if isinstance(body, QuoteDraft) and body.speakers:
        return _guessed(body.speakers[0], actors)
    return "not linked yet" if body.source else "—"


def _guessed(guess: SpeakerGuess, actors: Mapping[str, str]) -> str:
    name = f"unnamed, {guess.name}" if guess.is_unnamed else actors.get(guess.actor or "", guess.name)
    return name if guess.is_sure else f"perhaps {name}"


def history_lines(found: Sequence[HistoryEntry], me: str, codebook: int) -> list[HistoryLine]:
    """What happened to a record as the inspector tells it to one of its authors under a version of the codebook."""
    lines = []
    for one in found:
        who = "You" if one.author == me else one.who
        under = f" · codebook {one.codebook}" if one.codebook not in (0, codebook) else ""
        undone = " · undone later" if one.is_undone else ""
        text = f"{who} {one.what} · {local_time(one.time)}{under}{undone}"
        # Of a new record the card shows what it says.
        is_new = all(": nothing →" in change for change in one.changes)
        lines.append(HistoryLine(text, "" if is_new else "\n".join(one.changes)))
    return lines


def _origin_lines(thing: Thing) -> list[str]:
    if isinstance(thing, Suggestion):
        return [f"Suggested by {thing.model} {thing.version} · {thing.score:.2f}"]
    origin = thing.origin
    if origin.by == "model" and origin.score is not None:
        return [f"Suggested by {origin.name} {origin.version} · {origin.score:.2f}"]
    return [f"Imported from {origin.name}"] if origin.by == "import" else []


def ledger_of(
    things: Sequence[Thing],
    actors: Mapping[str, str],
    stances: Mapping[str, Sequence[Stance]] = MappingProxyType({}),
    sections: Sequence[Section] = (),
    short_names: Mapping[str, str] = MappingProxyType({}),
) -> list[LedgerRow]:
    """Who said what, in the order of the text; `short_names` are those of holders and of who speaks for them."""
    rows: list[tuple[Span, LedgerRow]] = []
    for thing in things:
        body = body_of(thing)
        if isinstance(body, Quote | QuoteDraft):
            is_suggestion = isinstance(thing, Suggestion)
            span = span_of(thing)
            section = next((one.kind for one in sections if one.start <= span.start < one.end), "body")
            found, speaker = stances.get(thing.id, ()), speaker_of(body, actors)
            who = told_by(
                found, speaker=body.speaker if isinstance(body, Quote) else None, name=speaker, names=short_names
            )
            row = LedgerRow(thing.id, speaker, who, joined(body.content), is_suggestion, sign_of(found), section)
            rows.append((span, row))
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].id))]
