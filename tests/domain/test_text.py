"""Canonical text: what stays, what changes, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.domain.errors import UnreadableArticle
from annotator.domain.text import MAX_CODE_POINTS, canonicalise, is_canonical

BOM = "\ufeff"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_line_end_becomes_a_line_feed(end):
    assert canonicalise(f"one{end}two{end}{end}three") == "one\ntwo\n\nthree"


def test_mixed_line_ends_are_taken_one_by_one():
    assert canonicalise("a\n\r\nb\r\r\nc") == "a\n\nb\n\nc"


def test_byte_order_marks_at_the_start_are_dropped_and_others_stay():
    assert canonicalise(f"{BOM}one{BOM}two") == f"one{BOM}two"
    assert canonicalise(f"{BOM}{BOM}one") == "one"


@pytest.mark.parametrize(
    "kept", ["a\u00a0b", "e\u0301", "\u202eabc\u202c", "a\u200bb", "\ufb01", "a\x0bb\x0cc", "\t x "]
)
def test_everything_else_stays_as_it_is(kept):
    assert canonicalise(kept) == kept


@pytest.mark.parametrize(
    "bad", ["\x00", "\ud800", "\udfff", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001ffff", "\U0010fffe"]
)
def test_what_no_text_may_hold_is_refused_with_its_name_and_place(bad):
    with pytest.raises(UnreadableArticle, match=f"a.txt holds U\\+{ord(bad):04X} at character 3"):
        canonicalise(f"abc{bad}", name="a.txt")


@pytest.mark.parametrize("good", ["\ufdcf", "\ufdf0", "\ufffd", "\U0001fffd", "\ue000", "\U00020000", "\U0010fffd"])
def test_neighbours_of_non_characters_are_text(good):
    assert canonicalise(good) == good


@pytest.mark.parametrize("blank", ["", " \n\t\u00a0\r\n", BOM])
def test_blank_text_is_refused(blank):
    with pytest.raises(UnreadableArticle, match="is empty"):
        canonicalise(blank)


def test_the_longest_article_is_taken_and_one_character_more_is_not():
    assert len(canonicalise("x" * MAX_CODE_POINTS)) == MAX_CODE_POINTS
    assert len(canonicalise("x\r\n" * (MAX_CODE_POINTS // 2))) == MAX_CODE_POINTS
    with pytest.raises(UnreadableArticle, match=r"2,000,001 characters"):
        canonicalise("x" * (MAX_CODE_POINTS + 1))


@given(st.text(st.characters() | st.sampled_from("\r\n\u2028\u2029\x85\ufeff\x00\ud800\ufffe")))
def test_what_is_taken_is_canonical_and_stays_so(raw):
    try:
        text = canonicalise(raw)
    except UnreadableArticle:
        return
    assert is_canonical(text) and text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & set("\r\u2028\u2029\x85\x00") and not text.startswith(BOM)


@pytest.mark.parametrize("seed", sorted(paths.seeds().glob("*.txt")), ids=lambda path: path.name)
def test_a_seed_loses_nothing_but_its_line_ends(seed):
    raw = seed.read_bytes().decode("utf-8")
    assert canonicalise(raw) == raw.replace("\r\n", "\n")
