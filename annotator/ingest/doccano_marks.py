"""Reads doccano's exports of sequence labelling: `label` or `labels` as triples, or `entities` with `relations`.

Offsets count what the project counts: code points as the server does, or UTF-16 code units where the browser wrote
them; which, the file does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.foreign import ForeignLink, ForeignMark, ForeignText
from annotator.ingest.files import shown_name
from annotator.ingest.foreign_meta import metadata_in, name_in
from annotator.ingest.plain_json import Json, json_lines, list_at, objects_at, text_at, whole_number


def read_doccano(path: Path) -> Iterator[ForeignText]:
    """The texts of a JSON Lines file. Errors are those of `json_lines`."""
    for place, read in json_lines(path):
        if isinstance(read, str):
            yield ForeignText(place=place, problem=f"{place} cannot be read: {read}.")
            continue
        try:
            yield _text(read, place, shown_name(path))
        except (ValueError, KeyError) as error:
            yield ForeignText(place=place, problem=f"{place} has a label that is none: {error}.")


def is_doccano(read: Json) -> bool:
    """Whether an object looks like a document of doccano."""
    has_triples = any(isinstance(one, list) and len(one) == 3 for one in _triples(read))
    ranged = any("start_offset" in one for one in objects_at(read, "entities"))
    return bool(_body(read)) and (has_triples or ranged or ("entities" in read and "relations" in read))


def _body(read: Json) -> str:
    return text_at(read, "text") or text_at(read, "data")


def _triples(read: Json) -> list[object]:
    return list_at(read, "label") or list_at(read, "labels")


def _text(read: Json, place: str, file: str) -> ForeignText:
    marks = [_triple(number, one) for number, one in enumerate(_triples(read))]
    marks += [_entity(one) for one in objects_at(read, "entities")]
    links = [
        ForeignLink(label=text_at(one, "type"), start=text_at(one, "from_id"), end=text_at(one, "to_id"))
        for one in objects_at(read, "relations")
    ]
    meta = read.get("metadata") if isinstance(read.get("metadata"), dict) else read
    comments = len(list_at(read, "Comments")) + len(list_at(read, "comments"))
    return ForeignText(
        place=place,
        name=name_in(meta) or f"{file}#{place.rsplit(' ', 1)[1]}",
        text=_body(read),
        known=metadata_in(meta),
        marks=tuple(marks),
        links=tuple(links),
        left_out={"comments": comments} if comments else {},
    )


def _triple(number: int, one: object) -> ForeignMark:
    if not isinstance(one, list) or len(one) != 3:
        raise ValueError(f"{str(one)[:40]} is not start, end and label")
    return ForeignMark(key=str(number), label=str(one[2]), spans=((whole_number(one[0]), whole_number(one[1])),))


def _entity(one: Json) -> ForeignMark:
    span = (whole_number(one["start_offset"]), whole_number(one["end_offset"]))
    return ForeignMark(key=text_at(one, "id"), label=text_at(one, "label"), spans=(span,))
