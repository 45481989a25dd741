"""Records to table rows and back: a field is a column; nested values are canonical JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from annotator.domain.canonical import canonical_json
from annotator.domain.records import KINDS, Record, kind_of
from annotator.store import search_index

Row = tuple[str | int | float | None, ...]

_SCALARS = (
    msgspec.inspect.StrType,
    msgspec.inspect.IntType,
    msgspec.inspect.FloatType,
    msgspec.inspect.BoolType,
    msgspec.inspect.NoneType,
    msgspec.inspect.LiteralType,
)


@cache
def columns(kind: str) -> tuple[tuple[str, bool], ...]:
    """The columns of a kind's table, in order, and whether each holds JSON."""
    info = msgspec.inspect.type_info(KINDS[kind])
    assert isinstance(info, msgspec.inspect.StructType)
    return tuple((field.name, not _is_scalar(field.type)) for field in info.fields)


def _is_scalar(kind: msgspec.inspect.Type) -> bool:
    if isinstance(kind, msgspec.inspect.UnionType):
        return all(_is_scalar(part) for part in kind.types)
    return isinstance(kind, _SCALARS)


@cache
def _names(kind: str) -> str:
    return ", ".join(f'"{name}"' for name, _ in columns(kind))


@cache
def _insert(kind: str) -> str:
    marks = ", ".join("?" for _ in columns(kind))
    return f"INSERT INTO {kind} ({_names(kind)}) VALUES ({marks})"


@cache
def _upsert(kind: str) -> str:
    renew = ", ".join(f'"{name}" = excluded."{name}"' for name, _ in columns(kind) if name != "id")
    return f"{_insert(kind)} ON CONFLICT (id) DO UPDATE SET {renew}"


def to_row(record: Record) -> Row:
    """The row of a record."""
    values = ((getattr(record, name), is_json) for name, is_json in columns(kind_of(record)))
    return tuple(
        (None if value is None else canonical_json(value).decode("utf-8")) if is_json else value
        for value, is_json in values
    )


def from_row(kind: str, row: Sequence[object]) -> Record:
    """The record of a row.

    Raises:
        msgspec.ValidationError, msgspec.DecodeError: the row does not hold such a record.
    """
    plain = {
        name: msgspec.json.decode(value) if is_json and isinstance(value, str) else value
        for (name, is_json), value in zip(columns(kind), row, strict=True)
    }
    return msgspec.convert(plain, KINDS[kind], strict=False)


def write(conn: sqlite3.Connection, records: Iterable[Record], *, is_new: bool = False) -> None:
    """Insert records, or put them in place of those with their ids (an error where they are said to be new)."""
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(kind_of(record), []).append(record)
    for kind, of_kind in by_kind.items():
        before = {} if is_new else _indexed(conn, kind, of_kind)
        conn.executemany(_insert(kind) if is_new else _upsert(kind), [to_row(record) for record in of_kind])
        if kind in search_index.KINDS:
            search_index.add(conn, kind, [record for record in of_kind if record.id not in before])
            for record in of_kind:
                if record.id in before:
                    search_index.change(conn, before[record.id], record)


def _indexed(conn: sqlite3.Connection, kind: str, records: Iterable[Record]) -> dict[str, Record]:
    """What the search index holds of these records, by id."""
    if kind not in search_index.KINDS:
        return {}
    found = (get(conn, kind, record.id) for record in records)
    return {one.id: one for one in found if one is not None}


def delete(conn: sqlite3.Connection, kind: str, record_id: str) -> None:
    """Take a record out of its table; the journal keeps it."""
    if kind in search_index.KINDS and (record := get(conn, kind, record_id)) is not None:
        search_index.remove(conn, record)
    conn.execute(f"DELETE FROM {kind} WHERE id = ?", (record_id,))


def get(conn: sqlite3.Connection, kind: str, record_id: str) -> Record | None:
    """The record of that id, or `None`."""
    row = conn.execute(f"SELECT {_names(kind)} FROM {kind} WHERE id = ?", (record_id,)).fetchone()
    return None if row is None else from_row(kind, row)


def select(conn: sqlite3.Connection, kind: str, where: str = "1", values: Sequence[object] = ()) -> list[Record]:
    """The records of a kind that meet a condition, by id."""
    rows = conn.execute(f"SELECT {_names(kind)} FROM {kind} WHERE {where} ORDER BY id", values)
    return [from_row(kind, row) for row in rows]
