"""Reads Label Studio's exports: full JSON with annotations and predictions, and JSON-MIN.

Regions repeat their words, which says in which unit they count. An annotation that was cancelled (skipped) is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.foreign import FACTS, ForeignLink, ForeignMark, ForeignText
from annotator.ingest.files import shown_name
from annotator.ingest.foreign_meta import metadata_in, name_in
from annotator.ingest.plain_json import Json, list_at, objects_at, score_at, text_at, whole_json, whole_number

_LABELS = ("labels", "hypertextlabels")
_STANCE = re.compile(r"(?P<holder>.+?)(?: \(via (?P<via>.+)\))?: (?P<position>[a-z_]+) – (?P<target>.+)")
_NAMED = re.compile(r"(?P<name>speaker|actor|holder|via|target): (?P<value>.+)")


def read_label_studio(path: Path) -> Iterator[ForeignText]:
    """The texts of an export, once for each annotation or prediction of it. Errors are those of `whole_json`."""
    read = whole_json(path)
    tasks = read if isinstance(read, list) else [read]
    file = shown_name(path)
    for number, task in enumerate(tasks, start=1):
        place = f"{file}, task {number}"
        try:
            yield from _texts(task, place, file)
        except (ValueError, KeyError) as error:
            yield ForeignText(place=place, problem=f"{place} has a region that is none: {error}.")


def is_label_studio(read: object) -> bool:
    """Whether the first task looks like Label Studio's."""
    first = read[0] if isinstance(read, list) and read else read
    if not isinstance(first, dict):
        return False
    is_full = isinstance(first.get("data"), dict) and ("annotations" in first or "predictions" in first)
    return is_full or bool(_min_regions(first))


def _texts(task: object, place: str, file: str) -> Iterator[ForeignText]:
    if not isinstance(task, dict):
        raise ValueError("it is no JSON object")
    data = task.get("data")
    if not isinstance(data, dict):
        yield _min_text(task, place, file)
        return
    made = [(one, True) for one in objects_at(task, "annotations")]
    made += [(one, False) for one in objects_at(task, "predictions")]
    body = _body(data)
    name = name_in(data) or f"{file}#{place.rsplit(' ', 1)[1]}"
    if not made:
        yield ForeignText(place=place, text=body, name=name)
    for one, is_decided in made:
        if one.get("was_cancelled") is True:
            yield ForeignText(place=place, text=body, name=name, left_out={"skipped annotations": 1})
            continue
        marks, links, left_out = _result(objects_at(one, "result"))
        yield ForeignText(
            place=place,
            text=body,
            name=name,
            known=metadata_in(data),
            who=_who(one) if is_decided else text_at(one, "model_version"),
            is_decided=is_decided,
            marks=tuple(marks),
            links=tuple(links),
            left_out=dict(left_out),
        )


def _who(annotation: Json) -> str:
    by = annotation.get("completed_by")
    return text_at(by, "email") or text_at(by, "id") or text_at(annotation, "completed_by")


def _body(data: Json) -> str:
    """The text: the field `text`, else the longest field that is one."""
    if isinstance(data.get("text"), str):
        return text_at(data, "text")
    texts = [value for value in data.values() if isinstance(value, str)]
    return max(texts, key=len, default="")


def _result(regions: list[Json]) -> tuple[list[ForeignMark], list[ForeignLink], Counter[str]]:
    facts = _facts(regions)
    marks: list[ForeignMark] = []
    links: list[ForeignLink] = []
    left_out = Counter[str]()
    for number, one in enumerate(regions):
        kind = text_at(one, "type")
        if kind == "relation":
            label = ", ".join(str(name) for name in list_at(one, "labels")) or "relation"
            start, end = text_at(one, "from_id"), text_at(one, "to_id")
            if text_at(one, "direction") == "left":
                start, end = end, start
            links.append(ForeignLink(label=label, start=start, end=end))
        elif kind in _LABELS:
            marks += _region(one, text_at(one, "id") or f"region {number}", facts)
        elif kind not in ("choices", "textarea") or not text_at(one, "id"):
            left_out[f"results of the kind {kind or 'that has no name'}"] += 1
    return marks, links, left_out


def _region(one: Json, key: str, facts: dict[str, dict[str, str]]) -> Iterator[ForeignMark]:
    value = one.get("value")
    labels = [str(name) for kind in _LABELS for name in list_at(value, kind)]
    if not isinstance(value, dict) or not labels:
        raise ValueError(f"region {key[:40]} has no label")
    span = _span(value)
    words = value.get("text")
    for number, label in enumerate(labels):
        yield ForeignMark(
            key=key if not number else f"{key} {number}",
            label=label,
            spans=(span,),
            words=words if isinstance(words, str) else None,
            # Our own exports number the pieces of a record.
            record=key.rpartition(".")[0],
            score=score_at(one),
            facts=facts.get(key, {}) | _words(list_at(one, "meta", "text")),
        )


def _span(value: Json) -> tuple[int, int]:
    offsets = value.get("globalOffsets")
    if isinstance(offsets, dict):
        return whole_number(offsets["start"]), whole_number(offsets["end"])
    return whole_number(value["start"]), whole_number(value["end"])


def _facts(regions: list[Json]) -> dict[str, dict[str, str]]:
    """What choices and texts beside a region say of it, by its id, where it is something we know."""
    found: dict[str, dict[str, str]] = {}
    for one in regions:
        kind, name = text_at(one, "type"), text_at(one, "from_name")
        values = list_at(one, "value", "choices") if kind == "choices" else list_at(one, "value", "text")
        if kind in ("choices", "textarea") and name in FACTS and values:
            found.setdefault(text_at(one, "id"), {})[name] = str(values[0])
    return found


def _words(told: list[object]) -> dict[str, str]:
    """What our own exports say in words beside a region."""
    found: dict[str, str] = {}
    for words in map(str, told):
        named, stance = _NAMED.fullmatch(words), _STANCE.fullmatch(words)
        if named:
            found[named["name"]] = named["value"]
        elif stance:
            said = {name: value for name, value in stance.groupdict().items() if value}
            found |= {name: value for name, value in said.items() if value not in ("nobody", "no target", "open")}
    return found


def _min_regions(task: Json) -> list[Json]:
    return [
        one
        for value in task.values()
        if isinstance(value, list)
        for one in value
        if isinstance(one, dict) and "start" in one and any(kind in one for kind in _LABELS)
    ]


def _min_text(task: Json, place: str, file: str) -> ForeignText:
    """The text of a task of JSON-MIN: the fields of the task and of its one annotation are side by side."""
    regions: list[Json] = [{"type": "labels", "value": one} for one in _min_regions(task)]
    body = _body(task)
    marks, _, _ = _result(regions)
    return ForeignText(
        place=place,
        text=body,
        name=name_in(task) or f"{file}#{place.rsplit(' ', 1)[1]}",
        known=metadata_in(task),
        who=text_at(task, "annotator"),
        marks=tuple(marks),
    )
