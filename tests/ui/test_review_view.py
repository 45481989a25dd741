"""The Review view: comparing, deciding with one key each, undo, blind names, empty states."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMessageBox

from annotator.domain.progress import drain
from annotator.domain.records import Entity
from annotator.services import reviewing
from annotator.store import articles, rows
from annotator.store.project import Author, open_project
from annotator.ui.review.agreement_dialog import AgreementDialog
from annotator.ui.review.assignments_dialog import AssignmentsDialog
from annotator.ui.review.controller import ReviewController
from annotator.ui.review.edit_dialog import EditDialog
from annotator.ui.review.inbox_dialog import InboxDialog
from tests.services.test_reviewing import quote_at
from tests.store.making import entity_at, put
from tests.ui.desk import Desk


@pytest.fixture
def reviewed_file(project_file: Path, tmp_path: Path, author: Author, colleague: Author) -> Path:
    """The seeds, labelled by Ana and Bela: a label, a boundary and a lone entity differ, one entity is alike."""
    path = Path(shutil.copyfile(project_file, tmp_path / "reviewed.annot"))
    for who in (author, colleague):
        with open_project(path, who) as project:
            article = articles.ids(project.conn)[0]
            put(project, entity_at(project, article, 4, 17, "GPE"))
            put(project, entity_at(project, article, 38, 46, "NORP" if who is author else "GPE"))
            put(project, quote_at(project, article, 100, 140 if who is author else 150))
            if who is author:
                put(project, entity_at(project, article, 200, 204))
    return path


@pytest.fixture
def desk(new_desk: Callable[[], Desk], reviewed_file: Path) -> Desk:
    """A window in the Review view: Bela is A, Ana, who works here, is B."""
    made = new_desk()
    made.open(reviewed_file)
    made.press("F3")
    made.settle()
    return made


def review(desk: Desk) -> ReviewController:
    return desk.window.review


def kind(desk: Desk) -> str:
    case = review(desk).case
    return case.difference.kind if case else ""


def gold(desk: Desk) -> list[str]:
    project = desk.session.project
    found = reviewing.gold_records(project, articles.ids(project.conn)[0])
    return sorted(getattr(one.record, "label", "quote") for one in found)


def answer(fill: Callable[[QDialog], None], type_: type[QDialog]) -> None:
    """Fill in the next dialog of that kind that opens."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, type_):
            timer.stop()
            fill(dialog)

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(20)


def test_the_view_shows_who_differs_where_and_how_often(desk: Desk) -> None:
    place = review(desk)
    assert place.review is not None and [one.difference.kind for one in place.review.cases] == [
        "label",
        "boundary",
        "missing",
    ]
    assert place.place() == "3 left" and kind(desk) == "label"
    assert [side.layer.currentText() for side in place.view.sides.shown] == ["Bela", "Ana (you)"]
    assert {one.id for one in place.view.sides.a.reading.marks}.isdisjoint(
        one.id for one in place.view.sides.b.reading.marks
    )


def test_arrows_decide_and_the_next_case_opens_at_once(desk: Desk) -> None:
    desk.press("Left")
    assert gold(desk) == ["GPE"] and kind(desk) == "boundary"
    desk.press("Right")
    assert gold(desk) == ["GPE", "quote"] and kind(desk) == "missing"
    desk.press("Down")
    assert gold(desk) == ["GPE", "quote"] and review(desk).place() == "Nothing left to decide"


def test_both_are_taken_with_one_key(desk: Desk) -> None:
    desk.press("Up")
    assert gold(desk) == ["GPE", "NORP"]


def test_undo_takes_a_decision_back_and_goes_there(desk: Desk) -> None:
    desk.press("Left", "Right")
    desk.press("Ctrl+Z")
    assert gold(desk) == ["GPE"] and kind(desk) == "boundary" and review(desk).place() == "2 left"
    desk.press("Ctrl+Shift+Z")
    assert gold(desk) == ["GPE", "quote"]


def test_a_side_that_has_nothing_cannot_be_taken(desk: Desk) -> None:
    desk.press("N", "N")
    assert kind(desk) == "missing"
    desk.press("Left")
    assert "A has marked nothing here" in desk.message and gold(desk) == [] and kind(desk) == "missing"


def test_an_edit_takes_what_neither_has(desk: Desk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, EditDialog)
        box = dialog.form.itemAt(0, dialog.form.ItemRole.FieldRole).widget()
        box.setCurrentIndex(box.findData("PERSON"))
        dialog.accept()

    answer(fill, EditDialog)
    desk.press("E")
    desk.come_back()
    assert gold(desk) == ["PERSON"] and kind(desk) == "boundary"


