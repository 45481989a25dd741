from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "annotator").rglob("*.py"))
SEEDS = {
    "000_83c5bab7119bf286.txt": "e1dd458da4bcf49ccdca9b5c23c23413ebc99b9cec395091cb4cf8b8888d7f8e",
    "003_5b3763f7fe757adc.txt": "9996f87b8643df2d9b38cfdc0684ece247afd9f29438b891c32bfdb812713c8e",
}
# Written in pieces, for this file is searched too.
ADDRESSES = ["py" + "pi.org", "python" + "hosted", "--index" + "-url", "--find" + "-links", "/opt/" + "py" + "pi"]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonical(name): version for name, _, version in (line.partition("==") for line in lines)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a checkout")
    return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_void_calls_into_qt_drop_no_reference_to_none() -> None:
    # PySide6 6.12.0 on CPython 3.11 loses one at each call, and the process aborts after some 5,000.
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("thing")
    assert sys.getrefcount(None) > before - 100


def test_constraints_are_names_with_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []
    assert len(pins()) == len(lines)


def test_constraints_pin_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {canonical(re.match(r"[A-Za-z0-9._-]+", requirement)[0]) for requirement in wanted}  # type: ignore[index]
    assert names - set(pins()) == set()


def test_qt_is_not_the_release_that_aborts() -> None:
    assert pins()["pyside6-essentials"] == pins()["shiboken6"] != "6.12.0"


@pytest.mark.parametrize(("name", "sha256"), SEEDS.items())
def test_seed_article_is_byte_for_byte_the_one_we_were_given(name: str, sha256: str) -> None:
    assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == sha256


def test_modules_have_at_most_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_have_at_most_50_lines() -> None:
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > 50:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long == {}


def test_modules_say_first_what_they_do() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    assert [
        str(path.relative_to(ROOT)) for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)
    ] == []


def test_no_tracked_file_names_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {address}"
        for path in tracked_files()
        for address in ADDRESSES
        if address.encode() in path.read_bytes()
    ]
    assert found == []
