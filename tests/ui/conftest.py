"""What the tests of the window share: a project that the models have read, and a window to use as a person would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.progress import drain
from annotator.services import suggesting
from annotator.store.project import Author, open_project
from annotator.ui import theme
from tests.ui.desk import Desk


@pytest.fixture(scope="session")
def suggested_file(project_file: Path, author: Author, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project with the seeds and what the models propose for them: copy it, do not open it."""
    path = Path(shutil.copyfile(project_file, tmp_path_factory.mktemp("suggested") / "suggested.annot"))
    with open_project(path, author) as project, suggesting.new_worker() as worker:
        drain(suggesting.suggest(project, worker))
    return path


@pytest.fixture
def suggested_copy(suggested_file: Path, tmp_path: Path) -> Path:
    """A closed copy of the project with suggestions, for one test."""
    return Path(shutil.copyfile(suggested_file, tmp_path / "suggested.annot"))


@pytest.fixture(scope="module")
def dressing_room(qapp: QApplication) -> Iterator[None]:
    """The window dresses the whole application; tests of single widgets want it plain again."""
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
    qapp.setFont(QFont())


@pytest.fixture
def new_desk(dressing_room: None, qtbot: QtBot, user_folder: Path, author: Author) -> Iterator[Callable[[], Desk]]:
    """Opens a window on the start page; each call is another start of the program."""
    QCoreApplication.setOrganizationName("annotator")
    QCoreApplication.setApplicationName("annotator")
    for format_ in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(format_, QSettings.Scope.UserScope, str(user_folder / "qt"))
    theme.load_fonts()
    desks: list[Desk] = []

    def made() -> Desk:
        desk = Desk.start(qtbot, author)
        desks.append(desk)
        return desk

    yield made
    for desk in desks:
        desk.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(new_desk: Callable[[], Desk], suggested_copy: Path) -> Desk:
    """A window on a project with the two seed articles and their suggestions; the first article is open."""
    opened = new_desk()
    opened.open(suggested_copy)
    return opened


@pytest.fixture
def start_page(new_desk: Callable[[], Desk]) -> Desk:
    """A window without a project."""
    return new_desk()
