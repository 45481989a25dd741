"""Reads files of the exchange format, strictly: what is not exactly right is refused with its line and the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import msgspec

from annotator.domain.errors import BadExchange
from annotator.domain.exchange import ActorLine, ArticleLine, TargetLine
from annotator.domain.line_checks import line_problem, record_ids
from annotator.ingest.files import shown_name

MAX_LINE_BYTES = 64_000_000
MAX_DEPTH = 64

_DECODER = msgspec.json.Decoder(ArticleLine)
_ENCODER = msgspec.json.Encoder()


def read_lines(path: Path, *, name: str | None = None) -> Iterator[ArticleLine]:
    """The lines of a file, in its order, each checked against the text it carries and the lines before it.

    Memory stays at one line, and the ids seen so far.

    Raises:
        BadExchange: the file cannot be read, or a line is not exactly in the format; the message names file, line
            and reason.
    """
    shown = name or shown_name(path)
    seen = _Seen()
    try:
        with path.open("rb") as stream:
            number = 0
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                try:
                    line = read_line(raw)
                    seen.add(line)
                except BadExchange as error:
                    raise BadExchange(f"{shown}, line {number}: {error.message}", hint=error.hint) from None
                yield line
    except OSError as error:
        raise BadExchange(
            f"{shown} cannot be read ({error.strerror or type(error).__name__}).",
            hint="Check that it is a file, still there, and that you may read it.",
        ) from None


def read_line(raw: bytes) -> ArticleLine:
    """One line of the exchange format, checked by itself.

    Raises:
        BadExchange: it is not exactly in the format; the message is the reason alone.
    """
    if len(raw) > MAX_LINE_BYTES:
        _refuse(f"the line is longer than {MAX_LINE_BYTES // 1_000_000} MB")
    try:
        line = _DECODER.decode(raw)
    except UnicodeDecodeError as error:
        _refuse(f"it is not UTF-8 ({error.reason})")
    except RecursionError:
        _refuse(f"it is nested more than {MAX_DEPTH} deep")
    except msgspec.MsgspecError as error:
        _refuse(_reason(raw, error))
    problem = line_problem(line)
    if problem:
        _refuse(problem)
    # msgspec keeps the last of two equal keys and drops what follows an array's last field. A line that is spelt as we
    # spell it has neither; any other is read again, by a reader that sees all of it.
    if _ENCODER.encode(line) != raw.rstrip(b"\r\n"):
        _check_wholly_read(raw, line)
    return line


def _check_wholly_read(raw: bytes, line: ArticleLine) -> None:
    try:
        plain = json.loads(raw, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        _refuse(f"it is not strict JSON ({error})")
    missing = next((key for key in ("format", "offset_unit") if key not in plain), None)
    if missing:
        _refuse(f"it does not name its {missing}")
    if not _is_within(plain, msgspec.to_builtins(line)):
        _refuse("it holds more than the format has room for")


def _is_within(read: object, kept: object) -> bool:
    if isinstance(read, dict):
        return isinstance(kept, dict) and all(
            # The tag of a draft is not one of its fields, but `to_builtins` writes it all the same.
            key in kept and _is_within(value, kept[key])
            for key, value in read.items()
        )
    if isinstance(read, list):
        return isinstance(kept, list | tuple) and len(read) == len(kept) and all(map(_is_within, read, kept))
    return read == kept


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        _refuse(f"the key “{twice[:40]}” is there twice")
    return found


def _refuse_constant(constant: str) -> NoReturn:
    _refuse(f"{constant} is not a number")


def _reason(raw: bytes, error: msgspec.MsgspecError) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        return "it starts with a byte order mark"
    if not raw.strip():
        return "it is empty"
    return str(error)


def _refuse(reason: str) -> NoReturn:
    raise BadExchange(reason + ".", hint="Export it again, or correct the program that wrote it.")


class _Seen:
    """What earlier lines of a file had: no record and no article is there twice, no registry record in two versions."""

    def __init__(self) -> None:
        self._articles: set[str] = set()
        self._records: set[str] = set()
        self._registry: dict[tuple[type, str], ActorLine | TargetLine] = {}

    def add(self, line: ArticleLine) -> None:
        if line.article.id in self._articles:
            _refuse(f"the article {line.article.id[:19]}… is there twice")
        self._articles.add(line.article.id)
        ids = set(record_ids(line))
        if not self._records.isdisjoint(ids):
            _refuse(f"the id {min(self._records & ids)} is in an earlier line too")
        self._records |= ids
        registry: tuple[ActorLine | TargetLine, ...] = (*line.actors, *line.targets)
        for record in registry:
            if self._registry.setdefault((type(record), record.id), record) != record:
                kind = "actor" if isinstance(record, ActorLine) else "target"
                _refuse(f"the {kind} {record.id} is described differently in an earlier line")
