"""The window of taggers: trains on the confirmed quotes of a real project, and uses what it made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import paths, settings
from annotator.domain.corpus import LabelledArticle
from annotator.domain.progress import drain
from annotator.services import annotation, importing, projects, queries, quoting, taggers
from annotator.store.project import Author, Project
from annotator.ui.registry.training_dialog import TrainingDialog
from tests.labelled import labelled_articles
from tests.ui.desk import Desk


def confirm(project: Project, article: str, one: LabelledArticle) -> None:
    """Mark all quotes of an article, and the article as done."""
    for quote in one.quotes:
        annotation.add_quote(project, article, quote.content, form="indirect", source_kind="named")
        made = next(mine for mine in queries.quotes(project, article) if not mine.source)
        quoting.set_source(project, made.id, quote.source)
        quoting.set_cue(project, made.id, quote.cue)
    annotation.set_status(project, article, state="done")


@pytest.fixture(scope="session")
def labelled_file(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Path:
    """A closed project with twenty articles that are done, all their quotes confirmed."""
    folder = tmp_path_factory.mktemp("labelled")
    (folder / "texts").mkdir()
    articles = labelled_articles(20)
    for one in articles:
        (folder / "texts" / f"{one.id}.txt").write_text(one.text, "utf-8")
    with projects.new(folder / "labelled.annot", author=author) as project:
        drain(importing.add_articles(project, [folder / "texts"]))
        ids = {queries.article(project, row.id).text.strip(): row.id for row in queries.article_rows(project)}
        for one in articles:
            confirm(project, ids[one.text.strip()], one)
    return folder / "labelled.annot"


@pytest.fixture
def labelled(new_desk: Callable[[], Desk], labelled_file: Path, tmp_path: Path) -> Desk:
    """A window on such a project; the models have read it."""
    copy = tmp_path / "labelled.annot"
    copy.write_bytes(labelled_file.read_bytes())
    desk = new_desk()
    desk.open(copy)
    desk.wait_for_models()
    return desk


def opened(desk: Desk) -> TrainingDialog:
    """The window of taggers, opened from the menu."""
    desk.run("edit.train")
    window = desk.window.findChild(TrainingDialog)
    assert window is not None
    desk.qtbot.waitUntil(window.isActiveWindow)
    return window


def trained(desk: Desk, window: TrainingDialog) -> None:
    desk.press("Ctrl+T")
    assert not window.train.isEnabled()
    desk.qtbot.waitUntil(lambda: window.bar.isHidden(), timeout=120_000)


def test_a_tagger_is_trained_and_used_and_no_longer_used(labelled: Desk) -> None:
    window = opened(labelled)
    assert "in 20 articles" in window.material.text()
    trained(labelled, window)
    assert "On 2 articles kept apart: the rules alone F1" in window.message.text
    (made,) = taggers.rows()
    assert made.name.startswith("labelled 20") and made.card.articles == 18 and not made.is_used
    assert made.card.held_out.rules_f1 > 0 and made.card.held_out.chain_f1 > 0
    assert window.listing.selected_id == made.name
    labelled.press("Return")
    assert settings.load().tagger == made.name and "proposes quotes from now on" in window.message.text
    labelled.press("Ctrl+D")
    assert settings.load().tagger == "" and "The rules alone" in window.message.text


def test_one_goes_on_working_while_it_trains(labelled: Desk) -> None:
    window = opened(labelled)
    labelled.press("Ctrl+T")
    labelled.qtbot.waitUntil(lambda: "You can go on working" in window.told.text(), timeout=60_000)
    labelled.session.act(annotation.set_status, labelled.article_id, state="in_progress")
    assert labelled.message == "" and not labelled.session.foreground.is_running
    window.cancel.click()
    assert window.bar.isHidden()


def test_a_cancelled_training_leaves_nothing(labelled: Desk) -> None:
    window = opened(labelled)
    labelled.press("Ctrl+T")
    labelled.qtbot.waitUntil(lambda: "Training" in window.told.text(), timeout=60_000)
    window.cancel.click()
    assert "nothing is left of it" in window.message.text and taggers.rows() == []
    assert list(paths.tagger_folder("any").parent.iterdir()) == []
    assert window.train.isEnabled()


def test_closing_the_project_stops_the_training(labelled: Desk) -> None:
    window = opened(labelled)
    labelled.press("Ctrl+T")
    labelled.qtbot.waitUntil(lambda: "Training" in window.told.text(), timeout=60_000)
    labelled.run("file.close")
    assert not labelled.session.is_open and taggers.rows() == []


def test_too_little_work_is_said_and_nothing_is_trained(desk: Desk) -> None:
    window = opened(desk)
    assert "too little" in window.material.text() and not window.train.isEnabled()
    desk.press("Ctrl+T")
    assert window.bar.isHidden()
