"""Reads PDF files (pdfminer.six): the paragraphs of their pages, and what they say of themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTFigure, LTImage, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from annotator.domain.articles import new_article, with_metadata
from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import FILE_DATE, ReadItem, ReadOptions, metadata_of
from annotator.domain.text import canonicalise
from annotator.ingest.files import read_bytes, shown_name
from annotator.ingest.pdf_lines import Line, paragraphs, without_margins

MAX_PAGES = 500
# Printers' ligatures are letters of the font, not of the text.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNKNOWN = "(cid:"
_FEW_CHARS = 20


def read_pdf(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The article of a PDF: its paragraphs, without page numbers and what repeats at the edges of pages.

    The date is the one at which the file was made, and a remark says so; its title is that of the file, if any.

    Raises:
        UnreadableArticle: it cannot be read, is damaged, needs a password, has more than `MAX_PAGES` pages, or has no
            text: its pages are pictures.
    """
    name = shown_name(path)
    raw = read_bytes(path)
    if b"%PDF-" not in raw[:1024]:
        raise UnreadableArticle(f"{name} is no PDF file.", hint="Open it and save it as PDF anew.")
    # It warns of each oddity of a file; what matters is refused below.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        facts = _facts(raw)
        pages = list(extract_pages(BytesIO(raw), laparams=LAParams(), maxpages=MAX_PAGES + 1))
    except PDFPasswordIncorrect:
        raise UnreadableArticle(
            f"{name} is encrypted.", hint="Open it with its password, print it into a new PDF, and import that."
        ) from None
    # A damaged file makes it fail in any way at all.
    except (PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
            AssertionError, EOFError, OSError, NotImplementedError, ArithmeticError) as error:  # fmt: skip
        raise UnreadableArticle(
            f"{name} is a damaged PDF file ({type(error).__name__}).", hint="Open it and print it into a new PDF."
        ) from None
    if len(pages) > MAX_PAGES:
        raise UnreadableArticle(f"{name} has more than {MAX_PAGES} pages.", hint="Split it into articles first.")
    yield _item(name, raw, pages, facts, options)


def _item(name: str, raw: bytes, pages: list[LTPage], facts: dict[str, str], options: ReadOptions) -> ReadItem:
    lines = [line for number, page in enumerate(pages) for line in _lines(page, number)]
    _check_text(lines, pages, name)
    kept = without_margins(lines, [page.height for page in pages])
    text = canonicalise("\n".join(filter(None, paragraphs(kept or lines))), name=name)
    known, remarks = metadata_of(facts, options, name=name)
    if known.published:
        remarks += (f"{name}: {FILE_DATE}",)
    return ReadItem(
        article=with_metadata(new_article(text, name=name, raw_sha256=sha256_hex(raw)), known), remarks=remarks
    )


def _check_text(lines: list[Line], pages: list[LTPage], name: str) -> None:
    text = "".join(line.text for line in lines)
    if text.count(_UNKNOWN) * 10 > len(text.split()):
        raise UnreadableArticle(
            f"{name} does not say which letters its fonts show.",
            hint="Run text recognition (OCR) on it, or copy the text from its source.",
        )
    if len("".join(text.split())) < _FEW_CHARS:
        what = "is a scan: its pages are pictures" if any(map(_has_picture, pages)) else "has no text"
        raise UnreadableArticle(f"{name} {what}.", hint="Run text recognition (OCR) on it first.")


def _has_picture(container: Iterable[object]) -> bool:
    return any(isinstance(one, LTImage) or (isinstance(one, LTFigure) and _has_picture(one)) for one in container)


def _lines(page: LTPage, number: int) -> Iterator[Line]:
    boxes = [one for one in page if isinstance(one, LTTextBox)]
    for block, box in enumerate(boxes):
        for line in box:
            if isinstance(line, LTTextLine) and (text := line.get_text().translate(_LIGATURES).strip()):
                height = _letter_height(line)
                yield Line(text, number, line.x0, line.x1, line.y0 + height, line.y0, block)


def _letter_height(line: LTContainer[object]) -> float:
    # That of most letters: one raised figure makes the line itself taller.
    sizes = sorted(one.size for one in line if isinstance(one, LTChar))
    return float(sizes[len(sizes) // 2]) if sizes else float(line.height)


def _facts(raw: bytes) -> dict[str, str]:
    document = PDFDocument(PDFParser(BytesIO(raw)))
    found: dict[str, str] = {}
    for info in reversed(document.info):
        for key, field in (("Title", "title"), ("Author", "author"), ("CreationDate", "published")):
            value = info.get(key)
            if isinstance(value, bytes) and value.strip():
                found[field] = decode_text(value).strip("\x00 ")
    if found.get("title", "").lower().startswith(("microsoft word", "untitled")):
        del found["title"]
    language = document.catalog.get("Lang")
    return found | ({"language": decode_text(language)} if isinstance(language, bytes) else {})
