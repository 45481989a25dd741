"""Reads JSON Lines, an article a line: our own exchange lines, or any objects that have a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NoReturn

from annotator.domain.articles import Metadata, NewArticle, with_metadata
from annotator.domain.canonical import sha256_hex, text_id
from annotator.domain.dates import day_order
from annotator.domain.errors import BadExchange, UnreadableArticle
from annotator.domain.exchange import FORMAT
from annotator.domain.importing import ReadItem, ReadOptions
from annotator.ingest.columns import chosen_columns, row_item
from annotator.ingest.files import shown_name, unreadable
from annotator.ingest.jsonl import MAX_DEPTH, MAX_LINE_BYTES, read_line
from annotator.ingest.tables import MAX_COLUMNS, SAMPLE_ROWS, Table

# How deep in an object a field may lie: `meta.source.name`.
_FIELD_DEPTH = 3
_HINT = "Correct the line, or the program that wrote it."

Entry = tuple[int, bytes, Mapping[str, str] | ReadItem]


def read_objects(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The articles of a file, one a line; of our own lines the article alone, without annotations.

    Fields are chosen and guessed like the columns of a table; `meta.date` is the field `date` of the object `meta`,
    and lists of words are joined by commas.

    Raises:
        UnreadableArticle: the file cannot be read, or its objects have no field that is a text.
    """
    name = shown_name(path)
    entries = _entries(path, name)
    first = list(islice(entries, SAMPLE_ROWS))
    if not first:
        raise UnreadableArticle(f"{name} is empty.", hint="Choose a file that holds articles.")
    table = _table(first)
    columns: dict[str, str] = {}
    is_day_first: bool | None = None
    for number, raw, found in chain(first, entries):
        if isinstance(found, ReadItem):
            yield found
            continue
        if not columns:
            headers, sample = (table.headers, table.sample) if table.headers else (tuple(found), ())
            columns = chosen_columns(headers, sample, options, name=name)
            at = headers.index(columns["published"]) if "published" in columns else -1
            is_day_first = day_order(row[at] for row in sample) if at >= 0 else None
        values = {field: found.get(header, "") for field, header in columns.items()}
        place = f"{name}, line {number}"
        yield row_item(values, options, place=place, raw_sha256=sha256_hex(raw), is_day_first=is_day_first)


def open_objects(path: Path) -> Table:
    """The fields of the first objects as a table, to choose from; without headers where all lines are our own.

    Raises:
        UnreadableArticle: the file cannot be read.
    """
    return _table(list(islice(_entries(path, shown_name(path)), SAMPLE_ROWS)))


def _table(entries: Sequence[Entry]) -> Table:
    plain = [found for _, _, found in entries if not isinstance(found, ReadItem)]
    headers = tuple(dict.fromkeys(key for one in plain for key in one))[:MAX_COLUMNS]
    sample = tuple(tuple(one.get(key, "") for key in headers) for one in plain)
    return Table(headers, sample, ())


def _entries(path: Path, name: str) -> Iterator[Entry]:
    try:
        with path.open("rb") as stream:
            number = 0
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                if raw.strip(b" \t\r\n\xef\xbb\xbf"):
                    yield number, raw, _entry(raw, f"{name}, line {number}")
    except OSError as error:
        raise unreadable(error, name) from None


def _entry(raw: bytes, place: str) -> Mapping[str, str] | ReadItem:
    try:
        if len(raw) > MAX_LINE_BYTES:
            _refuse(f"it is longer than {MAX_LINE_BYTES // 1_000_000} MB")
        read = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
        if not isinstance(read, dict):
            _refuse("it is no JSON object")
        return ReadItem(article=_own(raw)) if read.get("format") == FORMAT else _flat(read)
    except UnicodeDecodeError as error:
        return ReadItem(message=f"{place} cannot be read: it is not UTF-8 (byte {error.start}).", hint=_HINT)
    except RecursionError:
        return ReadItem(message=f"{place} cannot be read: it is nested more than {MAX_DEPTH} deep.", hint=_HINT)
    except json.JSONDecodeError as error:
        return ReadItem(message=f"{place} cannot be read: {error.msg} (character {error.pos + 1}).", hint=_HINT)
    except (BadExchange, ValueError) as error:
        reason = error.message if isinstance(error, BadExchange) else f"{error}."
        return ReadItem(message=f"{place} cannot be read: {reason}", hint=_HINT)


def _own(raw: bytes) -> NewArticle:
    line = read_line(raw)
    meta = line.article
    article = NewArticle(
        id=text_id(line.text), name=meta.name, title=meta.title, text=line.text, sections=line.sections
    )
    known = Metadata(
        language=meta.language or "",
        outlet=meta.outlet or "",
        author=meta.author or "",
        published=meta.published or "",
        url=meta.url or "",
    )
    return with_metadata(article, known)


def _flat(read: Mapping[str, object], prefix: str = "", depth: int = 1) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in read.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.", depth + 1) if depth < _FIELD_DEPTH else {}
        elif isinstance(value, list):
            words = [str(one) for one in value if isinstance(one, str | int | float)]
            found |= {prefix + key: ", ".join(words)} if len(words) == len(value) else {}
        elif not isinstance(value, bool):
            found[prefix + key] = "" if value is None else str(value)
    return found


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        _refuse("a key is there twice")
    return found


def _refuse_constant(constant: str) -> NoReturn:
    _refuse(f"{constant} is not a number")


def _refuse(reason: str) -> NoReturn:
    raise BadExchange(reason + ".")
