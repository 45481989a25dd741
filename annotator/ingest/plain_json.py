"""Reads JSON of other programs: strict UTF-8, limited in size and depth, and nothing in it is trusted to be there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from annotator.domain.errors import BadExchange
from annotator.ingest.files import shown_name
from annotator.ingest.jsonl import MAX_DEPTH, MAX_LINE_BYTES

MAX_FILE_BYTES = 500_000_000
_HINT = "Export it again, or correct the program that wrote it."

Json = dict[str, object]


def json_lines(path: Path) -> Iterator[tuple[str, Json | str]]:
    """The objects of a file, one a line, each with its place; instead of one that cannot be read the reason.

    Raises:
        BadExchange: the file cannot be read.
    """
    name = shown_name(path)
    try:
        with path.open("rb") as stream:
            number = 0
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                place = f"{name}, line {number}"
                if len(raw) > MAX_LINE_BYTES:
                    raise BadExchange(f"{place} is longer than {MAX_LINE_BYTES // 1_000_000} MB.", hint=_HINT)
                if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
                    continue
                try:
                    read = _parsed(raw)
                except BadExchange as error:
                    yield place, error.message
                else:
                    yield place, read if isinstance(read, dict) else "it is no JSON object"
    except OSError as error:
        raise unreadable(name, error) from None


def whole_json(path: Path) -> object:
    """All of a file as one JSON value.

    Raises:
        BadExchange: it cannot be read, or is no JSON.
    """
    name = shown_name(path)
    raw = whole_file(path)
    try:
        return _parsed(raw)
    except BadExchange as error:
        raise BadExchange(f"{name} cannot be read: {error.message}.", hint=_HINT) from None


def whole_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        BadExchange: it cannot be read, or is larger than 500 MB.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise unreadable(shown_name(path), error) from None
    if len(raw) > MAX_FILE_BYTES:
        raise BadExchange(
            f"{shown_name(path)} is larger than {MAX_FILE_BYTES // 1_000_000} MB.", hint="Export it in parts."
        )
    return raw


def unreadable(name: str, error: OSError) -> BadExchange:
    """What to say of a file that the system does not give."""
    return BadExchange(
        f"{name} cannot be read ({error.strerror or type(error).__name__}).",
        hint="Check that it is a file, still there, and that you may read it.",
    )


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise BadExchange(f"it is not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise BadExchange(f"it is nested more than {MAX_DEPTH} deep") from None
    except json.JSONDecodeError as error:
        raise BadExchange(f"{error.msg} (line {error.lineno}, character {error.colno})") from None
    except ValueError as error:
        raise BadExchange(str(error)) from None


def _no_number(constant: str) -> NoReturn:
    raise BadExchange(f"{constant} is not a number")


def text_at(read: object, *keys: str) -> str:
    """The text or number at a path of keys, as text; empty where there is none."""
    for key in keys:
        read = read.get(key) if isinstance(read, dict) else None
    return str(read) if isinstance(read, str | int | float) and not isinstance(read, bool) else ""


def list_at(read: object, *keys: str) -> list[object]:
    """The list at a path of keys; empty where there is none."""
    for key in keys:
        read = read.get(key) if isinstance(read, dict) else None
    return read if isinstance(read, list) else []


def objects_at(read: object, *keys: str) -> list[Json]:
    """The objects of the list at a path of keys; what is no object has no place."""
    return [one for one in list_at(read, *keys) if isinstance(one, dict)]


def whole_number(value: object) -> int:
    """A value as a whole number; also 3.0 and "3", as some programs write them.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{str(value)[:40]} is no whole number")
    # Before float(): of an int with hundreds of digits it is an error of another kind.
    number = float(str(value)[:40])
    if not abs(number) < 2**53 or number != int(number):
        raise ValueError(f"{str(value)[:40]} is no whole number")
    return int(number)


def score_at(read: Json, key: str = "score") -> float | None:
    """The score at a key; `None` where there is no number."""
    value = read.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
