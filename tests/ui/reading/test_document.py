"""Documents: the same positions as the article, whatever the article holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.domain.errors import UnreadableArticle
from annotator.domain.sections import find_sections
from annotator.domain.text import canonicalise
from annotator.ui import theme
from annotator.ui.offsets import Utf16Map
from annotator.ui.reading.document import build_document, display_breaks, display_text, headings_between, paragraphs


def document_of(text: str) -> QTextDocument:
    return build_document(
        text,
        Utf16Map(text),
        sections=find_sections(text),
        body=theme.font(theme.SERIF, 16.5),
        text_px=16.5,
        muted=QColor("grey"),
    )


def seed() -> str:
    return (paths.seeds() / "003_5b3763f7fe757adc.txt").read_text(encoding="utf-8")


def test_paragraphs_are_the_lines_of_the_text() -> None:
    assert [(span.start, span.end) for span in paragraphs("ab\n\nc")] == [(0, 2), (3, 3), (4, 5)]


def test_headings_of_the_lists_of_variants_are_found() -> None:
    text = seed()
    found = [text[span.start : span.end] for span in headings_between(text, find_sections(text))]
    assert found == ["Alternative Headlines:", "Alternative Ledes:", "SEO Headlines:", "Meta Descriptions:"]


def test_text_without_sections_has_no_headings() -> None:
    assert headings_between("One line\nAnother", ()) == []


def test_ordinary_paragraphs_are_not_broken() -> None:
    assert display_breaks(seed()) == []


def test_giant_paragraph_is_broken_at_blanks_and_stays_as_long() -> None:
    text = "word " * 20_000
    breaks = display_breaks(text)
    shown = display_text(text, breaks)
    assert len(shown) == len(text)
    assert max(len(line) for line in shown.split("\n")) <= 8_000
    assert {text[index] for index in breaks} == {" "}
    assert shown.replace("\n", " ") == text


def test_giant_paragraph_without_a_blank_stays_whole() -> None:
    assert display_breaks("x" * 50_000) == []


@pytest.mark.parametrize(
    "text",
    [
        "a\u00a0b",
        "tab\there",
        "form\x0cfeed \x0b \x1c\x1d\x1e\x1f \x85"[:-1],
        "\u200eמה\u202bx\u202c",
        "\ufffc 😅 \ufeff e\u0301",
    ],
)
def test_document_counts_every_character_as_the_article_does(qapp: QApplication, text: str) -> None:
    document = document_of(text)
    assert document.characterCount() - 1 == Utf16Map(text).qt_length
    assert document.blockCount() == 1


@given(
    st.text(
        st.characters(exclude_categories=("Cs",)) | st.sampled_from("\n\n😅\u00a0\u2028\u2029\r\x1c\ufdd0"), min_size=1
    )
)
def test_document_has_the_length_and_the_paragraphs_of_any_canonical_text(qapp: QApplication, raw: str) -> None:
    try:
        text = canonicalise(raw)
    except UnreadableArticle:
        return
    document = document_of(text)
    utf16 = Utf16Map(text)
    assert document.characterCount() - 1 == utf16.qt_length
    starts = []
    block = document.firstBlock()
    while block.isValid():
        starts.append(utf16.to_python(block.position()))
        block = block.next()
    assert starts == [span.start for span in paragraphs(text)]


def test_headings_are_muted_and_body_is_not(qapp: QApplication) -> None:
    text = seed()
    document = document_of(text)
    cursor = QTextCursor(document)
    cursor.setPosition(Utf16Map(text).to_qt(text.index("SEO Headlines:") + 3))
    assert cursor.charFormat().foreground().color() == QColor("grey")
    assert theme.SANS in cursor.charFormat().fontFamilies()
    cursor.setPosition(10)
    assert not cursor.charFormat().hasProperty(QTextFormat.Property.ForegroundBrush.value)


def test_document_lays_nothing_out_before_it_has_a_page(qapp: QApplication) -> None:
    document = document_of(seed())
    assert document.firstBlock().layout().lineCount() == 0
