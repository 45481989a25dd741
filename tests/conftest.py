"""What all tests share: folders of their own, Hypothesis's settings, and a project made from the seeds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from annotator import paths
from annotator.domain.progress import drain
from annotator.services import importing, projects
from annotator.store.project import Author, Project, open_project

settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("dev", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True)
def user_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the user's own ones: no test sees or changes what belongs to the user."""
    folder = tmp_path_factory.mktemp("user")
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    for name in ("APPDATA", "LOCAL_APPDATA"):
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(folder / name.lower()))
    assert paths.data_dir().is_relative_to(folder) and paths.config_dir().is_relative_to(folder)
    return folder


@pytest.fixture(scope="session")
def author() -> Author:
    """The one who works in the tests' projects."""
    return Author(id="11111111-1111-4111-8111-111111111111", name="Ana")


@pytest.fixture(scope="session")
def colleague() -> Author:
    """Somebody else."""
    return Author(id="22222222-2222-4222-8222-222222222222", name="Bela")


@pytest.fixture(scope="session")
def project_file(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Path:
    """A closed project with the two seed articles and the demo codebook: copy it, do not open it."""
    folder = tmp_path_factory.mktemp("seeds")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATA", "CONFIG"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
            patch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(folder))
        project = projects.new(folder / "seeds.annot", codebook=paths.seeds() / "codebook.toml", author=author)
        drain(importing.add_articles(project, sorted(paths.seeds().glob("*.txt"))))
        project.close()
    return project.path


@pytest.fixture
def project_copy(project_file: Path, tmp_path: Path) -> Path:
    """A closed copy of the project with the seeds, for one test."""
    return Path(shutil.copyfile(project_file, tmp_path / "work.annot"))


@pytest.fixture
def project(project_copy: Path, author: Author) -> Iterator[Project]:
    """An open project with the two seed articles and the demo codebook."""
    with open_project(project_copy, author) as opened:
        yield opened
