"""Our own exchange lines as marks, for those who take them as suggestions rather than as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from annotator.domain.articles import Metadata
from annotator.domain.drafts import StanceDraft
from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.foreign import ForeignLink, ForeignMark, ForeignText
from annotator.domain.records import Origin
from annotator.domain.spans import Span
from annotator.ingest.files import shown_name
from annotator.ingest.jsonl import read_lines


def read_own(path: Path) -> Iterator[ForeignText]:
    """The lines of an export as texts with marks. Errors are those of `read_lines`."""
    for number, line in enumerate(read_lines(path), start=1):
        yield _text(line, f"{shown_name(path)}, line {number}")


def _text(line: ArticleLine, place: str) -> ForeignText:
    names = {one.id: one.name for one in line.actors}
    types = {one.id: one.type for one in line.actors}
    targets = {one.id: (one.label, one.statement) for one in line.targets}
    about = line.article
    marks = [
        ForeignMark(
            key=one.id,
            label=one.label,
            spans=((one.start, one.end),),
            words=one.text,
            score=_score(one.origin),
        )
        for one in line.entities
    ]
    for quote in line.quotes:
        marks += _quote(line.text, quote, names, types)
    for stance in line.stances:
        marks += _stance(line.text, stance, names, types, targets)
    nested = [ForeignLink(label="nested_in", start=one.id, end=one.nested_in) for one in line.quotes if one.nested_in]
    rest = {"notes": len(line.notes), "rejections": len(line.rejections)}
    return ForeignText(
        place=place,
        name=about.name,
        text=line.text,
        known=Metadata(
            title=about.title,
            language=about.language or "",
            outlet=about.outlet or "",
            author=about.author or "",
            published=about.published or "",
            url=about.url or "",
        ),
        who=line.layer,
        is_decided=line.layer != "suggestions",
        marks=tuple(marks),
        links=tuple(nested),
        left_out={reason: count for reason, count in rest.items() if count},
    )


def _score(origin: Origin) -> float | None:
    return origin.score if origin.by == "model" and origin.act == "added" else None


def _mark(
    text: str,
    key: str,
    label: str,
    spans: Sequence[Span],
    *,
    record: str,
    score: float | None,
    facts: dict[str, str] | None = None,
) -> ForeignMark:
    return ForeignMark(
        key=key,
        label=label,
        spans=tuple((one.start, one.end) for one in spans),
        words=" ".join(text[one.start : one.end] for one in sorted(spans)),
        record=record,
        score=score,
        facts={name: value for name, value in (facts or {}).items() if value},
    )


def _quote(text: str, one: QuoteLine, names: dict[str, str], types: Mapping[str, str]) -> Iterator[ForeignMark]:
    score = _score(one.origin)
    guess = next((guess for guess in one.speakers if guess.is_sure and not guess.is_unnamed), None)
    facts = {
        "form": one.form,
        "source_kind": one.source_kind,
        "reported": one.reported,
        "speaker": names.get(one.speaker or "", "") or (guess.name if guess else ""),
        "speaker_type": types.get(one.speaker or "", "") or (guess.type if guess else ""),
    }
    yield _mark(text, one.id, "quote", one.content, record=one.id, score=score, facts=facts)
    if one.source:
        yield _mark(text, f"{one.id} source", "source", one.source, record=one.id, score=score)
    if one.cue:
        yield _mark(text, f"{one.id} cue", "cue", [one.cue], record=one.id, score=score)


def _stance(
    text: str,
    one: StanceLine,
    names: dict[str, str],
    types: Mapping[str, str],
    targets: Mapping[str, tuple[str, str]],
) -> Iterator[ForeignMark]:
    """The first piece of evidence stands for all: a suggestion has one."""
    if not one.evidence:
        return
    draft = one.origin.suggested if isinstance(one.origin.suggested, StanceDraft) else None
    guess = draft.target if draft else None
    label, statement = targets.get(one.target or "", (guess.label, guess.statement) if guess else ("", ""))
    facts = {
        "position": one.position or "",
        "holder": names.get(one.holder or "", "") or (draft.holder.name if draft and draft.holder else ""),
        "holder_type": types.get(one.holder or "", "") or (draft.holder.type if draft and draft.holder else ""),
        "via": names.get(one.via or "", "") or (draft.via.name if draft and draft.via else ""),
        "target": statement,
        "target_label": label,
        "dimension": one.dimension or "",
        "explicitness": one.explicitness or "",
        "evidence_type": one.evidence[0].type,
    }
    yield _mark(text, one.id, "stance", one.evidence[0].spans, record=one.id, score=_score(one.origin), facts=facts)
