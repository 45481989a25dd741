"""Every widget that one can use has a name for screen readers: the whole window, and every dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QWidget

from annotator.domain.codebook import PositionMeaning
from annotator.domain.importing import TablePreview
from annotator.services import export_choices
from annotator.services.import_choices import Choices
from annotator.ui.bars import ProgressDialog
from annotator.ui.encoding_dialog import EncodingDialog
from annotator.ui.exporting.dialog import ExportDialog
from annotator.ui.import_dialog import ImportDialog
from annotator.ui.label.choosing import PositionChooser
from annotator.ui.lines_dialog import LinesDialog
from annotator.ui.palette import Palette
from annotator.ui.registry.picker import Picker, PickRow
from annotator.ui.shortcut_editor import ShortcutEditor
from annotator.ui.shortcuts import ShortcutSheet
from annotator.ui.window import MainWindow
from tests.ui.desk import Desk

# Parts of Qt's own widgets: the whole is named.
_PARTS = ("qt_spinbox_lineedit", "qt_scrollarea_viewport", "qt_keysequenceedit_lineedit")


def nameless(root: QWidget) -> list[str]:
    """The widgets below a widget that take the focus or a click, and that no screen reader can name."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        is_part = widget.objectName() in _PARTS or any(
            isinstance(one, QComboBox) for one in _line_of(widget.parentWidget())
        )
        is_empty = isinstance(widget, QLabel) and not widget.text()
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or is_part or is_empty:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            parents = [type(one).__name__ for one in _line_of(widget)]
            found.append(" < ".join(parents[:4]))
    return found


def _line_of(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def test_everything_in_the_window_has_a_name(desk: Desk) -> None:
    desk.press("N", "Return")
    assert nameless(desk.window) == []


def test_everything_on_the_start_page_has_a_name(start_page: Desk) -> None:
    assert nameless(start_page.window) == []


def _export(window: MainWindow, path: Path) -> QDialog:
    return ExportDialog(window, export_choices.offered(window.session.project))


def _encoding(window: MainWindow, path: Path) -> QDialog:
    path.write_bytes("Müller sagt: ja".encode("latin-1"))
    return EncodingDialog(window, [path])


def _import(window: MainWindow, path: Path) -> QDialog:
    preview = TablePreview(headers=("body", "paper"), rows=(("Some text.", "The Times"),), columns={"text": "body"})
    return ImportDialog(window, Choices(named=(path,), table="t.csv", tables=1, preview=preview))


def _lines(window: MainWindow, path: Path) -> QDialog:
    return LinesDialog(window, "1 refused", ["a.txt is empty."])


def _picker(window: MainWindow, path: Path) -> QDialog:
    return Picker(window, window.theme, title="Who is it?", placeholder="A name", rows=[PickRow("1", "Pete Hegseth")])


def _position(window: MainWindow, path: Path) -> QDialog:
    return PositionChooser(window, "Where does Pete Hegseth stand?", [PositionMeaning(name="support", text="for it")])


DIALOGS: dict[str, Callable[[MainWindow, Path], QDialog]] = {
    "progress": lambda window, path: ProgressDialog(window, "Importing"),
    "export": _export,
    "encoding": _encoding,
    "import": _import,
    "lines": _lines,
    "palette": lambda window, path: Palette.of(window),
    "picker": _picker,
    "position": _position,
    "sheet": lambda window, path: ShortcutSheet(window, window.bound.listed(), window.bound.texts()),
    "editor": lambda window, path: ShortcutEditor(window, window.bound.registry, window.bound.texts(), {}),
}


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_everything_in_a_dialog_has_a_name(desk: Desk, name: str, tmp_path: Path) -> None:
    dialog = DIALOGS[name](desk.window, tmp_path / "article.txt")
    dialog.show()
    QApplication.processEvents()
    assert nameless(dialog) == []
    assert dialog.windowTitle() or dialog.accessibleName()
    dialog.hide()
    dialog.deleteLater()


@pytest.mark.parametrize("action_id", ["edit.actors", "edit.targets", "edit.codebook", "edit.find", "edit.names"])
def test_everything_in_a_window_of_the_registry_has_a_name(desk: Desk, action_id: str) -> None:
    if action_id not in desk.window.bound.by_id:
        pytest.fail(f"there is no command {action_id}")
    before = set(QApplication.topLevelWidgets())
    desk.run(action_id)
    QApplication.processEvents()
    opened = [one for one in QApplication.topLevelWidgets() if one not in before and one.isVisible()]
    assert opened
    for one in opened:
        assert nameless(one) == []
        one.close()
