"""Writes the flat tables as one XLSX workbook, a sheet each, the same bytes for the same tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import WorkbookAlreadySaved

from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, drain
from annotator.export.atomic import FileSet
from annotator.export.cells import for_sheet
from annotator.export.columns import TABLES, Column, Row
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.manifest import About, add_manifest
from annotator.export.table_source import feed
from annotator.export.trail import Trail

MOST_ROWS = 1_048_576
"""How many rows a sheet has, its header included."""
_WRAPPED = 30
_LINE_POINTS = 15
_MOST_LINES = 8
# The earliest that a zip file can say.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_TEXT = NamedStyle("text", number_format="@", alignment=Alignment(vertical="top"))
_LONG_TEXT = NamedStyle("long text", number_format="@", alignment=Alignment(vertical="top", wrap_text=True))
_NUMBER = NamedStyle("number", alignment=Alignment(vertical="top"))
_HEADER = NamedStyle("header", font=Font(bold=True), fill=PatternFill("solid", fgColor="E8EFFA"))


def write_xlsx(
    lines: Iterable[ArticleLine], out: Path, *, about: About | None = None, trail: Trail | None = None
) -> Counts:
    """Write all tables to one workbook, whole or not at all; with `about`, the manifest beside it.

    Every text is stored as a text; see `cells.for_sheet` for what becomes of it.

    Raises:
        AnnotatorError: a line breaks the rules of the format, a table has more rows than a sheet, or the file cannot
            be written.
    """
    return drain(xlsx_job(lines, out, about=about, trail=trail))


def xlsx_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    total: int = 0,
    about: About | None = None,
    trail: Trail | None = None,
) -> Job[Counts]:
    """`write_xlsx` step by step, one article a step; closing the generator leaves everything as it was."""
    counter = Counter()
    with FileSet() as files:
        stream = files.open(out)
        sink = _Workbook(out.name)
        try:
            losses = yield from feed(lines, sink, counter, total=total, trail=trail)
            sink.write(stream)
        except BaseException:
            sink.drop()
            raise
        facts = files.closed(out)
        counts = counter.counts(parts=dict(sink.rows), losses=(*losses, *sink.losses))
        if about:
            add_manifest(files, out, export="xlsx", about=about, counts=counts, facts={out: facts})
    return counts


class _Workbook:
    def __init__(self, name: str) -> None:
        self.rows = dict.fromkeys(TABLES, 0)
        self.losses: list[Loss] = []
        self._name = name
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "Annotator"
        for style in (_TEXT, _LONG_TEXT, _NUMBER, _HEADER):
            self._book.add_named_style(style)
        self._sheets = {table: self._book.create_sheet(table) for table in TABLES}
        for table, sheet in self._sheets.items():
            sheet.freeze_panes = "A2"
            for number, column in enumerate(TABLES[table], start=1):
                # The button of the filter stands beside the name.
                width = max(column.width, len(column.name) + 4)
                sheet.column_dimensions[get_column_letter(number)].width = width
            sheet.append([self._cell(table, column.name, "header") for column in TABLES[table]])

    def put(self, table: str, row: Row) -> None:
        self.rows[table] += 1
        if self.rows[table] >= MOST_ROWS:
            raise AnnotatorError(
                f"{self._name} was not written: a sheet has {MOST_ROWS:,} rows, and {table} needs more.",
                hint="Export csv or parquet instead.",
            )
        sheet = self._sheets[table]
        cells = [self._filled(table, column, row) for column in TABLES[table]]
        # Said, for programs differ in whether they find it out themselves; and no row fills the screen.
        sheet.row_dimensions[self.rows[table] + 1].height = _LINE_POINTS * _lines(table, cells)
        sheet.append(cells)

    def write(self, stream: BinaryIO) -> None:
        for table, sheet in self._sheets.items():
            last = get_column_letter(len(TABLES[table]))
            sheet.auto_filter.ref = f"A1:{last}{self.rows[table] + 1}"
        packed = io.BytesIO()
        self._book.save(packed)
        _without_times(packed, stream)

    def drop(self) -> None:
        """Remove the temporary files of sheets, which the library keeps until the program ends."""
        for sheet in self._sheets.values():
            with suppress(WorkbookAlreadySaved, OSError):
                sheet.close()
                sheet._writer.cleanup()

    def _filled(self, table: str, column: Column, row: Row) -> WriteOnlyCell | None:
        value, reason = for_sheet(column, row[column.name])
        if reason:
            self.losses.append(Loss(reason=reason, kind=table, article=str(row.get("article_id", ""))))
        if value in (None, ""):
            return None
        if isinstance(value, str):
            return self._cell(table, value, "long text" if column.width >= _WRAPPED else "text")
        return self._cell(table, value, "number")

    def _cell(self, table: str, value: str | int | float | None, style: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._sheets[table], value=value)
        if isinstance(value, str):
            # Not what the library takes it for: a text that looks like an error value is one no more than a formula is.
            cell.data_type = "s"
        cell.style = style
        return cell


def _lines(table: str, cells: list[WriteOnlyCell | None]) -> int:
    """How many lines the wrapped texts of a row need, about; no more than `_MOST_LINES`."""
    pairs = zip(TABLES[table], cells, strict=True)
    needed = (len(str(cell.value)) // column.width + 1 for column, cell in pairs if cell and column.width >= _WRAPPED)
    return min(max(needed, default=1), _MOST_LINES)


def _without_times(packed: BinaryIO, stream: BinaryIO) -> None:
    """Write a workbook anew without when it was made, which its parts and its properties say."""
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