def test_a_deferred_case_keeps_its_comment_and_stays(desk: Desk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("Ask Bela about nationalities.")
        dialog.accept()

    answer(fill, QInputDialog)
    desk.press("D")
    desk.come_back()
    place = review(desk)
    assert place.place() == "3 left" and kind(desk) == "boundary"
    desk.press("P")
    assert place.case is not None and place.case.standing == "deferred"


def test_what_is_alike_is_accepted_in_one_act(desk: Desk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        dialog.buttons()[0].click()

    answer(fill, QMessageBox)
    desk.press("Shift+A")
    desk.come_back()
    desk.wait_for_job()
    assert gold(desk) == ["GPE"]
    desk.press("Ctrl+Z")
    assert gold(desk) == []


def test_names_can_be_hidden(desk: Desk) -> None:
    desk.press("H")
    assert not any(side.layer.isVisible() for side in review(desk).view.sides.shown)
    desk.press("H")
    assert all(side.layer.isVisible() for side in review(desk).view.sides.shown)


def test_choosing_the_other_layer_swaps_the_sides(desk: Desk, author: Author, colleague: Author) -> None:
    place = review(desk)
    place.choose(0, author.id)
    assert place.review is not None and place.review.layers == (author.id, colleague.id)


def test_keys_of_labelling_do_nothing_here_and_those_of_reviewing_nothing_there(desk: Desk) -> None:
    assert not desk.window.bound.by_id["mark.accept"].isEnabled()
    desk.press("F2")
    assert not desk.window.bound.by_id["case.a"].isEnabled()
    desk.press("Left")
    assert gold(desk) == []


def test_with_one_layer_the_view_says_what_to_do(new_desk: Callable[[], Desk], project_copy: Path) -> None:
    desk = new_desk()
    desk.open(project_copy)
    desk.press("F3")
    assert "Only one layer so far" in review(desk).view.nothing_text


def test_a_figure_of_agreement_opens_the_cases_behind_it(desk: Desk) -> None:
    desk.press("Ctrl+G")
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(AgreementDialog)), timeout=10_000)
    dialog = desk.window.findChild(AgreementDialog)
    assert dialog.table.select("Labels of the same span, kappa")
    dialog.table.row_entered.emit("Labels of the same span, kappa")
    assert list(review(desk).view.cases.shown_keys()) == [
        one.difference.key for one in review(desk).review.cases if one.difference.kind == "label"
    ]
    dialog.copy_methods()
    assert "Bela and Ana" in QApplication.clipboard().text()
    dialog.close()


def test_all_annotators_are_measured_together_where_there_are_more_than_two(
    new_desk: Callable[[], Desk], reviewed_file: Path
) -> None:
    with open_project(reviewed_file, Author(id="33333333-3333-4333-8333-333333333333", name="Carl")) as project:
        put(project, entity_at(project, articles.ids(project.conn)[0], 4, 17, "GPE"))
    desk = new_desk()
    desk.open(reviewed_file)
    desk.press("F3")
    desk.press("Ctrl+G")
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(AgreementDialog)), timeout=10_000)
    dialog = desk.window.findChild(AgreementDialog)
    assert dialog.all_button.isVisible() and " and " in dialog.told and "Carl" not in dialog.told.split(" and ")[0]
    dialog.all_button.click()
    desk.qtbot.waitUntil(lambda: "Ana, Bela and Carl" in dialog.told, timeout=10_000)
    assert not dialog.all_button.isVisible() and dialog.table.select("Entities, exact F1")
    dialog.table.row_entered.emit("Entities, exact F1")
    place = review(desk)
    assert place.number == 3 and place.case is not None and "missing" in place.case.difference.kinds
    assert len(place.view.cases.shown_keys()) == 2
    dialog.close()


def test_gold_is_compared_like_a_layer(desk: Desk) -> None:
    desk.press("Left")
    review(desk).choose(1, reviewing.GOLD)
    desk.press("Ctrl+G")
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(AgreementDialog)), timeout=10_000)
    dialog = desk.window.findChild(AgreementDialog)
    figures = {one.title: one for one in dialog.figures}
    assert figures["Entities, exact F1"].units > 0 and dialog.told.startswith("Bela and Gold")
    dialog.close()


def test_one_colleague_alone_is_approved_returned_and_fixed(desk: Desk, colleague: Author) -> None:
    place = review(desk)
    place.choose(1, reviewing.NOBODY)
    assert place.is_alone and place.place() == "3 left"
    assert place.view.panel.buttons["case.a"].text() == "Approve"
    assert not place.view.panel.buttons["case.b"].isVisible() and not place.view.sides.b.reading.isVisible()
    desk.press("Left")
    assert gold(desk) == ["GPE"] and place.place() == "2 left"

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("It is a nationality.")
        dialog.accept()

    answer(fill, QInputDialog)
    desk.press("D")
    desk.come_back()
    assert place.place() == "1 left" and gold(desk) == ["GPE"]


