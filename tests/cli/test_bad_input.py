"""Bad input: one clear line, exit 1, and not a byte of the project changed."""

from __future__ import annotations

import ctypes
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator import paths
from tests.cli.running import apart, command, environment, fingerprint

resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")


@pytest.fixture
def unchanged(made):
    """The project, which must be as it was when the test is over."""
    before = fingerprint(made.parent)
    yield made
    assert fingerprint(made.parent) == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bytes.txt", b"caf\xe9 \xff\xfe", "bytes.txt is not UTF-8 (byte 3)."),
        ("nul.txt", b"a\x00b", "nul.txt holds U+0000"),
        ("empty.txt", b"", "empty.txt is empty."),
        ("blank.txt", b" \n\t\r\n", "blank.txt is empty."),
        ("picture.png", b"\x89PNG", "picture.png is of a kind that cannot be read."),
    ],
)
def test_a_file_that_cannot_be_an_article_is_named(here, unchanged, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    refusal = here("import", unchanged, tmp_path / name).refusal
    assert refusal.startswith(said) and len(refusal) > len(said) + 10


def test_where_all_files_are_refused_each_is_named(here, unchanged, tmp_path):
    files = [tmp_path / "empty.txt", tmp_path / "blank.txt"]
    for one in files:
        one.write_text(" ", encoding="utf-8")
    ended = here("import", unchanged, *files)
    first, *others = ended.err.splitlines()
    assert ended.code == 1 and first.startswith("annotator: None of 2 files could be read")
    assert [line.split()[0] for line in others] == ["empty.txt", "blank.txt"]


def test_a_file_of_60_mb_is_refused_by_its_size(here, unchanged, tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(60_000_000)
    assert here("import", unchanged, tmp_path / "big.txt").refusal.startswith("big.txt has 60 MB; ")


def test_a_path_that_is_not_there_is_named(here, unchanged, tmp_path):
    assert here("import", unchanged, tmp_path / "none.txt").refusal.startswith("none.txt does not exist.")


def test_a_folder_without_articles_is_refused(here, unchanged, tmp_path):
    (tmp_path / "nothing").mkdir()
    assert here("import", unchanged, tmp_path / "nothing").refusal.startswith("There is no article file to read.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "layer.jsonl cannot be read"),
        (b"not json\n", "layer.jsonl, line 1: "),
        (b"\xff\xfe", "layer.jsonl, line 1: "),
        (b'{"format": "annotator-article/9"}\n', "layer.jsonl, line 1: "),
    ],
)
def test_annotations_that_cannot_be_read_are_refused(here, unchanged, tmp_path, content, said):
    path = tmp_path / "layer.jsonl"
    if content is not None:
        path.write_bytes(content)
    assert here("import", unchanged, path, "--as", "annotations").refusal.startswith(said)


def test_annotations_have_no_other_encoding(here, unchanged, tmp_path):
    arguments = ("import", unchanged, tmp_path / "x.jsonl", "--as", "annotations", "--encoding", "cp1252")
    assert here(*arguments).refusal == "Annotations are always UTF-8. Leave --encoding out."


def test_a_folder_without_annotations_is_refused(here, unchanged, tmp_path):
    assert "no annotations to read" in here("import", unchanged, tmp_path, "--as", "annotations").refusal


@pytest.mark.parametrize("arguments", [["import", paths.seeds()], ["suggest"], ["export", "jsonl", "x"], ["check"]])
class TestProjectsThatCannotBeOpened:
    """Each command says the same of a project that it cannot open."""

    def refusal(self, here, arguments, path):
        name, *rest = arguments
        return here(name, path, *rest).refusal

    def test_one_that_is_not_there(self, here, tmp_path, arguments):
        refusal = self.refusal(here, arguments, tmp_path / "none.annot")
        assert refusal.startswith(f"There is no file {tmp_path / 'none.annot'}.") and list(tmp_path.iterdir()) == []

    def test_a_folder(self, here, tmp_path, arguments):
        assert self.refusal(here, arguments, tmp_path).startswith(f"{tmp_path.name} is a folder, not a project.")

    def test_a_text(self, here, tmp_path, arguments):
        path = tmp_path / "notes.annot"
        path.write_text("Dear diary, " * 50)
        assert self.refusal(here, arguments, path).startswith("notes.annot is not an Annotator project.")
        assert fingerprint(tmp_path).keys() == {"notes.annot"} and path.read_text() == "Dear diary, " * 50

    def test_an_empty_file(self, here, tmp_path, arguments):
        (tmp_path / "empty.annot").touch()
        assert "is not an Annotator project." in self.refusal(here, arguments, tmp_path / "empty.annot")
        assert (tmp_path / "empty.annot").stat().st_size == 0

    def test_a_database_of_another_program(self, here, tmp_path, arguments):
        path = tmp_path / "other.annot"
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("CREATE TABLE song (title)")
        before = fingerprint(tmp_path)
        assert "is a database of another program." in self.refusal(here, arguments, path)
        assert fingerprint(tmp_path) == before

    def test_one_that_is_cut_off(self, here, unchanged, tmp_path, arguments):
        path = tmp_path / "cut.annot"
        path.write_bytes(unchanged.read_bytes()[:3000])
        assert "cut.annot is damaged." in self.refusal(here, arguments, path)

    def test_one_that_another_program_holds(self, here, unchanged, arguments):
        code = "import sys; from pathlib import Path; from annotator.services import projects\n"
        code += "p = projects.open_at(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
        holder = subprocess.Popen(
            [sys.executable, "-c", code, str(unchanged)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        try:
            assert holder.stdout is not None and holder.stdout.readline() == "held\n"
            refusal = self.refusal(here, arguments, unchanged)
        finally:
            holder.communicate("")
        assert refusal.startswith("made.annot is open in another program (") and f"process {holder.pid}" in refusal


@pytest.mark.parametrize("arguments", [["import", paths.seeds()], ["suggest"], ["export", "jsonl", "x"]])
def test_a_project_of_a_newer_version_is_refused(here, made, arguments):
    with closing(sqlite3.connect(made)) as conn:
        conn.execute("PRAGMA user_version = 99")
    before = fingerprint(made.parent)
    name, *rest = arguments
    refusal = here(name, made, *rest).refusal
    assert refusal.startswith("made.annot was written by a newer Annotator (file version 99, ")
    assert fingerprint(made.parent) == before


@pytest.mark.parametrize("out", ["none/x.jsonl", "made.annot/x.jsonl", "folder", "made.annot"])
def test_an_export_to_a_place_that_cannot_be_is_refused(here, made, monkeypatch, out):
    monkeypatch.chdir(made.parent)
    (made.parent / "folder").mkdir()
    before = fingerprint(made.parent)
    assert here("export", made, "jsonl", out).refusal
    assert fingerprint(made.parent) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jsonl", "x", "--layer", "Nobody"], "There is no layer called Nobody."),
        (["spacy", "x", "--sections", "body,feet"], "There is no section feet."),
    ],
)
def test_an_export_of_what_is_not_there_is_refused(here, unchanged, monkeypatch, arguments, said):
    monkeypatch.chdir(unchanged.parent)
    assert here("export", unchanged, *arguments).refusal.startswith(said)


def test_a_model_that_is_not_installed_is_named(here, unchanged):
    refusal = here("suggest", unchanged, "--again", "--pipeline", "en_core_web_xxl").refusal
    assert refusal.startswith("The language model en_core_web_xxl is not installed. Install it with: pip install ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["made.annot"], "made.annot is there already."),
        (["."], ". is a folder."),
        (["none/p"], "cannot be"),
        (["q", "--codebook", "none.toml"], "none.toml cannot be read"),
        (["q", "--codebook", "made.annot"], "made.annot is not a codebook"),
        (["q", "--codebook", "."], ". cannot be read"),
    ],
)
def test_a_project_that_cannot_be_made_is_refused(here, unchanged, monkeypatch, arguments, said):
    monkeypatch.chdir(unchanged.parent)
    assert said in here("new", *arguments).refusal


