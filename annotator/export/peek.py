"""The beginning of what an export has written: as text, or as a table where it is one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import msgspec

MAX_CHARS = 20_000
MAX_ROWS = 50
MAX_CELL_CHARS = 300
_TEXTS = frozenset(
    {".jsonl", ".json", ".jsonld", ".conll", ".txt", ".ann", ".conf", ".cfg", ".xml", ".xmi", ".graphml", ".gexf"}
)
# Settings and lists of labels: what is written about articles is shown before them.
_DEFINITIONS = frozenset({".conf", ".cfg", ".xml"})
_BINARY = frozenset({".spacy"})
# Fonts and pictures inside a file say nothing to a reader.
_DATA = re.compile(r"data:[\w/+.;-]+,[A-Za-z0-9+/=]{80,}")


class Peeked(msgspec.Struct, frozen=True, kw_only=True):
    """A file (or a sheet of one): its `text`, or a table of `columns` and `rows`; `told` says what is to be known."""

    name: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    told: str = ""


def peek(out: Path, parts: Mapping[str, int]) -> tuple[Peeked, ...]:
    """The beginning of each file of an export (file or folder): what is read first comes first.

    `parts` are those of the export's counts: how many pieces are in each file.
    """
    files = [out] if out.is_file() else [one for one in out.rglob("*") if one.is_file()]
    files.sort(key=lambda one: (one.suffix in _BINARY, one.suffix in _DEFINITIONS, -one.stat().st_size, one.name))
    return tuple(peeked for file in files for peeked in _peek_file(file, parts.get(file.name)))


def _peek_file(file: Path, pieces: int | None) -> Iterator[Peeked]:
    if file.suffix == ".csv":
        yield _csv(file)
    elif file.suffix == ".xlsx":
        yield from _sheets(file)
    elif file.suffix == ".parquet":
        yield _parquet(file)
    elif file.suffix == ".html":
        yield Peeked(
            name=file.name, text=_cut(_words(file)), told="The words of the page; a browser shows its colours."
        )
    elif file.suffix in _TEXTS:
        yield Peeked(name=file.name, text=_cut(_DATA.sub("data:…", file.read_text(encoding="utf-8"))))
    else:
        held = "" if pieces is None else f" with {pieces:,} document{'' if pieces == 1 else 's'}"
        yield Peeked(name=file.name, told=f"A binary file{held}: {file.stat().st_size:,} bytes.")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]}…"


def _csv(file: Path) -> Peeked:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        delimiter = ";" if ";" in stream.readline() else ","
        stream.seek(0)
        return _table(file.name, csv.reader(stream, delimiter=delimiter))


def _sheets(file: Path) -> Iterator[Peeked]:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True)
    try:
        for sheet in book.worksheets:
            yield _table(sheet.title, sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _parquet(file: Path) -> Peeked:
    from pyarrow import parquet

    table = parquet.read_table(file).slice(0, MAX_ROWS)
    return _table(file.name, iter([table.column_names, *(row.values() for row in table.to_pylist())]))


def _table(name: str, rows: Iterator[Iterable[object]]) -> Peeked:
    read = [tuple(map(_cell, row)) for row in islice(rows, MAX_ROWS + 1)]
    if not read:
        return Peeked(name=name, told="An empty table.")
    return Peeked(name=name, columns=read[0], rows=tuple(read[1:]), told="" if read[1:] else "No rows.")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= MAX_CELL_CHARS else f"{text[:MAX_CELL_CHARS]}…"


class _Words(HTMLParser):
    """Collects what a page says, a line for each block."""

    _SILENT = frozenset({"style", "script", "title"})
    _INLINE = frozenset(
        {"a", "b", "i", "em", "strong", "span", "mark", "small", "sub", "sup", "code", "cite", "q", "abbr"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self._SILENT
        if tag not in self._INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self._SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _words(file: Path) -> str:
    parser = _Words()
    parser.feed(file.read_text(encoding="utf-8"))
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)
