"""The window of actors: listed, made, changed, merged; unlinked sources; nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.records import Actor, Role
from annotator.services.actors import ActorRow
from annotator.ui.registry.actor_form import ActorEdit
from annotator.ui.registry.actors_dialog import ActorsDialog
from annotator.ui.registry.merging import MergeDialog
from annotator.ui.registry.picker import Picker
from annotator.ui.theme import Theme
from tests.ui.registry.values import ACTOR_ROWS, KNOWN, UNLINKED, WHO

CTRL = Qt.KeyboardModifier.ControlModifier


class Asked:
    """What the window asked for."""

    def __init__(self, dialog: ActorsDialog) -> None:
        self.created: list[ActorEdit] = []
        self.changed: list[tuple[str, ActorEdit]] = []
        self.merged: list[tuple[str, str]] = []
        self.jumps: list[tuple[str, int]] = []
        dialog.create_asked.connect(self.created.append)
        dialog.change_asked.connect(lambda key, edit: self.changed.append((key, edit)))
        dialog.merge_asked.connect(lambda gone, kept: self.merged.append((gone, kept)))
        dialog.jump_asked.connect(lambda article, place: self.jumps.append((article, place)))


@pytest.fixture
def dialog(qtbot: QtBot, over: QWidget, theme: Theme, in_front: Callable[[QDialog], None]) -> ActorsDialog:
    made = ActorsDialog(over, theme)
    qtbot.addWidget(made)
    made.show_rows(ACTOR_ROWS, KNOWN, UNLINKED)
    in_front(made)
    return made


@pytest.fixture
def asked(dialog: ActorsDialog) -> Asked:
    return Asked(dialog)


def form(dialog: ActorsDialog) -> tuple[QLineEdit, QWidget]:
    focus = dialog.records.form.first_field()
    return focus, dialog.records.form.save


def seen(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def retype(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def date_field(dialog: ActorsDialog, name: str, nth: int) -> QLineEdit:
    return [one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name and one.isVisible()][nth]


def test_actors_are_listed_those_of_the_article_first(dialog: ActorsDialog) -> None:
    assert dialog.records.listing.table.shown_ids[:3] == ["hegseth", "trump", "healey"]
    assert "9 actors" in seen(dialog)


def test_actors_are_found_by_another_name(dialog: ActorsDialog) -> None:
    QTest.keyClicks(dialog.records.listing.filter, "pentagon chief")
    assert dialog.records.listing.table.shown_ids == ["hegseth"]


def test_change_of_a_name_is_asked_for_with_all_that_stays(dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("hegseth")
    name, _ = form(dialog)
    retype(name, "Peter Hegseth")
    QTest.keyClick(name, Qt.Key.Key_Return)
    known = KNOWN["hegseth"]
    expected = ActorEdit(name="Peter Hegseth", type="person", aliases=known.aliases, roles=known.roles)
    assert asked.changed == [("hegseth", expected)]


def test_nothing_is_asked_for_when_nothing_was_changed(dialog: ActorsDialog, asked: Asked) -> None:
    for key in ("hegseth", "trump", "pentagon"):
        dialog.select(key)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    dialog.close()
    assert asked.changed == asked.created == []


def test_change_is_asked_for_when_another_actor_is_marked(dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("trump")
    retype(form(dialog)[0], "Donald J. Trump")
    dialog.select("nato")
    assert [(key, edit.name) for key, edit in asked.changed] == [("trump", "Donald J. Trump")]
    assert form(dialog)[0].text() == "NATO"


def test_change_is_asked_for_when_the_window_is_closed(dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("trump")
    retype(form(dialog)[0], "Donald J. Trump")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert [(key, edit.name) for key, edit in asked.changed] == [("trump", "Donald J. Trump")]


def test_change_that_cannot_be_saved_is_told_of_when_it_is_left(dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("trump")
    form(dialog)[0].clear()
    dialog.select("nato")
    assert asked.changed == []
    assert dialog.message.text == "Your changes were not saved: An actor needs a name."


def test_refused_change_stays_in_the_form(dialog: ActorsDialog) -> None:
    dialog.change_asked.connect(lambda *_: dialog.say("NATO is in the registry already."))
    dialog.select("trump")
    retype(form(dialog)[0], "NATO")
    QTest.keyClick(form(dialog)[0], Qt.Key.Key_Return)
    assert (form(dialog)[0].text(), dialog.message.text) == ("NATO", "NATO is in the registry already.")
    assert form(dialog)[1].isEnabled()


def test_saved_change_leaves_nothing_to_save(dialog: ActorsDialog) -> None:
    def save(key: str, edit: ActorEdit) -> None:
        actor = Actor(id=key, author=WHO, type=edit.type, name=edit.name, aliases=edit.aliases, roles=edit.roles)
        dialog.show_rows(ACTOR_ROWS, KNOWN | {key: actor})

    dialog.change_asked.connect(save)
    dialog.select("trump")
    retype(form(dialog)[0], "Donald J. Trump")
    QTest.keyClick(form(dialog)[0], Qt.Key.Key_Return)
    assert form(dialog)[0].text() == "Donald J. Trump"
    assert not form(dialog)[1].isEnabled()


def test_what_is_being_typed_outlives_a_refreshed_list(dialog: ActorsDialog) -> None:
    dialog.select("trump")
    retype(form(dialog)[0], "Donald J.")
    dialog.show_rows(ACTOR_ROWS[1:], KNOWN, ())
    assert form(dialog)[0].text() == "Donald J."


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        ("2025-13", "", "“2025-13” is not a date like 2025, 2025-01 or 2025-01-25."),
        ("25 January", "", "“25 January” is not a date like 2025, 2025-01 or 2025-01-25."),
        ("2025-02-30", "", "“2025-02-30” is not a date like 2025, 2025-01 or 2025-01-25."),
        ("2025-01-25", "2024", "Press secretary ends before it begins."),
    ],
)
def test_role_with_bad_dates_cannot_be_saved(
    dialog: ActorsDialog, asked: Asked, since: str, until: str, problem: str
) -> None:
    dialog.select("nato")
    QTest.mouseClick(dialog.records.form.roles.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(QApplication.focusWidget(), "Press secretary")
    date_field(dialog, "Since", 0).setText(since)
    date_field(dialog, "Until", 0).setText(until)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert asked.changed == [] and problem in seen(dialog)


@pytest.mark.parametrize(("since", "until"), [("2025", ""), ("2025-01", "2025-01-25"), ("", "2024-02-29"), ("", "")])
def test_role_over_time_is_asked_for(dialog: ActorsDialog, asked: Asked, since: str, until: str) -> None:
    dialog.select("nato")
    QTest.mouseClick(dialog.records.form.roles.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(QApplication.focusWidget(), "Press secretary")
    date_field(dialog, "Since", 0).setText(since)
    date_field(dialog, "Until", 0).setText(until)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    role = Role(title="Press secretary", since=since or None, until=until or None)
    assert [edit.roles for _, edit in asked.changed] == [(role,)]


def test_new_actor_is_asked_for_and_marked_once_it_is_there(dialog: ActorsDialog, asked: Asked) -> None:
    def create(edit: ActorEdit) -> None:
        new = Actor(id="new", author=WHO, type=edit.type, name=edit.name, aliases=edit.aliases)
        row = ActorRow(id="new", name=edit.name, type=edit.type, aliases=edit.aliases)
        dialog.show_rows([*ACTOR_ROWS, row], KNOWN | {"new": new}, ())

    dialog.create_asked.connect(create)
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Volodymyr  Zelenskyy")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [edit.name for edit in asked.created] == ["Volodymyr Zelenskyy"]
    assert dialog.records.listing.selected_id == "new" and asked.changed == []


def test_new_actor_begins_with_words_that_the_filter_did_not_find(dialog: ActorsDialog) -> None:
    QTest.keyClicks(dialog.records.listing.filter, "Zelenskyy")
    QTest.keyClick(dialog, Qt.Key.Key_N, CTRL)
    assert form(dialog)[0].text() == "Zelenskyy"


def answer_merge(qtbot: QtBot, dialog: ActorsDialog, words: str, act: Callable[[MergeDialog], object]) -> str:
    """Choose the other actor by letters and act in the question that follows; gives what the question says."""
    said: list[str] = []

    def inside() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, MergeDialog)
        said.append(seen(asked))
        act(asked)

    QTest.keyClick(dialog, Qt.Key.Key_M, CTRL)
    picker = dialog.findChild(Picker)
    qtbot.waitUntil(picker.isVisible)
    QTest.keyClicks(picker.line, words)
    QTimer.singleShot(0, inside)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    return said[0]


def test_merging_says_what_will_happen_and_asks_once(qtbot: QtBot, dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("p-hegseth")
    said = answer_merge(qtbot, dialog, "pete", lambda question: QTest.keyClick(question, Qt.Key.Key_Return))
    assert "“P. Hegseth” becomes another name of Pete Hegseth" in said
    assert "one undo takes it back" in said
    assert asked.merged == [("p-hegseth", "hegseth")]
    assert dialog.records.listing.selected_id == "hegseth"


def test_merging_keeps_the_other_one_when_told_to(qtbot: QtBot, dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("p-hegseth")

    def swap(question: MergeDialog) -> None:
        QTest.mouseClick(question.swap, Qt.MouseButton.LeftButton)
        QTest.mouseClick(question.go, Qt.MouseButton.LeftButton)

    answer_merge(qtbot, dialog, "pete", swap)
    assert asked.merged == [("hegseth", "p-hegseth")]


def test_merging_that_is_left_asks_for_nothing(qtbot: QtBot, dialog: ActorsDialog, asked: Asked) -> None:
    dialog.select("p-hegseth")
    answer_merge(qtbot, dialog, "pete", lambda question: QTest.keyClick(question, Qt.Key.Key_Escape))
    assert asked.merged == []


def test_merging_offers_the_likeliest_first_and_never_the_same_actor(qtbot: QtBot, dialog: ActorsDialog) -> None:
    dialog.select("p-hegseth")
    QTest.keyClick(dialog, Qt.Key.Key_M, CTRL)
    picker = dialog.findChild(Picker)
    qtbot.waitUntil(picker.isVisible)
    ids = [one.id for one in picker.rows]
    picker.close()
    assert ids[0] == "hegseth" and "p-hegseth" not in ids and len(ids) == len(ACTOR_ROWS) - 1


def test_merging_needs_a_marked_actor(dialog: ActorsDialog) -> None:
    assert not dialog.merge.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_M, CTRL)
    assert dialog.message.text == "Mark the actor first that is there twice."


def test_unlinked_sources_are_counted_and_lead_to_their_place(dialog: ActorsDialog, asked: Asked) -> None:
    assert "2 SOURCES WITHOUT AN ACTOR" in seen(dialog)
    dialog.unlinked.table.select("q2")
    QTest.keyClick(dialog.unlinked.table, Qt.Key.Key_Return)
    assert asked.jumps == [("a2", 2210)]


def test_empty_registry_says_what_to_do(qtbot: QtBot, over: QWidget, theme: Theme) -> None:
    dialog = ActorsDialog(over, theme)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Make one here with Ctrl+N" in seen(dialog)
    assert "EVERY SOURCE HAS ITS ACTOR" in seen(dialog)


def test_actors_window_is_gone_through_with_tab(dialog: ActorsDialog) -> None:
    dialog.select("hegseth")
    dialog.records.listing.filter.setFocus()
    names = []
    for _ in range(12):
        focus = QApplication.focusWidget()
        names.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert names[:3] == ["Filter the actors", "Order", "Actors"]
    start = names.index("Name")
    assert names[start : start + 6] == [
        "Name",
        "Type",
        "Other names, one a line",
        "Add a role",
        "Role",
        "Remove this role",
    ]
    assert all(names)
