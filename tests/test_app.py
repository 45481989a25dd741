"""The composition root: what opens a window, what does not, and the demo on a machine without a screen."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

import pytest

from annotator import app
from annotator.cli.demo import reviewed_demo
from annotator.cli.parser import build_parser
from annotator.domain.progress import drain
from annotator.services import annotation, checking, projects, queries, reviewing, suggesting
from annotator.ui import screen
from tests.cli.running import apart, environment

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("arguments", [[], ["my.annot"]])
def test_a_window_without_a_screen_is_refused_in_one_line(tmp_path, arguments):
    ended = apart(*arguments, cwd=tmp_path)
    assert ended.refusal.startswith("There is no screen here ") and ended.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_screen_that_does_not_answer_is_named(tmp_path):
    refusal = apart(cwd=tmp_path, env=environment(DISPLAY=":987")).refusal
    assert "DISPLAY=:987" in refusal or "Qt needs libraries" in refusal


def test_something_that_is_no_command_is_wrong_usage(capsys):
    assert app.run(["frobnicate", "my.annot"]) == 2
    assert capsys.readouterr().err == "annotator: frobnicate is not a command; see annotator --help.\n"


def test_neither_qt_nor_spacy_is_loaded_for_a_refusal_or_for_help(tmp_path):
    code = "import sys; from annotator.app import run; run(sys.argv[1:])\n"
    code += (
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'PySide6', 'spacy', 'numpy', 'sqlite_utils'}))"
    )
    for arguments in ([], ["--help"], ["check", "none.annot"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            env=environment(),
            cwd=tmp_path,
            timeout=60,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_the_demo_without_a_screen_does_its_job_in_files_and_says_where(tmp_path):
    for _ in range(2):
        ended = apart("demo", cwd=tmp_path)
        assert (ended.code, ended.err) == (0, "")
    out = tmp_path / "exports" / "demo"
    assert [one.name for one in tmp_path.iterdir()] == ["exports"] and f"Everything is in {out}." in ended.out
    lines = ended.out.splitlines()
    assert "Saved exports/demo/demo.annot." in lines and "Saved exports/demo/label-dark.png." in lines
    exports = {"suggestions.jsonl", "accepted.jsonl", "spacy", "tables.xlsx", "pages"}
    expected = exports | {"demo.annot", "label-light.png", "label-dark.png"}
    found = {one.name for one in out.iterdir()}
    assert found - expected == {f"{name}.manifest.json" for name in exports}
    assert expected <= found and (out / "spacy" / "train.spacy").stat().st_size > 1000
    pictures = [(out / f"label-{theme}.png").read_bytes() for theme in ("light", "dark")]
    assert all(one.startswith(PNG) and len(one) > 20_000 for one in pictures) and pictures[0] != pictures[1]
    accepted = [json.loads(line) for line in (out / "accepted.jsonl").read_text("utf-8").splitlines()]
    assert len(accepted) == 2 and all(line["entities"] and line["quotes"] for line in accepted)
    check_the_copy(out / "demo.annot")


def check_the_copy(path):
    """The demo's project opens, and is ready to be worked on."""
    with projects.open_at(path) as project:
        rows = queries.article_rows(project)
        assert len(rows) == 2 and suggesting.pending(project) == [] and {row.state for row in rows} == {"todo"}
        some = queries.open_suggestions(project, rows[0].id)
        annotation.accept(project, [one.id for one in some])
        assert len(some) > 50 and queries.open_suggestions(project, rows[0].id) == []


def test_a_demo_where_nothing_can_be_written_is_refused(tmp_path):
    (tmp_path / "exports").write_text("a file")
    refusal = apart("demo", cwd=tmp_path).refusal
    assert refusal.startswith("exports/demo cannot be made ") and (tmp_path / "exports").read_text() == "a file"


def test_a_picture_is_drawn_without_a_display(tmp_path):
    ended = apart("demo", "--screenshot", "label.png", "--theme", "dark", "--size", "900x700", cwd=tmp_path)
    assert (ended.code, ended.out, ended.err) == (0, "Saved label.png.\n", "")
    content = (tmp_path / "label.png").read_bytes()
    assert content.startswith(PNG)
    assert (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")) == (900, 700)
    assert [one.name for one in tmp_path.iterdir()] == ["label.png"]


def test_a_picture_of_the_review_view_shows_another_view(tmp_path):
    for view in ("label", "review"):
        ended = apart("demo", "--screenshot", f"{view}.png", "--view", view, "--size", "900x700", cwd=tmp_path)
        assert (ended.code, ended.err) == (0, "")
    assert (tmp_path / "review.png").read_bytes() != (tmp_path / "label.png").read_bytes()


def test_the_reviewed_demo_is_the_work_of_two_who_differ_in_several_ways(tmp_path):
    with reviewed_demo(tmp_path) as project:
        layers = [one.author for one in reviewing.layers(project)][:2]
        cases = drain(reviewing.review(project, *layers)).cases
        assert {"label", "boundary", "missing"} <= {one.difference.kind for one in cases}
        assert drain(checking.check_project(project)).is_sound


def test_a_picture_in_a_folder_that_is_not_there_is_refused(tmp_path):
    ended = apart("demo", "--screenshot", "none/label.png", cwd=tmp_path)
    assert "label.png cannot be written." in ended.refusal and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["demo"], ["demo", "--screenshot", "x.png"]])
def test_a_machine_on_which_nothing_can_be_drawn_is_told_what_it_lacks(tmp_path, monkeypatch, capsys, arguments):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(screen.DRAWING, "libnowhere.so.9", "libnowhere9")
    monkeypatch.setattr(screen.sys, "platform", "linux")
    monkeypatch.chdir(tmp_path)
    assert app.run(arguments) == 1
    err = capsys.readouterr().err
    assert err.startswith("annotator: Qt needs libraries") and "libnowhere9" in err and len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_every_command_of_the_command_line_is_one():
    (subs,) = (one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction))
    assert set(subs.choices) == app._COMMANDS
