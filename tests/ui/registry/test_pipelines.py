"""The window of pipelines, by keys, on a real project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import settings
from annotator.services import annotation, pipelines, queries
from annotator.services.suggesting import DEFAULT_PIPELINE
from annotator.ui.bars import ProgressDialog
from annotator.ui.registry.pipelines_dialog import PipelinesDialog
from tests.ui.desk import Desk


def opened(desk: Desk) -> PipelinesDialog:
    """The window of pipelines, opened by its key."""
    desk.press("Ctrl+Shift+P")
    window = desk.window.findChild(PipelinesDialog)
    assert window is not None
    desk.qtbot.waitUntil(window.isActiveWindow)
    return window


def line(window: PipelinesDialog, name: str) -> list[str]:
    """What the row of a pipeline says."""
    model = window.listing.table.model()
    found = [
        [str(model.index(at, column).data()) for column in range(model.columnCount())] for at in range(model.rowCount())
    ]
    return next(row for row in found if row[0] == name)


def confirm_some(desk: Desk) -> None:
    article = desk.article_id
    wanted = [one.id for one in queries.open_suggestions(desk.project, article)][:8]
    desk.session.act(annotation.accept, wanted)


def test_what_is_installed_is_listed_with_its_licence_and_the_one_in_use_is_marked(desk: Desk) -> None:
    window = opened(desk)
    row = line(window, DEFAULT_PIPELINE)
    assert row[1:3] == ["in use", "English"] and {"3.8.0", "MIT"} <= set(row)
    assert window.listing.selected_id == DEFAULT_PIPELINE and not window.use.isEnabled()


def test_a_pipeline_is_chosen_with_enter_and_the_models_read_again_when_asked(desk: Desk) -> None:
    before = len(desk.open_suggestions)
    window = opened(desk)
    assert not window.renew.isEnabled()
    window.select("blank:de")
    desk.press("Return")
    assert pipelines.chosen(desk.project) == "blank:de"
    assert line(window, "blank:de")[1] == "in use" and "reads this project" in window.message.text
    assert "2 articles not done yet have no suggestions of this project’s" in desk.words_of(window)
    assert len(desk.open_suggestions) == before
    desk.press("Ctrl+R")
    assert "read 2 articles again" in window.message.text
    desk.wait_for_models()
    assert 0 < len(desk.open_suggestions) < before
    assert not window.renew.isEnabled()


def test_the_choice_belongs_to_the_project(new_desk: Callable[[], Desk], suggested_copy: Path) -> None:
    first = new_desk()
    first.open(suggested_copy)
    window = opened(first)
    window.select("blank:fr")
    first.press("Return")
    first.leave()
    again = new_desk()
    again.open(suggested_copy)
    assert pipelines.chosen(again.project) == "blank:fr"
    assert settings.load().pipeline == DEFAULT_PIPELINE


def test_where_nothing_is_confirmed_the_window_says_what_to_do(desk: Desk) -> None:
    window = opened(desk)
    assert "Nothing is confirmed yet" in desk.words_of(window) and not window.score.isEnabled()
    desk.press("Ctrl+T")
    assert not desk.session.foreground.is_running


def test_pipelines_are_measured_on_confirmed_work_and_the_scores_stay_until_it_changes(desk: Desk) -> None:
    confirm_some(desk)
    window = opened(desk)
    assert "finds names, quotes, stances" in window.about_marked.text()
    assert "scores are on 1 article in which you confirmed something" in desk.words_of(window)
    window.select("blank:de")
    desk.press("Ctrl+T")
    assert desk.window.findChild(ProgressDialog) is not None
    desk.wait_for_job()
    assert window.message.text == "Measured 2 pipelines."
    shown = line(window, DEFAULT_PIPELINE)[3:5]
    assert all("%" in one for one in shown) and "100%" in shown[0]
    assert "%" in line(window, "blank:de")[4]
    desk.press("Esc")
    desk.come_back()
    window = opened(desk)
    assert line(window, DEFAULT_PIPELINE)[3:5] == shown
    desk.press("Esc")
    desk.come_back()
    desk.session.act(annotation.accept, [desk.open_suggestions[0].id])
    assert line(opened(desk), DEFAULT_PIPELINE)[3:5] == ["", ""]


def test_measuring_can_be_cancelled(desk: Desk) -> None:
    confirm_some(desk)
    window = opened(desk)
    desk.press("Ctrl+T")
    progress = desk.window.findChild(ProgressDialog)
    assert progress is not None
    progress.cancel_asked.emit()
    desk.wait_for_job()
    assert line(window, DEFAULT_PIPELINE)[3:5] == ["", ""]
    assert desk.message.startswith("Stopped.")


def test_a_pipeline_that_is_not_installed_says_how_to_install_it(desk: Desk) -> None:
    settings.change(pipeline="de_core_news_lg")
    window = opened(desk)
    assert line(window, "de_core_news_lg")[1] == "not installed"
    assert "python -m spacy download de_core_news_lg" in window.about_marked.text()
    desk.press("Return")
    assert "python -m spacy download de_core_news_lg" in window.message.text


@pytest.mark.parametrize(("at", "count"), [(2, 2), (0, 0)])
def test_how_many_processes_read_is_chosen_there(desk: Desk, at: int, count: int) -> None:
    settings.change(workers=1)
    window = opened(desk)
    assert window.processes.currentText() == "Processes: 1"
    window.processes.setCurrentIndex(at)
    window.processes.activated.emit(at)
    assert settings.load().workers == count