def test_a_line_break_in_a_name_does_not_break_the_line(here, tmp_path):
    assert here("check", tmp_path / "two\nlines\x1b[31m.annot").refusal


def limited(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("room", [0, 100_000, 1_000_000])
def test_an_import_onto_a_full_disk_is_refused(here, made, tmp_path, room):
    before = fingerprint(made.parent)
    (tmp_path / "long.txt").write_text("NATO and more. " * 100_000)
    ended = apart("import", made, tmp_path / "long.txt", preexec=limited(made.stat().st_size + room))
    assert "made.annot" in ended.refusal and "disk" in ended.refusal
    # SQLite may put what it has overwritten back only when the project is opened the next time.
    assert here("suggest", made).code == 0 and fingerprint(made.parent) == before


@pytest.mark.parametrize("arguments", [["jsonl", "x.jsonl"], ["spacy", "x"]])
def test_an_export_onto_a_full_disk_is_refused_and_leaves_nothing(made, arguments):
    before = fingerprint(made.parent)
    arguments = [*arguments, "--layer", "suggestions"]
    ended = apart("export", made, *arguments, cwd=made.parent, preexec=limited(4096))
    assert ended.refusal and fingerprint(made.parent) == before


def test_suggestions_onto_a_full_disk_are_refused(made):
    before = fingerprint(made.parent)
    ended = apart("suggest", made, "--again", preexec=limited(8192))
    assert "disk" in ended.refusal.lower() and fingerprint(made.parent) == before


def without_privilege():
    """Even root has to keep to a file's rights then: the new program cannot take the capability up again."""
    if os.geteuid() == 0:
        drop, may_ignore_rights, may_ignore_reading_rights = 24, 1, 2
        for capability in (may_ignore_rights, may_ignore_reading_rights):
            if ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0) != 0:
                os._exit(99)


