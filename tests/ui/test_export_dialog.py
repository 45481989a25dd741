"""The export dialog, as one uses it: formats, filters, the count, the preview, the place, and what is said after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit, QPushButton, QTableView

from annotator.domain.progress import drain
from annotator.export.manifest import read_manifest
from annotator.services import export_choices, exporting, suggesting
from annotator.ui.bars import ProgressDialog
from annotator.ui.exporting.acts import Looking
from annotator.ui.exporting.dialog import ExportDialog, replacing
from annotator.ui.exporting.losses import LossesDialog
from tests.ui.desk import Desk


class Open:
    """An export dialog that stays open beside the window."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.dialog = ExportDialog(desk.window, export_choices.offered(desk.project))
        self.looking = Looking(desk.window, self.dialog)
        self.dialog.show()

    def wait(self) -> None:
        self._desk.qtbot.waitUntil(lambda: not self.looking.is_busy, timeout=30_000)

    def close(self) -> None:
        self.looking.stop()
        self.dialog.close()
        self.dialog.deleteLater()


@pytest.fixture
def opened(desk: Desk) -> Iterator[Open]:
    made = Open(desk)
    yield made
    made.close()


def _click(desk: Desk, text: str) -> None:
    next(one for one in desk.window.message.findChildren(QPushButton) if text in one.text()).click()


def test_the_count_and_the_preview_follow_what_is_chosen(opened: Open) -> None:
    dialog = opened.dialog
    opened.wait()
    assert dialog.told == "2 of 2 articles, with 0 entities, 0 quotes and 0 stances, will be written."
    dialog.filters.layer.setCurrentIndex(dialog.filters.layer.findData("suggestions"))
    dialog.filters.labels.choose(["PERSON"])
    opened.wait()
    assert dialog.told.startswith("2 of 2 articles, with ") and " 0 entities" not in dialog.told
    text = dialog.preview.shown
    assert isinstance(text, QPlainTextEdit) and '"label":"PERSON"' in text.toPlainText()
    assert '"label":"ORG"' not in text.toPlainText()
    dialog.filters.is_flagged.click()
    opened.wait()
    assert dialog.told == "None of 2 articles fits what is chosen."
    assert "No article fits" in dialog.preview.words.text()


def test_tables_are_previewed_as_tables_a_file_at_a_time(opened: Open) -> None:
    dialog = opened.dialog
    dialog.filters.layer.setCurrentIndex(dialog.filters.layer.findData("suggestions"))
    dialog.formats.choose("csv")
    opened.wait()
    dialog.preview.files.setCurrentText("quotes.csv")
    shown = dialog.preview.shown
    assert isinstance(shown, QTableView) and shown.model().rowCount() > 10
    headers = [shown.model().headerData(at, Qt.Orientation.Horizontal) for at in range(shown.model().columnCount())]
    assert {"speaker", "text", "form"} <= set(headers)
    dialog.filters.forms.choose(["direct"])
    opened.wait()
    assert dialog.preview.files.currentText() == "quotes.csv"


def test_a_preview_by_the_worker_comes_and_the_last_choice_wins(opened: Open) -> None:
    dialog = opened.dialog
    dialog.formats.choose("conll")
    opened.dialog.show_count("")
    QTest.qWait(400)
    dialog.formats.choose("jsonl")
    opened.wait()
    text = dialog.preview.shown
    assert isinstance(text, QPlainTextEdit) and text.toPlainText().startswith('{"format":"annotator-article/1"')


def test_a_format_shows_the_options_that_it_has(opened: Open) -> None:
    filters = opened.dialog.filters
    assert not filters.align.isVisibleTo(filters) and not filters.split.isVisibleTo(filters)
    opened.dialog.formats.choose("conll")
    assert filters.align.isVisibleTo(filters) and not filters.split.isVisibleTo(filters)
    opened.dialog.formats.choose("spacy")
    assert filters.seed.isVisibleTo(filters)
    filters.split.setText("50, 50")
    assert "add up to 100" in opened.dialog.problem and not opened.dialog.go.isEnabled()
    filters.split.setText("50, 25, 25")
    assert opened.dialog.go.isEnabled() and opened.dialog.options().split == (0.5, 0.25, 0.25)


