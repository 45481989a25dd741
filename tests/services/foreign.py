"""Small files as other programs write them, about one text with an emoji in it."""

from __future__ import annotations

import json
from pathlib import Path

TEXT = "😅 Live.\n“We won’t pay,” Pete Hegseth of NATO said on Monday."
WORDS = {
    "quote": "“We won’t pay,”",
    "source": "Pete Hegseth of NATO",
    "cue": "said",
    "PERSON": "Pete Hegseth",
    "ORG": "NATO",
}


def span(words: str, *, text: str = TEXT, unit: str = "codepoint") -> tuple[int, int]:
    """Where words stand, in a unit."""
    start = text.index(words)
    lengths = {
        "codepoint": len,
        "utf16": lambda part: len(part.encode("utf-16-le")) // 2,
        "utf8": lambda part: len(part.encode("utf-8")),
    }
    length = lengths[unit]
    return length(text[:start]), length(text[: start + len(words)])


def write(path: Path, *objects: object) -> Path:
    """A file of JSON Lines, or where the name ends in .json of one list."""
    if path.suffix == ".json":
        path.write_text(json.dumps(list(objects), ensure_ascii=False), encoding="utf-8")
    else:
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects), encoding="utf-8")
    return path


def doccano(path: Path, *, unit: str = "codepoint", text: str = TEXT, labels: tuple[str, ...] = tuple(WORDS)) -> Path:
    """A document of doccano with relations."""
    entities = []
    for number, label in enumerate(labels):
        start, end = span(WORDS[label], text=text, unit=unit)
        entities.append({"id": 10 + number, "label": label, "start_offset": start, "end_offset": end})
    relations = [
        {"id": 1, "from_id": 10, "to_id": 11, "type": "source"},
        {"id": 2, "from_id": 10, "to_id": 12, "type": "cue"},
    ]
    return write(path, {"id": 7, "text": text, "entities": entities, "relations": relations, "Comments": ["look"]})


def prodigy_task(*labels: str, text: str = TEXT, **more: object) -> dict[str, object]:
    """A task of Prodigy with the marks of these labels."""
    spans = [dict(zip(("start", "end"), span(WORDS[one], text=text), strict=True), label=one) for one in labels]
    return {"text": text, "spans": spans, "_input_hash": 1, "_task_hash": 2, "answer": "accept", **more}


def region(key: str, label: str, *, unit: str = "codepoint") -> dict[str, object]:
    """A region of Label Studio."""
    start, end = span(WORDS[label], unit=unit)
    value = {"start": start, "end": end, "text": WORDS[label], "labels": [label]}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def label_studio(path: Path, *, unit: str = "codepoint", people: tuple[int, ...] = (1,)) -> Path:
    """A full export of Label Studio: each of the people marked all, and a model the person."""
    result = [region(name, name, unit=unit) for name in WORDS]
    result.append({"type": "relation", "from_id": "quote", "to_id": "source", "direction": "right", "labels": ["by"]})
    result.append({"type": "relation", "from_id": "cue", "to_id": "quote", "direction": "left", "labels": []})
    made = [{"id": one, "completed_by": one, "was_cancelled": False, "result": result} for one in people]
    guess = {"model_version": "ner-2", "score": 0.5, "result": [{**region("p", "PERSON", unit=unit), "score": 0.5}]}
    task = {"id": 3, "data": {"text": TEXT, "name": "live.txt"}, "annotations": made, "predictions": [guess]}
    return write(path, task)
