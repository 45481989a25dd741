"""The window of names, by keys, on a real project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from annotator.services import annotation, own_names, queries, suggesting
from annotator.ui.registry.names_dialog import NamesDialog
from tests.ui.desk import Desk


def opened(desk: Desk) -> NamesDialog:
    """The window of names, opened by its key."""
    desk.press("Ctrl+Shift+N")
    window = desk.window.findChild(NamesDialog)
    assert window is not None
    desk.qtbot.waitUntil(window.isActiveWindow)
    return window


def own() -> dict[str, str]:
    return {one.name: one.label for one in own_names.own()}


def seen(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def add(desk: Desk, name: str) -> None:
    desk.press("Ctrl+N")
    desk.type(name)
    desk.press("Ctrl+Return")


def test_a_name_is_added_renamed_and_removed_by_keys(desk: Desk) -> None:
    window = opened(desk)
    add(desk, "Ostrava Forum")
    assert own() == {"Ostrava Forum": "ORG"} and window.records.listing.selected_id == "Ostrava Forum"
    desk.type(" for Peace")
    desk.press("Ctrl+Return")
    assert own() == {"Ostrava Forum for Peace": "ORG"}
    desk.press("Ctrl+D")
    assert own() == {}


def test_every_change_is_undone_and_redone_inside_the_window(desk: Desk) -> None:
    opened(desk)
    add(desk, "Ostrava Forum")
    add(desk, "Brno Forum")
    desk.press("Ctrl+Z")
    assert own() == {"Ostrava Forum": "ORG"}
    desk.press("Ctrl+Z")
    assert own() == {}
    desk.press("Ctrl+Shift+Z", times=2)
    assert own() == {"Ostrava Forum": "ORG", "Brno Forum": "ORG"}
    assert desk.project.codebook().version == 1


def test_a_field_with_typed_words_keeps_its_own_undo(desk: Desk) -> None:
    window = opened(desk)
    add(desk, "Ostrava Forum")
    desk.press("Ctrl+F")
    desk.type("brno")
    desk.press("Ctrl+Z")
    assert own() == {"Ostrava Forum": "ORG"} and window.records.listing.filter.text() != "brno"


def test_the_filter_finds_shipped_names_and_removing_one_means_never(desk: Desk) -> None:
    window = opened(desk)
    desk.press("Ctrl+F")
    desk.type("pentagon")
    desk.press("Down")
    assert window.records.listing.table.shown_ids == ["Pentagon"]
    desk.press("Ctrl+D")
    assert own() == {"Pentagon": own_names.NEVER}
    assert "yours, over the shipped" in str(window.records.listing.table.model().index(0, 2).data())


def test_the_words_of_the_selected_entity_become_a_name_with_one_key(desk: Desk) -> None:
    desk.select_words("allies")
    desk.press("2")
    desk.press("Shift+N")
    assert own() == {"allies": "ORG"}
    assert "“allies” is ORG" in desk.message and "Ctrl+Shift+N" in desk.message
    desk.press("Esc", "Shift+N")
    assert own() == {"allies": "ORG"}


def test_something_else_than_an_entity_is_no_name(desk: Desk) -> None:
    quote = next(one for one in desk.open_suggestions if one.draft.__struct_config__.tag == "quote")
    desk.window.label.select(quote.id)
    desk.press("Shift+N")
    assert own() == {} and "Select an entity first" in desk.message


def test_the_models_read_articles_that_are_not_done_again_when_asked(desk: Desk) -> None:
    first, other = (row.id for row in queries.article_rows(desk.project))
    annotation.set_status(desk.project, other, state="done")
    window = opened(desk)
    assert not window.renew.isEnabled()
    add(desk, "budget increases")
    assert "1 article not done yet" in seen(window) and suggesting.unfinished(desk.project) == [first]
    desk.press("Ctrl+R")
    assert "read 1 article again" in window.message.text
    desk.wait_for_models()
    found = queries.open_suggestions(desk.project, first)
    assert any(getattr(one.draft, "text", "") == "budget increases" for one in found)
    assert not window.renew.isEnabled()


def test_a_table_is_imported_as_one_step_and_exported(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.csv").write_text("name,label\nOstrava Forum,ORG\nPentagon,FAC\n", "utf-8")
    out = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.csv"), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    window = opened(desk)
    window.import_.click()
    assert own() == {"Ostrava Forum": "ORG", "Pentagon": "FAC"} and "mine.csv is taken over" in window.message.text
    window.export.click()
    assert out.read_text("utf-8") == (tmp_path / "mine.csv").read_text("utf-8")
    desk.press("Ctrl+Z")
    assert own() == {}


def test_a_table_that_is_none_is_refused_in_the_window(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "poem.csv").write_text("Roses are red", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "poem.csv"), ""))
    window = opened(desk)
    window.import_.click()
    assert "poem.csv is no list of names" in window.message.text and own() == {}
