"""The queue: searching, filtering, ordering, and what it shows of each article."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.services import unsureness
from annotator.services.queries import ArticleRow
from annotator.ui.label.queue import QueuePanel, foot_text
from annotator.ui.theme import load_theme
from tests.ui.desk import Desk

UNITED, HEGSETH = "The United States has privately", "US Secretary of Defense Pete Hegseth"


def chip(desk: Desk, text: str) -> QPushButton:
    return next(one for one in desk.queue.findChildren(QPushButton) if one.text().startswith(text))


def search(desk: Desk, words: str) -> None:
    desk.press("Ctrl+Shift+F")
    desk.type(words)
    desk.qtbot.wait(250)


def beginnings(desk: Desk) -> list[str]:
    return [next((one for one in (UNITED, HEGSETH) if title.startswith(one)), title) for title in desk.titles]


def article(
    number: int, *, state: str = "new", is_flagged: bool = False, decided: int = 0, left: int = 5
) -> ArticleRow:
    title = f"Article {number} about the spending of allies and what their ministers said of it"
    return ArticleRow(
        id=str(number),
        name=f"{number:04}.txt",
        title=title,
        state=state,
        is_flagged=is_flagged,
        decided=decided,
        open_count=left,
        length=1000 + number,
        imported="2025-01-01T00:00:00Z",
        is_suggested=True,
    )


def test_search_finds_words_of_the_text(desk: Desk) -> None:
    search(desk, "Hegseth unrealistic")
    assert beginnings(desk) == [HEGSETH]
    desk.press("Ctrl+A", "Backspace")
    desk.qtbot.wait(250)
    assert beginnings(desk) == [UNITED, HEGSETH]


def test_search_waits_until_typing_pauses(desk: Desk) -> None:
    asked: list[str] = []
    desk.queue.searched.connect(asked.append)
    search(desk, "hegseth")
    assert asked == ["hegseth"]


@pytest.mark.parametrize("words", ['"', "NOT", "a*", "(", "(((", "NEAR(", "-", "'", "^", "\x00", "*", "col:x"])
def test_search_for_anything_at_all_is_no_error(desk: Desk, words: str) -> None:
    desk.queue.search.setText(words)
    desk.qtbot.wait(200)
    assert desk.message == ""


def test_search_without_a_match_says_so(desk: Desk) -> None:
    search(desk, "zebra")
    assert desk.titles == [] and "No article fits" in desk.words_of(desk.queue)


def test_letters_typed_into_the_search_do_not_annotate(desk: Desk) -> None:
    desk.press("N")
    count, selected = len(desk.open_suggestions), desk.selected
    desk.press("Ctrl+Shift+F")
    desk.type("nax129qpf")
    desk.press("Backspace", "Delete", "Left", "Shift+Left")
    assert desk.queue.search.text() == "nax129qp"
    assert len(desk.open_suggestions) == count and desk.selected == selected and desk.window.label.resizing is None


def test_enter_in_the_search_accepts_nothing_and_goes_to_the_articles_found(desk: Desk) -> None:
    desk.press("N")
    search(desk, "unrealistic")
    desk.press("Return")
    assert not desk.quotes and not desk.entities
    assert desk.text.startswith(HEGSETH) and desk.focus is desk.reading


def test_escape_in_the_search_empties_it_and_goes_back_to_the_text(desk: Desk) -> None:
    search(desk, "zebra")
    desk.press("Esc")
    desk.qtbot.wait(200)
    assert desk.queue.search.text() == "" and len(desk.titles) == 2 and desk.focus is desk.reading


def test_filters_show_their_counts(desk: Desk) -> None:
    assert chip(desk, "All").text() == "All 2" and chip(desk, "To do").text() == "To do 2"
    desk.press("F", "Ctrl+Return")
    assert chip(desk, "To do").text() == "To do 1"
    assert chip(desk, "Done").text() == "Done 1" and chip(desk, "Flagged").text() == "Flagged 1"


def test_filters_by_state_and_flag(desk: Desk) -> None:
    desk.press("F", "Ctrl+Return")
    for name, shown in (("To do", [HEGSETH]), ("Done", [UNITED]), ("Flagged", [UNITED]), ("All", [UNITED, HEGSETH])):
        QTest.mouseClick(chip(desk, name), Qt.MouseButton.LeftButton)
        assert beginnings(desk) == shown, name


def test_article_that_leaves_the_filter_stays_open(desk: Desk) -> None:
    QTest.mouseClick(chip(desk, "To do"), Qt.MouseButton.LeftButton)
    desk.reading.setFocus()
    desk.press("Ctrl+Return")
    assert desk.text.startswith(HEGSETH)
    desk.press("Ctrl+Return")
    assert desk.titles == [] and desk.text.startswith(HEGSETH)
    assert desk.message.startswith("The article is marked done with") and "Ctrl+Z" in desk.message


def test_order_by_title_and_by_what_is_left(desk: Desk) -> None:
    desk.queue.order.setCurrentText("By title")
    assert desk.titles == sorted(desk.titles, key=str.casefold)
    desk.queue.order.setCurrentText("Most left to do")
    assert beginnings(desk) == [HEGSETH, UNITED]
    desk.queue.order.setCurrentText("Least left to do")
    assert beginnings(desk) == [UNITED, HEGSETH]
    desk.press("Alt+Down")
    assert desk.text.startswith(HEGSETH), "next is the next one in the list"


def test_row_says_how_far_an_article_is(desk: Desk) -> None:
    total = len(desk.open_suggestions)
    desk.press("N", "Return")
    assert foot_text(desk.queue.model.rows[0]) == f"1 of {total}"
    desk.press("Ctrl+Return")
    assert foot_text(desk.queue.model.rows[0]) == "done"
    assert desk.queue.model.index(0, 0).data().endswith(", done"), "for screen readers"


def test_arrow_keys_in_the_list_open_articles_and_annotating_keys_work_there(desk: Desk) -> None:
    desk.queue.list.setFocus()
    desk.press("Down")
    assert desk.text.startswith(HEGSETH) and desk.focus is desk.queue.list
    desk.press("N")
    assert desk.selected is not None


@pytest.mark.parametrize("key", ["Return", "Enter"])
def test_enter_in_the_list_goes_to_the_text_and_accepts_nothing(desk: Desk, key: str) -> None:
    desk.press("N")
    desk.queue.list.setFocus()
    desk.press(key)
    assert desk.focus is desk.reading and not desk.quotes and not desk.entities


def test_double_click_in_the_list_goes_to_the_text(desk: Desk) -> None:
    row = desk.queue.list.visualRect(desk.queue.proxy.index(1, 0)).center()
    QTest.mouseClick(desk.queue.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    QTest.mouseDClick(desk.queue.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    # QTest leaves the button down.
    QTest.mouseRelease(desk.queue.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert desk.text.startswith(HEGSETH) and desk.focus is desk.reading


def test_empty_project_says_how_to_begin(start_page: Desk, tmp_path: Path) -> None:
    assert start_page.session.create(tmp_path / "empty.annot")
    assert "No articles yet" in start_page.words_of(start_page.queue)
    start_page.settle()
    assert "No articles yet" in start_page.words_of(start_page.window.label_view.splitter.widget(1))
    start_page.press("N", "Return", "A", "Alt+Down", "Ctrl+Return")
    assert start_page.titles == []
    (tmp_path / "a.txt").write_text("Angela Merkel visited Paris.", encoding="utf-8")
    start_page.drop([tmp_path / "a.txt"])
    start_page.wait_for_job()
    assert start_page.reading.isVisible() and start_page.text == "Angela Merkel visited Paris."


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    made = QueuePanel(load_theme("light"))
    qtbot.addWidget(made)
    made.resize(260, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_queue_of_2000_articles_filters_and_follows_an_act(qtbot: QtBot, panel: QueuePanel) -> None:
    rows = [article(one, state="done" if one % 4 == 0 else "new", is_flagged=one % 100 == 0) for one in range(2000)]
    panel.show_rows(rows)
    panel.set_filter("flagged")
    assert len(panel.shown_ids()) == 20
    panel.set_filter("done")
    assert len(panel.shown_ids()) == 500
    panel.set_filter("todo")
    assert len(panel.shown_ids()) == 1500
    panel.show_row(article(1, decided=1, left=4))
    assert panel.proxy.index(0, 0).data().endswith(", 1 of 5")
    panel.show_row(article(1, state="done"))
    assert "1" not in panel.shown_ids() and len(panel.shown_ids()) == 1499


def test_titles_of_any_script_are_drawn_within_three_lines(panel: QueuePanel) -> None:
    long = "😅 سلام 日本語の見出し " * 20
    panel.show_rows(
        [
            ArticleRow(
                id="1",
                name="a.txt",
                title=long,
                state="new",
                is_flagged=True,
                decided=0,
                open_count=0,
                length=1,
                imported="",
                is_suggested=False,
            )
        ]
    )
    panel.grab()
    assert panel.list.visualRect(panel.proxy.index(0, 0)).height() < 130
    assert panel.list.indexAt(QPoint(20, 20)).isValid()


def test_the_articles_of_which_the_models_are_least_sure_can_come_first(qtbot: QtBot) -> None:
    panel = QueuePanel(load_theme("light"))
    qtbot.addWidget(panel)
    asked: list[bool] = []
    found = {"2": 0.8, "1": 0.3}
    panel.unsureness_asked.connect(lambda: (asked.append(True), panel.show_unsureness(found)))
    panel.show_rows([article(number) for number in range(3)])
    assert not asked
    panel.order.setCurrentText("Least sure first")
    assert asked and panel.shown_ids() == ["2", "1", "0"]
    # New suggestions may have other scores.
    found = {"1": 0.9, "2": 0.1}
    panel.show_rows([article(number) for number in range(4)])
    assert panel.shown_ids()[:2] == ["1", "2"]


def test_the_window_knows_how_sure_the_models_are(desk: Desk) -> None:
    values = unsureness.of_queue(desk.project)
    assert len(values) == 2
    desk.queue.order.setCurrentText("Least sure first")
    assert desk.queue.shown_ids() == sorted(values, key=lambda one: -values[one])
