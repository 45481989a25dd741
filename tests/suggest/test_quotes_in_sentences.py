"""Quotations in the middle of sentences: how much of the sentence is said, and by whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.domain.drafts import QuoteDraft

from .conftest import told, words

Quotes = Callable[[str], list[QuoteDraft]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The plan is “a disaster for working families,” Meyer said on Monday.",
            "The plan is “a disaster for working families,”",
        ),
        (
            "The program was a “good thing” that yielded “frankly good information,” he remarked.",
            "The program was a “good thing” that yielded “frankly good information,”",
        ),
        ("It rained. If it fails, “the house may fall,” they warned.", "If it fails, “the house may fall,”"),
        (
            "The investment in its halls, Ms. Tanzer said, “is a perfect example of adapting” to the cost of golf.",
            "The investment in its halls … “is a perfect example of adapting” to the cost of golf",
        ),
        ("75 percent said “most people in politics” cannot be trusted.", "“most people in politics” cannot be trusted"),
        (
            "He said he was well placed because he is a negotiator, “like you folks.”",
            "he was well placed because he is a negotiator, “like you folks.”",
        ),
        (
            "Hewlett sniped that Fiorina was “learning on the job,” while other leaders penned letters.",
            "that Fiorina was “learning on the job,”",
        ),
        (
            "The petition is long; it calls the wolves “older citizens than we are”.",
            "the wolves “older citizens than we are”",
        ),
    ],
)
def test_the_words_around_a_quotation_are_said_with_it(quotes: Quotes, text: str, content: str) -> None:
    (quote,) = quotes(text)
    assert words(quote.content) == content
    assert quote.form == "mixed"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Asked about the plan, “It is a disaster for families,” Meyer said.", "“It is a disaster for families,”"),
        ("In an interview, she said, “We will not give in.”", "“We will not give in.”"),
        ("Trump called the system “rigged” in a tweet.", "the system “rigged”"),
        ("The firm sells what it calls “clean coal” to the poor.", "“clean coal”"),
    ],
)
def test_what_tells_of_the_saying_is_not_said(quotes: Quotes, text: str, content: str) -> None:
    assert content in [words(quote.content) for quote in quotes(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "“He should cheer for this country,” Trump said. Instead, “he just acts like a defeated man.”",
            "“He should cheer for this country,” … Instead, “he just acts like a defeated man.”",
        ),
        (
            "Brill has argued that the law was crippled. As a result, there is “an industry that may charge whatever.”",
            "that the law was crippled … As a result, there is “an industry that may charge whatever.”",
        ),
    ],
)
def test_a_sentence_that_ends_with_a_quotation_goes_on_with_the_report_before(
    quotes: Quotes, text: str, content: str
) -> None:
    (quote,) = quotes(text)
    assert words(quote.content) == content


def test_a_sentence_in_which_somebody_else_speaks_does_not_go_on(quotes: Quotes) -> None:
    found = quotes("“It failed,” Meyer said. Becker answered that it was “not quite over yet.”")
    assert [(words(one.source), words(one.content)) for one in found] == [
        ("Meyer", "“It failed,”"),
        ("Becker", "that it was “not quite over yet.”"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Rajoy said that he will “try to form a stable government” and insisted that his party was “still strong.”",
            [
                ("Rajoy", "said", "that he will “try to form a stable government”"),
                ("Rajoy", "insisted", "that his party was “still strong.”"),
            ],
        ),
        (
            "Ms. Khan said Mr. Trump was “ignorant” of Islam and criticized him for saying he had sacrificed.",
            [
                ("Ms. Khan", "said", "Mr. Trump was “ignorant” of Islam"),
                ("Ms. Khan", "criticized", "him for saying he had sacrificed"),
            ],
        ),
    ],
)
def test_a_second_verb_of_saying_is_the_speakers(quotes: Quotes, text: str, said: list[tuple[str, str, str]]) -> None:
    assert [told(one) for one in quotes(text)] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The rejection of the treaty signals “the beginning of the end” for the EU, said Geert Wilders.",
            (
                "Geert Wilders",
                "said",
                "The rejection of the treaty signals “the beginning of the end” for the EU",
            ),
        ),
        (
            "As Ruth Marcus puts it, Meyer is trying to make them “an offer they cannot afford to refuse.”",
            ("Ruth Marcus", "puts", "Meyer is trying to make them “an offer they cannot afford to refuse.”"),
        ),
        (
            "Paul then interjected, calling Rubio’s proposed child care credit “a welfare transfer payment.”",
            ("Paul", "calling", "Rubio’s proposed child care credit “a welfare transfer payment.”"),
        ),
        (
            "Gorka made the point that the plan would make her “completely a third Obama term”.",
            ("Gorka", "point", "that the plan would make her “completely a third Obama term”"),
        ),
        (
            "Meyer says that voters seek a leader, but instead Becker is giving them “lectures and distractions.”",
            (
                "Meyer",
                "says",
                "that voters seek a leader, but instead Becker is giving them “lectures and distractions.”",
            ),
        ),
    ],
)
def test_a_whole_sentence_is_somebodys(quotes: Quotes, text: str, said: tuple[str, str, str]) -> None:
    (quote,) = quotes(text)
    assert told(quote) == said


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("One lawmaker called Trump “the prince of self-publicity.”", "Trump “the prince of self-publicity.”"),
        ("“Will he be the next attorney general?” a staffer wondered.", "“Will he be the next attorney general?”"),
    ],
)
def test_who_calls_and_who_wonders(quotes: Quotes, text: str, content: str) -> None:
    (quote,) = quotes(text)
    assert words(quote.content) == content
    assert quote.source


def test_the_show_that_somebody_speaks_on_is_not_said(quotes: Quotes) -> None:
    found = quotes(
        "Mr. Khan, who had addressed the convention on Thursday, said on NBC's ''Meet the Press'' on Sunday that "
        "Mr. Trump had shown disrespect to his wife, and he accused Mr. Trump of running a campaign.\n\n"
        "“We must increase the bombings,” the nominee told “Fox and Friends” on Monday.\n\n"
        "“It is over,” Cruz told ABC's “This Week with George Stephanopoulos.”"
    )
    assert [words(one.content) for one in found] == [
        "the convention",
        "that Mr. Trump had shown disrespect to his wife",
        "Mr. Trump of running a campaign",
        "“We must increase the bombings,”",
        "“It is over,”",
    ]


def test_a_few_words_between_two_quotations_are_said_with_them(quotes: Quotes) -> None:
    (quote,) = quotes("She admitted “one or two instances” where donations may have “slipped through the cracks.”")
    assert words(quote.content) == "“one or two instances” where donations may have “slipped through the cracks.”"
