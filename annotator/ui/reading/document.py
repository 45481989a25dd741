"""Documents: an article's text as a QTextDocument that lays itself out when it is needed, and as far as needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.ui.offsets import Utf16Map
from annotator.ui.theme import SANS, font

# Qt lays out and paints a paragraph as a whole: long ones are broken for its sake, in the widget alone.
_LONG_PARAGRAPH = 8_000
_BREAK_EVERY = 4_000
_BLANK = re.compile(r"[ \t\u3000]")

_PARAGRAPH_GAP_PX = 12
_ITEM_GAP_PX = 2
_HEADING_GAP_PX = 14
LINE_FACTOR = 2.12
# A line and a label beneath it, which do not get smaller with the text.
_LEAST_ROOM_PX = 11
_HEADING_FACTOR = 0.78
_ITEM_FACTOR = 0.94


def paragraphs(text: str) -> list[Span]:
    """The lines of a text, without their line feeds."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def display_breaks(text: str) -> list[int]:
    """Blanks at which paragraphs of many thousand characters are broken on the screen, and there only.

    A paragraph without any blank stays whole.
    """
    breaks: list[int] = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        while paragraph.end - start > _LONG_PARAGRAPH:
            blank = _BLANK.search(text, start + _BREAK_EVERY, paragraph.end)
            if blank is None:
                break
            breaks.append(blank.start())
            start = blank.end()
    return breaks


def display_text(text: str, breaks: Sequence[int]) -> str:
    """The text with a line feed for each of these blanks: as long as before, so that every position stays."""
    parts: list[str] = []
    start = 0
    for index in breaks:
        parts += [text[start:index], "\n"]
        start = index + 1
    return "".join(parts) + text[start:]


def headings_between(text: str, sections: Sequence[Section]) -> list[Span]:
    """The lines that say something and lie in no section: the headings of lists of headline variants."""
    if not sections:
        return []
    ranges = sorted((section.start, section.end) for section in sections)
    found: list[Span] = []
    for line in paragraphs(text):
        while ranges and ranges[0][1] <= line.start:
            ranges.pop(0)
        is_in_section = bool(ranges) and ranges[0][0] < line.end
        if not is_in_section and text[line.start : line.end].strip():
            found.append(line)
    return found


def body_format(text_px: float) -> QTextBlockFormat:
    """Lines far enough apart for underlines and labels between them."""
    made = QTextBlockFormat()
    made.setLineHeight(_room_below(text_px), QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    made.setBottomMargin(_PARAGRAPH_GAP_PX)
    return made


def _room_below(text_px: float) -> int:
    # IBM Plex Serif is 1.3 of its size tall; the rest of the line is ours.
    return round(max(text_px * (LINE_FACTOR - 1.3), _LEAST_ROOM_PX))


def build_document(
    text: str, utf16: Utf16Map, *, sections: Sequence[Section], body: QFont, text_px: float, muted: QColor
) -> QTextDocument:
    """A plain-text document of the article. It has no page size yet, so nothing of it has been laid out."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(body)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    breaks = display_breaks(text)
    document.setPlainText(display_text(text, breaks))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(body_format(text_px))
    _format_variants(cursor, utf16, sections, text_px)
    _format_headings(cursor, utf16, headings_between(text, sections), text_px, muted)
    for index in breaks:
        _join_to_next(cursor, utf16.to_qt(index))
    cursor.endEditBlock()
    return document


def color_headings(document: QTextDocument, spans: Sequence[Span], utf16: Utf16Map, muted: QColor) -> None:
    """Give the headings between sections another colour."""
    colored = QTextCharFormat()
    colored.setForeground(muted)
    cursor = QTextCursor(document)
    for span in spans:
        _select(cursor, utf16, span)
        cursor.mergeCharFormat(colored)


def _select(cursor: QTextCursor, utf16: Utf16Map, span: Span) -> None:
    cursor.setPosition(utf16.to_qt(span.start))
    cursor.setPosition(utf16.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)


def _format_headings(
    cursor: QTextCursor, utf16: Utf16Map, spans: Sequence[Span], text_px: float, muted: QColor
) -> None:
    looks = QTextCharFormat()
    looks.setFont(font(SANS, text_px * _HEADING_FACTOR, QFont.Weight.DemiBold))
    looks.setForeground(muted)
    for span in spans:
        _select(cursor, utf16, span)
        cursor.mergeCharFormat(looks)
        block = cursor.blockFormat()
        block.setTopMargin(_HEADING_GAP_PX)
        block.setBottomMargin(_ITEM_GAP_PX)
        cursor.setBlockFormat(block)


def _format_variants(cursor: QTextCursor, utf16: Utf16Map, sections: Sequence[Section], text_px: float) -> None:
    looks = QTextCharFormat()
    looks.setFontPointSize(font(SANS, text_px * _ITEM_FACTOR).pointSizeF())
    for section in sections:
        if section.kind in ("body", "headline", "lede"):
            continue
        _select(cursor, utf16, Span(section.start, section.end))
        block = cursor.blockFormat()
        block.setBottomMargin(_ITEM_GAP_PX)
        cursor.setBlockFormat(block)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(looks)


def _join_to_next(cursor: QTextCursor, qt_pos: int) -> None:
    """Let the block that ends here and the next one look like one paragraph."""
    cursor.setPosition(qt_pos)
    this: QTextBlock = cursor.block()
    direction = this.textDirection()
    block = this.blockFormat()
    block.setBottomMargin(0)
    block.setLayoutDirection(direction)
    cursor.setBlockFormat(block)
    cursor.setPosition(qt_pos + 1)
    following = cursor.blockFormat()
    following.setLayoutDirection(direction)
    cursor.setBlockFormat(following)
