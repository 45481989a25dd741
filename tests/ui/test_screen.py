from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.ui import screen

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks for Linux's displays")


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def not_found_by_ldd(plugin: str) -> set[str]:
    """What the system's own tool says that a Qt plugin lacks."""
    package = importlib.util.find_spec("PySide6")
    ldd = shutil.which("ldd")
    if package is None or package.origin is None or ldd is None:
        pytest.skip("needs ldd")
    library = Path(package.origin).parent / "Qt" / "plugins" / "platforms" / plugin
    output = subprocess.run([ldd, str(library)], capture_output=True, text=True, check=True).stdout
    return {line.split()[0] for line in output.splitlines() if line.endswith("not found")}


@linux_only
@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":7"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "minimal:enable_fonts"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"QT_QPA_PLATFORM": "wayland-egl"}, False),
        ({"QT_QPA_PLATFORM": "xcb;offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, False),
    ],
)
def test_a_screen_is_a_display_or_a_platform_that_needs_none(
    environ: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert screen.has_screen() is expected


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_screen(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert screen.has_screen()
    assert screen.missing_screen_libraries() == []
    assert screen.screen_problem() == ""


@linux_only
def test_a_library_that_does_not_load_is_named_by_its_package() -> None:
    wanted = {"libc.so.6": "libc6", "libnothing-of-the-kind.so.9": "libnothing9", "libnor-this.so.1": "libnothing9"}
    assert screen.missing_libraries(wanted) == ["libnothing9"]


@linux_only
@pytest.mark.parametrize(
    ("display", "plugin", "table"),
    [("DISPLAY", "libqxcb.so", screen.X11), ("WAYLAND_DISPLAY", "libqwayland.so", screen.WAYLAND)],
)
def test_missing_libraries_are_those_that_the_plugin_of_the_platform_lacks(
    display: str, plugin: str, table: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(display, "some-screen")
    lacks = not_found_by_ldd(plugin)
    assert set(screen.missing_screen_libraries()) == {(screen.DRAWING | table)[library] for library in lacks}


@linux_only
def test_drawing_without_a_display_needs_what_the_offscreen_plugin_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    lacks = not_found_by_ldd("libqoffscreen.so")
    assert set(screen.missing_screen_libraries()) == {screen.DRAWING[library] for library in lacks}


@linux_only
def test_no_screen_is_one_line_that_names_the_picture_command() -> None:
    problem = screen.screen_problem()
    assert "annotator demo --screenshot" in problem
    assert "\n" not in problem


@linux_only
def test_missing_libraries_are_told_with_the_line_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setitem(screen.X11, "libnothing-of-the-kind.so.9", "libnothing9")
    assert "libnothing9" in screen.screen_problem().partition("sudo apt-get install ")[2].split()


@linux_only
def test_drawing_needs_no_display_but_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "DRAWING", {"libc.so.6": "libc6"})
    assert screen.drawing_problem() == ""
    monkeypatch.setattr(screen, "DRAWING", {"libnothing-of-the-kind.so.9": "libnothing9"})
    assert screen.drawing_problem().endswith("sudo apt-get install libnothing9")


@linux_only
@pytest.mark.parametrize(("name", "value"), [("DISPLAY", ":987"), ("WAYLAND_DISPLAY", "nobody-is-here")])
def test_a_display_that_does_not_answer_is_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    if screen.missing_screen_libraries():
        pytest.skip("this machine lacks the platform's libraries")
    assert f"{name}={value}" in screen.screen_problem()


def test_asking_about_the_screen_imports_no_qt() -> None:
    code = "import sys; from annotator.ui import screen; screen.screen_problem(); print('PySide6' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_readme_names_every_package_that_may_be_asked_for() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    packages = set((screen.DRAWING | screen.X11 | screen.WAYLAND).values())
    assert packages - set(readme.read_text(encoding="utf-8").split()) == set()
