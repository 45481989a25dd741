"""Every command end to end on the seeds, in this process."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from contextlib import closing
from types import SimpleNamespace

import pytest

from annotator import paths
from annotator.app import run
from annotator.cli import main as commands
from annotator.cli.saying import INTERRUPTED
from annotator.services import annotation, projects, queries
from annotator.store import check
from annotator.store.connection import open_file
from tests.cli.running import fingerprint
from tests.services.foreign import doccano, write

COMMANDS = ["demo", "new", "import", "suggest", "export", "check", "train", "history", "gazetteer", "pipelines"]


def accept_all(path):
    """Make all suggestions of the project the user's own; gives the id of a record."""
    with projects.open_at(path) as project:
        for row in queries.article_rows(project):
            annotation.accept(project, [one.id for one in queries.open_suggestions(project, row.id)])
        return queries.entities(project, queries.article_rows(project)[0].id)[0].id


@pytest.mark.parametrize("command", [[], *([one] for one in COMMANDS)])
def test_help_says_what_a_command_does(here, command):
    ended = here(*command, "--help")
    assert ended.code == 0 and ended.err == "" and ended.out.startswith("usage: annotator")
    assert len(ended.out.splitlines()) > 4


def test_the_help_of_the_program_names_every_command(here):
    assert all(f"\n    {command}" in here("--help").out for command in COMMANDS)


