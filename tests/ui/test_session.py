"""What runs beside the annotator's own work: suggestions, imports, exports, and a worker process that dies."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from annotator import settings
from annotator.domain.drafts import Suggestion
from annotator.services import exporting, queries
from annotator.ui.bars import ProgressDialog, StatusBar
from annotator.ui.exporting.dialog import ExportDialog
from tests.ui.desk import Desk


@pytest.fixture
def fresh(new_desk: Callable[[], Desk], project_copy: Path) -> Desk:
    """A window on the two seed articles; the models are about to read them."""
    desk = new_desk()
    desk.open(project_copy)
    return desk


def suggested(desk: Desk) -> list[bool]:
    return [one.is_suggested for one in queries.article_rows(desk.project)]


def status(desk: Desk) -> str:
    bar = desk.window.findChild(StatusBar)
    assert bar is not None
    return desk.words_of(bar)


def workers() -> list[multiprocessing.process.BaseProcess]:
    return [one for one in multiprocessing.active_children() if one.name == "annotator-worker"]


def kill_worker(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: bool(workers()), timeout=10_000)
    for one in workers():
        one.kill()


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(f"In week {number} Angela Merkel visited Paris.", encoding="utf-8")
    return folder


# Suggestions


def test_suggestions_come_by_themselves_and_the_status_says_so(fresh: Desk) -> None:
    assert fresh.open_suggestions == []
    fresh.press("N")
    assert fresh.message == "The models have not read this article yet."
    fresh.wait_for_models()
    assert suggested(fresh) == [True, True] and "ready" in status(fresh)
    fresh.press("N")
    assert isinstance(fresh.selected, Suggestion)


def test_selection_and_bounds_under_way_are_not_disturbed_by_suggestions_that_come_in(fresh: Desk) -> None:
    fresh.select_words("diplomatic delegations")
    fresh.press("2", "X", "Shift+Left")
    selected = fresh.selected
    fresh.wait_for_models()
    assert fresh.selected == selected and fresh.window.label.resizing is not None
    fresh.press("Shift+Left", "Return")
    assert fresh.entities == [("diplomatic delegatio", "ORG")]
    fresh.qtbot.waitUntil(lambda: len(fresh.window.label.open_places()) > 50)
    assert selected is not None and fresh.selected is not None and fresh.selected.id == selected.id


def test_selected_words_stay_selected_when_suggestions_come_in(fresh: Desk) -> None:
    span = fresh.select_words("diplomatic delegations")
    fresh.wait_for_models()
    assert fresh.reading.selection() == span
    fresh.press("2")
    assert fresh.entities == [("diplomatic delegations", "ORG")]


def test_dragged_handle_stays_in_the_hand_when_suggestions_come_in(fresh: Desk) -> None:
    span = fresh.select_words("diplomatic delegations")
    fresh.press("2")
    end, start = fresh.point_of(span.end - 12), fresh.point_of(span.end)
    viewport = fresh.reading.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start - type(start)(3, 0))
    QTest.mouseMove(viewport, end - type(end)(3, 0))
    fresh.wait_for_models()
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end - type(end)(3, 0))
    assert fresh.entities == [("diplomatic", "ORG")]


def test_articles_imported_while_the_models_read_are_read_as_well(fresh: Desk, tmp_path: Path) -> None:
    fresh.qtbot.waitUntil(lambda: bool(workers()))
    fresh.drop([write_articles(tmp_path / "more", 40)])
    fresh.wait_for_job()
    assert fresh.message.startswith("40 articles added")
    fresh.press("F")
    fresh.wait_for_models()
    assert suggested(fresh) == [True] * 42


def test_worker_that_is_killed_while_it_loads_is_a_message_and_the_models_can_be_started_again(fresh: Desk) -> None:
    kill_worker(fresh)
    fresh.wait_for_models()
    assert fresh.message.startswith("The suggestion process stopped unexpectedly.")
    assert suggested(fresh) == [False, False]
    fresh.put_caret("delegations")
    fresh.press("2")
    assert fresh.entities == [("delegations", "ORG")], "the window goes on"
    fresh.run("suggest.again")
    fresh.wait_for_models()
    assert suggested(fresh) == [True, True]


def test_worker_that_is_killed_while_it_reads_is_replaced(fresh: Desk, tmp_path: Path) -> None:
    fresh.drop([write_articles(tmp_path / "more", 60)])
    fresh.wait_for_job()
    fresh.qtbot.waitUntil(lambda: any(suggested(fresh)), timeout=30_000)
    first = workers()
    kill_worker(fresh)
    fresh.wait_for_models()
    assert suggested(fresh) == [True] * 62 and workers() != first


def test_several_workers_share_many_articles_and_one_of_them_stays(fresh: Desk, tmp_path: Path) -> None:
    settings.change(workers=2)
    fresh.wait_for_models()
    assert len(workers()) == 1
    fresh.drop([write_articles(tmp_path / "more", 60)])
    fresh.wait_for_job()
    fresh.qtbot.waitUntil(lambda: len(workers()) == 2)
    fresh.wait_for_models()
    assert suggested(fresh) == [True] * 62
    assert len(workers()) == 1


def test_a_few_articles_are_read_by_one_worker(fresh: Desk, tmp_path: Path) -> None:
    settings.change(workers=4)
    seen = set()
    fresh.session.background.progressed.connect(lambda _: seen.add(len(workers())))
    fresh.drop([write_articles(tmp_path / "more", 10)])
    fresh.wait_for_job()
    fresh.wait_for_models()
    assert suggested(fresh) == [True] * 12 and seen == {1}


def test_several_workers_end_with_the_project(fresh: Desk, tmp_path: Path) -> None:
    settings.change(workers=3)
    fresh.wait_for_models()
    fresh.drop([write_articles(tmp_path / "more", 90)])
    fresh.wait_for_job()
    fresh.qtbot.waitUntil(lambda: len(workers()) == 3)
    fresh.press("Ctrl+W")
    assert not fresh.session.is_open and len(workers()) == 1


def test_worker_ends_with_the_window(fresh: Desk) -> None:
    fresh.qtbot.waitUntil(lambda: bool(workers()))
    fresh.window.close()
    fresh.qtbot.waitUntil(lambda: not workers(), timeout=5000)
    assert not fresh.session.is_open


def test_another_project_can_be_opened_while_the_models_read(fresh: Desk, suggested_copy: Path) -> None:
    fresh.qtbot.waitUntil(lambda: bool(workers()))
    fresh.drop([suggested_copy])
    fresh.settle()
    assert fresh.project.path == suggested_copy and len(fresh.open_suggestions) > 50
    fresh.wait_for_models()
    assert fresh.message == "" and "ready" in status(fresh)


def test_project_closed_while_the_models_read_goes_on_when_it_is_opened_again(fresh: Desk) -> None:
    path = fresh.project.path
    fresh.qtbot.waitUntil(lambda: bool(workers()))
    fresh.press("Ctrl+W")
    fresh.qtbot.wait(50)
    assert fresh.message == ""
    fresh.open(path)
    fresh.wait_for_models()
    assert suggested(fresh) == [True, True]


def test_models_that_read_anew_keep_what_is_decided(desk: Desk) -> None:
    desk.press("N", "N", "Return", "Backspace")
    entities, count = desk.entities, len(desk.open_suggestions)
    desk.run("suggest.again")
    desk.wait_for_models()
    assert desk.entities == entities and len(desk.open_suggestions) == count


# Jobs in the foreground


def test_progress_of_an_import_is_shown_and_goes_when_it_has_ended(desk: Desk, tmp_path: Path) -> None:
    desk.drop([write_articles(tmp_path / "more", 30)])
    dialog = desk.window.findChild(ProgressDialog)
    assert dialog is not None and dialog.isVisible() and "Importing" in desk.words_of(dialog)
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: desk.window.findChild(ProgressDialog) is None)
    assert len(desk.titles) == 32


def test_escape_cancels_a_job(desk: Desk, tmp_path: Path) -> None:
    desk.drop([write_articles(tmp_path / "more", 400)])
    desk.settle()
    assert desk.session.foreground.is_running
    desk.press("Esc")
    desk.settle()
    assert desk.message == "Stopped. Nothing was changed." and len(desk.titles) == 2


def test_export_to_a_folder_that_is_not_there_is_a_message(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    desk.session.export("jsonl", tmp_path / "file" / "out.jsonl", exporting.ExportOptions())
    desk.wait_for_job()
    assert "its folder is a file" in desk.message
    desk.qtbot.waitUntil(lambda: desk.window.findChild(ProgressDialog) is None)


def test_training_data_is_written_by_the_worker(desk: Desk, tmp_path: Path) -> None:
    def fill(dialog: ExportDialog) -> None:
        dialog.formats.choose("spacy")
        dialog.place.setText(str(tmp_path / "corpus"))
        dialog.go.click()

    desk.press("N", "A")
    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), fill)
    desk.wait_for_job()
    assert desk.message.startswith("Wrote 2 articles") and (tmp_path / "corpus" / "train.spacy").is_file()


def test_export_of_nothing_to_nowhere_cannot_be_started(desk: Desk) -> None:
    def look(dialog: ExportDialog) -> None:
        dialog.place.clear()
        assert not dialog.go.isEnabled()
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "Cancel").click()

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), look)
    assert desk.message == "" and not desk.session.foreground.is_running


def test_every_format_is_proposed_a_place_of_its_own(desk: Desk) -> None:
    places: list[str] = []

    def look(dialog: ExportDialog) -> None:
        for name in exporting.formats():
            dialog.formats.choose(name)
            places.append(dialog.out().name)
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "Cancel").click()

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), look)
    assert len(places) == len(set(places)) == len(exporting.formats())
    endings = {name: place.partition(".")[2] for name, place in zip(exporting.formats(), places, strict=True)}
    assert (endings["jsonl"], endings["xlsx"], endings["dna"], endings["csv"]) == ("jsonl", "xlsx", "csv", "")


def test_acts_wait_for_a_running_job(desk: Desk, tmp_path: Path) -> None:
    desk.drop([write_articles(tmp_path / "more", 100)])
    desk.run("article.flag")
    assert "wait for" in desk.message.casefold() and "cancel" in desk.message
    desk.wait_for_job()
    desk.run("article.flag")
    row = queries.article_row(desk.project, desk.article_id)
    assert row is not None and row.is_flagged


def test_check_says_that_the_project_is_sound(desk: Desk) -> None:
    desk.run("file.check")
    desk.wait_for_job()
    assert desk.message.startswith("The project file is sound")


def test_undone_import_takes_the_articles_out_of_the_queue(desk: Desk, tmp_path: Path) -> None:
    desk.drop([write_articles(tmp_path / "more", 3)])
    desk.wait_for_job()
    desk.window.label.open_article(desk.queue.model.rows[-1].id)
    desk.press("Ctrl+Z")
    assert len(desk.titles) == 2 and desk.article_id in {one.id for one in desk.queue.model.rows}
    desk.press("Ctrl+Y")
    assert len(desk.titles) == 5
