"""Sections of the seeds, and of texts that are nearly like them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.domain.sections import Section, find_sections, title_of
from annotator.domain.text import canonicalise


def parts(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_sections(text)]


def seed(number: str) -> str:
    (path,) = paths.seeds().glob(f"{number}_*.txt")
    return canonicalise(path.read_text("utf-8"))


def test_a_seed_without_headings_is_all_body():
    text = seed("000")
    assert parts(text) == [("body", text.strip())]


def test_a_seed_with_headings_has_its_body_and_all_its_variants():
    text = seed("003")
    found = parts(text)
    lines = text.split("\n")
    items = [line.removeprefix("- ").strip() for line in lines if line.startswith("- ")]
    assert [kind for kind, _ in found][:2] == ["body", "alt_headline"]
    assert {kind for kind, _ in found[1:]} == {"alt_headline", "alt_lede", "seo_headline", "meta_description"}
    assert [piece for _, piece in found[1:]] == items and len(items) >= 4
    assert found[0][1] == text[: text.index("Alternative Headlines:")].strip()


def test_headings_may_come_in_any_order_with_blank_lines_between():
    text = "Body.\n\nMETA DESCRIPTIONS:\n\n- one\n\n-  two \n\nAlternative Headlines:\n• three\n"
    assert parts(text) == [
        ("body", "Body."),
        ("meta_description", "one"),
        ("meta_description", "two"),
        ("alt_headline", "three"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Body.\nAlternative Headlines:\nno item", "Body.\nAlternative Headlines:", "Body.\nAlternative Headlines\n- item"],
)
def test_a_heading_without_items_is_body(text):
    assert parts(text) == [("body", text)]


def test_a_line_that_is_no_item_ends_the_list():
    text = "Body.\nSEO Headlines:\n- one\nMore prose.\n- not an item of it"
    assert parts(text) == [("body", "Body."), ("seo_headline", "one")]


def test_text_that_begins_with_a_heading_has_no_body():
    assert parts("\nAlternative Ledes:\n- one") == [("alt_lede", "one")]


def test_dash_lists_in_the_body_are_body():
    assert parts("- a\n- b") == [("body", "- a\n- b")]


def test_a_very_long_text_of_short_lines_is_read_once():
    # Looking ahead from every line took minutes here.
    text = canonicalise("x\n\n" * 600_000 + "SEO Headlines:\n- one")
    assert parts(text)[1:] == [("seo_headline", "one")]


@given(
    st.lists(
        st.sampled_from(["", " ", "Alternative Headlines:", "SEO headlines:", "- a", "* \u00a0b ", "- ", "x", "\x1c"])
    )
)
def test_sections_lie_in_the_text_apart_and_in_order(lines):
    text = "\n".join(lines)
    found = find_sections(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[one.start : one.end] == text[one.start : one.end].strip() for one in found)


def test_the_title_is_the_headline_where_there_is_one():
    text = "Kyiv holds\nBody."
    assert title_of(text, (Section(kind="headline", start=0, end=10),)) == "Kyiv holds"


def test_the_title_is_the_first_line_and_is_cut_between_words():
    assert title_of("\n\n  Short one.  \nMore.", ()) == "Short one."
    assert title_of("one two, three four", (), max_chars=10) == "one two…"
    assert title_of("a" * 50, (), max_chars=10) == "a" * 10 + "…"
    for number in ("000", "003"):
        title = title_of(seed(number), find_sections(seed(number)))
        assert 20 < len(title) <= 91 and seed(number).startswith(title.removesuffix("…"))
