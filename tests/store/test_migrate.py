"""Migrations: all of it or nothing, with a backup of what was before."""

from __future__ import annotations

import gzip
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from annotator.domain.errors import NotAProject, ProjectUnavailable
from annotator.domain.records import Quote
from annotator.domain.signing import Signer
from annotator.store import journal, rows, schema, signatures
from annotator.store.migrate import migrate
from annotator.store.project import open_project
from tests.store.making import contents, entity, names, problems, put, run_python

NEXT = (
    *schema.MIGRATIONS,
    "ALTER TABLE note ADD COLUMN mood TEXT;\nCREATE TABLE mood (name TEXT PRIMARY KEY) STRICT;\n",
)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as conn:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def old(project_copy, author) -> Path:
    with open_project(project_copy, author) as project:
        put(project, entity(project))
    return project_copy


@pytest.fixture
def kept(tmp_path) -> Path:
    return tmp_path / "kept" / "version-1.annot"


def test_a_migration_brings_the_file_to_the_next_version_and_keeps_the_old_one(old, kept):
    before = contents(old)
    migrate(old, kept, scripts=NEXT)
    after = contents(old)
    assert version(old) == len(NEXT) and version(kept) == schema.VERSION and contents(kept) == before
    assert [line for line in before if line not in after and "CREATE TABLE note" not in line] == []
    assert any("CREATE TABLE mood" in line for line in after)
    assert names(kept.parent) == [kept.name] and {name for name in names(old.parent) if old.name in name} == {old.name}


def test_migrating_again_changes_nothing(old, kept):
    migrate(old, kept, scripts=NEXT)
    before = contents(old)
    with closing(sqlite3.connect(old)) as conn:
        conn.execute(f"PRAGMA user_version = {schema.VERSION}")
    migrate(old, kept, scripts=NEXT)
    assert contents(old) == before and version(old) == len(NEXT)


@pytest.mark.parametrize(
    "script",
    ["CREATE TABLE fine (x);\nCREATE TABLE event (x);", "CREATE TABLE fine (x);\nnonsense;", "CREATE TABLE fine (x)"],
)
def test_a_migration_that_fails_leaves_the_file_byte_for_byte(old, kept, script):
    before = old.read_bytes()
    with pytest.raises((sqlite3.OperationalError, AssertionError)):
        migrate(old, kept, scripts=(*schema.MIGRATIONS, script))
    assert old.read_bytes() == before and [name for name in names(old.parent) if "partial" in name] == []
    assert version(kept) == schema.VERSION


def test_a_migration_that_breaks_a_reference_is_refused(old, kept):
    before = old.read_bytes()
    script = "CREATE TABLE mood (article TEXT REFERENCES article (id)) STRICT;\nINSERT INTO mood VALUES ('sha256:0');"
    with pytest.raises(ProjectUnavailable, match="migrated copy is damaged"):
        migrate(old, kept, scripts=(*schema.MIGRATIONS, script))
    assert old.read_bytes() == before


def test_a_file_that_another_program_holds_is_not_migrated(old, kept, author):
    code = """
import sys
from pathlib import Path
from annotator.domain.errors import ProjectUnavailable
from annotator.store.migrate import migrate
try:
    migrate(Path(sys.argv[1]), Path(sys.argv[2]))
except ProjectUnavailable as error:
    print(error)
"""
    with open_project(old, author):
        for _ in range(2):
            # Also the second time it is told who holds it.
            assert f"process {os.getpid()}" in run_python(code, old, kept).stdout
        with pytest.raises(ProjectUnavailable, match="open in this program already"):
            migrate(old, kept)
    assert not kept.exists()


def test_a_migration_first_takes_back_what_a_killed_program_left_half_done(old, kept):
    before = contents(old)
    code = """
import os, sys
from pathlib import Path
from annotator.store.project import Author, open_project
project = open_project(Path(sys.argv[1]), Author("x", "X"))
project.conn.execute("PRAGMA cache_size = 1")
with project.transaction() as conn:
    conn.executemany("INSERT INTO project VALUES (?, ?)", [(str(n), "x" * 4000) for n in range(50)])
    os.kill(os.getpid(), 9)
"""
    run_python(code, old)
    assert old.with_name(f"{old.name}-journal").stat().st_size > 0
    migrate(old, kept, scripts=NEXT)
    assert contents(kept) == before and version(old) == len(NEXT)
    with closing(sqlite3.connect(old)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("SELECT count(*) FROM project").fetchone() == (3,)


def test_what_is_no_project_is_not_migrated(tmp_path, kept):
    (tmp_path / "a.annot").write_text("mine")
    with pytest.raises(NotAProject):
        migrate(tmp_path / "a.annot", kept)
    with pytest.raises(ProjectUnavailable, match="There is no file"):
        migrate(tmp_path / "b.annot", kept)
    assert names(tmp_path) in (["a.annot"], ["a.annot", "kept"])


@pytest.fixture
def frozen(tmp_path, request) -> Path:
    """A project as an older version of the program wrote it: an article with annotations and an open suggestion."""
    path = tmp_path / "old.annot"
    kept = Path(__file__).parent / "frozen" / f"version-{request.param}.annot.gz"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return path


@pytest.mark.parametrize("frozen", range(1, schema.VERSION), indirect=True)
def test_a_file_of_every_older_version_is_brought_up_to_date_and_is_sound(frozen, kept, author):
    before = version(frozen)
    migrate(frozen, kept)
    assert version(frozen) == schema.VERSION and version(kept) == before
    with open_project(frozen, author) as project:
        assert rows.select(project.conn, "quote") and problems(project.conn) == {}


@pytest.mark.parametrize("frozen", [1], indirect=True)
def test_a_quote_of_version_1_is_reported_speech(frozen, kept, author):
    migrate(frozen, kept)
    with open_project(frozen, author) as project:
        (quote,) = rows.select(project.conn, "quote")
        assert isinstance(quote, Quote) and quote.reported == "speech" and quote.form == "direct"


@pytest.mark.parametrize("frozen", [2], indirect=True)
def test_what_was_done_before_there_were_keys_is_covered_by_the_first_signed_act(frozen, kept, author):
    migrate(frozen, kept)
    me = msgspec.structs.replace(author, signer=Signer(b"k" * 32))
    with open_project(frozen, me) as project:
        assert project.author_names()["22222222-2222-4222-8222-222222222222"] == "Bela"
        put(project, entity(project))
        (seq, _) = journal.head(project.conn, me.id)
        assert signatures.last_signed(project.conn, me.id) == seq and problems(project.conn) == {}
