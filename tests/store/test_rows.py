"""Records through their tables: what goes in comes out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.records import Entity, kind_of
from annotator.store import rows, schema
from tests.domain.strategies import any_record


@pytest.fixture(scope="module")
def conn() -> Iterator[sqlite3.Connection]:
    found = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply_migrations(found)
    yield found
    found.close()


@given(record=any_record())
def test_a_record_comes_back_from_its_row_as_it_was(conn, record):
    rows.write(conn, [record])
    assert rows.get(conn, kind_of(record), record.id) == record


@given(records=st.lists(any_record(), unique_by=lambda one: one.id))
def test_records_come_back_by_id_and_deleted_ones_do_not(conn, records):
    rows.write(conn, records)
    for record in records[:1]:
        rows.delete(conn, kind_of(record), record.id)
        assert rows.get(conn, kind_of(record), record.id) is None
    for record in records[1:]:
        assert rows.select(conn, kind_of(record), "id = ?", (record.id,)) == [record]


def test_a_row_that_holds_no_such_record_is_an_error():
    row = ("e", "a", "x", 1, 2, "t", "ORG", None, '{"by": "nobody"}')
    with pytest.raises(msgspec.ValidationError):
        rows.from_row("entity", row)
    with pytest.raises(msgspec.DecodeError):
        rows.from_row("entity", (*row[:-1], "{"))
    assert rows.from_row("entity", (*row[:-1], "{}")) == Entity(
        id="e", author="a", article="x", start=1, end=2, text="t", label="ORG"
    )
