"""How the network sees an article: word pieces in windows, and what it is to learn of them."""

from __future__ import annotations

import pytest

from annotator.suggest.messages import ArticleText
from annotator.suggest.reading import pieces
from annotator.suggest.tagging.labels import LABELS
from annotator.suggest.tagging.predicting import Batch
from annotator.suggest.tagging.targets import NOTHING, targets
from annotator.suggest.tagging.windows import Window, windows
from tests.labelled import labelled_articles
from tests.suggest.tagging.tiny import TINY

TEXT = "The mayor said it rained.\n\n“Taxes must fall,” SHE added.\n\n😅 Schools open in May."


@pytest.fixture(scope="module")
def tokenizer():
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(TINY / "tokenizer.json"))


def windows_of(tokenizer, text: str, **options: int) -> list[Window]:
    return list(windows(tokenizer, text, pieces(ArticleText(id="a", text=text)), **options))


def words(text: str, window: Window) -> list[str]:
    return [text[start:end] for start, end in window.spans if start >= 0]


def test_lines_stand_in_one_window_one_after_the_other(tokenizer):
    (window,) = windows_of(tokenizer, TEXT)
    assert words(TEXT, window)[:8] == ["The", "mayor", "said", "it", "rained", ".", "“", "Taxes"]
    assert words(TEXT, window)[-6:] == ["😅", "Schools", "open", "in", "May", "."]
    assert sorted(set(window.lines)) == [0, 1, 2]


def test_pieces_know_their_case_and_whether_they_are_quoted(tokenizer):
    (window,) = windows_of(tokenizer, TEXT)
    shapes = {TEXT[start:end]: shape for (start, end), shape in zip(window.spans, window.shapes, strict=True)}
    assert [shapes[word] for word in ("mayor", "Taxes", "fall", "SHE", "Schools")] == [0, 4, 3, 2, 1]


@pytest.mark.parametrize("size", [6, 9, 16, 256])
def test_no_piece_is_lost_or_doubled_and_no_window_is_too_long(tokenizer, size):
    found = windows_of(tokenizer, TEXT, size=size)
    (whole,) = windows_of(tokenizer, TEXT)
    assert [word for window in found for word in words(TEXT, window)] == words(TEXT, whole)
    assert max(map(len, found)) <= size


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_article_without_words_has_no_windows(tokenizer, text):
    assert windows_of(tokenizer, text) == []


def test_shorter_windows_are_padded_with_lines_that_are_none(tokenizer):
    batch = Batch.of(windows_of(tokenizer, TEXT, size=10))
    lengths = [len(window) for window in windows_of(tokenizer, TEXT, size=10)]
    assert batch.ids.shape == (len(lengths), max(lengths))
    assert [(row >= 0).sum() for row in batch.lines] == lengths


def test_what_is_to_be_learnt_stands_on_the_words_of_the_roles(tokenizer):
    article = next(one for one in labelled_articles(9) if len(one.quotes) >= 3)
    (window,) = windows_of(tokenizer, article.text)
    wanted = targets(window, article.quotes)
    begun = [at for at, label in enumerate(wanted.labels) if LABELS[label] == "B-content"]
    assert [window.spans[at][0] for at in begun] == [quote.content[0].start for quote in article.quotes]
    for at, quote in zip(begun, article.quotes, strict=True):
        assert window.spans[wanted.links[0][at]][0] == quote.cue.start
        assert window.spans[wanted.links[1][at]][0] == quote.source[0].start
    assert [link != NOTHING for link in wanted.links[2]] == ["cue" in LABELS[label] for label in wanted.labels]


def test_what_lies_in_another_window_leads_to_none(tokenizer):
    article = next(one for one in labelled_articles(9) if one.quotes)
    for window in windows_of(tokenizer, article.text, size=8):
        wanted = targets(window, article.quotes)
        assert all(link == NOTHING or 0 <= link < len(window) for kind in wanted.links for link in kind)
