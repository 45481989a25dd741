"""Turns lines into the rows of flat tables (`columns.TABLES`): one row a record, registries and stories at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annotator.domain.exchange import ActorLine, ArticleLine, StanceLine, TargetLine
from annotator.domain.records import Origin, Role
from annotator.domain.spans import Span
from annotator.export.columns import Row
from annotator.export.networks import network_of
from annotator.export.readable import GAP, NOBODY, NOTHING, Readable, What, Who, cover, drafted, suggested_stance
from annotator.export.statements import Debate
from annotator.export.trail import Act, Past

Rows = Iterator[tuple[str, Row]]
_SIDES = ("support", "oppose")


class TableMaker:
    """Makes the rows of one line after the other, and then those of what all lines have in common."""

    def __init__(self) -> None:
        self._actors: dict[tuple[str, str], Row] = {}
        self._targets: dict[tuple[str, str], Row] = {}
        self._named: Counter[tuple[str, str, str]] = Counter()
        self._stands: Counter[tuple[str, str, str]] = Counter()
        self._debate = Debate()

    def rows(self, line: ArticleLine, past: Past) -> Rows:
        """The rows of one article, each with the name of its table."""
        reading = Readable(line)
        place = _place(line)
        self._debate.add(line)
        self._actors |= {(line.layer, one.id): _actor(one) for one in line.actors}
        self._targets |= {(line.layer, one.id): _target(one) for one in line.targets}
        yield "articles", place | _article(line)
        yield from _sections(line, place)
        yield from self._entities(reading, place, past)
        yield from self._quotes(reading, place, past)
        yield from self._stances(reading, place, past)
        yield from _notes(line, place, past)
        yield from _rejections(reading, place, past)
        yield from _decisions(place, past)

    def last_rows(self) -> Rows:
        """The rows of actors, of targets, of who stands where, and of stories."""
        for (layer, key), actor in _by_name(self._actors, "actor"):
            counts = {what: self._named[layer, key, what] for what in ("entities", "quotes", "stances")}
            yield "actors", {"layer": layer, **actor, **counts}
        for (layer, key), target in _by_name(self._targets, "target"):
            sides = {side: self._stands[layer, key, side] for side in (*_SIDES, "other")}
            yield "targets", {"layer": layer, **target, "stances": sum(sides.values()), **sides}
        self._debate.finish()
        yield from _stands(self._debate)
        yield from _stories(self._debate)

    def _entities(self, reading: Readable, place: Row, past: Past) -> Rows:
        for one in reading.line.entities:
            actor = reading.actor(one.actor)
            self._name(reading.line, actor, "entities")
            yield (
                "entities",
                {
                    **place,
                    **_range(reading, (Span(one.start, one.end),)),
                    "text": one.text,
                    "label": one.label,
                    "actor": actor.name,
                    "actor_type": actor.type,
                    "context": reading.context(one.start, one.end),
                    **_origin(one.origin),
                    **_times(past, one.id),
                    "entity_id": one.id,
                    "actor_id": actor.id,
                },
            )

    def _quotes(self, reading: Readable, place: Row, past: Past) -> Rows:
        for one in reading.line.quotes:
            speaker = reading.speaker(one)
            self._name(reading.line, speaker, "quotes")
            cue = (one.cue,) if one.cue else ()
            whole = cover((*one.content, *one.source, *cue))
            yield (
                "quotes",
                {
                    **place,
                    **_range(reading, one.content),
                    "text": reading.words(one.content),
                    "speaker": speaker.name,
                    "speaker_type": speaker.type,
                    "speaker_score": speaker.score,
                    "source": reading.words(one.source),
                    "cue": reading.words(cue),
                    "form": one.form,
                    "reported": one.reported,
                    "source_kind": one.source_kind,
                    "context": reading.context(whole.start, whole.end),
                    **_origin(one.origin),
                    **_times(past, one.id),
                    "content_spans": one.content,
                    "source_spans": one.source,
                    "cue_spans": cue,
                    "quote_id": one.id,
                    "speaker_id": speaker.id,
                    "nested_in": one.nested_in or "",
                },
            )

    def _stances(self, reading: Readable, place: Row, past: Past) -> Rows:
        for one in reading.line.stances:
            holder, via, target = reading.holder(one), reading.via(one), reading.target(one)
            self._name(reading.line, holder, "stances")
            self._stand(reading.line, target, one)
            draft = suggested_stance(one)
            yield (
                "stances",
                {
                    **place,
                    **_range(reading, _spans_of(one)),
                    "holder": holder.name,
                    "holder_type": holder.type,
                    "position": one.position or "",
                    "target": target.label,
                    "statement": target.statement,
                    "target_kind": target.kind,
                    "via": via.name,
                    "dimension": one.dimension or "",
                    "explicitness": one.explicitness or "",
                    "confidence": one.confidence,
                    "is_submitted": one.is_submitted,
                    "rationale": one.rationale,
                    "reason": draft.reason if draft else "",
                    "text": GAP.join(reading.words(piece.spans) for piece in one.evidence),
                    "context": _context(reading, _spans_of(one)),
                    **_origin(one.origin),
                    **_times(past, one.id),
                    "stance_id": one.id,
                    "holder_id": holder.id,
                    "via_id": via.id,
                    "target_id": target.id,
                },
            )
            yield from _evidence(reading, place, one)

    def _name(self, line: ArticleLine, who: Who, what: str) -> None:
        if who != NOBODY:
            self._actors.setdefault((line.layer, who.key), _actor(who))
            self._named[line.layer, who.key, what] += 1

    def _stand(self, line: ArticleLine, target: What, stance: StanceLine) -> None:
        if target != NOTHING:
            self._targets.setdefault((line.layer, target.key), _target(target))
            side = stance.position if stance.position in _SIDES else "other"
            self._stands[line.layer, target.key, str(side)] += 1


def _by_name(found: dict[tuple[str, str], Row], name: str) -> list[tuple[tuple[str, str], Row]]:
    return sorted(found.items(), key=lambda one: (one[0][0], str(one[1][name]), one[0][1]))


def _stands(debate: Debate) -> Rows:
    network = network_of(debate.statements, debate.story_of)
    layer = debate.statements[0].layer if debate.statements else ""
    named = {pair: (network.actors[pair[0]], network.targets[pair[1]]) for pair in network.ties}
    for pair in sorted(named, key=lambda pair: (named[pair][0].name, named[pair][1].label, pair)):
        tie, (holder, target) = network.ties[pair], named[pair]
        yield (
            "stands",
            {
                "layer": layer,
                "holder": holder.name,
                "holder_type": holder.type,
                "target": target.label,
                "statement": target.statement,
                "support": tie.stories["support"],
                "oppose": tie.stories["oppose"],
                "other": tie.stories.total() - tie.sided,
                "balance": tie.weight,
                "stances": tie.statements,
                "first": min(tie.days, default=""),
                "last": max(tie.days, default=""),
                "holder_id": holder.id,
                "target_id": target.id,
            },
        )


def _stories(debate: Debate) -> Rows:
    for group in debate.stories.groups():
        for article, name in group.items():
            yield (
                "stories",
                {
                    "article_id": article,
                    "article": name,
                    "story_id": next(iter(group)),
                    "articles_in_story": len(group),
                },
            )


def _place(line: ArticleLine) -> Row:
    about = line.article
    return {
        "layer": line.layer,
        "article_id": about.id,
        "article": about.name,
        "outlet": about.outlet or "",
        "published": about.published or "",
    }


def _article(line: ArticleLine) -> Row:
    about = line.article
    return {
        "title": about.title,
        "author": about.author or "",
        "language": about.language or "",
        "url": about.url or "",
        "state": line.status.state if line.status else "todo",
        "is_flagged": bool(line.status and line.status.is_flagged),
        "characters": len(line.text),
        "entities": len(line.entities),
        "quotes": len(line.quotes),
        "stances": len(line.stances),
        "text": line.text,
    }


def _sections(line: ArticleLine, place: Row) -> Rows:
    for one in line.sections:
        yield (
            "sections",
            {
                **place,
                "section": one.kind,
                "start": one.start,
                "end": one.end,
                "text": line.text[one.start : one.end],
            },
        )


def _range(reading: Readable, spans: tuple[Span, ...]) -> Row:
    if not spans:
        return {"section": "", "start": None, "end": None}
    whole = cover(spans)
    return {"section": reading.section(whole.start, whole.end), "start": whole.start, "end": whole.end}


def _context(reading: Readable, spans: tuple[Span, ...]) -> str:
    # Evidence may lie far apart: the sentences of each piece, not all that is between them.
    found = dict.fromkeys(reading.context(span.start, span.end) for span in spans)
    return GAP.join(found)


def _spans_of(stance: StanceLine) -> tuple[Span, ...]:
    return tuple(span for piece in stance.evidence for span in piece.spans)


def _evidence(reading: Readable, place: Row, stance: StanceLine) -> Rows:
    for number, piece in enumerate(stance.evidence, start=1):
        yield (
            "evidence",
            {
                **place,
                **_range(reading, piece.spans),
                "type": piece.type,
                "text": reading.words(piece.spans),
                "context": _context(reading, piece.spans),
                "spans": piece.spans,
                "stance_id": stance.id,
                "number": number,
                "quote_id": piece.quote or "",
            },
        )


def _origin(origin: Origin) -> Row:
    return {
        "origin": origin.by,
        "act": origin.act,
        "model": origin.name,
        "model_version": origin.version,
        "score": origin.score,
    }


def _times(past: Past, record: str) -> Row:
    acts: tuple[Act, ...] = past.acts.get(record, ())
    return {
        "made_by": acts[0].who if acts else "",
        "made": acts[0].time if acts else "",
        "changed": acts[-1].time if acts else "",
    }


def _notes(line: ArticleLine, place: Row, past: Past) -> Rows:
    kinds = {one.id: "entity" for one in line.entities}
    kinds |= {one.id: "quote" for one in line.quotes} | {one.id: "stance" for one in line.stances}
    for note in line.notes:
        about = "note" if note.reply_to else ("article" if note.subject is None else kinds.get(note.subject, "other"))
        yield (
            "notes",
            {
                **place,
                "about": about,
                "text": note.text,
                "is_resolved": note.is_resolved,
                **_times(past, note.id),
                "note_id": note.id,
                "subject_id": note.subject or "",
                "reply_to": note.reply_to or "",
            },
        )


def _rejections(reading: Readable, place: Row, past: Past) -> Rows:
    for one in reading.line.rejections:
        kind, pieces, label = drafted(one.suggested)
        yield (
            "rejections",
            {
                **place,
                **_range(reading, tuple(piece.span for piece in pieces)),
                "kind": kind,
                "text": GAP.join(piece.text for piece in pieces),
                "label": label,
                "model": one.name,
                "model_version": one.version,
                "score": one.score,
                **_times(past, one.id),
                "rejection_id": one.id,
            },
        )


def _decisions(place: Row, past: Past) -> Rows:
    for one in past.rulings:
        yield (
            "decisions",
            {
                **place,
                "reviewer": one.reviewer,
                "decided": one.time,
                "outcome": one.outcome,
                "kind": one.kind,
                "text": one.text,
                "rule": one.rule,
                "comment": one.comment,
                "decision_id": one.id,
                "record_ids": one.records,
                "taken_ids": one.taken,
            },
        )


def _actor(one: ActorLine | Who) -> Row:
    return {
        "actor_id": one.id,
        "actor": one.name,
        "type": one.type,
        "aliases": one.aliases if isinstance(one, ActorLine) else (),
        "roles": tuple(map(_role, one.roles)) if isinstance(one, ActorLine) else (),
    }


def _target(one: TargetLine | What) -> Row:
    return {"target_id": one.id, "target": one.label, "statement": one.statement, "kind": one.kind}


def _role(role: Role) -> str:
    years = f" ({role.since or ''} to {role.until or ''})" if role.since or role.until else ""
    return role.title + years
