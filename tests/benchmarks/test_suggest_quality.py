"""What is measured of suggestions is counted rightly; the figures themselves are not tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from annotator.domain.corpus import LabelledQuote
from annotator.domain.drafts import ActorType, Reported, SpeakerGuess
from annotator.domain.spans import Span
from benchmarks.suggest_quality import data, suites, table
from benchmarks.suggest_quality.data import Places
from benchmarks.suggest_quality.entities import read_bio
from benchmarks.suggest_quality.gold_speakers import Who, of_corpus, of_gum
from benchmarks.suggest_quality.quote_scorer import QuoteScorer
from benchmarks.suggest_quality.quoted_words import head_of, regions
from benchmarks.suggest_quality.speakers import Answer, rows_of
from benchmarks.suggest_quality.stances import read_pairs
from benchmarks.suggest_quality.table import Figure, Row
from tests.labelled import labelled_articles, write_standoff
from tests.suggest.tagging.tiny import TINY

TEXT = "“We will stay here,” said the mayor of Bonn. “It is home.” Others left."


def quote(*content: str, source: str = "") -> LabelledQuote:
    return LabelledQuote(content=tuple(span(one) for one in content), source=(span(source),) if source else ())


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


GOLD = quote("“We will stay here,”", "“It is home.”", source="the mayor of Bonn")


def figure(name: str, *ours: LabelledQuote) -> Figure:
    scorer = QuoteScorer()
    scorer.add(TEXT, [GOLD], ours)
    return scorer.figure(name)


def test_a_quote_without_its_marks_and_with_the_head_of_its_source_is_right() -> None:
    ours = quote("We will stay here", "It is home", source="mayor of Bonn")
    assert figure("full", ours).f1 == figure("full direct", ours).f1 == 100
    assert figure("source", ours).f1 == 0, "the source is exact or it is wrong"


def test_a_quote_of_another_source_counts_for_its_content_alone() -> None:
    ours = quote("We will stay here", "It is home", source="Others")
    assert (figure("full", ours).f1, figure("content", ours).f1) == (0, 100)


def test_half_of_a_quote_is_no_quote_but_covers_its_region() -> None:
    ours = quote("It is home", source="the mayor of Bonn")
    assert figure("full", ours).f1 == 0
    assert (figure("regions", ours).precision, figure("regions", ours).recall) == (100, 50)


def test_a_quote_is_matched_once() -> None:
    both = figure("full", GOLD, GOLD)
    assert (both.precision, both.recall) == (50, 100)


@pytest.mark.parametrize(("said", "f1"), [("speech", 0), ("act", 100)])
def test_a_quote_counts_among_the_acts_only_if_it_is_proposed_as_one(said: Reported, f1: float) -> None:
    scorer = QuoteScorer()
    scorer.add(TEXT, [structs.replace(GOLD, reported="act")], [structs.replace(GOLD, reported=said)])
    assert scorer.figure("act").f1 == f1


def test_regions_are_between_marks_of_one_paragraph() -> None:
    text = 'He: "One," and «two».\n“Three\n“four” five'
    assert [text[one.start : one.end] for one in regions(text)] == ["One,", "two", "Three", "four"]


@pytest.mark.parametrize(
    ("source", "head"), [("the mayor of Bonn", "mayor"), ("mayor of Bonn", "mayor"), ("Others left", "left")]
)
def test_head_of_a_source_is_the_last_word_before_a_little_one(source: str, head: str) -> None:
    assert head_of(TEXT, [span(source)]) == TEXT.index(head)


def test_data_that_is_not_there_says_where_to_get_it() -> None:
    (row,) = suites.measure(["entities"], Places())
    assert row.figure is None and "github.com" in row.note


def test_a_tagger_is_measured_where_there_is_one(tmp_path: Path) -> None:
    corpus = write_standoff(tmp_path / "corpus", labelled_articles(2))
    found = suites.measure(["tagged"], Places(polnear=corpus, tagger=TINY))
    assert {row.data for row in found} >= {"PolNeAR dev, rules and tiny"}
    (row,) = suites.measure(["tagged"], Places())
    assert row.figure is None and "training-quotes.md" in row.note


def test_names_in_bio_are_read_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "dev.txt"
    file.write_text("The\tO\nGreen\tB-politicalparty\nParty\tI-politicalparty\nwon\tO\n\nBonn\tB-location\n", "utf-8")
    assert list(read_bio(file)) == [("The Green Party won", {(4, 15, "ORG")}), ("Bonn", {(0, 4, "PLACE")})]


def test_pairs_are_read_without_their_brackets_and_the_right_one_holds_the_stance(tmp_path: Path) -> None:
    file = tmp_path / "test.txt"
    file.write_text("Yesterday [Smith] criticized [Jones].\tSmith\tJones\t3\n", "utf-8")
    assert list(read_pairs(file)) == [("Yesterday Smith criticized Jones.", ((10, 15), (27, 32)), (0, -1))]
    found = suites.measure(["stances"], Places(pairs=file))
    assert [(one.figure.precision, one.figure.labelled) for one in found if one.figure] == [(100, 1), (0, 0), (100, 1)]


def test_labelled_data_of_the_repository_can_be_read() -> None:
    assert [len(data.articles(file)) for file in sorted(data.GUM.glob("*.jsonl"))] == [19, 12]
    assert all(one.quotes for one in data.our_articles(data.OUR_CORPUS))


@pytest.mark.parametrize(
    ("guess", "type_", "is_right"),
    [
        ("Pete Hegseth", "person", True),
        ("Hegseth", "person", True),
        ("the Pentagon chief", "anonymous", False),
        ("Jennifer Hegseth", "person", False),
        ("Pete", "person", False),
    ],
)
def test_a_guess_is_right_by_a_name_of_the_one_who_is_meant(guess: str, type_: ActorType, is_right: bool) -> None:
    who = Who(("Defense Secretary Pete Hegseth",), ("the Pentagon chief",))
    assert who.is_right(guess_of(guess, type_)) == is_right


def test_whoever_is_not_named_is_right_where_nobody_is_named() -> None:
    who = Who((), ("the Larch company",))
    assert who.is_right(guess_of("company", "organization")) and who.is_right(guess_of("An official", "anonymous"))
    assert who.is_right(guess_of("Larch company", "organization")) and not who.is_right(guess_of("Larch", "person"))


def guess_of(name: str, type_: ActorType) -> SpeakerGuess:
    return SpeakerGuess(name=name, type=type_, score=0.8, reason="")


def test_the_speakers_of_gum_and_of_our_corpus_belong_to_quotes_with_a_source() -> None:
    everything = [*of_gum("gum.news.dev.jsonl"), *of_gum("gum.interview.jsonl"), *of_corpus(data.OUR_CORPUS)]
    assert len(everything) == 12 + 19 + 19
    assert all(article.drafts[one.quote].source for article in everything for one in article.asked)
    assert all(article.text.text[at].lower() in "hs" for article in everything for at, _ in article.pronouns)


def test_sure_names_count_for_precision_and_those_who_have_none_apart() -> None:
    named, unnamed = Who(("Bonn",)), Who((), ("the mayor",))
    found = [
        Answer("a", "Bonn", "name", named, (guess_of("Bonn", "state_body"),)),
        Answer("a", "She", "he or she", named, ()),
        Answer("a", "the mayor", "description", unnamed, (guess_of("Bonn", "state_body"),)),
    ]
    every, *_, last = rows_of("d", "MIT", found)
    assert every.figure and (every.figure.precision, every.figure.recall) == (50, 50)
    assert last.note == "1 whom the article does not name: 1 named all the same, 1 of them surely"


def test_document_has_a_place_for_the_figures_and_they_take_it(tmp_path: Path) -> None:
    document = tmp_path / "suggestions.md"
    kept = Path(__file__).parents[2] / "docs" / "suggestions.md"
    document.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
    table.write_into(document, [Row(what="w", data="d", licence="MIT", figure=Figure.of(1, 1, 2, 1), goal=60)])
    assert "| w | d | MIT | 2 | 1 | 100.0 | 50.0 | 66.7 | 60 | met |" in document.read_text(encoding="utf-8")
