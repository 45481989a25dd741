"""Importing in the window: it asks for columns and names where there is something to decide, and tells the result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from annotator.services import queries
from annotator.ui.import_dialog import ImportDialog
from annotator.ui.lines_dialog import LinesDialog
from tests.ui.desk import Desk

TABLE = "paper;story;when\nThe Times;NATO met in Brussels.;2025-02-12\nLe Monde;Kyiv waits.;2031-02-13\nPost;;\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, "utf-8")
    return path


def _all_lines(desk: Desk) -> str:
    """What “Show all” of the message shows."""
    shown: list[str] = []

    def read(dialog: LinesDialog) -> None:
        shown.append(dialog.lines.toPlainText())
        dialog.reject()

    (more,) = (one for one in desk.window.message.findChildren(QPushButton) if one.text() == "Show all")
    desk.during(LinesDialog, more.click, read)
    (text,) = shown
    return text


def _asked(desk: Desk, opening: Callable[[], object], act: Callable[[ImportDialog], object]) -> None:
    """Begin an import, and act in its dialog, which comes when the files have been looked at."""
    failures: list[BaseException] = []
    timer = QTimer()

    def inside() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ImportDialog):
            return
        timer.stop()
        try:
            act(dialog)
        except BaseException as error:
            failures.append(error)
        dialog.done(0) if dialog.isVisible() else None

    timer.timeout.connect(inside)
    timer.start(10)
    opening()
    desk.qtbot.waitUntil(lambda: not timer.isActive(), timeout=20_000)
    desk.wait_for_job()
    if failures:
        raise failures[0]


def test_columns_of_a_dropped_table_are_chosen_and_all_that_happened_can_be_read(desk: Desk, table: Path) -> None:
    def choose(dialog: ImportDialog) -> None:
        assert dialog.columns["text"].currentText() == "story" and dialog.columns["outlet"].currentText() == "(none)"
        dialog.columns["outlet"].setCurrentText("paper")
        dialog.columns["published"].setCurrentText("when")
        dialog.go.click()

    _asked(desk, lambda: desk.drop([table]), choose)
    assert desk.message.startswith("2 articles added, 1 refused, 1 remark.")
    new = [queries.article(desk.project, row.id) for row in queries.article_rows(desk.project)][-2:]
    assert [(one.outlet, one.published) for one in new] == [("The Times", "2025-02-12"), ("Le Monde", None)]

    text = _all_lines(desk)
    assert "t.csv, row 4 is empty." in text and "lies in the future" in text


def test_an_import_that_is_not_wanted_changes_nothing(desk: Desk, table: Path) -> None:
    before = desk.titles
    _asked(desk, lambda: desk.drop([table]), QDialog.reject)
    assert desk.titles == before and not desk.message


def test_a_pattern_shows_at_once_what_the_names_say(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2025-02-12_Post_Kyiv waits.txt"
    path.write_text("Nothing new.", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_: ([str(path)], "")))

    def choose(dialog: ImportDialog) -> None:
        dialog.pattern.setText("{published:%Y-")
        assert not dialog.go.isEnabled() and "no partner" in dialog.problem.text()
        dialog.pattern.setText("{published:%Y-%m-%d}_{outlet}_{title}")
        model = dialog.names.model()
        shown = [model.index(0, column).data() for column in range(model.columnCount())]
        assert shown == [path.name, "2025-02-12", "Post", "Kyiv waits"]
        dialog.go.click()

    _asked(desk, lambda: desk.run("file.import_choices"), choose)
    assert desk.titles[-1] == "Kyiv waits"


def test_where_all_files_are_refused_each_is_named(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / "empty.txt", tmp_path / "blank.txt"]
    for one in files:
        one.write_text(" \n", encoding="utf-8")
    desk.drop(files)
    desk.qtbot.waitUntil(lambda: desk.message.startswith("None of 2 files could be read"))

    text = _all_lines(desk)
    assert "empty.txt" in text and "blank.txt" in text
