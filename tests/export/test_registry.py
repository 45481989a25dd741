"""Every format of the table can be written, and listing them costs nothing."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.progress import drain
from annotator.export.jobs import JOBS
from annotator.export.manifest import About, export_problems
from annotator.export.registry import WRITERS
from tests.article_lines import full_line


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_written_with_its_manifest(tmp_path, name):
    writer = WRITERS[name]
    out = tmp_path / f"out{writer.suffix}"
    counts = drain(writer.job([full_line()], out, about=About(project="p", project_name="P")))
    assert counts.articles == 1 and out.is_dir() == writer.is_folder and export_problems(out) == []


def test_the_worker_knows_the_job_of_exports():
    module, function = JOBS["export"].split(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_listing_the_formats_does_not_import_spacy():
    script = "import sys, annotator.export.registry, annotator.export.jobs; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout == "False\n"
