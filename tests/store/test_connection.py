"""Opening a project file: what is in force, and what is refused."""

from __future__ import annotations

import gc
import getpass
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import NotAllowed, NotAProject, ProjectUnavailable
from annotator.store import schema
from annotator.store.connection import open_file
from annotator.store.project import Project, open_project
from tests.store.making import ROOT, entities, entity, names, problems, put, run_python

OPEN = """
import sys
from pathlib import Path
from annotator.domain.errors import AnnotatorError
from annotator.store.project import Author, open_project
try:
    open_project(Path(sys.argv[1]), Author("x", "X"), read_only=sys.argv[2:] == ["read-only"])
except AnnotatorError as error:
    print(error)
else:
    print("opened")
"""

HOLD = """
import sys
from pathlib import Path
from annotator.store.project import Author, open_project
project = open_project(Path(sys.argv[1]), Author("x", "X"))
print("open", flush=True)
sys.stdin.read()
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("fullfsync", 1),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("busy_timeout", 0),
        ("application_id", schema.APPLICATION_ID),
        ("user_version", schema.VERSION),
    ],
)
def test_a_pragma_is_really_in_force(project, pragma, value):
    found = project.conn.execute(f"PRAGMA {pragma}").fetchone()
    # Without memory mapping some builds of SQLite give no row at all.
    assert (found[0] if found else 0) == value


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ProjectUnavailable, match=r"There is no file .*none\.annot") as refused:
        open_file(tmp_path / "none.annot")
    assert "annotator new none.annot" in refused.value.hint and not (tmp_path / "none.annot").exists()


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(NotAProject, match="is a folder"):
        open_file(tmp_path)


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\x00", b"Not a project.\n" * 500, bytes(5000)])
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "a.annot"
    path.write_bytes(content)
    with pytest.raises(NotAProject, match=r"a\.annot is not an Annotator project"):
        open_file(path)
    assert path.read_bytes() == content and names(tmp_path) == ["a.annot"]


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path, journal_mode):
    path = tmp_path / "other.annot"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA journal_mode = {journal_mode}")
        conn.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(NotAProject, match="database of another program"):
        open_file(path)
    assert path.read_bytes() == before and names(tmp_path) == ["other.annot"]


def test_our_file_without_our_tables_is_damaged(tmp_path):
    path = tmp_path / "a.annot"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE t (x)")
        conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    with pytest.raises(NotAProject, match="is damaged"):
        open_file(path)


@pytest.mark.parametrize("damage", ["cut", "overwritten"])
def test_a_damaged_file_is_refused_or_found_by_the_check(project_copy, author, damage):
    size = project_copy.stat().st_size
    with project_copy.open("rb+") as file:
        if damage == "cut":
            file.truncate(size // 2)
        else:
            file.seek(100)
            file.write(b"\xff" * 3000)
    try:
        with open_project(project_copy, author) as project:
            assert problems(project.conn)["I1"]
    except NotAProject as refused:
        assert "damaged" in refused.message and "backup" in refused.hint


def test_a_file_of_a_newer_version_opens_read_only_and_not_otherwise(project_copy, author):
    with closing(sqlite3.connect(project_copy)) as conn:
        conn.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = digest(project_copy)
    with pytest.raises(ProjectUnavailable, match="newer Annotator") as refused:
        open_project(project_copy, author)
    assert "read-only" in refused.value.hint
    with open_project(project_copy, author, read_only=True) as project:
        assert project.name == "seeds"
    assert digest(project_copy) == before


def test_a_read_only_project_refuses_acts_and_changes_nothing(project_copy, author):
    before = digest(project_copy)
    with open_project(project_copy, author, read_only=True) as project:
        assert project.is_read_only and not project.is_changed
        with pytest.raises(NotAllowed, match="read-only"):
            put(project, entity(project))
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            project.conn.execute("DELETE FROM suggestion")
    assert digest(project_copy) == before


def test_two_programs_may_read_a_project_at_the_same_time(project_copy, author):
    with open_project(project_copy, author, read_only=True):
        assert run_python(OPEN, project_copy, "read-only").stdout == "opened\n"


def test_a_second_program_is_told_who_holds_the_project(project):
    begin = time.monotonic()
    for mode in ((), ("read-only",)):
        said = run_python(OPEN, project.path, *mode).stdout
        assert f"{project.path.name} is open in another program ({getpass.getuser()} on " in said
        assert f"process {os.getpid()}, since 20" in said and "backup read-only" in said
    assert time.monotonic() - begin < 5, "it waited for the lock"
    put(project, entity(project))


def test_this_program_is_told_so_when_another_one_holds_the_project(project_copy, author):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, project_copy], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert other.stdout and other.stdout.readline() == "open\n"
    with pytest.raises(ProjectUnavailable, match=f"open in another program .*process {other.pid}"):
        open_project(project_copy, author)
    other.communicate()
    with open_project(project_copy, author) as project:
        put(project, entity(project))


def test_a_second_opening_in_this_program_is_refused_and_the_file_stays_locked(project, author):
    # On POSIX systems closing any other handle of the file would drop SQLite's locks on it.
    for read_only in (False, True):
        with pytest.raises(ProjectUnavailable, match="open in this program already"):
            open_project(project.path, author, read_only=read_only)
    assert "is open in another program" in run_python(OPEN, project.path).stdout


def test_a_closed_or_forgotten_project_can_be_opened_again(project_copy, author):
    open_project(project_copy, author).close()
    forgotten = open_project(project_copy, author)
    del forgotten
    gc.collect()
    with open_project(project_copy, author) as project:
        assert isinstance(project, Project)


def test_a_project_that_was_killed_in_an_act_opens_as_it_was_before(project_copy, author):
    code = """
import os, sys
from pathlib import Path
from annotator.store.project import Author, open_project
project = open_project(Path(sys.argv[1]), Author("x", "X"))
project.conn.execute("PRAGMA cache_size = 1")
with project.transaction() as conn:
    conn.execute("UPDATE project SET value = 'half done'")
    conn.executemany("INSERT INTO project VALUES (?, ?)", [(str(n), "x" * 4000) for n in range(50)])
    os.kill(os.getpid(), 9)
"""
    run_python(code, project_copy)
    journal = project_copy.with_name(project_copy.name + "-journal")
    assert journal.stat().st_size > 0
    with pytest.raises(ProjectUnavailable, match="was not closed properly"):
        open_project(project_copy, author, read_only=True)
    with open_project(project_copy, author) as project:
        assert project.name == "seeds" and problems(project.conn) == {} and entities(project) == []
