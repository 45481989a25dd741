"""The seeds come out of each kind of file with the same words, and their sections are found."""

from __future__ import annotations

import csv
import html
import json
from pathlib import Path

import pytest

from annotator.domain.errors import UnreadableArticle
from annotator.domain.sections import find_sections
from annotator.ingest.readers import READERS
from tests.ingest.making import docx_file, pdf_file, read, seeds, set_lines, xlsx_file


def _md(path: Path, text: str) -> None:
    path.write_text("\n\n".join(text.split("\n")), "utf-8")


def _html(path: Path, text: str) -> None:
    parts, is_list = [], False
    for line in text.split("\n"):
        if line.startswith("- ") != is_list:
            parts.append("</ul>" if is_list else "<ul>")
            is_list = not is_list
        shown = html.escape(line.removeprefix("- "))
        parts.append(f"<li>{shown}</li>" if is_list else f"<p>{shown}</p>")
    body = "".join(parts) + ("</ul>" if is_list else "")
    path.write_text(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>The Paper</title></head><body><nav>"
        f"<a href=/>Home</a></nav><article>{body}</article><footer>Imprint</footer></body></html>",
        "utf-8",
    )


def _docx(path: Path, text: str) -> None:
    docx_file(path, text.split("\n"))


def _pdf(path: Path, text: str) -> None:
    lines = set_lines(text.split("\n"))
    pages: list[list[tuple[float, float, str]]] = []
    for left, bottom, line in lines:
        number, down = divmod(780 - bottom, 700)
        while len(pages) <= number:
            pages.append([])
        pages[int(number)].append((left, 780 - down, line))
    pdf_file(path, pages)


def _rows(text: str) -> list[list[str]]:
    return [["id", "body", "date"], ["one", text, "2025-02-12"]]


def _csv(path: Path, text: str) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ";").writerows(_rows(text))


def _xlsx(path: Path, text: str) -> None:
    xlsx_file(path, _rows(text))


def _jsonl(path: Path, text: str) -> None:
    path.write_text(json.dumps({"id": "one", "text": text, "meta": {"date": "2025-02-12"}}) + "\n", "utf-8")


def _txt(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


MAKERS = {
    ".txt": _txt,
    ".md": _md,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
    ".csv": _csv,
    ".tsv": _csv,
    ".xlsx": _xlsx,
    ".jsonl": _jsonl,
}


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix != ".spacy"])
@pytest.mark.parametrize("name", list(seeds()))
def test_a_seed_comes_out_of_each_kind_of_file_as_it_was(tmp_path, name, suffix):
    text = seeds()[name]
    MAKERS[suffix](tmp_path / f"a{suffix}", text)
    (item,) = read(tmp_path / f"a{suffix}")
    assert item.article is not None, item.message
    assert item.article.text.strip() == text.strip()
    assert [one.kind for one in item.article.sections] == [one.kind for one in find_sections(text)]


@pytest.mark.parametrize("suffix", list(READERS))
@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 5000, b"PK\x03\x04 cut off", b"%PDF-1.7 cut off", b"\xd0\xcf\x11\xe0old"]
)
def test_what_is_no_such_file_is_refused_in_words(tmp_path, suffix, content):
    if suffix == ".spacy":
        pytest.skip("the worker reads it")
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    try:
        items = read(path)
    except UnreadableArticle as error:
        assert path.name in error.message and error.hint
        return
    if b"cut off" in content and suffix in (".txt", ".md", ".htm", ".html"):
        return
    assert items and all(item.article is None and path.name in item.message and item.hint for item in items)
