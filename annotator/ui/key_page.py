"""The shortcut sheet on paper: one page, printed or saved as PDF."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from annotator.domain.errors import AnnotatorError
from annotator.ui.action import Action
from annotator.ui.theme import MONO, SANS, font
from annotator.ui.widgets import key_text

Group = tuple[str, Sequence[Action]]

_MARGIN_MM = 11.0
_POINTS_PER_INCH = 72
_FONT_PX = 11
_GAP_PERCENT = 4
_STYLE = f"""
.title {{ font-size: 15pt; font-weight: 600; margin-bottom: 1px; }}
.head {{ font-size: 7.5pt; font-weight: 600; color: #535961; margin-top: 7px; margin-bottom: 1px; }}
td {{ font-size: 7.2pt; color: #1d2126; }}
.keys {{ font-family: "{MONO}"; font-size: 7pt; background-color: #efede8; }}
.mute {{ font-size: 8pt; color: #535961; }}
"""


def key_page(columns: Iterable[Sequence[Group]], texts: Mapping[str, str]) -> QTextDocument:
    """The page: columns of groups of commands, each with its keys; black on white whatever the theme is."""
    document = QTextDocument()
    document.setDefaultFont(font(SANS, _FONT_PX))
    document.setDefaultStyleSheet(_STYLE)
    shown = ["".join(_group(one, texts) for one in column) for column in columns]
    width = (100 - _GAP_PERCENT * (len(shown) - 1)) // max(1, len(shown))
    cells = [f'<td width="{width}%" valign="top">{column}</td>' for column in shown]
    body = f'<td width="{_GAP_PERCENT}%"></td>'.join(cells)
    document.setHtml(
        '<p class="title">Annotator: keyboard shortcuts</p>'
        '<p class="mute">The digits 1 to 9 put the labels of the codebook.</p>'
        f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{body}</tr></table>'
    )
    return document


def _group(group: Group, texts: Mapping[str, str]) -> str:
    title, actions = group
    return (
        f'<p class="head">{html.escape(title.upper())}</p><table width="100%" cellspacing="1" cellpadding="1">'
        + "".join(
            f'<tr><td width="60%">{html.escape(texts.get(one.id, one.text).rstrip("…"))}</td>'
            f'<td align="right">{_keys(one)}</td></tr>'
            for one in actions
        )
        + "</table>"
    )


def _keys(action: Action) -> str:
    caps = [
        f'<span class="keys">&nbsp;{html.escape(key_text(one)).replace(" ", "&nbsp;")}&nbsp;</span>'
        for one in action.shortcuts
    ]
    return " ".join(caps)


def page_layout() -> QPageLayout:
    """An upright A4 page."""
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def pages_of(document: QTextDocument) -> int:
    """How many pages a document takes on paper."""
    return _paginated(document).pageCount()


def print_page(document: QTextDocument, device: QPagedPaintDevice) -> None:
    """Draw the page on paper."""
    device.setPageLayout(page_layout())
    _paginated(document).print_(device)


def _paginated(document: QTextDocument) -> QTextDocument:
    # With a size of its own, Qt scales each page to the paper, and adds neither margins nor page numbers.
    copy = document.clone()
    copy.setDocumentMargin(0)
    room = page_layout().paintRect(QPageLayout.Unit.Point).size()
    dots = QGuiApplication.primaryScreen().logicalDotsPerInchY() / _POINTS_PER_INCH
    copy.setPageSize(QSizeF(room.width() * dots, room.height() * dots))
    return copy


def save_pdf(document: QTextDocument, out: Path) -> None:
    """Write the page as PDF.

    Raises:
        AnnotatorError: the file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("Annotator: keyboard shortcuts")
    print_page(document, writer)
    del writer
    try:
        out.write_bytes(buffer.data().data())
    except OSError as error:
        raise AnnotatorError(f"{out} cannot be written ({error.strerror}).", hint="Choose another place.") from None
