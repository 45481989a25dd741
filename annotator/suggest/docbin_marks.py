"""Reads spaCy documents (DocBin) as texts with marks; spaCy is imported in the worker alone, when the job runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.articles import plain_fact
from annotator.domain.errors import UnreadableArticle
from annotator.domain.foreign import FACTS, ForeignMark, ForeignText
from annotator.suggest.docbin import ours_of, read_docs

if TYPE_CHECKING:
    from spacy.tokens import Doc

MARK_JOBS: dict[str, str] = {"read-spacy-marks": "annotator.suggest.docbin_marks:read_marks_job"}
"""The job that reads such files, to be given to a `Worker`."""

# The groups of our own exports; spans of other groups have labels that say what they are.
_LABELS = {"quotes": "quote", "sources": "source", "cues": "cue", "evidence": "stance"}

Told = Mapping[str, Mapping[str, str]]


def read_marks_job(payload: bytes, report: Callable[[bytes], None]) -> bytes:
    """Read the file whose path is the payload (UTF-8): reports a `ForeignText` (MessagePack) for each document."""
    path = Path(payload.decode("utf-8", "surrogateescape"))
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    encoder = msgspec.msgpack.Encoder()
    try:
        for number, doc in enumerate(read_docs(path.read_bytes(), name), start=1):
            report(encoder.encode(_text(doc, f"{name}, document {number}")))
    except UnreadableArticle as error:
        report(encoder.encode(ForeignText(place=name, problem=str(error))))
    except OSError as error:
        report(encoder.encode(ForeignText(place=name, problem=f"{name} cannot be read ({error.strerror}).")))
    return b""


def _text(doc: Doc, place: str) -> ForeignText:
    ours = ours_of(doc)
    layer = str(ours.get("layer") or "")
    return ForeignText(
        place=place,
        name=plain_fact(ours.get("name")) or place,
        article=str(ours.get("article") or ""),
        text=doc.text,
        is_decided=layer != "suggestions",
        marks=tuple(_marks(doc, _told(ours))),
    )


def _marks(doc: Doc, told: Told) -> Iterator[ForeignMark]:
    seen: set[tuple[int, int, str]] = set()
    for group in doc.spans:
        own = _LABELS.get(group, "")
        for span in doc.spans[group]:
            label = own or span.label_
            seen.add((span.start_char, span.end_char, label))
            facts = dict(told.get(span.id_, {})) if own in ("quote", "stance") else {}
            if own == "stance":
                facts["evidence_type"] = span.label_
            yield ForeignMark(
                key=f"{group} {len(seen)} {span.start_char} {span.end_char} {span.id_}",
                label=label,
                spans=((span.start_char, span.end_char),),
                words=span.text,
                record=span.id_ if own else "",
                facts=facts,
            )
    for entity in doc.ents:
        place = (entity.start_char, entity.end_char, entity.label_)
        if place not in seen:
            yield ForeignMark(key=f"ent {place}", label=entity.label_, spans=(place[:2],), words=entity.text)


def _told(ours: Mapping[str, object]) -> Told:
    """What our own exports say of each record besides its words, by its id."""
    names = {str(one.get("id")): str(one.get("name")) for one in _objects(ours, "actors")}
    targets = {str(one.get("id")): one for one in _objects(ours, "targets")}
    found: dict[str, dict[str, str]] = {}
    for one in (*_objects(ours, "quotes"), *_objects(ours, "stances")):
        facts = {name: str(one[name]) for name in FACTS if isinstance(one.get(name), str)}
        for role in ("speaker", "holder", "via"):
            if role in facts:
                facts[role] = names.get(facts[role], "")
        target = targets.get(facts.pop("target", ""))
        if target is not None:
            facts |= {"target": str(target.get("statement")), "target_label": str(target.get("label"))}
        found[str(one.get("id"))] = {name: value for name, value in facts.items() if value}
    return found


def _objects(ours: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = ours.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list | tuple) else []
