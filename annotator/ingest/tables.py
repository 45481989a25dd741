"""Reads tables of articles, one a row: comma-, semicolon- and tab-separated files, and what all tables share."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from annotator.domain.canonical import sha256_hex
from annotator.domain.dates import day_order
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions
from annotator.domain.text import MAX_CODE_POINTS
from annotator.ingest.columns import by_field, chosen_columns, row_item
from annotator.ingest.files import MAX_MANY_BYTES, decoded, encoding_of, read_bytes, shown_name

MAX_COLUMNS = 1000
SAMPLE_ROWS = 50
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, its first rows, and all of its rows once, each with its number in the file."""

    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: Iterable[tuple[int, Sequence[str]]]
    raw_sha256: str = ""


def read_csv(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The articles of a table as text, one a row. Errors are those of `open_csv` and `table_items`."""
    yield from table_items(open_csv(path, options), options, name=shown_name(path))


def open_csv(path: Path, options: ReadOptions) -> Table:
    """A table as text, whatever separates its columns; the first row names them.

    Raises:
        UnreadableArticle: it cannot be read, is not in the encoding, or has no header.
    """
    name = shown_name(path)
    raw = read_bytes(path, max_bytes=MAX_MANY_BYTES)
    text = decoded(raw, options.encoding or encoding_of(raw), name).removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # What Excel writes where the sign is not the usual one.
        text, delimiter = rest, first.strip()[4]
    else:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else likeliest_delimiter(text)
    return table_of(_records(text, delimiter, name), name=name, raw_sha256=sha256_hex(raw))


def likeliest_delimiter(text: str) -> str:
    """The sign that parts the first rows of a table into the same number of columns, the more columns the likelier."""
    best, most = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in islice(csv.reader(StringIO(text[:200_000]), delimiter=delimiter), 20) if row]
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            # The sample may be cut off within its last row.
            fitting = sum(width == widths[0] for width in widths) / len(widths)
            if (fitting, widths[0]) > most:
                best, most = delimiter, (fitting, widths[0])
    return best


def _records(text: str, delimiter: str, name: str) -> Iterator[Sequence[str]]:
    before = csv.field_size_limit(4 * MAX_CODE_POINTS)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableArticle(
            f"{name} is no table: {error}.", hint="Save it anew as “CSV UTF-8” from the program that made it."
        ) from None
    finally:
        csv.field_size_limit(before)


def table_of(records: Iterator[Sequence[str]], *, name: str, raw_sha256: str) -> Table:
    """The table of records, of which the first that says something names the columns.

    Raises:
        UnreadableArticle: there is no row, or there are far too many columns.
    """
    numbered = ((number, row) for number, row in enumerate(records, start=1) if any(map(str.strip, row)))
    header = next(numbered, None)
    if header is None:
        raise UnreadableArticle(f"{name} is an empty table.", hint="Its first row names the columns.")
    headers = tuple(one.strip() for one in header[1])
    if len(headers) > MAX_COLUMNS:
        raise UnreadableArticle(f"{name} has {len(headers):,} columns.", hint="Leave out what is no article.")
    first = list(islice(numbered, SAMPLE_ROWS))
    return Table(headers, tuple(tuple(row) for _, row in first), _chained(first, numbered), raw_sha256)


def _chained(
    first: list[tuple[int, Sequence[str]]], rest: Iterator[tuple[int, Sequence[str]]]
) -> Iterator[tuple[int, Sequence[str]]]:
    yield from first
    yield from rest


def table_items(table: Table, options: ReadOptions, *, name: str) -> Iterator[ReadItem]:
    """The articles of a table's rows.

    Raises:
        UnreadableArticle: a chosen column does not exist, there is none for the text, or there is no row.
    """
    columns = chosen_columns(table.headers, table.sample, options, name=name)
    if not table.sample:
        raise UnreadableArticle(f"{name} has no row beside its header.", hint="Choose a table that holds articles.")
    dates = (by_field(columns, table.headers, row).get("published", "") for row in table.sample)
    is_day_first = day_order(dates)
    for number, row in table.rows:
        values = by_field(columns, table.headers, row)
        place = f"{name}, row {number}"
        yield row_item(values, options, place=place, raw_sha256=table.raw_sha256, is_day_first=is_day_first)
