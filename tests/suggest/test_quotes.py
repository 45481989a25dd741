"""The quote finder on sentences of its own: who, cue, what, form and kind of source."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from annotator import paths
from annotator.domain.drafts import QuoteDraft
from annotator.domain.nesting import is_within
from annotator.suggest.messages import ArticleText
from annotator.suggest.pipeline import suggest_articles
from annotator.suggest.quotes import SCORES

from .conftest import told, words

if TYPE_CHECKING:
    from spacy.language import Language

Quotes = Callable[[str], list[QuoteDraft]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will stay,” Anna Meyer said.", ("Anna Meyer", "said", "“We will stay,”")),
        ("“We will stay,” said the mayor.", ("the mayor", "said", "“We will stay,”")),
        ('"Why should we leave?" he asked.', ("he", "asked", '"Why should we leave?"')),
        ("The mayor said: “We will stay here.”", ("The mayor", "said", "“We will stay here.”")),
        (
            "Anna Meyer told the Herald, “We will stay here for ever.”",
            ("Anna Meyer", "told", "“We will stay here for ever.”"),
        ),
        (
            "The mayor tweeted:\n\n“We will stay here for ever.”",
            ("The mayor", "tweeted", "“We will stay here for ever.”"),
        ),
    ],
)
def test_a_quotation_beside_a_cue_is_a_direct_quote(quotes: Quotes, text: str, expected: tuple[str, str, str]) -> None:
    (quote,) = quotes(text)
    assert told(quote) == expected
    assert quote.form == "direct"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said that taxes would rise next year.",
            ("The minister", "said", "that taxes would rise next year"),
        ),
        ("Taxes will rise next year, the minister said.", ("the minister", "said", "Taxes will rise next year")),
        (
            "The company did not say why the plant was closed.",
            ("The company", "did not say", "why the plant was closed"),
        ),
        (
            "Anna Meyer praised the plan, saying the city needs more trees.",
            ("Anna Meyer", "saying", "the city needs more trees"),
        ),
        (
            "According to the police, two men entered the bank at noon.",
            ("the police", "According to", "two men entered the bank at noon"),
        ),
        (
            "Two men entered the bank at noon, according to the police.",
            ("the police", "according to", "Two men entered the bank at noon"),
        ),
        ("He vowed to rebuild the bridge.", ("He", "vowed", "to rebuild the bridge")),
        (
            "The spokesman said he had left, and added that he would return.",
            ("The spokesman", "added", "that he would return"),
        ),
    ],
)
def test_reported_speech_without_marks_is_an_indirect_quote(
    quotes: Quotes, text: str, expected: tuple[str, str, str]
) -> None:
    found = quotes(text)
    assert expected in [told(quote) for quote in found]
    assert {quote.form for quote in found} == {"indirect"}


def test_quoted_words_in_a_clause_make_a_mixed_quote(quotes: Quotes) -> None:
    (quote,) = quotes("The minister said the plan was “a great mistake” for the country.")
    assert told(quote) == ("The minister", "said", "the plan was “a great mistake” for the country")
    assert quote.form == "mixed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The critic called the ruling “a disgrace.”", ("The critic", "called", "the ruling “a disgrace.”")),
        (
            "The minister declared the plan and its costs “unrealistic” during a meeting.",
            ("The minister", "declared", "the plan and its costs “unrealistic”"),
        ),
        (
            "In the mayor’s words, the plan was “a gift from heaven”.",
            ("the mayor", "words", "“a gift from heaven”"),
        ),
    ],
)
def test_quoted_words_put_on_a_thing_are_a_quote(quotes: Quotes, text: str, expected: tuple[str, str, str]) -> None:
    (quote,) = quotes(text)
    assert told(quote) == expected


def test_runs_of_spaces_stay_outside_of_a_source(quotes: Quotes) -> None:
    (quote,) = quotes("The  mayor   said   the bridge was safe.")
    assert told(quote) == ("The  mayor", "said", "the bridge was safe")


def test_a_date_after_the_source_of_according_to_is_no_content(quotes: Quotes) -> None:
    (quote,) = quotes("The bridge will be closed, according to two officials in Berlin this week.")
    assert words(quote.content) == "The bridge will be closed"


def test_a_question_word_is_nobody(quotes: Quotes) -> None:
    assert quotes("It was unclear what rules would determine whether the team had won.") == []


def test_a_split_quotation_is_one_quote_with_two_fragments(quotes: Quotes) -> None:
    (quote,) = quotes("“We will stay here,” the mayor said. “We like the town.”")
    assert told(quote) == ("the mayor", "said", "“We will stay here,” … “We like the town.”")


def test_a_quotation_over_two_paragraphs_is_one_quote(quotes: Quotes) -> None:
    (quote,) = quotes("The mayor said: “We will stay here.\n\n“We like the town.”")
    assert told(quote) == ("The mayor", "said", "“We will stay here. … “We like the town.”")


def test_a_quoted_paragraph_after_a_quote_is_one_more_fragment_of_it(quotes: Quotes) -> None:
    (quote,) = quotes("“We will stay here,” the mayor said.\n\n“We like the town and its people.”")
    assert told(quote) == ("the mayor", "said", "“We will stay here,” … “We like the town and its people.”")


def test_a_quotation_that_nobody_claims_has_no_source(quotes: Quotes) -> None:
    (quote,) = quotes("Then came rain. The wall fell. “We will never leave this town of ours.”")
    assert (quote.source, quote.cue, quote.source_kind) == ((), None, "none")


@pytest.mark.parametrize(
    "text",
    [
        "The meeting, part of the “Ramstein format”, ended on Friday.",
        "They played “Yesterday” twice.",
        "The so-called “special operation” goes on.",
        "The train left at noon and arrived late.",
    ],
)
def test_titles_and_scare_quotes_are_not_quotes(quotes: Quotes, text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Anna Meyer said the bridge was safe.", "named"),
        ("She said the bridge was safe.", "pronoun"),
        ("The spokesman said the bridge was safe.", "description"),
        ("Officials familiar with the matter said the bridge was safe.", "anonymous"),
        ("One official said the bridge was safe.", "anonymous"),
        ("Pentagon officials said the bridge was safe.", "collective"),
        ("The report said the bridge was safe.", "artifact"),
    ],
)
def test_kinds_of_sources_are_told_apart(quotes: Quotes, text: str, kind: str) -> None:
    (quote,) = quotes(text)
    assert quote.source_kind == kind


def test_titles_and_appositions_belong_to_the_source_and_relative_clauses_do_not(quotes: Quotes) -> None:
    (quote,) = quotes("Anna Meyer, the head of the office, said the bridge was safe.")
    assert words(quote.source) == "Anna Meyer, the head of the office"
    (quote,) = quotes("The engineer, who built the bridge in 1990, said it was safe.")
    assert words(quote.source) == "The engineer"


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Finance minister: taxes must rise soon", "Finance minister", "taxes must rise soon"),
        ("Taxes must rise soon, says finance minister", "finance minister", "Taxes must rise soon"),
    ],
)
def test_headlines_attribute_by_colons_and_inversion(quotes: Quotes, headline: str, source: str, content: str) -> None:
    (quote,) = quotes(f"The house was sold.\nAlternative Headlines:\n- {headline}\n")
    assert (words(quote.source), words(quote.content)) == (source, content)


def test_a_colon_in_the_body_attributes_nothing(quotes: Quotes) -> None:
    assert quotes("Finance minister: taxes must rise soon") == []


def test_seed_quotes_lie_apart_or_nested_and_say_what_they_cover(quotes: Quotes) -> None:
    for file in sorted(paths.seeds().glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        found = quotes(text)
        assert len(found) >= 10
        for quote in found:
            for piece in (*quote.content, *quote.source, *([quote.cue] if quote.cue else [])):
                assert text[piece.start : piece.end] == piece.text
        for one, other in combinations(found, 2):
            is_apart = not any(a.span.overlaps(b.span) for a in one.content for b in other.content)
            assert is_apart or is_within(one, other) or is_within(other, one)


def test_scores_lie_between_none_and_certain() -> None:
    assert all(0 < score < 1 for score in SCORES.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "If the talks fail, the officials warned, the union may split in two.",
            [("the officials", "warned", "If the talks fail … the union may split in two")],
        ),
        (
            "The officials did not say how progress would be measured or what it would cost the union.",
            [("The officials", "did not say", "how progress would be measured or what it would cost the union")],
        ),
        (
            "A spokesperson acknowledged that they have taken on a larger role but declined to comment on it.",
            [
                ("A spokesperson", "acknowledged", "that they have taken on a larger role"),
                ("A spokesperson", "declined", "to comment on it"),
            ],
        ),
        (
            "Anna Meyer immediately pushed back against this position.",
            [("Anna Meyer", "immediately pushed back against", "this position")],
        ),
    ],
)
def test_what_the_parser_hangs_elsewhere_is_with_whoever_says_it(
    quotes: Quotes, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [told(quote) for quote in quotes(text)] == expected


def test_a_headline_without_a_verb_attributes_words_in_quotation_marks(quotes: Quotes) -> None:
    found = quotes("The vote is over.\nAlternative Headlines:\n- Mayor: New tax an “unrealistic goal” this year")
    assert [told(quote) for quote in found] == [("Mayor", ":", "New tax an “unrealistic goal” this year")]


def test_a_clause_that_a_closing_quotation_mark_has_cut_for_the_parser_is_whole(quotes: Quotes) -> None:
    said = "that it was “obvious” Europe should take primary responsibility for its own defense"
    found = quotes(f"Deputy Secretary Christopher Landau reiterated Washington’s stance, writing on X {said}.")
    assert said in [words(quote.content) for quote in found]
    assert not any(words(quote.content).startswith("Europe") for quote in found)


def test_the_title_of_a_show_is_no_part_of_what_is_said_there(quotes: Quotes) -> None:
    (quote,) = quotes("“It makes no sense at all,” Anna Meyer said on NBC’s “Meet the Press.”")
    assert words(quote.content) == "“It makes no sense at all,”"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The talks went on.\nRep. Anna Meyer (D): “I have never heard of that figure before.”", "Rep. Anna Meyer"),
        ("A NEW WAY TO VOTE “The city has found a way to count every vote.” [Reuters]", "Reuters"),
    ],
)
def test_a_name_before_a_colon_and_a_credit_in_brackets_say_whose_words_they_are(
    quotes: Quotes, text: str, source: str
) -> None:
    assert [words(quote.source) for quote in quotes(text)] == [source]


def test_quotations_side_by_side_with_and_are_one_quote(quotes: Quotes) -> None:
    (quote,) = quotes("The crowd chanted back at him, “Send them home,” and “Build the wall.” Trump went on.")
    assert told(quote) == ("The crowd", "chanted back", "“Send them home,” and “Build the wall.”")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court ruled that the law is void.", ("The court", "ruled", "that the law is void")),
        (
            "He pointed out that the plan had failed twice.",
            ("He", "pointed out", "that the plan had failed twice"),
        ),
        (
            "Clinton fired back that the “people of New York voted for me twice” in all.",
            ("Clinton", "fired back", "that the “people of New York voted for me twice” in all"),
        ),
        ("She went on to say that the deal was dead.", ("She", "to say", "that the deal was dead")),
        (
            "The minister made it clear that taxes would rise.",
            ("The minister", "made it clear", "that taxes would rise"),
        ),
        ("He made clear that taxes would rise next year.", ("He", "made clear", "that taxes would rise next year")),
        (
            "Her argument is that taxes must fall before the summer.",
            ("Her", "argument", "that taxes must fall before the summer"),
        ),
        (
            "The minister is of the opinion that taxes should fall.",
            ("The minister", "opinion", "that taxes should fall"),
        ),
        (
            "There is concern among diplomats that the talks could fail.",
            ("diplomats", "concern", "that the talks could fail"),
        ),
        (
            "The chancellor left no doubt that she would run again.",
            ("The chancellor", "doubt", "that she would run again"),
        ),
        (
            "The paper quoted the minister as saying that the deal was dead.",
            ("the minister", "saying", "that the deal was dead"),
        ),
        (
            "The minister was quoted by the paper as saying that the deal was dead.",
            ("The minister", "saying", "that the deal was dead"),
        ),
        (
            "In Forbes’ words, “they are the best places on the planet.”",
            ("Forbes", "words", "“they are the best places on the planet.”"),
        ),
        ("Asked about the plan, she replied: “No comment.”", ("she", "replied", "“No comment.”")),
        ("The firm sells what it calls “clean coal” to the poor.", ("it", "calls", "“clean coal”")),
    ],
)
def test_turns_of_phrase_that_report(quotes: Quotes, text: str, expected: tuple[str, str, str]) -> None:
    (quote,) = quotes(text)
    assert told(quote) == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It was, she recalled, a terrible night.", "It was … a terrible night"),
        (
            "What the country needs, the chancellor said on Friday, is a new start.",
            "What the country needs … is a new start",
        ),
        ("The army is, a general told the BBC, ready to move.", "The army is … ready to move"),
    ],
)
def test_what_is_said_goes_on_after_an_aside(quotes: Quotes, text: str, content: str) -> None:
    (quote,) = quotes(text)
    assert words(quote.content) == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The plan has failed, he said. “We must start again.”",
            "The plan has failed … “We must start again.”",
        ),
        (
            "She said they had made progress together. “The president has done a good job.”",
            "they had made progress together … “The president has done a good job.”",
        ),
        ("“We will not give in,” she told reporters in Kyiv. “Never.”", "“We will not give in,” … “Never.”"),
        (
            "“We will not give in,” said Jan Smit, a farmer from Leiden.\n\n“This is our land and it stays our land.”",
            "“We will not give in,” … “This is our land and it stays our land.”",
        ),
    ],
)
def test_a_quotation_after_a_sentence_that_reports_goes_on_with_it(quotes: Quotes, text: str, content: str) -> None:
    (quote,) = quotes(text)
    assert words(quote.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "So he said in his 2012 book, “An American Son.”",
        "Early-state voters gave him “is it over?” headlines.",
        "A group of comedians performs a play called “Sons of Trump” in the capital.",
    ],
)
def test_titles_and_compound_words_report_nothing(quotes: Quotes, text: str) -> None:
    assert not [quote for quote in quotes(text) if quote.form == "direct"]


def test_who_calls_somebody_names_says_more_than_that(quotes: Quotes) -> None:
    found = quotes("Humphrey, who calls him a “sociopath,” said he doubts the effort will succeed.")
    assert [words(quote.content) for quote in found] == ["him a “sociopath,”", "he doubts the effort will succeed"]


def test_a_question_before_the_answer_is_not_the_answer(quotes: Quotes) -> None:
    found = quotes("Asked whether he would resign, the minister said no.")
    assert "the minister" not in [words(quote.source) for quote in found]


def test_a_headline_of_two_verbs_tells_two_things(quotes: Quotes) -> None:
    found = quotes("Minister reveals scaled-back vision for Ukraine’s future, calls for dramatic increase in spending")
    assert [told(quote) for quote in found] == [
        ("Minister", "reveals", "scaled-back vision for Ukraine’s future"),
        ("Minister", "calls for", "dramatic increase in spending"),
    ]


def test_a_question_and_its_answer_are_two_quotes(quotes: Quotes) -> None:
    found = quotes("Asked whether a deal was possible, she answered: “I have no idea at all.”")
    assert [told(quote) for quote in found] == [
        ("", "Asked", "whether a deal was possible"),
        ("she", "answered", "“I have no idea at all.”"),
    ]


def test_it_is_a_report_where_it_finds_something(quotes: Quotes) -> None:
    (quote,) = quotes("It found that offices are most exposed.")
    assert told(quote) == ("It", "found", "that offices are most exposed")
    assert not quotes("It seems that offices are most exposed.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said the deal was “a disgrace” and vowed to fight it.",
            [("The minister", "said", "the deal was “a disgrace”"), ("The minister", "vowed", "to fight it")],
        ),
        (
            "Friends say he is leaning towards Rey; Brenner says that he will vote with a heavy heart.",
            [
                ("Friends", "say", "he is leaning towards Rey"),
                ("Brenner", "says", "that he will vote with a heavy heart"),
            ],
        ),
        (
            "Beijing called on both sides to show restraint.",
            [("Beijing", "called", "both sides to show restraint")],
        ),
        (
            "The move was condemned by opposition parties as “reckless”.",
            [("opposition parties", "was condemned", "The move … as “reckless”")],
        ),
    ],
)
def test_who_does_what_in_one_sentence(quotes: Quotes, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [told(quote) for quote in quotes(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The president is convinced that the law will pass.",
            ("The president", "convinced", "that the law will pass"),
        ),
        (
            "The central bank signalled that it would cut rates.",
            ("The central bank", "signalled", "that it would cut rates"),
        ),
        (
            "More than half of Germans oppose the plan, a survey by YouGov found.",
            ("a survey by YouGov", "found", "More than half of Germans oppose the plan"),
        ),
        (
            "A senior diplomat in Brussels was blunter: “It’s over.”",
            ("A senior diplomat in Brussels", "was", "“It’s over.”"),
        ),
        (
            "Orban said Hungary would veto the aid “as long as I am here”, and that Brussels should “wake up”.",
            ("Orban", "said", "Hungary would veto the aid “as long as I am here”, and that Brussels should “wake up”"),
        ),
    ],
)
def test_who_holds_what_where_the_parser_errs(quotes: Quotes, text: str, expected: tuple[str, str, str]) -> None:
    (quote,) = quotes(text)
    assert told(quote) == expected


def test_an_object_before_its_verb_is_what_is_denied(quotes: Quotes) -> None:
    found = quotes("Lukashenko claimed the migrants had been pushed back by guards, an allegation Warsaw denies.")
    assert told(found[0]) == ("Lukashenko", "claimed", "the migrants had been pushed back by guards")


def test_who_is_asked_about_something_does_not_ask(quotes: Quotes) -> None:
    (quote,) = quotes("The chancellor, asked about the affair, said only that he would “look into it”.")
    assert told(quote) == ("The chancellor", "said", "that he would “look into it”")


def test_nothing_is_stated_about_a_date(quotes: Quotes) -> None:
    (quote,) = quotes("The envoy was summoned to explain the remarks, the ministry said in a statement on Monday.")
    assert told(quote) == ("the ministry", "said", "The envoy was summoned to explain the remarks")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Friends say that the minister told them he would resign.",
            [("Friends", "say"), ("the minister", "told")],
        ),
        ("The paper said the mayor thinks it is late.", [("The paper", "said"), ("the mayor", "thinks")]),
        # An act within what is said is no quote of its own.
        ("Friends say that the minister praised the plan.", [("Friends", "say")]),
    ],
)
def test_what_others_are_said_to_say_is_a_quote_within_the_quote(
    quotes: Quotes, text: str, expected: list[tuple[str, str]]
) -> None:
    found = quotes(text)
    assert [told(quote)[:2] for quote in found] == expected
    assert all(found[0].content[0].span.contains(quote.content[0].span) for quote in found[1:])


def test_a_nested_quote_is_less_sure(nlp: Language) -> None:
    text = "Friends say that the minister told them he would resign."
    ((_, found),) = suggest_articles(nlp, [ArticleText(id="a", text=text)])
    outer, inner = (one.score for one in found if isinstance(one.draft, QuoteDraft))
    assert inner < outer


def test_a_name_in_marks_is_nobodys_words(quotes: Quotes) -> None:
    assert not quotes("Known as “the Iron Lady”, Thatcher ruled for eleven years.")
    assert not quotes("The policy, known as “zero Covid”, was abandoned in 2022.")


def test_a_banner_reads_its_words(quotes: Quotes) -> None:
    (quote,) = quotes("A banner read: “Stop the war now.”")
    assert told(quote) == ("A banner", "read", "“Stop the war now.”")


def test_a_notice_reads_its_words_though_parsers_take_the_verb_for_a_noun(quotes: Quotes) -> None:
    found = quotes("A notice at the terminal read: “No boats. No exceptions. No, not even you.”")
    assert told(found[0]) == ("A notice", "read", "“No boats. No exceptions. No, not even you.”")


def test_what_is_ruled_out_may_be_done(quotes: Quotes) -> None:
    found = quotes("Chancellor Friedrich Merz has ruled out sending troops to Ukraine, saying it was “elsewhere”.")
    assert told(found[0]) == ("Chancellor Friedrich Merz", "has ruled out", "sending troops to Ukraine")


def test_which_may_stand_for_what_was_said(quotes: Quotes) -> None:
    (quote,) = quotes("The deal, which ministers say is “historic”, was signed on Friday.")
    assert told(quote) == ("ministers", "say", "which … is “historic”")
