"""Full disks, rights that are missing, files that vanish: one clear sentence, and nothing is changed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import ProjectUnavailable
from annotator.store.project import create_project, open_project
from tests.store.making import add_articles, entities, entity, names, problems, put, run_python

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX limits and rights")

FULL_DISK = """
import resource, sys
from pathlib import Path
from annotator.domain.errors import AnnotatorError
from annotator.store import backup
from annotator.store.project import open_project
from tests.store.making import add_articles, put, entity
from tests.torture.acts import ME, counts
path = Path(sys.argv[1])
with open_project(path, ME) as project:
    put(project, entity(project))
    before = counts(project)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + int(sys.argv[2]), limits[1]))
    big = [f"{n} " + "x" * 20000 for n in range(40)]
    for act in (lambda: add_articles(project, big), lambda: backup.back_up(project)):
        try:
            act()
        except AnnotatorError as error:
            print(error)
        assert counts(project) == before
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    put(project, entity(project, "Pentagon"))
"""

NO_RIGHTS = """
import os, sys
from pathlib import Path
import sqlite_utils
from annotator.domain.errors import AnnotatorError
from annotator.store import backup
from annotator.store.project import create_project, open_project
from tests.store.making import put, entity
from tests.torture.acts import ME
folder = Path(sys.argv[1])
if os.getuid() == 0:
    os.setuid(65534)  # Rights do not bind root.
def act():
    with open_project(folder / "work.annot", ME) as project:
        put(project, entity(project))
for attempt in (act, lambda: create_project(folder / "new.annot", ME)):
    try:
        attempt()
    except AnnotatorError as error:
        print(error)
"""


@posix_only
@pytest.mark.parametrize("room", [0, 5_000, 200_000])
def test_a_full_disk_is_one_sentence_and_work_goes_on_when_there_is_room_again(project_copy, author, room):
    # A limit on the size of files: what the system then says is another error than that of a full disk, as late.
    done = run_python(FULL_DISK, project_copy, room)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        assert "nothing was changed" in line or "No backup of work.annot could be written" in line
    assert "nothing was changed" in done.stdout
    with open_project(project_copy, author) as project:
        assert len(entities(project)) == 2 and problems(project.conn) == {}


def test_a_disk_that_sqlite_calls_full_is_one_sentence(project):
    put(project, entity(project))
    (pages,) = project.conn.execute("PRAGMA page_count").fetchone()
    project.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectUnavailable, match=r"The disk is full: work\.annot was not changed"):
        add_articles(project, [f"{number} " + "x" * 20_000 for number in range(10)])
    project.conn.execute("PRAGMA max_page_count = 100000")
    assert len(entities(project)) == 1 and problems(project.conn) == {}
    add_articles(project, ["Now there is room."])


@pytest.fixture
def open_folder(project_file: Path) -> Iterator[Path]:
    """A folder with a project that other users can reach, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    shutil.copyfile(project_file, folder / "work.annot")
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@posix_only
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o555, 0o444)])
def test_a_read_only_folder_is_one_sentence_for_each_attempt(open_folder, folder_mode, file_mode):
    path = open_folder / "work.annot"
    before = path.read_bytes()
    path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    done = run_python(NO_RIGHTS, open_folder)
    assert done.returncode == 0, done.stderr
    act, create = done.stdout.splitlines()
    assert "work.annot or its folder cannot be written" in act and "new.annot" in create
    assert path.read_bytes() == before and names(open_folder) == ["work.annot"]


@posix_only
def test_a_read_only_file_can_still_be_read(open_folder, author):
    path = open_folder / "work.annot"
    path.chmod(0o444)
    with open_project(path, author, read_only=True) as project:
        assert project.name == "seeds"


@posix_only
@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_file_that_is_gone_while_it_is_open_is_one_sentence(project, author, tmp_path, how):
    put(project, entity(project))
    other = tmp_path / "other.annot"
    create_project(other, author).close()
    if how == "deleted":
        project.path.unlink()
    elif how == "moved":
        project.path.rename(tmp_path / "moved.annot")
    else:
        other.replace(project.path)
    with pytest.raises(ProjectUnavailable, match=r"work\.annot was moved, deleted or replaced while it was open"):
        put(project, entity(project, "Pentagon"))
    assert len(entities(project)) == 1


@posix_only
def test_a_file_that_was_put_back_takes_acts_again(project, tmp_path):
    project.path.rename(tmp_path / "moved.annot")
    with pytest.raises(ProjectUnavailable):
        put(project, entity(project))
    (tmp_path / "moved.annot").rename(project.path)
    put(project, entity(project))
    assert len(entities(project)) == 1 and problems(project.conn) == {}
