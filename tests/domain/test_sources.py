"""The kind of source that some words are: lists of phrases as news has them."""

from __future__ import annotations

from typing import get_args

import pytest

from annotator.domain.drafts import SourceKind
from annotator.domain.sources import kind_of_words

PHRASES: dict[SourceKind, list[str]] = {
    "none": ["", "  \n ", "“”"],
    "pronoun": ["he", "She", "they", "who", "I", "“we”"],
    "named": [
        "Sunak",
        "Mr. Toccafondi",
        "Professor Eastman",
        "Home Secretary Suella Braverman",
        "Afghan Ambassador to the United States Hamdullah Mohib",
        "Claudio De Vincenti, undersecretary to the prime minister",
        "Senior researcher Mu Li, of the University of NSW's school of public health",
        "the Afghan team's coach, Alireza Mehraban",
        "team member Rodaba Noori",
        "Kremlin spokesman Peskov",
        "President Trump",
        "WHO",
        "The Straits Times",
        "the White House",
        "The U.S. Department of Agriculture",
        "Human Rights Watch",
    ],
    "description": [
        "the ambassador",
        "Defense Secretary",
        "the prime minister’s office",
        "a spokesperson for the ministry",
        "Danish Prime Minister",
        "a teacher",
        "his lawyer",
        "the company",
    ],
    "anonymous": [
        "a senior administration official",
        "one US official",
        "another Western diplomat",
        "a person familiar with the matter",
        "sources close to the talks",
        "an aide who spoke on condition of anonymity",
        "someone",
    ],
    "collective": [
        "Officials",
        "U.S. officials",
        "several European leaders",
        "The researchers",
        "The report's authors",
        "Both the Irving Independent School District and the Irving Police Department",
        "Trump administration",
        "many economists",
    ],
    "artifact": [
        "The report",
        "A leaked internal letter seen by Sky News",
        "The Home Office letter",
        "an official statement",
        "PC World's recent analysis of its own web traffic statistics",
        "Figures to be published today",
        "the post by an unknown author",
        "the event website",
    ],
}


def test_every_kind_of_source_has_its_phrases():
    assert set(PHRASES) == set(get_args(SourceKind))


@pytest.mark.parametrize(("phrase", "kind"), [(one, kind) for kind, phrases in PHRASES.items() for one in phrases])
def test_a_phrase_is_of_its_kind(phrase, kind):
    assert kind_of_words(phrase) == kind


def test_white_space_and_marks_around_the_words_make_no_difference():
    assert kind_of_words("  “Home\u00a0Secretary \n Suella Braverman,” ") == "named"
