"""Parquet tables: what pyarrow gives back is what was annotated, in the types that it was in."""

from __future__ import annotations

import errno
import gc

import pyarrow.parquet
import pytest

from annotator.domain.errors import AnnotatorError
from annotator.export import parquet_tables
from annotator.export.columns import TABLES
from annotator.export.manifest import export_problems
from annotator.export.parquet_tables import parquet_job, schema_of, write_parquet
from tests.article_lines import seed_lines
from tests.export.cases import ABOUT, SPREADSHEET_TRAPS, lines, trail


def rows(folder, table):
    return pyarrow.parquet.read_table(folder / f"{table}.parquet").to_pylist()


def test_what_is_read_back_is_what_was_annotated(tmp_path, monkeypatch):
    # So that a table is written in several pieces.
    monkeypatch.setattr(parquet_tables, "_ROWS_AT_ONCE", 50)
    out = tmp_path / "out"
    write_parquet(seed_lines(), out, about=ABOUT)
    found = [(row["article_id"], row["start"], row["end"], row["text"], row["label"]) for row in rows(out, "entities")]
    assert len(found) > 200 and found == [
        (line.article.id, one.start, one.end, one.text, one.label) for line in seed_lines() for one in line.entities
    ]
    assert [row["text"] for row in rows(out, "articles")] == [line.text for line in seed_lines()]
    assert export_problems(out) == []


def test_lists_truth_and_nothing_keep_their_types(tmp_path):
    write_parquet(lines(), tmp_path / "out", trail=trail())
    first, second = rows(tmp_path / "out", "quotes")
    assert first["content_spans"] == [{"start": 0, "end": 21}] and first["nested_in"] is None
    assert second["content_spans"] == [{"start": 1, "end": 5}, {"start": 12, "end": 17}]
    assert second["cue_spans"] == [] and second["score"] is None
    assert [row["is_submitted"] for row in rows(tmp_path / "out", "stances")] == [True, False]
    assert [row["aliases"] for row in rows(tmp_path / "out", "actors")] == [[], ["Hegseth"]]
    assert rows(tmp_path / "out", "decisions")[0]["record_ids"] == ["quote-1", "quote-9"]


def test_texts_are_as_they_were(tmp_path):
    write_parquet(lines(), tmp_path / "out", trail=trail())
    assert {*SPREADSHEET_TRAPS, "a\x01b"} <= {row["text"] for row in rows(tmp_path / "out", "entities")}


def test_every_table_has_its_types_even_without_a_row(tmp_path):
    write_parquet([], tmp_path / "out")
    for table in TABLES:
        found = pyarrow.parquet.read_table(tmp_path / "out" / f"{table}.parquet")
        assert found.num_rows == 0 and found.schema == schema_of(table)


def test_the_same_lines_give_the_same_bytes(tmp_path):
    for name in "ab":
        write_parquet(lines(), tmp_path / name, trail=trail())
    for table in TABLES:
        assert (tmp_path / "a" / f"{table}.parquet").read_bytes() == (tmp_path / "b" / f"{table}.parquet").read_bytes()


def test_a_stopped_export_leaves_nothing(tmp_path):
    job = parquet_job(lines(), tmp_path / "out")
    next(job)
    job.close()
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pyarrow.parquet.ParquetWriter, "write_table", full)
    with pytest.raises(AnnotatorError, match="the disk is full"):
        write_parquet(lines(), tmp_path / "out")
    gc.collect()
    assert list(tmp_path.iterdir()) == []
