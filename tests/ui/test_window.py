"""The window: what it keeps from start to start, its message bar, dropped files, projects that cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from annotator import settings
from annotator.services import queries
from annotator.store.project import Author, open_project
from annotator.ui.bars import ProgressDialog, StatusBar
from annotator.ui.widgets import key_text
from tests.ui.desk import Desk


def button(desk: Desk, text: str) -> QPushButton:
    desk.settle()
    return next(one for one in desk.window.findChildren(QPushButton) if one.text() == text and one.isVisible())


# From start to start


def test_place_in_the_article_is_kept(new_desk: Callable[[], Desk], suggested_copy: Path) -> None:
    desk = new_desk()
    desk.open(suggested_copy)
    desk.press("Alt+Down")
    article, place = desk.article_id, desk.put_caret("Safeguarding European")
    desk.window.close()
    desk.settle()
    again = new_desk()
    again.open(suggested_copy)
    assert again.article_id == article and again.reading.caret() == place
    assert again.reading.first_visible_position() > 0, "it is scrolled to where one was"


def test_place_is_kept_when_another_project_is_opened(desk: Desk, tmp_path: Path) -> None:
    first = desk.project.path
    desk.press("Alt+Down")
    place = desk.put_caret("Safeguarding European")
    assert desk.session.create(tmp_path / "third.annot")
    desk.open(first)
    assert desk.reading.caret() == place


def test_theme_is_kept(new_desk: Callable[[], Desk]) -> None:
    desk = new_desk()
    assert desk.window.theme.name == "light"
    desk.press("Ctrl+Shift+T")
    desk.leave()
    again = new_desk()
    assert again.window.theme.name == "dark" and settings.load().theme == "dark"
    again.run("view.system_theme")
    assert settings.load().theme == "system"


def test_size_of_the_window_is_kept(new_desk: Callable[[], Desk]) -> None:
    desk = new_desk()
    desk.window.resize(860, 600)
    desk.settle()
    desk.window.close()
    desk.settle()
    assert new_desk().window.size().toTuple() == (860, 600)


def test_text_size_grows_by_keys_and_by_the_wheel_and_is_kept(
    new_desk: Callable[[], Desk], suggested_copy: Path
) -> None:
    desk = new_desk()
    desk.open(suggested_copy)

    def height(one: Desk) -> int:
        return one.reading.cursorRect().height()

    first = height(desk)
    desk.press("Ctrl++")
    larger = height(desk)
    assert larger > first
    wheel(desk, up=True)
    assert height(desk) > larger
    wheel(desk, up=False)
    assert height(desk) == larger
    desk.leave()
    again = new_desk()
    again.open(suggested_copy)
    assert height(again) == larger
    again.press("Ctrl+-")
    assert height(again) == first


def wheel(desk: Desk, *, up: bool) -> None:
    window = desk.window.windowHandle()
    place = QPointF(desk.reading.mapTo(desk.window, desk.reading.rect().center()))
    turn = QPoint(0, 120 if up else -120)
    QTest.wheelEvent(window, place, turn, QPoint(), Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def test_text_size_stays_within_what_can_be_read(desk: Desk) -> None:
    desk.press("Ctrl++", times=30)
    assert settings.load().text_size_px == 34
    desk.press("Ctrl+-", times=60)
    assert settings.load().text_size_px == 11


# Layers


@pytest.mark.parametrize(("key", "name"), [("Alt+1", "Entities"), ("Alt+2", "Quotes"), ("Alt+4", "Suggestions")])
def test_layers_are_hidden_and_shown_by_keys(desk: Desk, key: str, name: str) -> None:
    desk.press("N", "N", "Return", "N")
    desk.put_caret("Pentagon")
    with_all = desk.reading.viewport().grab().toImage()
    desk.press(key)
    assert desk.reading.viewport().grab().toImage() != with_all
    assert any(name in one.text() and "hidden" in one.text() for one in desk.window.findChildren(QPushButton))
    desk.press(key)
    assert desk.reading.viewport().grab().toImage() == with_all


# The message bar


def test_second_message_replaces_the_first_and_the_next_act_takes_it_away(desk: Desk) -> None:
    desk.session.said.emit("One", "info")
    desk.session.said.emit("Two <b>& more</b>", "bad")
    assert desk.message == "Two <b>& more</b>"
    desk.press("N")
    assert desk.message == ""


@pytest.mark.parametrize("size", [(1440, 900), (860, 560)])
@pytest.mark.parametrize("length", [5, 400])
def test_message_covers_neither_the_status_bar_nor_anything_outside(
    desk: Desk, size: tuple[int, int], length: int
) -> None:
    desk.window.resize(*size)
    desk.session.said.emit("Something happened to it. " * (length // 20 + 1), "bad")
    desk.settle()
    bar, status = desk.window.message, desk.window.findChild(StatusBar)
    middle = desk.window.centralWidget().rect()
    assert status is not None and middle.contains(bar.geometry())
    assert not bar.geometry().intersects(status.geometry())
    text = bar.findChildren(type(bar._text))[0]
    assert text.heightForWidth(text.width()) <= text.height(), "nothing is cut off"


def test_message_is_closed_by_its_button(desk: Desk) -> None:
    desk.session.said.emit("One", "bad")
    close = next(
        one for one in desk.window.message.children() if getattr(one, "accessibleName", str)() == "Close the message"
    )
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert desk.message == ""


# Dropped files


def test_dropped_files_and_folders_are_imported_and_suggested(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "more" / "inside"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Angela Merkel visited Paris. “We agree,” she said.", encoding="utf-8")
    lone = tmp_path / "b.txt"
    lone.write_text("Nothing of note happened in Oslo.", encoding="utf-8")
    desk.drop([folder.parent, lone])
    desk.wait_for_job()
    assert len(desk.titles) == 4 and desk.message.startswith("2 articles added")
    desk.wait_for_models()
    assert all(one.is_suggested for one in queries.article_rows(desk.project))


def test_dropped_project_is_opened(start_page: Desk, suggested_copy: Path) -> None:
    start_page.drop([suggested_copy])
    assert start_page.session.is_open and len(start_page.titles) == 2


def test_files_dropped_without_a_project_go_into_a_new_one(
    start_page: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lone = tmp_path / "b.txt"
    lone.write_text("Nothing of note happened in Oslo.", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    start_page.drop([lone])
    assert not start_page.session.is_open
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(tmp_path / "new.annot"), "")))
    start_page.drop([lone])
    start_page.wait_for_job()
    assert start_page.titles == ["Nothing of note happened in Oslo."]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"\xff\xfe\xfa broken \xc3\x28", "a.txt"),
        ("a.txt", b"", "a.txt"),
        ("a.pdf", b"%PDF-1.4", "a.pdf"),
        ("missing.txt", None, "missing.txt"),
    ],
)
def test_bad_file_is_one_clear_sentence(
    desk: Desk, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    desk.drop([tmp_path / name])
    desk.wait_for_job()
    assert words in desk.message and len(desk.message) < 300, desk.message
    assert len(desk.titles) == 2


def test_cancelled_import_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text(f"Edition {number}. " + desk.text, encoding="utf-8")
    desk.drop([tmp_path])
    dialog = desk.window.findChild(ProgressDialog)
    assert dialog is not None and dialog.isVisible()
    desk.qtbot.waitUntil(lambda: "of 4" in desk.words_of(dialog), timeout=5000)
    QTest.mouseClick(dialog.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    desk.settle()
    assert not dialog.isVisible() and not desk.session.foreground.is_running
    assert len(queries.article_rows(desk.project)) == 2 and len(desk.titles) == 2
    assert desk.message == "Stopped. Nothing was changed."
    desk.come_back()
    desk.press("N", "Return")
    assert len(desk.quotes) == 1, "work goes on"


# Projects that cannot be had, or not written to


def test_recent_projects_are_listed_and_opened(desk: Desk) -> None:
    path = desk.project.path
    desk.press("Ctrl+W")
    assert not desk.session.is_open
    QTest.mouseClick(button(desk, path.stem), Qt.MouseButton.LeftButton)
    assert desk.session.is_open and desk.project.path == path


def test_recent_projects_are_in_the_file_menu(desk: Desk) -> None:
    path = desk.project.path
    desk.press("Ctrl+W")
    (recent,) = [one for one in desk.window.findChildren(QMenu) if one.title() == "Open recent"]
    recent.aboutToShow.emit()
    recent.actions()[0].trigger()
    assert desk.session.is_open and desk.project.path == path


def test_recent_project_that_has_vanished_is_a_message(desk: Desk) -> None:
    path = desk.project.path
    desk.press("Ctrl+W")
    path.unlink()
    QTest.mouseClick(button(desk, path.stem), Qt.MouseButton.LeftButton)
    assert not desk.session.is_open and path.name in desk.message


def test_project_that_another_program_holds_is_a_message(
    start_page: Desk, suggested_copy: Path, author: Author
) -> None:
    with open_project(suggested_copy, author):
        start_page.drop([suggested_copy])
        assert not start_page.session.is_open
        assert suggested_copy.name in start_page.message and "open" in start_page.message
    start_page.drop([suggested_copy])
    assert start_page.session.is_open


def test_open_project_opened_again_stays_open(desk: Desk) -> None:
    article = desk.article_id
    desk.press("N", "Return")
    desk.drop([desk.project.path])
    desk.press("N", "Return")
    assert desk.article_id == article and desk.entities and desk.quotes


def test_file_that_is_no_project_is_a_message_and_the_open_one_stays(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    other.write_bytes(b"not a database at all" * 100)
    desk.drop([other])
    assert "other.annot" in desk.message and len(desk.titles) == 2
    desk.press("N", "Return")
    assert desk.quotes


def test_read_only_project_can_be_read_and_says_why_it_cannot_be_changed(
    new_desk: Callable[[], Desk], suggested_copy: Path
) -> None:
    desk = new_desk()
    assert desk.session.open_path(suggested_copy, read_only=True)
    desk.settle()
    assert "Read-only" in desk.words_of(desk.window.top)
    desk.press("N", "Return")
    assert "read" in desk.message.lower() and not desk.quotes
    for keys in ("1", "Backspace", "A", "F", "Ctrl+Return", "Ctrl+Z", "Ctrl+Y"):
        desk.press(keys)
    assert not desk.entities and not desk.quotes


def test_file_that_vanishes_under_the_window_is_a_message(desk: Desk) -> None:
    path = desk.project.path
    desk.press("N")
    path.rename(path.with_suffix(".gone"))
    desk.press("Return")
    assert path.name in desk.message, desk.message
    for keys in ("N", "Alt+Down", "Alt+Up", "A", "F", "Ctrl+Return", "Ctrl+Z", "Ctrl+W"):
        desk.press(keys)
    assert not desk.session.is_open


def test_demo_folder_is_removed_when_the_demo_is_left(start_page: Desk) -> None:
    QTest.mouseClick(button(start_page, "Try the demo"), Qt.MouseButton.LeftButton)
    folder = start_page.project.path.parent
    assert len(start_page.titles) == 2 and folder.is_dir()
    start_page.session.shut_down()
    assert not folder.exists()


def test_key_caps_read_like_keys() -> None:
    assert [key_text(one) for one in ("Ctrl+Return", "Ctrl++", "Shift+Left", "1–9")] == [
        "Ctrl ↵",
        "Ctrl Plus",
        "Shift ←",
        "1–9",
    ]
