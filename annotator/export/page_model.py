"""What the page of an article shows, part by part, ready for its template."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from annotator.domain.drafts import Draft
from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.line_checks import record_ids
from annotator.domain.records import Origin
from annotator.domain.sections import SECTION_NAMES
from annotator.domain.spans import Span
from annotator.export.cells import for_xml
from annotator.export.page_marks import anchor_of, drawn_lines, hue, marks_of, said_by
from annotator.export.readable import GAP, Readable, cover, drafted, is_suggestion, suggested_stance
from annotator.export.trail import Act, Past, Trail

Part = dict[str, object]
_POSITIONS = {
    "support": ("▲", "up", "supports"),
    "oppose": ("▼", "down", "opposes"),
    "mixed": ("◆", "flat", "is mixed on"),
    "undecided": ("●", "flat", "is undecided on"),
    "neutral": ("●", "flat", "is neutral on"),
    "no_position": ("○", "flat", "takes no position on"),
    "unclear": ("?", "flat", "is unclear on"),
}
_NO_POSITION = ("○", "flat", "no position chosen")
_OUTCOMES = {
    "both": "both were taken",
    "neither": "declined",
    "edited": "taken with changes",
    "deferred": "put off",
}
_STATES = {"todo": "to do", "in_progress": "in progress", "done": "done"}


def page_of(line: ArticleLine, trail: Trail, past: Past) -> Part:
    """All of a page but its frame."""
    reading = Readable(line)
    about = line.article
    shown = (about.name, about.outlet, about.author, about.published, about.language)
    return {
        "id": about.id,
        "title": about.title,
        "layer": line.layer,
        "state": _STATES[line.status.state] + (", flagged" if line.status.is_flagged else "") if line.status else "",
        "meta": [one for one in shown if one],
        # Nothing but the web: a page runs no script that a link brings along.
        "url": about.url if about.url and about.url.startswith(("https://", "http://")) else "",
        "language": about.language or "",
        "paragraphs": list(_paragraphs(reading, trail)),
        "labels": _labels(line, trail),
        "said": [_said(reading, one) for one in line.quotes],
        "stances": [_stance(reading, one) for one in line.stances],
        "notes": list(_notes(reading, past)),
        "rulings": list(_rulings(line, past)),
        "history": [group for group in _history(reading, past) if group["records"]],
    }


def cleaned(part: object) -> object:
    """A part in which control characters, which HTML does not allow, are replaced by their pictures."""
    if isinstance(part, dict):
        return {name: cleaned(value) for name, value in part.items()}
    if isinstance(part, list):
        return [cleaned(one) for one in part]
    return for_xml(part) if type(part) is str else part


def _paragraphs(reading: Readable, trail: Trail) -> Iterator[Part]:
    text, sections = reading.line.text, reading.line.sections
    lines = [span for span in _lines_of(text) if text[span.start : span.end].strip()]
    notes: dict[Span, list[Part]] = {}
    for quote in reading.line.quotes:
        start = min(piece.start for piece in quote.content)
        notes.setdefault(lines[bisect_right(lines, start, key=lambda line: line.start) - 1], []).append(
            _margin(reading, quote)
        )
    shown, is_outside = "body", False
    for line, html in zip(lines, drawn_lines(text, lines, marks_of(reading, trail)), strict=True):
        kind = next((one.kind for one in sections if one.start < line.end and line.start < one.end), None)
        # The text's own heading of a list is a line outside all sections; the body needs none where it comes first.
        is_new = kind not in (None, shown, "body") and not is_outside
        shown, is_outside = kind or shown, kind is None
        yield {
            "heading": SECTION_NAMES[kind] if kind and is_new else "",
            "is_inside": kind is not None or not sections,
            "notes": notes.get(line, []),
            "html": html,
        }


def _lines_of(text: str) -> Iterator[Span]:
    start = 0
    for words in text.split("\n"):
        yield Span(start, start + len(words))
        start += len(words) + 1


def _margin(reading: Readable, quote: QuoteLine) -> Part:
    speaker = reading.speaker(quote)
    stands = []
    for stance in _stances_on(reading, quote):
        sign, look, _ = _POSITIONS.get(stance.position or "", _NO_POSITION)
        holder = reading.holder(stance)
        whose = f"{holder.name}: " if holder.key != speaker.key and holder.name else ""
        stands.append({"sign": sign, "look": look, "words": whose + (reading.target(stance).label or "no target")})
    return {"speaker": said_by(reading, quote), "stands": stands, "is_suggestion": is_suggestion(quote.origin)}


def _stances_on(reading: Readable, quote: QuoteLine) -> list[StanceLine]:
    return [one for one in reading.line.stances if any(piece.quote == quote.id for piece in one.evidence)]


def _labels(line: ArticleLine, trail: Trail) -> list[Part]:
    counted = Counter(one.label for one in line.entities)
    order = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [{"name": name, "count": count, "hue": hue(trail, name)} for name, count in order]


def _said(reading: Readable, quote: QuoteLine) -> Part:
    stances = _stances_on(reading, quote)
    sign, look, _ = _POSITIONS.get(stances[0].position or "", _NO_POSITION) if stances else ("", "flat", "")
    source = reading.words(quote.source)
    cue = reading.words((quote.cue,)) if quote.cue else ""
    facts = (
        _variant(reading, quote.content),
        quote.form + (" act" if quote.reported == "act" else ""),
        f"source “{source}” ({quote.source_kind})" if source else f"source: {quote.source_kind}",
        f"cue “{cue}”" if cue else "",
        _suggested(quote.origin),
    )
    return {
        "sign": sign,
        "look": look,
        "speaker": said_by(reading, quote),
        "anchor": anchor_of(quote.id),
        "words": reading.words(quote.content),
        "facts": [one for one in facts if one],
    }


def _stance(reading: Readable, stance: StanceLine) -> Part:
    sign, look, position = _POSITIONS.get(stance.position or "", _NO_POSITION)
    target, via, draft = reading.target(stance), reading.via(stance), suggested_stance(stance)
    sure = f"{stance.confidence} of 3 sure" if stance.confidence else ""
    told = f"via {via.name}" if via.name else ""
    kinds = " · ".join(one for one in (told, stance.dimension, stance.explicitness, sure) if one)
    state = "" if stance.is_submitted or is_suggestion(stance.origin) else "draft, not submitted"
    facts = (
        target.statement,
        kinds,
        f"because: {stance.rationale}" if stance.rationale else "",
        f"the model's reason: {draft.reason}" if draft and draft.reason else "",
        " · ".join(one for one in (state, _suggested(stance.origin)) if one),
    )
    own = 0
    evidence = []
    for piece in stance.evidence:
        anchor = anchor_of(piece.quote) if piece.quote else anchor_of(stance.id, own)
        own += 0 if piece.quote else len(piece.spans)
        evidence.append(
            {
                "anchor": anchor,
                "words": reading.words(piece.spans),
                "type": ", ".join(one for one in (piece.type.replace("_", " "), _variant(reading, piece.spans)) if one),
            }
        )
    return {
        "sign": sign,
        "look": look,
        "position": position,
        "holder": reading.holder(stance).name or "no holder",
        "target": target.label or "no target",
        "statement": target.statement,
        "facts": [one for one in facts if one],
        "evidence": evidence,
        "is_suggestion": is_suggestion(stance.origin),
    }


def _variant(reading: Readable, spans: tuple[Span, ...]) -> str:
    """The section that words lie in, empty for the body and for none."""
    whole = cover(spans)
    kind = next((one.kind for one in reading.line.sections if one.start <= whole.start and whole.end <= one.end), None)
    return SECTION_NAMES[kind] if kind not in (None, "body") else ""


def _suggested(origin: Origin) -> str:
    """That nobody has decided about it yet, and how sure the model is."""
    return f"suggested, {origin.score:.2f}" if is_suggestion(origin) and origin.score is not None else ""


def _from(origin: Origin) -> str:
    """Which model or import a record is from, and what became of its suggestion."""
    if origin.by == "person":
        return ""
    score = f" {origin.score:.2f}" if origin.score is not None else ""
    act = "suggested" if is_suggestion(origin) else origin.act
    what = f"{act} by" if is_suggestion(origin) else f"{act} from"
    return f"{what} {origin.name} {origin.version}".strip() + score


def _notes(reading: Readable, past: Past) -> Iterator[Part]:
    words = _words_by_record(reading)
    for note in reading.line.notes:
        if note.reply_to:
            about = "a reply"
        elif note.subject is None:
            about = "on the article"
        else:
            about = f"on {_in_marks(words[note.subject])}" if note.subject in words else "on a colleague's record"
        facts = (about, "resolved" if note.is_resolved else "", *(_told(act) for act in past.acts.get(note.id, ())[:1]))
        yield {"text": note.text, "facts": [one for one in facts if one]}


def _rulings(line: ArticleLine, past: Past) -> Iterator[Part]:
    here = set(record_ids(line))
    for one in past.rulings:
        taken = "taken" if here & set(one.taken) else "another one was taken"
        facts = (one.kind, _OUTCOMES.get(one.outcome, taken), one.rule and f"rule {one.rule}")
        who = f"{one.reviewer} · {_minute(one.time)}" if one.time else one.reviewer
        yield {"words": one.text, "comment": one.comment, "facts": [*(fact for fact in facts if fact), who]}


def _words_by_record(reading: Readable) -> dict[str, str]:
    line = reading.line
    words = {one.id: one.text for one in line.entities}
    words |= {one.id: reading.words(one.content) for one in line.quotes}
    return words | {
        one.id: f"{reading.holder(one).name or 'no holder'}: {reading.target(one).label or 'no target'}"
        for one in line.stances
    }


def _history(reading: Readable, past: Past) -> Iterator[Part]:
    line, words = reading.line, _words_by_record(reading)
    groups: tuple[tuple[str, Iterable[tuple[str, Origin]]], ...] = (
        ("Stances", [(one.id, one.origin) for one in line.stances]),
        ("Quotes", [(one.id, one.origin) for one in line.quotes]),
        ("Entities", [(one.id, one.origin) for one in line.entities]),
    )
    for title, records in groups:
        lines = [(words[record], _lines(record, origin, past)) for record, origin in records]
        yield {"title": title, "records": [{"words": name, "lines": told} for name, told in lines if told]}
    rejected = [
        {
            "words": _drafted(one.suggested),
            "lines": [
                f"suggested by {one.name} {one.version}".strip() + (f" {one.score:.2f}" if one.score else ""),
                *map(_told, past.acts.get(one.id, ())),
            ],
        }
        for one in line.rejections
    ]
    yield {"title": "Suggestions turned down", "records": rejected}


def _lines(record: str, origin: Origin, past: Past) -> list[str]:
    told = [_from(origin)] if origin.by != "person" else []
    if origin.act == "corrected" and origin.suggested is not None:
        told.append(f"suggested was: {_drafted(origin.suggested)}")
    return told + [_told(act) for act in past.acts.get(record, ())]


def _drafted(draft: Draft) -> str:
    """A draft in words."""
    _, pieces, label = drafted(draft)
    words = _in_marks(GAP.join(piece.text for piece in pieces))
    return f"{words} ({label})" if label else words


def _in_marks(words: str) -> str:
    return words if words.startswith(("“", '"', "„", "«")) else f"“{words}”"


def _told(act: Act) -> str:
    return f"{act.who} {act.what} · {_minute(act.time)}"


def _minute(time: str) -> str:
    return f"{time[:16].replace('T', ' ')} UTC"
