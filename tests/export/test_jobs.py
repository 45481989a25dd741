"""The worker process exports as the program itself does, and reports how far it is."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import Progress
from annotator.export.counts import Counts
from annotator.export.docbin import write_spacy
from annotator.export.jobs import ExportJob, write_job
from annotator.export.jsonl import write_jsonl
from annotator.export.manifest import About, read_manifest
from tests.article_lines import seed_lines


def _run(job):
    reports: list[Progress] = []
    payload = msgspec.msgpack.encode(job)
    raw = write_job(payload, lambda report: reports.append(msgspec.msgpack.decode(report, type=Progress)))
    return msgspec.msgpack.decode(raw, type=Counts), reports


def test_the_job_writes_what_the_writer_writes(tmp_path):
    write_jsonl(seed_lines(), tmp_path / "x.jsonl")
    about = About(project="p", project_name="P")
    job = ExportJob(
        format="spacy",
        lines=str(tmp_path / "x.jsonl"),
        out=str(tmp_path / "a"),
        seed=3,
        sections=("body",),
        align="skip",
        about=about,
    )
    counts, reports = _run(job)
    assert counts == write_spacy(seed_lines(), tmp_path / "b", seed=3, sections=("body",), align="skip")
    assert (tmp_path / "a" / "train.spacy").read_bytes() == (tmp_path / "b" / "train.spacy").read_bytes()
    assert reports and read_manifest(tmp_path / "a").about.filter.sections == ("body",)


def test_a_job_that_cannot_be_done_says_why(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"")
    with pytest.raises(AnnotatorError, match="There is no article to export"):
        _run(ExportJob(format="spacy", lines=str(tmp_path / "x.jsonl"), out=str(tmp_path / "a")))
