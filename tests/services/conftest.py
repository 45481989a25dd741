"""One worker process for all tests of the services, and the seeds' project with its suggestions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.progress import drain
from annotator.services import projects, suggesting
from annotator.store.project import Author, Project, open_project
from annotator.suggest.client import Worker
from tests.exchange import ANA, BELA, copy
from tests.store.making import add_articles, entity, put

TALK = "NATO said: “We will stay.” Kyiv agreed with Washington."


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """The real worker process, for the tests that do not harm it."""
    with suggesting.new_worker() as one:
        yield one


@pytest.fixture(scope="session")
def suggested_file(
    project_file: Path, tmp_path_factory: pytest.TempPathFactory, author: Author, worker: Worker
) -> Path:
    """A closed project with the two seed articles and what the real model proposes: copy it, do not open it."""
    path = Path(shutil.copyfile(project_file, tmp_path_factory.mktemp("suggested") / "seeds.annot"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(path.parent / "data"))
        patch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(path.parent / "data"))
        with open_project(path, author) as project:
            drain(suggesting.suggest(project, worker))
    return path


@pytest.fixture
def suggested(suggested_file: Path, tmp_path: Path, author: Author) -> Iterator[Project]:
    """An open project with the two seed articles and their suggestions."""
    copy = Path(shutil.copyfile(suggested_file, tmp_path / "suggested.annot"))
    with open_project(copy, author) as project:
        yield project


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A closed project that Ana made, with one article."""
    with projects.new(tmp_path / "o.annot", author=ANA, name="News") as project:
        add_articles(project, [TALK])
    return project.path


@pytest.fixture
def ana(original: Path, tmp_path: Path) -> Iterator[Project]:
    with copy(original, tmp_path / "a", ANA) as project:
        put(project, entity(project, "NATO"))
        yield project


@pytest.fixture
def bela(original: Path, tmp_path: Path) -> Iterator[Project]:
    with copy(original, tmp_path / "b", BELA) as project:
        put(project, entity(project, "Kyiv", "GPE"))
        put(project, entity(project, "Washington", "GPE"))
        yield project
