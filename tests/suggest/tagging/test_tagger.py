"""A trained tagger from its folder, run without torch; `tiny.py` has made those that stand here."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from annotator.domain.corpus import LabelledArticle
from annotator.domain.errors import AnnotatorError
from annotator.suggest.messages import ArticleText
from annotator.suggest.quotes import ScoredQuote
from annotator.suggest.tagging.onnx_runner import MODEL, TOKENIZER
from annotator.suggest.tagging.scoring import score
from annotator.suggest.tagging.tagger import load_tagger
from tests.labelled import labelled_articles, scored
from tests.suggest.tagging.tiny import BEFORE, TINY

TEXT = "Schools open in May.\n\nAnna Meyer said that taxes must fall next year."


@pytest.fixture(scope="module", params=["reads the rules", "of before"])
def tagger(request):
    return load_tagger(TINY if request.param == "reads the rules" else BEFORE)


def rules_of(article: LabelledArticle) -> list[ScoredQuote]:
    """Every second quote of an article, as if the rules had found these."""
    return scored(article)[::2]


def test_a_network_finds_what_was_said_by_whom_and_by_which_word():
    (quote,) = load_tagger(BEFORE).quotes(ArticleText(id="a", text=TEXT), [], [])
    (content,), (source,) = quote.content, quote.source
    places = (source, quote.cue, content)
    assert [TEXT[one.start : one.end] for one in places] == ["Anna Meyer", "said", "taxes must fall next year"]
    assert 0 < quote.score <= 1


def test_a_network_finds_most_quotes_of_articles_that_it_has_not_seen(tagger):
    articles = labelled_articles(20, seed=7)
    found = [(one, tagger.quotes(ArticleText(id=one.id, text=one.text), [], rules_of(one))) for one in articles]
    assert score(found).f1 > 0.8


def test_a_network_that_reads_the_rules_finds_more_with_them_than_without():
    tagger = load_tagger(TINY)
    articles = labelled_articles(20, seed=7)
    with_rules, without = (
        score((one, tagger.quotes(ArticleText(id=one.id, text=one.text), [], rules(one))) for one in articles)
        for rules in (rules_of, lambda article: [])
    )
    assert with_rules.f1 > without.f1 + 0.1
    # More than the rules themselves, which found every second one.
    assert with_rules.recall > 0.7


def test_the_same_article_gives_the_same_quotes(tagger):
    article = ArticleText(id="a", text=labelled_articles(1)[0].text)
    assert tagger.quotes(article, [], []) == tagger.quotes(article, [], [])


@pytest.mark.parametrize("text", ["", "\n\n", "😅", "a" * 5000, "word " * 3000])
def test_odd_articles_are_read_too(tagger, text):
    for quote in tagger.quotes(ArticleText(id="a", text=text), [], []):
        assert all(0 <= span.start < span.end <= len(text) for span in (*quote.content, *quote.source))


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
@pytest.mark.parametrize("content", [None, b"", b"no model"])
def test_a_tagger_that_is_damaged_is_refused(tmp_path, name, content):
    folder = shutil.copytree(TINY, tmp_path / "mine")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(AnnotatorError, match="mine cannot be loaded"):
        load_tagger(folder)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(AnnotatorError, match="no trained tagger"):
        load_tagger(tmp_path / "nowhere")


def test_prediction_needs_neither_torch_nor_spacy():
    code = (
        "import sys; from pathlib import Path; from annotator.suggest.messages import ArticleText;"
        "from annotator.suggest.tagging.tagger import load_tagger;"
        f"load_tagger(Path({str(TINY)!r})).quotes(ArticleText(id='a', text='He said it rained.'), [], []);"
        "print([name for name in sys.modules if name in ('torch', 'spacy', 'onnx', 'pycrfsuite', 'PySide6')])"
    )
    code = f"import sys; sys.path[:0] = {[entry for entry in sys.path if entry]!r}; {code}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
