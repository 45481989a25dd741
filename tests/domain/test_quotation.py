"""Quotation marks are matched across typographic styles."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.domain.quotation import MARKS, find_quotations, quotations, snap
from annotator.domain.spans import Span


def pieces(text: str, *, nested: bool = False) -> list[str]:
    return [text[span.start : span.end] for span in quotations(text, nested=nested)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we go” now.", ["“we go”"]),
        ('He said "we go" and "stay".', ['"we go"', '"stay"']),
        ("Il dit « nous partons » hier.", ["« nous partons »"]),
        ("Er sagte „wir gehen“ und ging.", ["„wir gehen“"]),
        ("Er sagte »wir gehen« und ging.", ["»wir gehen«"]),
        ("Han sade ”vi går” och gick.", ["”vi går”"]),
        ("Hän sanoi »me menemme» ja lähti.", ["»me menemme»"]),
        ("He said ‘we go’ now.", ["‘we go’"]),
        ("Er sagte ‚wir gehen‘ und ging.", ["‚wir gehen‘"]),
        ("He said 'we go' now.", ["'we go'"]),
        ("彼は「行く」と言った。", ["「行く」"]),
        ("他说《人民日报》是报纸。", ["《人民日报》"]),
        ('He said “we go" now.', ['“we go"']),
        ("(“We go”) he said", ["“We go”"]),
        ("He said ''we go'' and ''stay.''", ["''we go''", "''stay.''"]),
        ("He said ``we go'' now.", ["``we go''"]),
        ("‘90 per cent agree,’ he said.", ["‘90 per cent agree,’"]),
    ],
)
def test_quotation_marks_of_every_style_are_matched(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Europe’s progress and the states’ armies don’t end.",
        "It's the workers' right, isn't it?",
        "In the ‘90s and the '80s they didn't.",
        "A 6\" nail and 5'10 of rope.",
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_and_inches_are_not_quotation_marks(text: str) -> None:
    assert pieces(text) == []


def test_values_in_pasted_mark_up_are_nobodys_words() -> None:
    text = '<tweet id="7479" author="@somebody"> "It is over," he wrote.</tweet>'
    assert pieces(text) == ['"It is over,"']


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    assert pieces("‘The workers’ rights come first,’ he said.") == ["‘The workers’ rights come first,’"]


def test_nested_quotations_come_with_the_flag_only() -> None:
    text = "“He told me ‘go home’ twice,” she said."
    assert pieces(text) == ["“He told me ‘go home’ twice,”"]
    assert pieces(text, nested=True) == ["“He told me ‘go home’ twice,”", "‘go home’"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "He said: “We go.\nNobody answered. “Fine.”"
    assert pieces(text) == ["“We go.", "“Fine.”"]
    assert [piece.is_closed for piece in find_quotations(text)] == [False, True]


def test_a_mark_repeated_at_a_paragraphs_start_continues_the_quotation() -> None:
    text = "He said: “We go.\n\n“We come back.”\n“Another.”"
    assert [piece.continues for piece in find_quotations(text)] == [False, True, False]


def test_a_closing_mark_without_an_opening_one_ends_the_quotation_of_the_paragraph_before() -> None:
    assert pieces('He said, "We learned a lot.\n\nIt was emotional." He left.') == [
        '"We learned a lot.',
        'It was emotional."',
    ]


TEXT = "Then “Allies have recognized the need,” the spokesperson said."


@pytest.mark.parametrize(
    "picked",
    ["Allies have recognized the need", "“Allies have recognized the need,” t", "lies have recognized the need,”"],
)
def test_snap_takes_the_quotation_that_is_nearly_covered(picked: str) -> None:
    start = TEXT.index(picked)
    assert snap(TEXT, Span(start, start + len(picked))) == Span(5, 39)


@pytest.mark.parametrize("picked", ["recognized the need", "the spokesperson said", TEXT])
def test_snap_leaves_alone_what_is_not_near_a_quotation(picked: str) -> None:
    span = Span(TEXT.index(picked), TEXT.index(picked) + len(picked))
    assert snap(TEXT, span) == span


def test_snap_takes_a_quotation_over_several_paragraphs_as_a_whole() -> None:
    text = "He said: “We go far.\n\n“We come back soon.”"
    assert snap(text, Span(10, len(text) - 1)) == Span(9, len(text))


def test_seed_articles_have_all_their_quotations_closed() -> None:
    for file in sorted(paths.seeds().glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        found = find_quotations(text)
        assert all(piece.is_closed and text[piece.start] == "“" and text[piece.end - 1] == "”" for piece in found)
        assert len(found) == text.count("“")


@given(st.text(alphabet=[*sorted(MARKS), "a", "s", " ", "\n", "."], max_size=60))
def test_quotations_are_ordered_within_a_line_and_outermost_ones_apart(text: str) -> None:
    spans = quotations(text)
    assert all("\n" not in text[span.start : span.end] for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    for span in quotations(text, nested=True):
        assert text[span.start] in MARKS or text[span.end - 1] in MARKS
        assert any(outer.contains(span) for outer in spans)
