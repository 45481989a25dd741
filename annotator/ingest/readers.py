"""All kinds of article files, by the suffix of their names; listing them imports none of what they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of files. `place` is the function (`module:name`) that reads one, or the kind's own `job` does.

    `job` is the worker's job that reads such files; empty where that is light enough for the program itself.
    `is_table` says that there are columns or fields to choose, `is_text` that there is an encoding to choose.
    """

    title: str
    place: str
    job: str = ""
    is_table: bool = False
    is_text: bool = False


_JOB = "read-articles"
READERS: dict[str, Reader] = {
    ".txt": Reader("Text", "files:read_text", is_text=True),
    ".md": Reader("Markdown", "markdown:read_markdown", job=_JOB, is_text=True),
    ".html": Reader("Web page", "web:read_page", job=_JOB, is_text=True),
    ".htm": Reader("Web page", "web:read_page", job=_JOB, is_text=True),
    ".docx": Reader("Word document", "word:read_document", job=_JOB),
    ".pdf": Reader("PDF", "pdf:read_pdf", job=_JOB),
    ".jsonl": Reader("JSON Lines, an article a line", "objects:read_objects", is_table=True),
    ".csv": Reader("Table, an article a row", "tables:read_csv", is_table=True, is_text=True),
    ".tsv": Reader("Table, an article a row", "tables:read_csv", is_table=True, is_text=True),
    ".xlsx": Reader("Excel table, an article a row", "sheets:read_sheet", job=_JOB, is_table=True),
    ".spacy": Reader("spaCy documents", "", job="read-spacy"),
}
SINGLE = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
"""Suffixes of files that are one article each, of which the name may tell something."""


def reader_of(path: Path) -> Reader:
    """The kind of a file that `find_files` gave."""
    return READERS[path.suffix.lower()]


def read_file(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The articles of a file, read in this process, and what of it is refused.

    Raises:
        UnreadableArticle: the file cannot be read as a whole.
    """
    module, _, name = reader_of(path).place.partition(":")
    try:
        yield from getattr(import_module(f"annotator.ingest.{module}"), name)(path, options)
    except ImportError as error:
        raise UnreadableArticle(
            f"{path.suffix} files cannot be read: “{error.name}” is not installed.",
            hint="Install Annotator anew, with all it needs.",
        ) from None
