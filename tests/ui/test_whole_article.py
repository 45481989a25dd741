"""A whole seed article by keyboard alone, from the first suggestion to the exported file; the keys are counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QPushButton

from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.services import history, queries, stances
from annotator.ui.exporting.dialog import ExportDialog
from tests.ui.desk import Desk


def test_key_count_of_accepting_all_suggestions_is_one_a_suggestion(desk: Desk) -> None:
    count = len(desk.open_suggestions)
    keys = desk.press("N")
    keys += _press_until_decided(desk, "Return")
    assert keys == count + 1, "one key goes to the first suggestion"
    made = stances.of_article(desk.project, desk.article_id)
    assert len(desk.entities) + len(desk.quotes) + len(made) == count
    assert desk.message.startswith("No suggestion is left in this article.")


def test_key_count_of_accepting_by_paragraph_is_one_a_paragraph(desk: Desk) -> None:
    starts = {desk.reading.paragraph_at(one.start).start for one in desk.window.label.open_places()}
    keys = desk.press("N")
    keys += _press_until_decided(desk, "A")
    assert keys == len(starts) + 1 and keys < 20


def test_key_count_of_a_quotation_under_the_caret_is_one(desk: Desk) -> None:
    place = desk.put_caret("“Allies have recognized")
    desk.reading.set_caret(place + 5)
    assert desk.press("Q") == 1
    (quote,) = desk.quotes
    assert quote.content[0].text.startswith("“Allies") and quote.content[0].text.endswith("”")


def test_whole_article_by_keyboard_alone(desk: Desk, tmp_path: Path) -> None:
    article = desk.article_id
    keys = desk.press("N")
    assert isinstance(desk.selected.draft, QuoteDraft)  # type: ignore[union-attr]
    # Quote and stance are right; "United States" should be called an organization; "European" is no entity here.
    keys += desk.press("Return", "Return", "2", "Backspace")
    assert len(desk.quotes) == 1 and desk.entities == [("United States", "ORG")]
    # "NATO" to "NATO’s", as an exercise, and back again.
    assert isinstance(desk.selected.draft, EntityDraft)  # type: ignore[union-attr]
    keys += desk.press("X", "Ctrl+Shift+Right", "Return")
    longer = desk.entities[-1][0]
    keys += desk.press("Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Z")
    assert longer != "NATO" and ("United States", "ORG") in desk.entities and len(desk.entities) == 1
    keys += _press_until_decided(desk, "A")
    keys += desk.press("Ctrl+Return")
    assert desk.article_id != article
    row = queries.article_row(desk.project, article)
    assert row is not None and row.state == "done" and row.open_count == 0
    out = tmp_path / "out.jsonl"
    keys += 1
    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), lambda dialog: _export_by_keys(desk, dialog, out))
    desk.wait_for_job()
    assert desk.message.startswith("Wrote 2 articles with") and str(out) in desk.message
    lines = [msgspec.json.decode(line) for line in out.read_bytes().splitlines()]
    (line,) = [one for one in lines if one["article"]["id"] == article]
    assert line["status"]["state"] == "done" and line["layer"]
    kept = {(line["text"][one["start"] : one["end"]], one["label"]) for one in line["entities"]}
    assert ("United States", "ORG") in kept and ("NATO", "ORG") in kept
    assert [one["suggested"]["text"] for one in line["rejections"]] == ["European"]
    assert list(tmp_path.glob("*manifest*"))
    assert keys < 40, keys


def _press_until_decided(desk: Desk, key: str) -> int:
    """Press a key while something is open, at most once a suggestion; gives how many presses it took."""
    most = len(desk.open_suggestions)
    for count in range(most):
        if not desk.open_suggestions:
            return count
        desk.press(key)
    return most


def _export_by_keys(desk: Desk, dialog: ExportDialog, out: Path) -> None:
    desk.press("Alt+W")
    assert dialog.place.hasFocus()
    desk.press("Ctrl+A")
    desk.type(str(out))
    desk.press("Return")


def test_work_is_undone_and_done_again_after_the_program_was_closed(
    new_desk: Callable[[], Desk], suggested_copy: Path
) -> None:
    desk = new_desk()
    desk.open(suggested_copy)
    desk.press("N", "Return", "Return", "Return")
    entities, quotes = desk.entities, [one.id for one in desk.quotes]
    assert entities and quotes
    desk.leave()
    again = new_desk()
    again.open(suggested_copy)
    again.press("Ctrl+Z")
    assert again.entities == [] and [one.id for one in again.quotes] == quotes
    again.press("Ctrl+Z", "Ctrl+Z")
    assert again.quotes == []
    assert history.redo_text(again.project) == "accepted a quote"
    again.press("Ctrl+Y", "Ctrl+Y", "Ctrl+Y")
    assert again.entities == entities and [one.id for one in again.quotes] == quotes


def test_enter_in_a_dialog_accepts_no_suggestion(desk: Desk) -> None:
    desk.press("N")
    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), lambda _: desk.press("Esc"))
    assert not desk.quotes and not desk.entities

    def cancel(dialog: ExportDialog) -> None:
        cancel = next(one for one in dialog.findChildren(QPushButton) if "Cancel" in one.text())
        cancel.setFocus()
        desk.press("A", "1", "Q", "Return")

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), cancel)
    assert not desk.quotes and not desk.entities
