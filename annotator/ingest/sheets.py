"""Reads Excel tables (.xlsx, by openpyxl): the first sheet that has rows, an article a row, values and no formulas."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions
from annotator.ingest.files import read_bytes, shown_name
from annotator.ingest.tables import MAX_COLUMNS, Table, table_items, table_of
from annotator.ingest.zips import check_zip

_BROKEN = (
    InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, EOFError,
    ParseError, SyntaxError, DefusedXmlException, NotImplementedError, RecursionError,
)  # fmt: skip


def read_sheet(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The articles of an Excel table, one a row. Errors are those of `open_sheet` and `table_items`."""
    yield from table_items(open_sheet(path), options, name=shown_name(path))


def open_sheet(path: Path) -> Table:
    """The first sheet of a workbook that has rows; its first row names the columns.

    Raises:
        UnreadableArticle: it cannot be read, is damaged, encrypted or no workbook, would unpack to too much, or has no
            rows.
    """
    name = shown_name(path)
    raw = read_bytes(path)
    check_zip(BytesIO(raw), name=name, kind="Excel", needs="xl/")
    return table_of(_records(raw, name), name=name, raw_sha256=sha256_hex(raw))


def _records(raw: bytes, name: str) -> Iterator[Sequence[str]]:
    try:
        with warnings.catch_warnings():
            # Styles and charts that openpyxl does not know are nothing to us.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                rows = _rows(sheet)
                first = next(rows, None)
                if first is not None:
                    yield first
                    yield from rows
                    return
    except _BROKEN as error:
        raise UnreadableArticle(
            f"{name} is a damaged Excel file ({type(error).__name__}).",
            hint="Open it in Excel and save it anew, or save it as “CSV UTF-8”.",
        ) from None


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Sequence[str]]:
    # A sheet may state any size, and some programs state a wrong one.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
        yield [_shown(value) for value in row]


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # What Excel writes for control characters.
    return "" if value is None else str(value).replace("_x000D_", "")
