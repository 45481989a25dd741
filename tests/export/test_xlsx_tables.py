"""The workbook: what openpyxl gives back is what was annotated, and every text is a text."""

from __future__ import annotations

import datetime
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest

from annotator.domain.errors import AnnotatorError
from annotator.export import xlsx_tables
from annotator.export.cells import unguarded
from annotator.export.columns import TABLES
from annotator.export.manifest import export_problems, read_manifest
from annotator.export.xlsx_tables import write_xlsx, xlsx_job
from tests.article_lines import line_of, seed_lines
from tests.export.cases import ABOUT, lines, trail


def rows(path, table):
    sheet = openpyxl.load_workbook(path)[table]
    header, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in found]


def test_what_is_read_back_is_what_was_annotated(tmp_path):
    out = tmp_path / "out.xlsx"
    write_xlsx(seed_lines(), out, about=ABOUT)
    found = [(row["article_id"], row["start"], row["end"], row["text"], row["label"]) for row in rows(out, "entities")]
    assert len(found) > 200 and found == [
        (line.article.id, one.start, one.end, one.text, one.label) for line in seed_lines() for one in line.entities
    ]
    assert [row["text"] for row in rows(out, "articles")] == [line.text for line in seed_lines()]
    assert export_problems(out) == []


def test_the_sheets_are_the_tables_and_can_be_worked_with(tmp_path):
    write_xlsx(lines(), tmp_path / "out.xlsx", trail=trail())
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == list(TABLES)
    for sheet in book:
        assert [cell.value for cell in sheet[1]] == [column.name for column in TABLES[sheet.title]]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
    quotes = book["quotes"]
    widths = [quotes.column_dimensions[cell.column_letter].width for cell in quotes[1]]
    assert widths == [max(column.width, len(column.name) + 4) for column in TABLES["quotes"]]
    column = [column.name for column in TABLES["quotes"]].index("text")
    assert quotes[2][column].alignment.wrap_text


def test_no_row_is_higher_than_some_lines_nor_lower_than_its_words_need(tmp_path):
    write_xlsx(seed_lines(), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert {book["articles"].row_dimensions[row].height for row in (2, 3)} == {15 * 8}
    heights = {book["entities"].row_dimensions[row].height for row in range(2, book["entities"].max_row + 1)}
    assert min(heights) >= 15 and max(heights) <= 15 * 8 and len(heights) > 3


def test_every_text_is_a_text_and_no_formula(tmp_path):
    write_xlsx(lines(), tmp_path / "out.xlsx", trail=trail())
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert len(cells) > 200 and {cell.data_type for cell in cells} == {"s", "n"}
    texts = [cell for cell in cells if cell.data_type == "s"]
    assert {cell.number_format for cell in texts} == {"@"}
    assert not [cell.value for cell in texts if cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    words = {unguarded(row["text"]) for row in rows(tmp_path / "out.xlsx", "entities")}
    assert {"=1+1", "+4420", "-5%", "'quoted'", "007", "1/2", "2027-01-01", "#N/A", "1e5", "a\u2401b"} <= words


def test_the_same_lines_give_the_same_bytes_whenever(tmp_path, monkeypatch):
    write_xlsx(lines(), tmp_path / "a.xlsx", trail=trail())

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.datetime(2031, 5, 5, tzinfo=tz)

    monkeypatch.setattr("openpyxl.packaging.core.datetime.datetime", Later)
    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", Later)
    write_xlsx(lines(), tmp_path / "b.xlsx", trail=trail())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_cell_cannot_hold_is_listed(tmp_path):
    long = line_of("word " * 7000, name="long.txt")
    write_xlsx([long], tmp_path / "out.xlsx", about=ABOUT)
    assert len(rows(tmp_path / "out.xlsx", "articles")[0]["text"]) == 32_767
    losses = read_manifest(tmp_path / "out.xlsx").counts.losses
    assert ("text is cut: a cell takes 32,767 characters", long.article.id) in [
        (loss.reason, loss.article) for loss in losses
    ]


def test_a_table_that_no_sheet_takes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_tables, "MOST_ROWS", 100)
    with pytest.raises(AnnotatorError, match="entities needs more") as refused:
        write_xlsx(seed_lines(), tmp_path / "out.xlsx")
    assert "csv" in refused.value.hint and list(tmp_path.iterdir()) == []


def test_a_stopped_export_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    job = xlsx_job(lines(), tmp_path / "out.xlsx")
    next(job)
    assert list(Path(tempfile.gettempdir()).iterdir())
    job.close()
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"] and not list((tmp_path / "temporary").iterdir())
