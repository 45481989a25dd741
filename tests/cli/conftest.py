"""The command line in this process, and a project that it made with suggestions in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator import paths
from tests.cli.running import Here, apart, environment


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    """Runs commands in this process."""

    def read() -> tuple[str, str]:
        return capsys.readouterr()

    return Here(read)


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds as a project with suggestions, made by true commands: copy it."""
    folder = tmp_path_factory.mktemp("made")
    env = environment(XDG_DATA_HOME=str(folder / "data"), XDG_CONFIG_HOME=str(folder / "config"))
    path = folder / "made.annot"
    for arguments in (
        ("new", path, "--codebook", paths.seeds() / "codebook.toml"),
        ("import", path, paths.seeds()),
        ("suggest", path),
    ):
        done = apart(*arguments, env=env)
        assert done.code == 0, done
    return path


@pytest.fixture
def made(made_file: Path, tmp_path: Path) -> Path:
    """A copy of the project with suggestions, alone in a folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Path(shutil.copyfile(made_file, folder / "made.annot"))
