from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.package

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("resources", "seeds")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)], cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment that holds the wheel and what it needs, and no more."""
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", str(folder)], cwd=folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt")]
    run([str(programs / "python"), *install, str(wheel)], cwd=folder)
    return programs


def run(command: list[str], *, cwd: Path) -> str:
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    # The user's own settings and backups stay out of it.
    own = {"XDG_DATA_HOME": str(cwd / "data"), "XDG_CONFIG_HOME": str(cwd / "config")}
    environ = {name: value for name, value in os.environ.items() if name not in hidden} | own
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def png_size(path: Path) -> tuple[int, int]:
    header = path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", header[16:24])
    return width, height


def test_wheel_carries_resources_and_seeds_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix("annotator/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith(tuple(f"annotator/{folder}/" for folder in SHIPPED))
        }
    ours = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert sorted(carried) == sorted(ours)
    assert carried == ours


def test_wheel_carries_every_module_and_nothing_of_the_tests(wheel: Path) -> None:
    resources = tuple(f"annotator/{folder}/" for folder in SHIPPED)
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.endswith(".py") and not name.startswith(resources)}
    assert names == {path.relative_to(ROOT).as_posix() for path in (ROOT / "annotator").rglob("*.py")}


def test_installed_program_finds_its_resources_from_anywhere(scripts: Path, tmp_path: Path) -> None:
    code = "from annotator import paths; print(paths.resources().parent == paths.seeds().parent, paths.resources())"
    inside, folder = run([str(scripts / "python"), "-c", code], cwd=tmp_path).split(" ", maxsplit=1)
    assert inside == "True"
    assert Path(folder.strip()).is_relative_to(scripts.parent)


def test_installed_program_draws_its_demo_without_a_display(scripts: Path, tmp_path: Path) -> None:
    command = ["demo", "--screenshot", "out.png", "--view", "label", "--theme", "dark"]
    run([str(scripts / "annotator"), *command], cwd=tmp_path)
    assert png_size(tmp_path / "out.png") == (1440, 900)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".annot"] == []