def test_the_inbox_shows_what_a_reviewer_decided_and_takes_it_over(
    new_desk: Callable[[], Desk], reviewed_file: Path, author: Author, colleague: Author
) -> None:
    with open_project(reviewed_file, colleague) as project:
        found = drain(reviewing.review(project, author.id, colleague.id))
        reviewing.decide(project, found.cases[0].difference, "b", rule="1")
    desk = new_desk()
    desk.open(reviewed_file)
    desk.press("Ctrl+Shift+M")
    dialog = desk.window.findChild(InboxDialog)
    assert "1 open" in dialog.title.text()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert "0 open" in dialog.title.text()
    mine = rows.select(desk.session.project.conn, "entity", "author = ?", (author.id,))
    assert sorted(getattr(one, "label", "") for one in mine) == ["GPE", "GPE", "ORG"]
    dialog.close()


def test_articles_are_given_out_and_worked_on(desk: Desk, author: Author, colleague: Author) -> None:
    desk.press("Ctrl+Shift+K")
    dialog = desk.window.findChild(AssignmentsDialog)
    assert set(dialog.chosen()) == {author.id, colleague.id}
    dialog.scope.setCurrentIndex(dialog.scope.findData("all"))
    dialog.each.setCurrentIndex(1)
    dialog._assign()
    assert len(dialog.table.shown_ids) == 4
    mine = next(one for one in dialog.table.rows if one.is_mine)
    dialog.table.row_entered.emit(mine.id)
    assert desk.window.label.article_id == mine.article and not desk.window.is_reviewing
    dialog.table.select(mine.id)
    dialog._take_back()
    assert len(dialog.table.shown_ids) == 3
    dialog.close()


def test_the_second_pass_is_a_layer_of_its_own_and_leads_back(desk: Desk, author: Author) -> None:
    desk.press("F2")
    desk.window.commands.toggle_again()
    desk.settle()
    assert desk.session.project.author.name == "Ana (again)"
    assert [one for one in desk.window.label.things if isinstance(one, Entity)] == []
    desk.window.commands.toggle_again()
    desk.settle()
    assert desk.session.project.author.id == author.id
    assert len([one for one in desk.window.label.things if isinstance(one, Entity)]) == 3


CARL = Author(id="33333333-3333-4333-8333-333333333333", name="Carl")


@pytest.fixture
def desk_of_three(new_desk: Callable[[], Desk], reviewed_file: Path) -> Desk:
    """The same with Carl's work, who has a third label and a boundary of his own, as layer C."""
    with open_project(reviewed_file, CARL) as project:
        article = articles.ids(project.conn)[0]
        put(project, entity_at(project, article, 4, 17, "GPE"))
        put(project, entity_at(project, article, 38, 46, "LOC"))
        put(project, quote_at(project, article, 100, 145))
    made = new_desk()
    made.open(reviewed_file)
    made.press("F3")
    made.press("L")
    made.settle()
    return made


def test_a_third_layer_is_compared_with_one_key_and_taken_with_another(desk_of_three: Desk) -> None:
    desk, place = desk_of_three, review(desk_of_three)
    assert place.number == 3 and [side.isVisible() for side in place.view.sides.all] == [True, True, True, False]
    buttons = place.view.panel.buttons
    assert buttons["case.c"].isVisible() and not buttons["case.both"].isVisible()
    assert not buttons["case.d"].isVisible() and buttons["case.neither"].text() == "None"
    assert kind(desk) == "label"
    desk.press("3")
    assert gold(desk) == ["LOC"] and kind(desk) == "boundary"
    desk.press("P")
    assert "C was taken" in place.view.panel._standing.text()
    desk.press("Ctrl+Z")
    assert gold(desk) == [] and kind(desk) == "label"


def test_of_three_layers_all_marks_are_drawn_and_scroll_together(desk_of_three: Desk) -> None:
    sides = review(desk_of_three).view.sides.shown
    assert len({frozenset(one.id for one in side.reading.marks) for side in sides}) == 3
    assert len({side.width() for side in sides}) == 1
    sides[2].reading.verticalScrollBar().setValue(90)
    assert {side.reading.verticalScrollBar().value() for side in sides} == {
        sides[0].reading.verticalScrollBar().value()
    }


def test_a_layer_less_and_gold_as_the_last_one_more(desk_of_three: Desk) -> None:
    desk, place = desk_of_three, review(desk_of_three)
    desk.press("Left")
    desk.press("L")
    assert place.number == 4 and place.names()[3] == "Gold"
    desk.press("L")
    assert "no further layer" in desk.message and place.number == 4
    desk.press("Shift+L", "Shift+L")
    assert place.number == 2 and place.view.panel.buttons["case.both"].isVisible()
    desk.press("Shift+L")
    assert place.number == 2


def test_gold_without_a_decision_is_no_further_layer_and_what_is_shown_stays(desk_of_three: Desk) -> None:
    place = review(desk_of_three)
    desk_of_three.press("L")
    assert "no further layer" in desk_of_three.message and place.number == 3
    place.choose(2, reviewing.GOLD)
    assert "common article" in desk_of_three.message and place.number == 3 and not place.view.nothing_text
    assert place.view.sides.shown[2].layer.currentText() == "Carl"


def test_both_are_not_taken_of_three(desk_of_three: Desk) -> None:
    desk_of_three.press("Up")
    assert "more than two layers" in desk_of_three.message and gold(desk_of_three) == []
