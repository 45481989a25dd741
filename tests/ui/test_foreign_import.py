"""File > Import annotations: what was recognised is shown, and becomes suggestions or one's own work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog

from annotator.store import rows, suggestions
from annotator.ui.exchange.foreign_dialog import ForeignDialog
from tests.services.foreign import label_studio, prodigy_task, write
from tests.ui.desk import Desk


@pytest.fixture
def desk(new_desk: Callable[[], Desk], project_copy: Path) -> Desk:
    made = new_desk()
    made.open(project_copy)
    return made


def import_file(desk: Desk, path: Path, answer: Callable[[ForeignDialog], None], patch: pytest.MonkeyPatch) -> None:
    """Choose a file in the menu's dialog, answer the one that shows what comes, and wait for the message."""
    patch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_: ([str(path)], "")))
    is_answered: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ForeignDialog):
            timer.stop()
            answer(dialog)
            is_answered.append(True)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    desk.window.bound.by_id["file.import_annotations"].trigger()
    desk.qtbot.waitUntil(lambda: bool(is_answered) and not desk.session.foreground.is_running, timeout=20_000)


def combo(dialog: ForeignDialog, name: str) -> QComboBox:
    return next(one for one in dialog.findChildren(QComboBox) if one.accessibleName() == name)


def test_suggestions_come_in_and_the_message_says_so(desk, tmp_path, monkeypatch):
    seen = {}

    def answer(dialog: ForeignDialog) -> None:
        seen["summary"] = dialog.summary.text()
        dialog.take.click()

    import_file(desk, label_studio(tmp_path / "t.json"), answer, monkeypatch)

    assert seen["summary"].startswith("2 entities, 1 quote would come.")
    desk.qtbot.waitUntil(lambda: "as suggestions" in desk.message)
    assert ("import:label-studio", "1") in suggestions.models(desk.session.project.conn)


def test_labels_without_a_meaning_have_to_be_given_one(desk, tmp_path, monkeypatch):
    task = prodigy_task("ORG")
    task["spans"][0]["label"] = "FOO"
    enabled = []

    def answer(dialog: ForeignDialog) -> None:
        enabled.append(dialog.take.isEnabled())
        combo(dialog, "Import as").setCurrentIndex(1)
        chosen = combo(dialog, "What FOO means")
        chosen.setCurrentIndex(chosen.findData("ORG"))
        enabled.append(dialog.take.isEnabled())
        dialog.take.click()

    import_file(desk, write(tmp_path / "p.jsonl", task), answer, monkeypatch)

    assert enabled == [False, True]
    desk.qtbot.waitUntil(lambda: "Undo takes it back" in desk.message)
    (made,) = rows.select(desk.session.project.conn, "entity")
    assert made.label == "ORG" and made.origin.by == "import"


def test_cancel_changes_nothing(desk, tmp_path, monkeypatch):
    import_file(desk, label_studio(tmp_path / "t.json"), lambda dialog: dialog.reject(), monkeypatch)

    assert desk.message == "Nothing was changed."
    assert suggestions.models(desk.session.project.conn) == []
