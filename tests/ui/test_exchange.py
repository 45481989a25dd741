"""Exchanging work in the window: send, receive with a preview and keys to compare, a project from a bundle, names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog

from annotator import settings
from annotator.domain.records import Entity
from annotator.services import authors, identity, reviewing, waiting
from annotator.store import articles, rows
from annotator.ui.exchange.authors_dialog import AuthorsDialog
from annotator.ui.exchange.identity_dialog import IdentityDialog
from annotator.ui.exchange.preview_dialog import PreviewDialog
from tests.exchange import BELA, CARL, copy, send
from tests.store.making import entity_at, put
from tests.ui.desk import Desk


@pytest.fixture
def bundle(project_file: Path, tmp_path: Path) -> Path:
    """What Bela sends: two entities in the first seed."""
    with copy(project_file, tmp_path / "bela", BELA) as project:
        article = articles.ids(project.conn)[0]
        put(project, entity_at(project, article, 4, 17, "GPE"), entity_at(project, article, 38, 46, "NORP"))
        return send(project, tmp_path / "bela.bundle.gz")


@pytest.fixture
def desk(new_desk: Callable[[], Desk], project_copy: Path) -> Desk:
    made = new_desk()
    made.open(project_copy)
    return made


@pytest.fixture
def file_named(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Let the next file dialog be answered with a path."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(path), "")))
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_: ([str(path)], "")))

    return answer


@pytest.fixture
def answering(qapp: QApplication) -> Iterator[Callable[[Callable[[QDialog], None]], None]]:
    """Answer the dialogs that open, one after the other."""
    waiting: list[Callable[[QDialog], None]] = []
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if waiting and isinstance(dialog, PreviewDialog | IdentityDialog) and dialog not in seen:
            seen.append(dialog)
            waiting.pop(0)(dialog)

    timer = QTimer(qapp)
    timer.timeout.connect(look)
    timer.start(20)
    yield waiting.append
    timer.stop()
    assert not waiting, "a dialog did not open"


def took(desk: Desk) -> int:
    return len([one for one in rows.select(desk.session.project.conn, "entity") if isinstance(one, Entity)])


def accept(dialog: QDialog) -> None:
    assert isinstance(dialog, PreviewDialog)
    assert not dialog.take.isEnabled()
    for box in dialog.findChildren(QCheckBox):
        box.click()
    dialog.take.click()


def test_work_is_received_once_the_key_was_compared(
    desk: Desk, bundle: Path, file_named: Callable[[Path], None], answering: Callable[[object], None]
) -> None:
    file_named(bundle)
    shown: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PreviewDialog)
        shown.append(dialog.summary.text())
        accept(dialog)

    answering(look)
    desk.press("Ctrl+Shift+R")
    desk.qtbot.waitUntil(lambda: "Taken over" in desk.message, timeout=10_000)
    assert took(desk) == 2
    assert shown == ["2 new annotations on 1 article."]
    assert "Bela" in [one.name for one in reviewing.layers(desk.session.project)]
    desk.come_back()
    desk.press("Ctrl+Shift+R")
    desk.qtbot.waitUntil(lambda: "Nothing new" in desk.message, timeout=10_000)


def test_a_receipt_that_is_declined_changes_nothing(
    desk: Desk, bundle: Path, file_named: Callable[[Path], None], answering: Callable[[object], None]
) -> None:
    file_named(bundle)
    answering(lambda dialog: dialog.reject())
    desk.press("Ctrl+Shift+R")
    desk.qtbot.waitUntil(lambda: "Nothing was changed" in desk.message, timeout=10_000)
    assert took(desk) == 0


def test_a_bundle_of_an_unknown_signer_waits_until_its_key_is_known(
    desk: Desk, bundle: Path, file_named: Callable[[Path], None], answering: Callable[[object], None]
) -> None:
    file_named(bundle)

    def keep(dialog: QDialog) -> None:
        assert isinstance(dialog, PreviewDialog) and dialog.keep.isVisible()
        dialog.keep.click()

    answering(keep)
    desk.press("Ctrl+Shift+R")
    desk.qtbot.waitUntil(lambda: "waits under Authors and keys" in desk.message, timeout=10_000)
    assert took(desk) == 0
    # The file that was received may be gone: what waits is kept.
    bundle.unlink()
    path = desk.session.project.path
    desk.session.close()
    desk.open(path)
    assert "A bundle waits" in desk.message
    desk.window.commands.show_authors()
    (dialog,) = desk.window.findChildren(AuthorsDialog)
    assert dialog.waiting.isVisible() and dialog.bundles.rows[0].name == "bela.bundle.gz"
    answering(accept)
    dialog.look()
    desk.qtbot.waitUntil(lambda: "Taken over" in desk.message, timeout=10_000)
    assert took(desk) == 2 and not dialog.waiting.isVisible() and waiting.waiting(desk.session.project) == []


def test_a_bundle_that_waits_can_be_forgotten(desk: Desk, bundle: Path) -> None:
    assert len(waiting.keep(desk.session.project, [bundle, bundle])) == 1
    desk.window.commands.show_authors()
    (dialog,) = desk.window.findChildren(AuthorsDialog)
    dialog.forget()
    assert not dialog.waiting.isVisible() and waiting.waiting(desk.session.project) == [] and bundle.exists()


def test_a_damaged_bundle_is_refused_in_a_sentence(
    desk: Desk, bundle: Path, file_named: Callable[[Path], None]
) -> None:
    bundle.write_bytes(bundle.read_bytes()[:-40])
    file_named(bundle)
    desk.press("Ctrl+Shift+R")
    desk.qtbot.waitUntil(lambda: bundle.name in desk.message, timeout=10_000)
    assert took(desk) == 0


def test_work_is_sent_and_a_colleague_can_begin_with_it(
    desk: Desk, tmp_path: Path, file_named: Callable[[Path], None], answering: Callable[[object], None]
) -> None:
    put(desk.session.project, entity_at(desk.session.project, articles.ids(desk.session.project.conn)[0], 4, 17, "GPE"))
    out = tmp_path / "mine.bundle.gz"
    file_named(out)
    if desk.session.project.author.signer is None:
        desk.session.project.author = CARL
    desk.press("Ctrl+Shift+E")
    desk.qtbot.waitUntil(lambda: "Wrote" in desk.message, timeout=10_000)
    assert out.exists()
    desk.session.close()
    new = tmp_path / "new.annot"

    def make(dialog: QDialog) -> None:
        file_named(new)
        for box in dialog.findChildren(QCheckBox):
            box.click()
        assert isinstance(dialog, PreviewDialog)
        dialog.take.click()

    file_named(out)
    answering(make)
    desk.window.commands.open_bundle()
    desk.qtbot.waitUntil(lambda: desk.session.is_open, timeout=10_000)
    assert desk.session.project.path == new and took(desk) == 1


def test_authors_are_listed_with_their_fingerprints(
    desk: Desk, bundle: Path, file_named: Callable[[Path], None], answering: Callable[[object], None]
) -> None:
    file_named(bundle)
    answering(accept)
    desk.press("Ctrl+Shift+R")
    desk.qtbot.waitUntil(lambda: "Taken over" in desk.message, timeout=10_000)
    assert took(desk) == 2
    desk.come_back()
    desk.window.bound.by_id["file.authors"].trigger()
    dialog = desk.window.findChild(AuthorsDialog)
    rows_ = {one.name: one for one in authors.author_rows(desk.session.project)}
    dialog.table.select(BELA.id)
    dialog.copy()
    assert QApplication.clipboard().text() == rows_["Bela"].keys[-1].fingerprint
    dialog.close()


def test_a_name_is_kept_and_shown_and_asked_for_once(desk: Desk, answering: Callable[[object], None]) -> None:
    def name(dialog: QDialog) -> None:
        assert isinstance(dialog, IdentityDialog)
        dialog.name.setText("  ")
        dialog._save()
        assert dialog.isVisible()
        dialog.name.setText("Ana Meyer")
        dialog._save()

    answering(name)
    assert not identity.is_asked()
    desk.window.commands.ask_name()
    assert identity.is_asked() and settings.load().author_name == "Ana Meyer"
    assert desk.session.project.author.name == "Ana Meyer"
