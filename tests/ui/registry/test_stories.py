"""The window of near-duplicates: grouped, and Enter opens the article."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from annotator.services import queries
from annotator.ui.registry.stories_dialog import StoriesDialog
from tests.ui.desk import Desk


def stories(desk: Desk) -> StoriesDialog:
    desk.run("article.stories")
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(StoriesDialog)), timeout=10_000)
    (dialog,) = desk.window.findChildren(StoriesDialog)
    return dialog


def test_articles_that_say_nearly_the_same_words_are_one_story(desk: Desk, tmp_path: Path) -> None:
    words = desk.text.split()
    words[20:22] = ["Changed", "here"]
    (tmp_path / "copy.txt").write_text(" ".join(words), "utf-8")
    desk.drop([tmp_path / "copy.txt"])
    desk.wait_for_job()
    dialog = stories(desk)
    rows = [dialog.listing.row(one) for one in dialog.listing.table.shown_ids]
    assert [(one.story, one.of) for one in rows if one] == [(1, 2), (1, 2)]
    assert {one.name for one in rows if one} == {"copy.txt", queries.article_rows(desk.project)[0].name}
    copied = next(one for one in rows if one and one.name == "copy.txt")
    dialog.listing.row_entered.emit(copied.id)
    assert desk.article_id == copied.id
    dialog.close()


def test_where_no_two_say_the_same_the_list_says_so(desk: Desk) -> None:
    dialog = stories(desk)
    assert list(dialog.listing.table.shown_ids) == []
    assert any("No two articles" in one.text() for one in dialog.findChildren(QLabel))
    dialog.close()
