"""Starting the window: what is imported before it is on the screen."""

from __future__ import annotations

from pathlib import Path

from benchmarks.bench_start import started


def test_window_is_painted_before_spacy_and_sqlite_utils_are_imported(project_copy: Path):
    assert started(str(project_copy)).loaded == ()


def test_start_tells_slow_modules_that_are_imported(project_copy: Path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(_folder_that_imports("sqlite_utils", project_copy.parent)))
    assert started(str(project_copy)).loaded == ("sqlite_utils",)


def _folder_that_imports(name: str, folder: Path) -> Path:
    """A folder on the path of a process makes it import a module at its start."""
    (folder / "sitecustomize.py").write_text(f"import {name}\n", encoding="utf-8")
    return folder
