"""The windows of the registries on a real project."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from annotator.domain.codebook import Label, PositionMeaning, Rule
from annotator.domain.records import Entity
from annotator.services import actors, annotation, codebook_editing, notes, queries, targets
from annotator.ui.label.choosing import PositionChooser
from annotator.ui.registry.actor_form import ActorEdit
from annotator.ui.registry.acts import RegistryActs
from annotator.ui.registry.spread_dialog import SpreadDialog
from annotator.ui.registry.targets_dialog import TargetEdit
from tests.ui.desk import Desk


@pytest.fixture
def registries(desk: Desk) -> RegistryActs:
    return desk.window.commands._registries()


def test_an_actor_made_and_merged_in_its_window_is_in_the_registry(desk: Desk, registries: RegistryActs) -> None:
    desk.run("edit.actors")
    window = registries._actors
    assert window is not None and window.isVisible()
    window.create_asked.emit(ActorEdit(name="Pete Hegseth", aliases=("Hegseth",)))
    window.create_asked.emit(ActorEdit(name="P. Hegseth"))
    by_name = {one.name: one.id for one in actors.Registry(desk.project).all()}
    window.merge_asked.emit(by_name["P. Hegseth"], by_name["Pete Hegseth"])
    (kept,) = actors.Registry(desk.project).all()
    assert kept.name == "Pete Hegseth" and "P. Hegseth" in kept.aliases
    desk.press("Esc")
    desk.run("edit.undo")
    assert len(actors.Registry(desk.project).all()) == 2


def test_a_refusal_is_said_in_the_window_that_asked(desk: Desk, registries: RegistryActs) -> None:
    desk.run("edit.targets")
    window = registries._targets
    assert window is not None
    window.create_asked.emit(TargetEdit(label="Ukraine in NATO"))
    assert "already" in window.message.text and desk.message == ""
    assert len(targets.targets(desk.project)) == 4


def test_an_empty_registry_names_the_key_in_force(desk: Desk, registries: RegistryActs) -> None:
    desk.window.choose_keys({"quote.speaker": ("F8",)})
    desk.run("edit.actors")
    window = registries._actors
    assert window is not None
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert any(one.startswith("No actors yet.") and one.endswith("its speaker with F8.") for one in shown)


def test_a_label_added_in_the_codebook_window_has_its_key_at_once(desk: Desk, registries: RegistryActs) -> None:
    desk.run("edit.codebook")
    window = registries._codebook
    assert window is not None
    window.label_retire_asked.emit("PERCENT", True)
    window.label_add_asked.emit(Label(name="WEAPON", title="Weapon", hue="other", hotkey="9"))
    window.drop()
    assert desk.project.codebook().version == 3
    desk.window.activateWindow()
    desk.reading.setFocus()
    desk.select_words("budget")
    desk.press("9")
    assert desk.entities == [("budget", "WEAPON")]


def test_what_is_found_opens_at_its_place(desk: Desk, registries: RegistryActs) -> None:
    notes.add(desk.project, "Check the year.", article=desk.article_id)
    desk.run("edit.find")
    window = registries._find
    assert window is not None
    registries._search(window, "Ramstein", window.kinds)
    first = desk.article_id
    other = next(one.id for one in queries.article_rows(desk.project) if one.id != first)
    place = queries.article(desk.project, other).text.index("Ramstein")
    window.jump_asked.emit("article", other, other, place)
    assert desk.article_id == other and desk.reading.caret() == place


def test_the_same_words_elsewhere_are_one_act_and_one_undo(desk: Desk, registries: RegistryActs) -> None:
    desk.select_words("allies")
    desk.press("2")
    assert isinstance(desk.selected, Entity)
    desk.press("Shift+W")
    desk.wait_for_job()
    desk.settle()
    dialog = desk.window.findChild(SpreadDialog)
    assert dialog is not None
    dialog.go.click()
    everywhere = [one for row in queries.article_rows(desk.project) for one in queries.entities(desk.project, row.id)]
    assert len([one for one in everywhere if one.text == "allies"]) == len(everywhere) > 5
    desk.run("edit.undo")
    assert desk.entities == [("allies", "ORG")]


def test_selected_words_become_an_example_of_a_rule(desk: Desk) -> None:
    desk.select_words("the United States")
    desk.press("Shift+G")
    desk.press("Return")
    rule = queries.codebook(desk.project).rules[0]
    assert any("[the United States]" in one for one in rule.bad)
    assert codebook_editing.versions(desk.project)[-1].version == 2


def test_a_new_version_lists_what_was_decided_before(desk: Desk, registries: RegistryActs) -> None:
    annotation.accept(desk.project, [one.id for one in desk.open_suggestions[:3]])
    codebook_editing.put_rule(desk.project, Rule(id="1.1", text="An entity leaves out determiners."))
    desk.run("edit.codebook")
    window = registries._codebook
    assert window is not None
    window.show_page("decided")
    desk.qtbot.waitUntil(lambda: len(window.decided.rows) == 3)
    assert window.pages.currentWidget() is window.decided
    assert codebook_editing.decided_under_count(desk.project, 2) == 3


def test_positions_are_worded_and_retired_in_the_codebook_window(desk: Desk, registries: RegistryActs) -> None:
    desk.run("edit.codebook")
    window = registries._codebook
    assert window is not None
    window.show_page("positions")
    window.position_change_asked.emit("support", PositionMeaning(name="support", text="says yes to the target"))
    window.position_retire_asked.emit("no_position", True)
    meanings = {one.name: one for one in queries.codebook(desk.project).position_meanings()}
    assert meanings["support"].text == "says yes to the target" and meanings["no_position"].is_retired
    assert desk.project.codebook().version == 3
    window.drop()
    desk.window.activateWindow()
    desk.reading.setFocus()
    desk.reading.set_caret(desk.put_caret("“Allies have recognized") + 3)
    desk.press("Q", "S", "Return")
    chooser = desk.window.findChild(PositionChooser)
    assert chooser is not None
    words = " ".join(one.text() for one in chooser.findChildren(QPushButton))
    assert "says yes to the target" in words and "no position" not in words
    desk.press("Esc")