def test_a_day_that_is_none_is_named(opened: Open) -> None:
    filters = opened.dialog.filters
    filters.since.setText("12.2.2025")
    assert opened.dialog.problem == "“From” is a day like 2025-02-12." and not opened.dialog.go.isEnabled()
    filters.since.setText("2025-02-12")
    filters.until.setText("2025-01-01")
    assert "later" in opened.dialog.problem
    filters.until.setText("")
    assert opened.dialog.options().only.since == "2025-02-12"


def test_days_and_outlets_can_be_chosen_where_articles_have_some(desk: Desk) -> None:
    found = export_choices.offered(desk.project)
    bare = ExportDialog(desk.window, found)
    assert not bare.filters.since.isEnabled() and not bare.filters.outlets.isEnabled()
    known = msgspec.structs.replace(found, outlets=("Echo", "R&D"), period=("2025-01-02", "2025-03-01"))
    dialog = ExportDialog(desk.window, known)
    assert dialog.filters.since.placeholderText() == "2025-01-02"
    dialog.filters.outlets.choose(["R&D"])
    assert dialog.options().only.outlets == ("R&D",) and dialog.filters.outlets.text().strip() == "R&&D"
    for one in (bare, dialog):
        one.deleteLater()


def test_values_are_ticked_by_keys_while_the_list_stays_open(desk: Desk, opened: Open) -> None:
    labels = opened.dialog.filters.labels
    labels.setFocus()
    menu = labels.menu()
    menu.popup(labels.mapToGlobal(labels.rect().bottomLeft()))
    desk.press("Down", "Space", "Down", "Space")
    assert menu.isVisible() and len(labels.chosen() or ()) == 2
    desk.press("Esc")
    assert labels.accessibleName().startswith("Entity labels: ") and labels.chosen() is not None
    labels.choose(None)
    assert labels.chosen() is None and labels.text().strip() == "All labels"


def test_the_name_ends_as_the_format_does(opened: Open) -> None:
    dialog = opened.dialog
    dialog.place.setText("/some/folder/work.jsonl")
    for name, ending in (("conll", "work.conll"), ("spacy", "work"), ("xlsx", "work.xlsx"), ("jsonl", "work.jsonl")):
        dialog.formats.choose(name)
        assert str(dialog.out()) == f"/some/folder/{ending}"
    dialog.place.clear()
    assert not dialog.go.isEnabled()


def test_an_audit_leaves_nothing_to_choose(desk: Desk, tmp_path: Path) -> None:
    def fill(dialog: ExportDialog) -> None:
        dialog.filters.labels.choose(["ORG"])
        dialog.formats.choose("audit")
        assert not dialog.filters.isVisibleTo(dialog)
        desk.qtbot.waitUntil(lambda: dialog.told == "Every act of everybody will be written.")
        dialog.place.setText(str(tmp_path / "audit"))
        dialog.go.click()

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), fill)
    desk.wait_for_job()
    assert "verify.py in it checks them" in desk.message and (tmp_path / "audit" / "verify.py").is_file()
    assert [one.text() for one in desk.window.message.findChildren(QPushButton)] == ["Open folder"]


def test_nothing_is_replaced_unasked(desk: Desk, opened: Open, tmp_path: Path) -> None:
    dialog = opened.dialog
    out = tmp_path / "here.jsonl"
    out.write_text("mine")
    dialog.place.setText(str(out))

    def answer(word: str) -> Callable[[QMessageBox], None]:
        return lambda box: next(one for one in box.buttons() if word in one.text()).click()

    desk.during(QMessageBox, dialog.go.click, answer("Cancel"))
    assert not dialog.result()
    dialog.activateWindow()
    desk.during(QMessageBox, dialog.go.click, answer("Replace"))
    assert dialog.result() and out.read_text() == "mine"