def test_version_says_which(here):
    assert here("--version").out == "annotator 0.1.0\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["new"],
        ["import", "p.annot"],
        ["import", "p.annot", "x", "--as", "poems"],
        ["export", "p.annot"],
        ["export", "p.annot", "pdf", "out"],
        ["export", "p.annot", "spacy", "out", "--split", "1,1,1"],
        ["export", "p.annot", "spacy", "out", "--split", "nan,0,0"],
        ["export", "p.annot", "spacy", "out", "--seed", "-1"],
        ["export", "p.annot", "spacy", "out", "--seed", "9" * 5000],
        ["suggest", "p.annot", "--jobs", "0"],
        ["suggest", "p.annot", "--jobs", "many"],
        ["demo", "--size", "big"],
        ["demo", "--theme", "pink"],
        ["check"],
        ["train"],
        ["train", "poems", "corpus", "out"],
        ["train", "quotes", "corpus"],
        ["train", "quotes", "corpus", "out", "--held-out", "1"],
        ["train", "quotes", "corpus", "out", "--epochs", "0"],
        ["train", "quotes", "corpus", "out", "--method", "magic"],
        ["--nonsense"],
        ["frobnicate", "p.annot"],
    ],
)
def test_wrong_usage_ends_with_2_and_touches_nothing(here, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    ended = here(*arguments)
    assert ended.code == 2 and ended.out == "" and "annotator" in ended.err and list(tmp_path.iterdir()) == []


def test_the_whole_way_from_nothing_to_an_export_and_back(here, made, tmp_path, monkeypatch):
    monkeypatch.chdir(made.parent)
    accept_all(made)
    assert here("export", made, "jsonl", "mine.jsonl").out.startswith("Wrote 2 articles with ")
    assert (
        here("new", "other", "--codebook", paths.seeds() / "codebook.toml").out == "Made other.annot with 18 labels.\n"
    )
    taken = here("import", "other.annot", "mine.jsonl", "--as", "annotations")
    # A target that a suggested stance is about is in both codebooks.
    assert taken.code == 0 and "records taken over on 2 articles" in taken.out
    here("export", "other.annot", "jsonl", "again.jsonl")

    assert (made.parent / "again.jsonl").read_bytes() == (made.parent / "mine.jsonl").read_bytes()
    assert here("check", "other.annot").code == 0


def test_import_says_what_it_did(here, tmp_path):
    project = tmp_path / "p.annot"
    assert here("new", project).code == 0
    ended = here("import", project, paths.seeds())
    assert (ended.code, ended.out, ended.err) == (0, "2 articles added, 1 of other kinds left out.\n", "")
    again = here("import", project, *sorted(paths.seeds().glob("*.txt")))
    assert (again.code, again.out) == (0, "0 articles added, 2 there already.\n")
    assert len(again.err.splitlines()) == 2 and "there already" in again.err


def test_import_adds_the_good_files_and_names_the_bad_one(here, made, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Good.")
    (folder / "bad.txt").write_bytes(b"caf\xe9")
    ended = here("import", made, folder)
    assert (ended.code, ended.out) == (1, "1 article added, 1 refused.\n")
    assert ended.err.startswith("bad.txt is not UTF-8 (byte 3).") and len(ended.err.splitlines()) == 1
    right = here("import", made, folder / "bad.txt", "--encoding", "cp1252")
    assert (right.code, right.out) == (0, "1 article added.\n")


def test_suggest_goes_on_where_it_is_done_and_does_all_again_when_asked(here, made):
    assert here("suggest", made).out == "0 suggestions in 0 articles.\n"
    ended = here("suggest", made, "--again")
    assert ended.code == 0 and ended.out.endswith("suggestions in 2 articles.\n") and ended.err == ""


def test_several_processes_propose_what_one_does(here, made):
    with projects.open_at(made) as project:
        rows = queries.article_rows(project)
        alone = [queries.open_suggestions(project, row.id) for row in rows]
    assert here("suggest", made, "--again", "--jobs", "2").code == 0
    with projects.open_at(made) as project:
        assert [queries.open_suggestions(project, row.id) for row in rows] == alone


def test_export_writes_few_but_sure_suggestions_or_all_of_them(here, made, monkeypatch):
    monkeypatch.chdir(made.parent)
    for step in ("few", "balanced", "all"):
        assert here("export", made, "jsonl", step, "--layer", "suggestions", "--sureness", step).code == 0
    here("export", made, "jsonl", "plain", "--layer", "suggestions")
    sizes = [(made.parent / step).stat().st_size for step in ("few", "balanced", "all")]
    assert (
        sizes == sorted(set(sizes)) and (made.parent / "plain").read_bytes() == (made.parent / "balanced").read_bytes()
    )


def test_training_data_is_a_folder_that_spacy_s_names_are_in(here, made, monkeypatch):
    monkeypatch.chdir(made.parent)
    accept_all(made)
    ended = here("export", made, "spacy", "out", "--split", "0.5,0.5,0", "--seed", "7", "--sections", "body")
    assert ended.code == 0 and " to out." in ended.out
    assert {"config.cfg", "train.spacy", "dev.spacy"} <= {path.name for path in (made.parent / "out").iterdir()}


def test_suggestions_are_a_layer_of_their_own(here, made):
    here("export", made, "jsonl", made.parent / "s.jsonl", "--layer", "suggestions")
    lines = [json.loads(line) for line in (made.parent / "s.jsonl").read_text("utf-8").splitlines()]
    assert [line["layer"] for line in lines] == ["suggestions"] * 2 and all(line["entities"] for line in lines)


def test_check_of_a_sound_project_says_ok_to_every_rule_and_changes_no_byte(here, made):
    before = fingerprint(made.parent)
    ended = here("check", made)
    assert ended.code == 0 and ended.err == "" and ended.out.count(" ok ") == len(check.TITLES)
    assert json.loads(here("check", made, "--json").out)["rules"][0]["findings"] == []
    assert fingerprint(made.parent) == before


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_check_of_a_changed_project_says_which_rule_is_broken(here, made, extra):
    accept_all(made)
    with closing(open_file(made)) as conn:
        conn.execute("UPDATE entity SET label = 'ODD'")
    ended = here("check", made, *extra)
    assert ended.refusal.startswith("made.annot has faults.") and "I3" in ended.out


def test_history_says_who_did_what(here, made):
    record = accept_all(made)
    ended = here("history", made, record)
    assert ended.code == 0 and "You accepted several suggestions (accepted from" in ended.out
    assert "label: nothing → " in ended.out
    assert here("history", made, record[:12]).out == ended.out
    assert here("history", made, "nothing").refusal.startswith("No record nothing was ever in this project.")


def test_a_run_leaves_nothing_but_the_project_in_its_folder(here, made):
    for arguments in (("suggest", made), ("check", made), ("import", made, paths.seeds())):
        assert here(*arguments).code == 0
        assert [path.name for path in made.parent.iterdir()] == ["made.annot"]


def test_run_gives_the_exit_code_and_never_ends_the_process(capsys):
    assert [run(["--help"]), run(["check"]), run(["check", "no-such.annot"])] == [0, 2, 1]


def test_stats_prints_what_a_project_holds_by_outlet_and_as_json(here, tmp_path):
    table = "body,outlet,date\nOne about NATO.,Post,2025-02-12\nTwo on Kyiv.,Times,2025-03-01\n"
    (tmp_path / "t.csv").write_text(table, "utf-8")
    here("new", tmp_path / "s.annot")
    assert here("import", tmp_path / "s.annot", tmp_path / "t.csv").out == "2 articles added.\n"
    shown = here("stats", tmp_path / "s.annot").out
    assert "outlet Post" in shown and "month 2025-03" in shown
    found = json.loads(here("stats", tmp_path / "s.annot", "--json").out)
    assert found["total"] | {"words": 6, "articles": 2, "stories": 2} == found["total"]


def test_annotations_of_other_programs_are_previewed_and_taken(here, tmp_path):
    project, file = tmp_path / "p.annot", doccano(tmp_path / "d.jsonl", unit="utf16")
    here("new", project)
    before = project.read_bytes()

    seen = here("import", project, file, "--as", "suggestions", "--preview")

    assert seen.code == 0 and "doccano, 5 marks, offsets in UTF-16" in seen.out and project.read_bytes() == before
    taken = here("import", project, file, "--as", "annotations", "--label", "ORG=GPE")
    assert taken.out == "Imported 2 entities, 1 quote on 1 article (1 of them new).\n"
    assert "counts in UTF-16 code units" in taken.err and "left out: comments (1)" in taken.err
    refused = here("import", project, file, "--as", "suggestions", "--label", "ORG=NOPE")
    assert "no label NOPE in use" in refused.refusal


def test_where_every_text_is_refused_all_are_named(here, tmp_path):
    project, file = tmp_path / "p.annot", tmp_path / "d.jsonl"
    line = {"id": 1, "text": "Short.", "entities": [{"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 99}]}
    write(file, line, line | {"id": 2}, line | {"id": 3})
    here("new", project)

    refused = here("import", project, file, "--as", "suggestions")

    assert "Nothing was imported: every text was refused." in refused.err and refused.code == 1
    assert refused.err.count("99") == 3


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_a_command_that_is_told_to_end_clears_up_first(monkeypatch):
    cleared = []

    def work(options):
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(60)
        finally:
            cleared.append(True)

    options = argparse.Namespace(command="check", run=work)
    monkeypatch.setattr(commands, "build_parser", lambda: SimpleNamespace(parse_args=lambda arguments: options))
    before = signal.getsignal(signal.SIGTERM)
    assert run(["check"]) == INTERRUPTED
    assert cleared and signal.getsignal(signal.SIGTERM) == before
