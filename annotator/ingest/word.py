"""Reads Word documents (.docx): paragraphs and tables in their order, and what the document says of itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from annotator.domain.articles import new_article, with_metadata
from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import FILE_DATE, ReadItem, ReadOptions, metadata_of
from annotator.domain.text import canonicalise
from annotator.ingest.files import read_bytes, shown_name
from annotator.ingest.zips import check_zip

_BROKEN = (
    OpcError, InvalidXmlError, KeyError, ValueError, AttributeError, TypeError, etree.LxmlError, zipfile.BadZipFile,
    EOFError, RecursionError,
)  # fmt: skip
_TITLES = ("title", "heading 1", "titel", "überschrift 1", "titre")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\N{NON-BREAKING HYPHEN}"}
# Deleted words, numbers of pages and the like, and what older programs see in place of a drawing.
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_PARAGRAPH = qn("w:p")
_TEXT = qn("w:t")
_MAX_DEPTH = 20
# What the templates of programs say, and no author or day of theirs is meant.
_NOBODY = {"python-docx", "unknown", "user", "microsoft office user", "author", "admin"}


def read_document(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The article of a Word document: the first paragraph in a title's or heading's style is its headline.

    Words that were deleted with tracked changes are left out, inserted ones are in; headers, footers, foot notes and
    comments are left out. The date is the one at which the document was made, and a remark says so.

    Raises:
        UnreadableArticle: it cannot be read, is damaged, encrypted or no such document, or has no text.
    """
    name = shown_name(path)
    raw = read_bytes(path)
    check_zip(BytesIO(raw), name=name, kind="Word", needs="word/")
    try:
        document = docx.Document(BytesIO(raw))
        blocks = [block for block in _blocks(document) if block.strip()]
        headline = _headline(document)
        facts = _facts(document)
    except _BROKEN as error:
        raise UnreadableArticle(
            f"{name} is a damaged Word file ({type(error).__name__}).", hint="Open it in Word and save it anew."
        ) from None
    known, remarks = metadata_of(facts, options, name=name)
    if known.published:
        remarks += (f"{name}: {FILE_DATE}",)
    text = canonicalise("\n".join(blocks), name=name)
    article = new_article(text, name=name, raw_sha256=sha256_hex(raw), headline=headline)
    yield ReadItem(article=with_metadata(article, known), remarks=remarks)


def _blocks(document: docx.document.Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _paragraph(block)


def _rows(table: Table, depth: int = 0) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[object] = set()
        for cell in row.cells:
            # A merged cell is there once for each column.
            if cell._tc not in seen:
                seen.add(cell._tc)
                inner = [_paragraph(one) for one in cell.paragraphs]
                inner += [line for one in cell.tables for line in _rows(one, depth + 1)] if depth < _MAX_DEPTH else []
                cells.append("\n".join(line for line in inner if line.strip()))
        yield "\t".join(cells)


def _paragraph(paragraph: Paragraph) -> str:
    text = "".join(_pieces(paragraph._p)).strip("\n")
    return f"- {text}" if text.strip() and _is_item(paragraph) else text


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _SKIPPED:
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _PARAGRAPH:
            # In a text box.
            yield "\n"
            yield from _pieces(child)
            yield "\n"
        else:
            yield from _pieces(child)


def _is_item(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    is_numbered = properties is not None and properties.numPr is not None
    style = _style(paragraph)
    return (is_numbered or style.startswith("list")) and not style.startswith(("heading", "list continue"))


def _style(paragraph: Paragraph) -> str:
    return str((paragraph.style.name if paragraph.style is not None else "") or "").lower()


def _headline(document: docx.document.Document) -> str:
    first = next((one for one in document.paragraphs if one.text.strip()), None)
    is_titled = first is not None and _style(first).startswith(_TITLES)
    return "".join(_pieces(first._p)) if first is not None and is_titled else ""


def _facts(document: docx.document.Document) -> dict[str, str]:
    said = document.core_properties
    author = "" if (said.author or "").strip().casefold() in _NOBODY else said.author or ""
    is_template = said.author == "python-docx"
    made = "" if is_template or said.created is None else said.created.date().isoformat()
    title = "" if said.title in ("Word Document", "Document") else said.title or ""
    return {"title": title, "author": author, "published": made, "language": said.language or ""}
