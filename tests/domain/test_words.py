"""Where the words of a search stand in a text, and what is around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.domain.words import context, first_hit, fold, holds_all, tokens

TEXT = "Zürich hosts “the Zebras” in C++; İzmir does not. 5.2 % of zebra-crossings, 😅 Straße."


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("zurich", "Zürich"),
        ("ZÜRICH hosts", "Zürich hosts"),
        ("the zebras", "the Zebras"),
        ("“the zeb", "the Zebras"),
        ("zebra", "Zebras"),
        ("zebra crossing", "zebra-crossings"),
        ("crossings zebra", "Zebras"),
        ("c++", "C"),
        ("izmir", "İzmir"),
        ("strasse", "Straße"),
        ("5.2", "5.2"),
        ("oes", None),
        ("nothing", None),
        ("—", None),
        ("", None),
    ],
)
def test_the_first_hit_is_the_words_in_a_row_or_one_of_them(words, hit):
    found = first_hit(TEXT, tokens(words))
    assert (found and TEXT[found.start : found.end]) == hit


def test_a_word_before_the_last_is_a_whole_one():
    assert first_hit("a zebras b", tokens("zebra x")) is None
    assert first_hit("a zebras x", tokens("zebra x")) == Span(9, 10)


@given(before=st.text(max_size=9), word=st.sampled_from(["Kyïv", "İzmir", "naïve", "ﬁn", "Ωmega"]))
def test_a_word_is_found_at_its_place_whatever_stands_before_it(before, word):
    text = f"{before} {word}."
    found = first_hit(text, tokens(word))
    assert found is not None and fold(text[found.start : found.end]).startswith(fold(word))
    assert found.start <= len(before) + 1


def test_all_words_must_be_there_and_the_last_may_begin_one():
    assert holds_all("Europe leads its own défense", tokens("own defen"))
    assert not holds_all("Europe leads its own defense", tokens("own offense"))
    assert not holds_all("Europe leads its own defense", tokens("def own"))


def test_the_context_is_cut_between_words_and_reads_on():
    text = "One two three four five six seven eight nine."
    span = Span(text.index("four"), text.index("four") + 4)
    before, after = context(text, span, chars=12)
    assert (before, after) == ("two three ", " five six")
    assert context(text, span) == ("One two three ", " five six seven eight nine.")
    assert context("a\nb  NATO\u00a0c", Span(5, 9)) == ("a b ", " c")


@given(text=st.text(max_size=80), start=st.integers(0, 80), length=st.integers(0, 20), chars=st.integers(0, 30))
def test_the_context_is_what_stands_beside_the_span(text, start, length, chars):
    span = Span(min(start, len(text)), min(start + length, len(text)))
    before, after = context(text, span, chars=chars)
    assert len(before) <= chars and len(after) <= chars
    squeezed = " ".join(text[: span.start].split()), " ".join(text[span.end :].split())
    assert squeezed[0].endswith(before.strip()) and squeezed[1].startswith(after.strip())