@pytest.fixture
def read_only(made):
    """A project in a folder that may be read and not written."""
    if subprocess.run(["true"], preexec_fn=without_privilege, check=False).returncode:
        pytest.skip("This root may not give up its privileges.")
    made.chmod(0o444)
    made.parent.chmod(0o555)
    yield made
    made.parent.chmod(0o755)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rights are dropped as Linux does it")
def test_a_read_only_folder_can_be_read_and_is_said_to_be_read_only(read_only, tmp_path):
    (tmp_path / "new.txt").write_text("New.")
    before = fingerprint(read_only.parent)

    def run(*arguments):
        return apart(*arguments, preexec=without_privilege)

    for arguments in (("import", read_only, tmp_path / "new.txt"), ("suggest", read_only, "--again")):
        assert run(*arguments).refusal.startswith("made.annot or its folder cannot be written.")
    assert run("new", read_only.parent / "other").refusal.startswith("other.annot or its folder cannot be written.")
    assert run("export", read_only, "jsonl", read_only.parent / "x").refusal.startswith("x was not written: ")
    assert run("export", read_only, "jsonl", tmp_path / "x").code == run("check", read_only).code == 0
    assert fingerprint(read_only.parent) == before


def test_a_home_that_cannot_be_written_is_no_hindrance_to_a_check(made, tmp_path):
    (tmp_path / "file").touch()
    env = environment(XDG_DATA_HOME=str(tmp_path / "file" / "d"), XDG_CONFIG_HOME=str(tmp_path / "file" / "c"))
    assert apart("check", made, env=env).code == 0
    assert apart("suggest", made, env=env).refusal.startswith("Your settings cannot be saved")


def test_a_reader_that_goes_away_is_no_fault(made):
    shell = f"{' '.join(command('check', made, '--json'))} | head -c 1"
    done = subprocess.run(
        ["sh", "-c", shell], capture_output=True, text=True, env=environment(), timeout=60, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("{", "", 0)


def test_closed_output_is_no_fault(made):
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        shell = f"{' '.join(command('suggest', made))} {closed}"
        done = subprocess.run(
            ["sh", "-c", shell], capture_output=True, text=True, env=environment(), timeout=60, check=False
        )
        assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has it")  # noqa: PTH110
def test_output_to_a_full_disk_is_told(made):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            command("check", made), stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False
        )
    assert (done.returncode, done.stderr) == (1, "annotator: The system refused: No space left on device.\n")


def group_members(group):
    """The live processes of a process group, except for those that only wait to be collected."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # After the name, which is in brackets and may hold anything: state, parent, group.
            state, _, process_group = path.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
            if int(process_group) == group and state not in "ZX":
                found.append(path.parent.name)
    return found


def interrupted(arguments, *, when, cwd):
    """Press Ctrl+C on a command, as a terminal does: every process of its group gets it."""
    with subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=cwd,
        start_new_session=True,
    ) as running:
        end = time.monotonic() + 30
        while not when(running.pid) and running.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=30)
        end = time.monotonic() + 10
        while group_members(running.pid) and time.monotonic() < end:
            time.sleep(0.02)
        assert group_members(running.pid) == []
    return running.returncode, out, err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are listed as Linux does it")
def test_ctrl_c_during_an_import_leaves_the_project_as_it_was(made, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(4000):
        (folder / f"{number}.txt").write_text(f"Article {number} about NATO. " * 40)
    before = fingerprint(made.parent)
    journal = made.with_name("made.annot-journal")
    begun = lambda pid: journal.exists() and journal.stat().st_size > 0  # noqa: E731
    code, out, err = interrupted(["import", made, folder], when=begun, cwd=tmp_path)
    assert (code, out, err) == (130, "", "annotator: Stopped: nothing is left half done.\n")
    assert fingerprint(made.parent) == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are listed as Linux does it")
@pytest.mark.parametrize("wait_s", [0.0, 0.02, 0.05, 0.15, 0.4])
@pytest.mark.parametrize("arguments", [["suggest", "--again"], ["export", "spacy", "x"]])
def test_ctrl_c_leaves_no_process_no_file_and_no_traceback(made, arguments, wait_s):
    before = fingerprint(made.parent)

    def has_worker(pid):
        if len(group_members(pid)) < 2:
            return False
        time.sleep(wait_s)
        return True

    name, *rest = arguments
    code, out, err = interrupted([name, made, *rest], when=has_worker, cwd=made.parent)
    assert (code, out, err) == (130, "", "annotator: Stopped: nothing is left half done.\n")
    assert fingerprint(made.parent) == before
