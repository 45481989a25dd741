"""Folders in the format of PolNeAR."""

from __future__ import annotations

import pytest

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.errors import BadExchange
from annotator.domain.spans import Span
from annotator.ingest.standoff import is_standoff, read_standoff
from tests.labelled import labelled_articles, write_standoff

TEXT = "“Rain,” Anna said, “will fall.”"
MARKS = """\
T1\tContent 0 7;19 31\t“Rain,” “will fall.”
T2\tSource 8 12\tAnna
T3\tCue 13 17\tsaid
E1\tAttribution:T1 Content:T1 Source:T2 Cue1:T3
E2\tDiscuss:T3
E3\tAttribution-no-source:T3 Cue:T3
"""


def folder_with(tmp_path, marks: str, name: str = "a_w1.ann"):
    folder = tmp_path / "corpus"
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "text" / "a.txt").write_text(TEXT, "utf-8")
    (folder / "attributions" / name).write_text(marks, "utf-8")
    return folder


def test_an_attribution_is_read_with_all_its_fragments(tmp_path):
    (article,) = read_standoff(folder_with(tmp_path, MARKS))
    quote = LabelledQuote(content=(Span(0, 7), Span(19, 31)), source=(Span(8, 12),), cue=Span(13, 17))
    assert article == LabelledArticle(id="a", text=TEXT, quotes=(quote,))


def test_of_several_annotators_the_first_counts(tmp_path):
    folder_with(tmp_path, "", "a_w2.ann")
    (article,) = read_standoff(folder_with(tmp_path, MARKS))
    assert len(article.quotes) == 1


def test_a_corpus_is_read_as_it_was_written(tmp_path):
    articles = labelled_articles(5)
    folder = write_standoff(tmp_path / "corpus", articles)
    assert is_standoff(folder) and list(read_standoff(folder)) == articles


@pytest.mark.parametrize(
    "marks", ["T1\tContent 0 99\tx\n", "T1\tContent 7 7\t\n", "T1\tContent a b\tx\n", "T1\tContent\n"]
)
def test_marks_outside_of_the_text_are_refused_with_their_line(tmp_path, marks):
    with pytest.raises(BadExchange, match=r"a_w1\.ann, line 1"):
        list(read_standoff(folder_with(tmp_path, marks)))


def test_marks_without_their_text_are_refused(tmp_path):
    folder = folder_with(tmp_path, MARKS)
    (folder / "text" / "a.txt").unlink()
    with pytest.raises(BadExchange, match=r"a\.txt cannot be read"):
        list(read_standoff(folder))


def test_the_words_of_a_mark_may_go_over_a_line_end(tmp_path):
    broken = MARKS.replace("“Rain,” “will fall.”\n", "“Rain,”\n\nThe rest “will fall.”\n")
    (article,) = read_standoff(folder_with(tmp_path, broken))
    assert article.quotes[0].content == (Span(0, 7), Span(19, 31))
