"""Rules and tagger on a labelled corpus."""

from __future__ import annotations

from benchmarks import score_quotes
from tests.labelled import labelled_articles, write_standoff
from tests.suggest.tagging.tiny import TINY


def test_each_way_of_finding_quotes_is_scored_against_what_was_labelled(tmp_path, capsys):
    articles = labelled_articles(5, seed=3)
    corpus = write_standoff(tmp_path / "corpus", articles)
    assert score_quotes.main([str(corpus), "--tagger", str(TINY)]) == 0
    head, *ways = capsys.readouterr().out.splitlines()
    assert head.startswith(f"corpus: {sum(len(article.quotes) for article in articles)} quotes, ")
    assert [way.split("P")[0].strip() for way in ways] == ["rules", "tagger", "rules and tagger"]


def test_without_a_tagger_the_rules_are_scored_alone(tmp_path, capsys):
    corpus = write_standoff(tmp_path / "corpus", labelled_articles(2))
    assert score_quotes.main([str(corpus)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
