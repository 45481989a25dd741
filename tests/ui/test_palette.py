"""The palette: an article or a command by a few letters."""

from __future__ import annotations

import pytest

from annotator.ui.palette import Entry, best_entries, match_score
from tests.ui.desk import Desk


def entry(text: str) -> Entry:
    return Entry(text, "Edit", text, "", lambda: None)


@pytest.mark.parametrize(
    ("better", "worse"),
    [("Accept", "Mark as accepted"), ("Mark as accepted", "Inacceptable"), ("Inacceptable", "A clever concept")],
)
def test_beginnings_come_before_middles_and_middles_before_scattered_letters(better: str, worse: str) -> None:
    assert match_score("accep", better) > match_score("accep", worse)
    assert best_entries("acce", [entry(worse), entry(better)])[0].text == better


def test_letters_that_are_not_there_find_nothing() -> None:
    assert best_entries("xyz", [entry("Accept")]) == []
    assert best_entries("  ", [entry("Accept"), entry("Undo")]) != []


def test_article_is_found_and_opened_by_a_few_letters(desk: Desk) -> None:
    other = desk.titles[1]
    desk.press("Ctrl+K")
    desk.type("hegseth")
    desk.press("Return")
    assert desk.window.label.shown is not None and desk.window.label.shown.article.title == other
    assert desk.focus is desk.reading


def test_command_is_found_and_run_by_a_few_letters(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("dark")
    desk.press("Return")
    assert desk.window.theme.name == "dark"


def test_arrows_choose_and_escape_chooses_nothing(desk: Desk) -> None:
    article = desk.article_id
    desk.press("Ctrl+K")
    desk.type("next")
    desk.press("Down", "Up", "Down", "Return")
    first = desk.article_id
    desk.press("Ctrl+K")
    desk.type("next")
    desk.press("Esc")
    assert desk.article_id == first and article
    assert desk.focus is desk.reading


def test_letters_typed_into_the_palette_do_not_annotate(desk: Desk) -> None:
    desk.press("N")
    before = len(desk.open_suggestions)
    desk.press("Ctrl+K")
    desk.type("nax12q")
    desk.press("Backspace", "Esc")
    assert len(desk.open_suggestions) == before and desk.window.label.resizing is None


def test_commands_that_cannot_be_used_now_are_not_offered(start_page: Desk) -> None:
    names = {one.id for one in start_page.window.bound.entries()}
    assert "file.new" in names and "mark.accept" not in names and "edit.undo" not in names
