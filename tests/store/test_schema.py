"""The tables: their columns, and what their triggers refuse."""

from __future__ import annotations

import sqlite3

import pytest

from annotator.domain.records import KINDS
from annotator.store import schema
from tests.store.making import entity, put


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_of_a_table_are_the_fields_of_its_record(project, kind):
    columns = [row[1] for row in project.conn.execute(f"PRAGMA table_info({kind})")]
    assert columns == list(KINDS[kind].__struct_fields__)


def test_every_table_is_strict_but_the_search_index(project):
    kinds = {
        name: strict for _, name, type_, _, _, strict in project.conn.execute("PRAGMA table_list") if type_ == "table"
    }
    loose = {name for name, strict in kinds.items() if not strict and not name.startswith(("sqlite_", "_sqlite"))}
    assert loose == set() and set(KINDS) <= set(kinds)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET verb = 'x' WHERE n = 1",
        "UPDATE event SET n = 99 WHERE n = 1",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE n = 1",
        "REPLACE INTO event SELECT n + 1, id, 'x', seq, clock, previous, time, verb, undoes, changes, hash FROM event",
        "INSERT INTO event SELECT 9, 'x', author, 9, 9, previous, time, verb, undoes, changes, 'h' FROM event LIMIT 1",
        "INSERT INTO event SELECT -1, 'x', author, 0, 9, previous, time, verb, undoes, changes, 'h' FROM event LIMIT 1",
        "UPDATE article SET text = text || '.' WHERE n = 1",
        "DELETE FROM article WHERE n = 1",
        "INSERT OR REPLACE INTO article SELECT * FROM article WHERE n = 1",
        "INSERT INTO entity SELECT 'x', 'a', 'sha256:0', 0, 1, 'x', 'ORG', NULL, '{}'",
        "INSERT INTO entity SELECT 'x', 'a', id, 'zero', 1, 'x', 'ORG', NULL, '{}' FROM article WHERE n = 1",
    ],
)
def test_what_would_falsify_the_past_is_refused(project, sql):
    put(project, entity(project))
    before = list(project.conn.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        project.conn.execute(sql)
    assert list(project.conn.iterdump()) == before


def test_statements_are_split_where_they_end_and_not_inside_triggers():
    script = "CREATE TABLE a (b);\nCREATE TRIGGER c BEFORE DELETE ON a\n  BEGIN SELECT 1; SELECT 2; END;\n"
    assert schema.statements(script) == [part.strip() for part in script.split("\n", 1)]
    with pytest.raises(AssertionError, match="no end"):
        schema.statements(script + "CREATE TABLE d (e)")
