"""Reads Prodigy's tasks, as `db-out` writes them: spans, relations, and the answer.

What was rejected or ignored is left out; a task without an answer is what a model proposes. Offsets count code points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.foreign import FACTS, ForeignLink, ForeignMark, ForeignText
from annotator.ingest.files import shown_name
from annotator.ingest.foreign_meta import metadata_in, name_in
from annotator.ingest.plain_json import Json, json_lines, objects_at, score_at, text_at, whole_number

Ends = tuple[int, int, str]


def read_prodigy(path: Path) -> Iterator[ForeignText]:
    """The texts of a JSON Lines file. Errors are those of `json_lines`."""
    for place, read in json_lines(path):
        if isinstance(read, str):
            yield ForeignText(place=place, problem=f"{place} cannot be read: {read}.")
            continue
        try:
            yield _text(read, place, shown_name(path))
        except (ValueError, KeyError) as error:
            yield ForeignText(place=place, problem=f"{place} has a span that is none: {error}.")


def is_prodigy(read: Json) -> bool:
    """Whether an object looks like a task of Prodigy."""
    ranged = any("start" in one and "label" in one for one in objects_at(read, "spans"))
    return bool(text_at(read, "text")) and (ranged or "answer" in read or "_task_hash" in read)


def _text(read: Json, place: str, file: str) -> ForeignText:
    answer = text_at(read, "answer")
    words = text_at(read, "text")
    meta = read.get("meta")
    base = ForeignText(
        place=place,
        name=name_in(meta) or f"{file}#{place.rsplit(' ', 1)[1]}",
        article=text_at(meta, "article"),
        text=words,
        known=metadata_in(meta),
        who=text_at(read, "_annotator_id") or text_at(read, "_session_id"),
        is_decided=bool(answer),
    )
    if answer not in ("accept", ""):
        left = {f"tasks answered {answer}": 1}
        return ForeignText(place=base.place, name=base.name, text=base.text, is_turned_down=True, left_out=left)
    marks, ends = _marks(read)
    links: list[ForeignLink] = []
    left_out = Counter[str]()
    for one in objects_at(read, "relations"):
        start, end = (_end_of(one.get(name), marks, ends) for name in ("head_span", "child_span"))
        if start and end:
            links.append(ForeignLink(label=text_at(one, "label"), start=start, end=end))
        else:
            left_out["relations without the spans of their ends"] += 1
    return ForeignText(
        place=base.place,
        name=base.name,
        article=base.article,
        text=base.text,
        known=base.known,
        who=base.who,
        is_decided=base.is_decided,
        marks=tuple(marks),
        links=tuple(links),
        left_out=dict(left_out),
    )


def _marks(read: Json) -> tuple[list[ForeignMark], dict[Ends, str]]:
    told = read.get("annotator")
    stances = {text_at(one, "id"): one for one in objects_at(told, "stances")}
    marks: list[ForeignMark] = []
    ends: dict[Ends, str] = {}
    for number, one in enumerate(objects_at(read, "spans")):
        span = (whole_number(one["start"]), whole_number(one["end"]))
        record, label = text_at(one, "record"), text_at(one, "label")
        stance = stances.get(record)
        facts = {name: found for name in FACTS if (found := text_at(stance, name))}
        speaker = text_at(told, "speakers", record) if record else ""
        ends.setdefault((*span, label), str(number))
        marks.append(
            ForeignMark(
                key=str(number),
                label=label,
                spans=(span,),
                words=text_at(one, "text") or _token_words(read, one),
                record=record,
                score=score_at(one),
                facts=facts | ({"speaker": speaker} if speaker else {}),
            )
        )
    return marks, ends


def _token_words(read: Json, span: Json) -> str | None:
    """The words of a span as the task's own tokens have them; `None` where it names none."""
    tokens = objects_at(read, "tokens")
    if not tokens or "token_start" not in span or "token_end" not in span:
        return None
    first, last = whole_number(span["token_start"]), whole_number(span["token_end"])
    if not 0 <= first <= last < len(tokens):
        raise ValueError(f"tokens {first} to {last} are not there")
    inside = tokens[first : last + 1]
    words = "".join(text_at(one, "text") + (" " if one.get("ws", True) else "") for one in inside)
    return words.strip() or None


def _end_of(end: object, marks: list[ForeignMark], ends: dict[Ends, str]) -> str:
    """The mark at one end of a relation; one that is only there is added."""
    if not isinstance(end, dict) or "start" not in end or "end" not in end:
        return ""
    span, label = (whole_number(end["start"]), whole_number(end["end"])), text_at(end, "label")
    found = ends.get((*span, label))
    if found is None and label:
        found = ends[(*span, label)] = str(len(marks))
        marks.append(ForeignMark(key=found, label=label, spans=(span,)))
    return found or next((key for (start, stop, _), key in ends.items() if (start, stop) == span), "")
