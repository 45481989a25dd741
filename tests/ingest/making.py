"""Files of all kinds that hold articles, made as the programs make them that people use."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import openpyxl

from annotator.domain.importing import ReadItem, ReadOptions
from annotator.ingest.readers import read_file

TODAY = "2026-11-26"


def read(path: Path, **options: object) -> list[ReadItem]:
    """All items of a file."""
    return list(read_file(path, ReadOptions(latest=TODAY, **options)))


def only(path: Path, **options: object) -> ReadItem:
    """The one item of a file."""
    (item,) = read(path, **options)
    return item


def seeds() -> dict[str, str]:
    """The texts of the seeds by their names."""
    folder = Path(__file__).parents[2] / "seeds"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def docx_file(path: Path, paragraphs: Sequence[str], *, title: str = "") -> Path:
    """A Word document; paragraphs that begin with “- ” are items of a list."""
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for text in paragraphs:
        is_item = text.startswith("- ")
        document.add_paragraph(text.removeprefix("- "), style="List Bullet" if is_item else None)
    document.core_properties.author = "Jane Doe"
    document.core_properties.created = datetime.datetime(2025, 2, 12, 9, 30)
    document.save(str(path))
    return path


def xlsx_file(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """An Excel table."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


PdfLine = tuple[float, float, str]


def pdf_file(
    path: Path,
    pages: Sequence[Sequence[PdfLine]],
    *,
    info: str = "",
    encrypt: bool = False,
    picture: bool = False,
    size: int = 11,
) -> Path:
    """A PDF with lines of Helvetica at `(left, bottom, text)` on pages of 595 by 842 points."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    image = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects += [font, image + b" /Length 1 >>\nstream\n\x80\nendstream"]
    kids = []
    for lines in pages:
        shown = b"q 500 0 0 700 40 60 cm /Im Do Q\n" if picture else b""
        for left, bottom, text in lines:
            plain = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            shown += b"BT /F %d Tf %.2f %.2f Td (%s) Tj ET\n" % (size, left, bottom, plain)
        packed = zlib.compress(shown)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> /XObject << /Im 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    more = b""
    if info:
        objects.append(info.encode("latin-1"))
        more += b" /Info %d 0 R" % len(objects)
    if encrypt:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32))
        more += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    _write_pdf(path, objects, more)
    return path


def _write_pdf(path: Path, objects: Sequence[bytes], more: bytes) -> None:
    out = BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, more, start))
    path.write_bytes(out.getvalue())


def set_lines(paragraphs: Sequence[str], *, chars: int = 90, left: float = 60, top: float = 780) -> list[PdfLine]:
    """Paragraphs broken into lines of so many characters, 14 points apart, with half a line between paragraphs."""
    lines: list[PdfLine] = []
    for text in paragraphs:
        words, line = text.split(), ""
        for word in words:
            if line and len(line) + len(word) >= chars:
                lines.append((left, top, line))
                top, line = top - 14, ""
            line = f"{line} {word}".strip()
        lines.append((left, top, line))
        top -= 21
    return lines
