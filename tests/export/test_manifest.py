"""The manifest tells what an export holds, and when it has been changed."""

from __future__ import annotations

import json

import pytest

import annotator
from annotator.domain.errors import BadExchange
from annotator.export.jsonl import write_jsonl
from annotator.export.manifest import About, Filter, Head, export_problems, manifest_path, read_manifest
from tests.article_lines import full_line

ABOUT = About(
    project="p-1",
    project_name="Demo",
    heads={"ben": Head(seq=2, hash="b" * 64), "ana": Head(seq=7, hash="a" * 64)},
    filter=Filter(layer="ana"),
)


@pytest.fixture
def out(tmp_path):
    write_jsonl([full_line()], tmp_path / "x.jsonl", about=ABOUT)
    return tmp_path / "x.jsonl"


def test_a_manifest_tells_program_project_heads_filter_counts_and_files(out):
    plain = json.loads(manifest_path(out).read_bytes())
    assert (plain["program"], plain["version"], plain["export"]) == ("annotator", annotator.__version__, "jsonl")
    assert plain["about"]["heads"]["ana"] == {"seq": 7, "hash": "a" * 64} and list(plain["about"]["heads"]) == [
        "ana",
        "ben",
    ]
    assert plain["about"]["filter"]["layer"] == "ana" and plain["counts"]["articles"] == 1
    assert plain["counts"]["records"]["ana"] == {
        "actor": 2,
        "article_status": 1,
        "entity": 2,
        "note": 2,
        "quote": 2,
        "rejection": 1,
        "stance": 2,
        "target": 1,
    }
    assert [file["name"] for file in plain["files"]] == ["x.jsonl"]
    assert plain["files"][0]["size"] == out.stat().st_size


def test_a_manifest_is_read_back(out):
    assert read_manifest(out).about == ABOUT


def test_an_export_is_as_its_manifest_says_until_it_is_changed(out):
    assert export_problems(out) == []
    out.write_bytes(out.read_bytes().replace(b"Kyiv", b"Kiev"))
    assert export_problems(out) == ["x.jsonl has been changed since it was exported."]
    out.unlink()
    assert export_problems(out) == ["x.jsonl is missing."]


def test_a_manifest_does_not_lead_out_of_its_folder(out):
    (out.parent.parent / "secret").write_text("")
    raw = manifest_path(out).read_bytes().replace(b'"name": "x.jsonl"', b'"name": "../secret"')
    manifest_path(out).write_bytes(raw)
    assert export_problems(out) == ["../secret is missing."]


@pytest.mark.parametrize("raw", [b"", b"{}", b"[" * 100_000, b'{"format": "other"}', b"\xff"])
def test_what_is_no_manifest_is_refused(out, raw):
    manifest_path(out).write_bytes(raw)
    with pytest.raises(BadExchange, match=r"x\.jsonl\.manifest\.json is not a manifest"):
        read_manifest(out)


def test_an_export_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(BadExchange, match="cannot be read"):
        export_problems(tmp_path / "x")