def test_a_folder_that_holds_something_is_told_of(tmp_path: Path) -> None:
    assert replacing(tmp_path / "new", is_folder=True) == ""
    (tmp_path / "a").mkdir()
    assert replacing(tmp_path / "a", is_folder=True) == ""
    (tmp_path / "a" / "one").write_text("1")
    assert replacing(tmp_path / "a", is_folder=True).startswith("The folder “a” holds 1 file. ")


def test_an_export_says_where_it_went_and_what_was_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: ExportDialog) -> None:
        dialog.formats.choose("dna")
        dialog.filters.layer.setCurrentIndex(dialog.filters.layer.findData("suggestions"))
        dialog.filters.positions.choose(["support"])
        dialog.place.setText(str(tmp_path / "out.csv"))
        dialog.go.click()

    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not urls.append(url))
    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), fill)
    desk.wait_for_job()
    assert desk.message.startswith("Wrote 2 articles")
    manifest = read_manifest(tmp_path / "out.csv")
    assert manifest.about.filter.only is not None and manifest.about.filter.only.positions == ("support",)
    _click(desk, "Open folder")
    assert [Path(url.toLocalFile()) for url in urls] == [tmp_path]
    _click(desk, "Show what was lost")
    desk.session.said.emit("Something else.", "info")
    desk.qtbot.waitUntil(lambda: not desk.window.message.findChildren(QPushButton))
    dialog = desk.window.findChild(LossesDialog)
    assert dialog is not None and len(dialog.listing.rows) == len(manifest.counts.losses) > 0
    dialog.listing.filter.setText("no such words")
    assert dialog.listing.table.shown_ids == []
    dialog.listing.filter.clear()
    article = next(one.article for one in manifest.counts.losses if one.article)
    dialog.listing.table.row_entered.emit(next(one.id for one in dialog.listing.rows if one.article == article))
    assert desk.article_id == article and not dialog.isVisible()


def test_what_was_chosen_is_there_again_the_next_time(desk: Desk, tmp_path: Path) -> None:
    def fill(dialog: ExportDialog) -> None:
        dialog.formats.choose("conll")
        dialog.filters.labels.choose(["ORG"])
        dialog.filters.align.setCurrentIndex(2)
        dialog.place.setText(str(tmp_path / "first.conll"))
        dialog.go.click()

    seen: list[object] = []

    def look(dialog: ExportDialog) -> None:
        options = dialog.options()
        seen.extend([dialog.format_name(), options.only.labels, options.align, dialog.out().name])
        desk.press("Esc")

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), fill)
    desk.wait_for_job()
    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), look)
    assert seen == ["conll", ("ORG",), "skip", "first.conll"]


def test_an_export_that_is_cancelled_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def fill(dialog: ExportDialog) -> None:
        dialog.formats.choose("spacy")
        dialog.place.setText(str(out / "corpus"))
        dialog.go.click()

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), fill)
    assert desk.session.foreground.is_running
    progress = desk.window.findChild(ProgressDialog)
    assert progress is not None
    progress.findChild(QPushButton).click()  # type: ignore[union-attr]
    desk.settle()
    assert desk.message == "Stopped. Nothing was changed." and list(out.iterdir()) == []


def test_an_export_without_choices_is_the_same_bytes_as_without_the_window(desk: Desk, tmp_path: Path) -> None:
    desk.press("N", "Return", "Return")

    def fill(dialog: ExportDialog) -> None:
        dialog.place.setText(str(tmp_path / "out.jsonl"))
        dialog.go.click()

    desk.during(ExportDialog, lambda: desk.press("Ctrl+E"), fill)
    desk.wait_for_job()
    with suggesting.new_worker() as worker:
        drain(
            exporting.export(desk.project, "jsonl", tmp_path / "again.jsonl", exporting.ExportOptions(), worker=worker)
        )
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "again.jsonl").read_bytes()
    assert read_manifest(tmp_path / "out.jsonl").about == read_manifest(tmp_path / "again.jsonl").about
