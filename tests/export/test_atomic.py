"""Files come into place whole or not at all, and a failure leaves everything as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.export.atomic import FileFacts, FileSet, file_facts, write_file

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_read_back(tmp_path):
    seen: list[FileFacts] = []
    facts = write_file(tmp_path / "x", lambda stream: stream.write(b"a\nb\n") and None, verify=seen.append)
    assert (tmp_path / "x").read_bytes() == b"a\nb\n" and _names(tmp_path) == ["x"]
    assert seen == [facts] == [file_facts(tmp_path / "x")] and (facts.size, facts.lines) == (4, 2)


def test_a_file_that_is_not_what_it_should_be_does_not_come_into_place(tmp_path):
    (tmp_path / "x").write_bytes(b"old")

    def refuse(facts: FileFacts) -> None:
        raise AnnotatorError(f"{facts.size} bytes are too few.")

    with pytest.raises(AnnotatorError, match="3 bytes are too few"):
        write_file(tmp_path / "x", lambda stream: stream.write(b"new") and None, verify=refuse)
    assert (tmp_path / "x").read_bytes() == b"old" and _names(tmp_path) == ["x"]


def test_several_files_come_into_place_together(tmp_path):
    with FileSet() as files:
        files.folder(tmp_path / "new")
        for name in ("a", "b", "manifest"):
            files.open(tmp_path / "new" / name).write(name.encode())
            assert not (tmp_path / "new" / "a").exists()
    assert _names(tmp_path / "new") == ["a", "b", "manifest"]
    assert (tmp_path / "new" / "b").read_bytes() == b"b"


def test_a_failure_takes_all_of_the_files_and_the_new_folder_away(tmp_path):
    with pytest.raises(ZeroDivisionError), FileSet() as files:
        files.folder(tmp_path / "new")
        files.open(tmp_path / "new" / "a").write(b"a")
        files.open(tmp_path / "new" / "b").write(b"b")
        _ = 1 / 0
    assert _names(tmp_path) == []


def test_the_last_file_stays_away_when_one_before_it_cannot_be_put_in_place(tmp_path):
    with pytest.raises(AnnotatorError, match="a was not written"), FileSet() as files:
        files.open(tmp_path / "a").write(b"a")
        files.open(tmp_path / "manifest").write(b"m")
        (tmp_path / "a").mkdir()
    assert _names(tmp_path) == ["a"]


def test_what_a_killed_program_left_is_removed_when_it_is_old(tmp_path):
    for name in (".x.0123abcd.part", ".x.89abcdef.part", ".y.0123abcd.part"):
        (tmp_path / name).write_bytes(b"half")
    os.utime(tmp_path / ".x.0123abcd.part", (0, 0))
    os.utime(tmp_path / ".y.0123abcd.part", (0, 0))
    write_file(tmp_path / "x", lambda stream: None, verify=lambda facts: None)
    assert _names(tmp_path) == [".x.89abcdef.part", ".y.0123abcd.part", "x"]


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("missing/x", "x was not written: its folder is not there."),
        ("file/x", "x was not written: its folder is a file."),
        ("folder", "folder was not written: there is a folder of that name."),
    ],
)
def test_a_place_that_cannot_be_written_to_is_named_in_one_sentence(tmp_path, out, reason):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(AnnotatorError) as refusal, FileSet() as files:
        files.open(tmp_path / out)
    assert refusal.value.message == reason and refusal.value.hint
    assert _names(tmp_path) == ["file", "folder"]


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(AnnotatorError, match=r"x is a file, not a folder\."), FileSet() as files:
        files.folder(tmp_path / "x")


def test_a_folder_that_vanishes_while_a_file_is_written_is_named(tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(AnnotatorError, match=r"x was not written: its folder is not there\."), FileSet() as files:
        files.open(folder / "x").write(b"x")
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


@pytest.mark.skipif(IS_ROOT or os.name == "nt", reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(AnnotatorError, match="the folder may not be written to"), FileSet() as files:
        files.open(tmp_path / "x")
    tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="this system's files have no such rights")
def test_a_new_file_has_the_rights_of_any_other_of_the_user(tmp_path):
    (tmp_path / "other").write_bytes(b"")
    write_file(tmp_path / "x", lambda stream: None, verify=lambda facts: None)
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "other").stat().st_mode


_FULL = """
import resource, signal, sys
from pathlib import Path
from annotator.domain.errors import AnnotatorError
from annotator.export.jsonl import write_jsonl
from annotator.export.manifest import About
from tests.article_lines import line_of
# The system then says EFBIG where a full disk says ENOSPC: the write that fails is the same.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
lines = sorted((line_of(f"Article {n}. " * 40) for n in range(100)), key=lambda line: line.article.id)
try:
    write_jsonl(lines, Path(sys.argv[1]), about=About(project="p", project_name="P"))
except AnnotatorError as error:
    print(error.message)
    sys.exit(1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on the size of files")
@pytest.mark.parametrize("limit", [10, 30_000, 60_000])
def test_a_disk_that_fills_up_leaves_nothing_behind_and_the_old_file_in_place(tmp_path, limit):
    (tmp_path / "x.jsonl").write_bytes(b"old")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path / "x.jsonl"), str(limit)], capture_output=True, text=True, cwd=root
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "x.jsonl was not written: the disk takes no file of that size.\n"
    assert _names(tmp_path) == ["x.jsonl"] and (tmp_path / "x.jsonl").read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_named(tmp_path):
    with pytest.raises(AnnotatorError, match=r"x was not written: the disk is full\."), FileSet() as files:
        files.open(tmp_path / "x")
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")
    assert _names(tmp_path) == []
